// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Measures the time stamp counter and the local APIC's timer against the PIT, whose frequency is known.</summary>
/// <remarks>
/// Two moments are compared, about 5 ms apart. At each, the three counters are read between two readings of the TSC, a few
/// times over, and the tightest of these readings counts. The PIT's counter has 16 bits and comes round in 55 ms, so a
/// virtual machine that is held up for longer sees too little of it: only figures that two measurements in a row agree on
/// are believed, else the smallest, because this error makes the frequencies too high. Every loop is bounded, so a PIT that
/// stands still costs a second at worst.
/// </remarks>
public static class Clock
{
    /// <summary>Length of a tick (R-SCHED-03, ABI §1).</summary>
    private const ulong TickMicroseconds = 2000;

    private const ulong PitHertz = 1_193_182;
    private const uint IntervalPitCounts = 5_966;           // 5 ms
    private const ushort Channel2 = 0x42;
    private const ushort PitCommand = 0x43;
    private const ushort GatePort = 0x61;
    private const byte GateOn = 0x01;
    private const byte SpeakerOn = 0x02;
    private const byte LatchChannel2 = 0x80;
    private const byte CountDownChannel2 = 0xb0;            // both bytes, mode 0

    private const int LargestNumberOfMeasurements = 8;
    private const ulong AgreementShare = 256;
    private const int ReadingsOfAMoment = 5;
    private const int LargestNumberOfPolls = 200_000;
    private const ulong SpinsBetweenPolls = 500;

    // What to assume when nothing can be measured: 1 GHz for both.
    private const ulong AssumedMegahertz = 1000;

    private const ulong PitMask = 0xffff;

    private static ulong s_stampsPerSecond;
    private static ulong s_timerCountsPerSecond;
    private static ulong s_megahertz;
    private static ulong s_timerCountsPerTick;

    /// <summary>TSC frequency, rounded; never zero.</summary>
    public static ulong TimeStampMegahertz => s_megahertz;

    /// <summary>Initial count of the local APIC's timer for one tick.</summary>
    public static uint TimerCountsPerTick => (uint)s_timerCountsPerTick;

    /// <summary>Measures; false when the PIT does not run and the figures are guesses.</summary>
    public static bool Calibrate()
    {
        s_stampsPerSecond = AssumedMegahertz * 1_000_000;
        s_timerCountsPerSecond = AssumedMegahertz * 1_000_000;
        bool isMeasured = MeasureUntilAgreed();
        s_megahertz = CpuFeatures.TimeStampMegahertz;
        if (s_megahertz == 0) s_megahertz = (s_stampsPerSecond + 500_000) / 1_000_000;
        if (s_megahertz == 0) s_megahertz = 1;
        s_timerCountsPerTick = s_timerCountsPerSecond / (1_000_000 / TickMicroseconds);
        if (s_timerCountsPerTick == 0) s_timerCountsPerTick = 1;
        return isMeasured;
    }

    private static bool MeasureUntilAgreed()
    {
        ulong previous = 0;
        ulong smallest = ulong.MaxValue;
        for (int measurement = 0; measurement < LargestNumberOfMeasurements; measurement++)
        {
            Measurement result;
            if (!Measure(out result)) return smallest != ulong.MaxValue;
            ulong difference = result.StampsPerSecond > previous ? result.StampsPerSecond - previous : previous - result.StampsPerSecond;
            bool isAgreed = difference <= result.StampsPerSecond / AgreementShare;
            previous = result.StampsPerSecond;
            if (!isAgreed && result.StampsPerSecond >= smallest) continue;
            smallest = result.StampsPerSecond;
            s_stampsPerSecond = result.StampsPerSecond;
            s_timerCountsPerSecond = result.TimerCountsPerSecond;
            if (isAgreed) break;
        }
        return true;
    }

    /// <summary>One measurement; false when the PIT did not count as far as it should.</summary>
    private static bool Measure(out Measurement result)
    {
        System.Runtime.CompilerServices.Unsafe.SkipInit(out result);
        StartCountDown();
        LocalApic.RestartTimer();
        Moment first;
        Moment second;
        ReadMoment(out first);
        int polls = 0;
        do
        {
            Instructions.Spin(SpinsBetweenPolls);
            ReadMoment(out second);
            polls++;
        }
        while (((first.Pit - second.Pit) & PitMask) < IntervalPitCounts && polls < LargestNumberOfPolls);
        ulong counts = (first.Pit - second.Pit) & PitMask;
        if (counts < IntervalPitCounts || first.Timer <= second.Timer) return false;
        result.StampsPerSecond = (second.Stamp - first.Stamp) * PitHertz / counts;
        result.TimerCountsPerSecond = (first.Timer - second.Timer) * PitHertz / counts;
        return true;
    }

    // Channel 2 is the loudspeaker's: its gate is ours to open, and nothing else listens to it.
    private static void StartCountDown()
    {
        byte gate = (byte)(Instructions.In8(GatePort) & ~SpeakerOn);
        Instructions.Out8(GatePort, (byte)(gate | GateOn));
        Instructions.Out8(PitCommand, CountDownChannel2);
        Instructions.Out8(Channel2, 0xff);
        Instructions.Out8(Channel2, 0xff);
    }

    private static void ReadMoment(out Moment moment)
    {
        System.Runtime.CompilerServices.Unsafe.SkipInit(out moment);
        ulong narrowest = ulong.MaxValue;
        for (int reading = 0; reading < ReadingsOfAMoment; reading++)
        {
            ulong before = Instructions.ReadTimeStamp();
            Instructions.Out8(PitCommand, LatchChannel2);
            uint timer = LocalApic.TimerCount;
            ulong after = Instructions.ReadTimeStamp();
            ulong pit = Instructions.In8(Channel2);
            pit |= (ulong)Instructions.In8(Channel2) << 8;
            if (after - before >= narrowest) continue;
            narrowest = after - before;
            moment.Stamp = before + (narrowest / 2);
            moment.Pit = pit;
            moment.Timer = timer;
        }
    }

    private struct Measurement
    {
        public ulong StampsPerSecond;
        public ulong TimerCountsPerSecond;
    }

    private struct Moment
    {
        public ulong Stamp;
        public ulong Pit;
        public ulong Timer;
    }
}
