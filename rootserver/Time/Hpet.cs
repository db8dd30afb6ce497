// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>How the interrupt of a comparator reaches the processor.</summary>
/// <param name="Timer">Number of the comparator.</param>
/// <param name="IsMessage">True for a message, which shares nothing; false for a pin of the first interrupt controller.</param>
/// <param name="Pin">The pin, when it is one.</param>
public readonly record struct HpetRoute(int Timer, bool IsMessage, int Pin);

/// <summary>The high precision event timer of a PC: a counter, and comparators that interrupt (IA-PC HPET 1.0a §2.3).</summary>
/// <remarks>Used as one alarm that goes off once. Asks for 64-bit counters; what is older is not used.</remarks>
public sealed class Hpet(IRegisterPage registers)
{
    /// <summary>Where PC chipsets have it.</summary>
    public const ulong UsualAddress = 0xfed0_0000;

    private const int Capabilities = 0x000;
    private const int Configuration = 0x010;
    private const int MainCounter = 0x0f0;
    private const int FirstTimer = 0x100;
    private const int TimerStride = 0x20;
    private const int Comparator = 0x08;
    private const int Message = 0x10;
    private const int MostPins = 32;

    private const ulong CounterIs64Bit = 1 << 13;
    private const ulong Enable = 1;
    private const ulong LegacyRouting = 2;
    private const ulong TimerEnable = 1 << 2;
    private const ulong TimerIs64Bit = 1 << 5;
    private const ulong TimerSendsMessages = 1 << 14;
    private const ulong TimerCanSendMessages = 1 << 15;
    private const int RouteShift = 9;
    private const int RoutesShift = 32;

    /// <summary>The specification allows at most 100 ns between two counts.</summary>
    private const ulong LongestPeriod = 100_000_000;
    private const ulong FemtosecondsInMillisecond = 1_000_000_000_000;

    private readonly IRegisterPage _registers = registers;
    private int _timer;

    /// <summary>Counts in a millisecond; 0 when there is no such timer at the address.</summary>
    public ulong CountsPerMillisecond { get; private set; }

    /// <summary>The counter.</summary>
    public ulong Now => _registers.Read(MainCounter);

    /// <summary>Looks whether there is a usable timer; must be called first.</summary>
    public bool Probe()
    {
        ulong capabilities = _registers.Read(Capabilities);
        ulong period = capabilities >> 32;
        bool isUsable = period is > 0 and <= LongestPeriod
            && (capabilities & CounterIs64Bit) != 0
            && (capabilities & 0xff) is > 0 and < 0xff;
        CountsPerMillisecond = isUsable ? FemtosecondsInMillisecond / period : 0;
        return isUsable;
    }

    /// <summary>Finds a way for the interrupt: a message when some comparator can send one, else a pin that may be used.</summary>
    /// <param name="usablePins">A bit for each pin that nobody else wants.</param>
    public bool TryFindRoute(uint usablePins, out HpetRoute route)
    {
        int timers = (int)((_registers.Read(Capabilities) >> 8) & 31) + 1;
        for (int timer = 0; timer < timers; timer++)
        {
            route = new HpetRoute(timer, true, 0);
            ulong can = _registers.Read(TimerAt(timer));
            if ((can & TimerCanSendMessages) != 0 && (can & TimerIs64Bit) != 0) return true;
        }

        for (int timer = 0; timer < timers; timer++)
        {
            ulong can = _registers.Read(TimerAt(timer));
            uint pins = (uint)(can >> RoutesShift) & usablePins;
            for (int pin = 0; pin < MostPins && (can & TimerIs64Bit) != 0; pin++)
            {
                route = new HpetRoute(timer, false, pin);
                if ((pins & (1u << pin)) != 0) return true;
            }
        }

        route = default;
        return false;
    }

    /// <summary>Starts the counter, and makes one comparator the alarm, which does not go off yet.</summary>
    /// <param name="route">From <see cref="TryFindRoute"/>.</param>
    /// <param name="message">Address in the upper half and data in the lower half of a message; not used for a pin.</param>
    public void Start(in HpetRoute route, ulong message)
    {
        _timer = route.Timer;
        _registers.Write(TimerAt(_timer), 0);
        _registers.Write(TimerAt(_timer) + Comparator, ulong.MaxValue);
        _registers.Write(TimerAt(_timer) + Message, route.IsMessage ? message : 0);
        ulong how = route.IsMessage ? TimerSendsMessages : (ulong)route.Pin << RouteShift;
        _registers.Write(TimerAt(_timer), how | TimerEnable);
        _registers.Write(Configuration, (_registers.Read(Configuration) & ~LegacyRouting) | Enable);
    }

    /// <summary>Sets the alarm to a count. False when the counter has reached it meanwhile: then it may never go off.</summary>
    public bool SetAlarm(ulong count)
    {
        _registers.Write(TimerAt(_timer) + Comparator, count);
        return Now < count;
    }

    private static int TimerAt(int timer) => FirstTimer + (timer * TimerStride);
}
