// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Measures the time stamp counter and the local APIC's timer against the PIT, whose frequency is known.</summary>
/// <remarks>
/// Two moments are compared, about 10 ms apart. At each, the three counters are read between two readings of the TSC, a few
/// times over, and the tightest of these readings counts: a virtual machine that is held up in between does no harm.
/// Every loop is bounded, so a PIT that stands still costs a second at worst.
/// </remarks>
public static class Clock
{
    /// <summary>Length of a tick (R-SCHED-15, ABI §1).</summary>
    private const ulong TickMicroseconds = 2000;

    private const ulong PitHertz = 1_193_182;
    private const uint IntervalPitCounts = 11_932;          // 10 ms
    private const ushort Channel2 = 0x42;
    private const ushort PitCommand = 0x43;
    private const ushort GatePort = 0x61;
    private const byte GateOn = 0x01;
    private const byte SpeakerOn = 0x02;
    private const byte LatchChannel2 = 0x80;
    private const byte CountDownChannel2 = 0xb0;            // both bytes, mode 0

    private const int ReadingsOfAMoment = 5;
    private const int LargestNumberOfPolls = 200_000;
    private const ulong SpinsBetweenPolls = 500;

    // What to assume when nothing can be measured: 1 GHz for both.
    private const ulong AssumedMegahertz = 1000;

    private static ulong s_megahertz;
    private static ulong s_timerCountsPerTick;

    /// <summary>TSC frequency, rounded; never zero.</summary>
    public static ulong TimeStampMegahertz => s_megahertz;

    /// <summary>Initial count of the local APIC's timer for one tick.</summary>
    public static uint TimerCountsPerTick => (uint)s_timerCountsPerTick;

    /// <summary>Measures; false when the PIT does not run and the figures are guesses.</summary>
    public static bool Calibrate()
    {
        StartCountDown();
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
        while (first.Pit - second.Pit < IntervalPitCounts && polls < LargestNumberOfPolls);

        ulong counts = first.Pit - second.Pit;
        bool isMeasured = counts >= IntervalPitCounts && counts <= 0xffff;
        ulong stamps = second.Stamp - first.Stamp;
        ulong timerCounts = first.Timer - second.Timer;
        ulong toldMegahertz = CpuFeatures.TimeStampMegahertz;
        s_megahertz = isMeasured ? ((stamps * (PitHertz / 1000) / counts) + 500) / 1000 : AssumedMegahertz;
        if (toldMegahertz != 0) s_megahertz = toldMegahertz;
        if (s_megahertz == 0) s_megahertz = 1;
        s_timerCountsPerTick = isMeasured
            ? timerCounts * PitHertz / counts * TickMicroseconds / 1_000_000
            : AssumedMegahertz * TickMicroseconds;
        if (s_timerCountsPerTick == 0) s_timerCountsPerTick = 1;
        return isMeasured;
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

    private struct Moment
    {
        public ulong Stamp;
        public ulong Pit;
        public ulong Timer;
    }
}
