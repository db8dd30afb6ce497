// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Milliseconds since the server started, and one alarm that signals the server's notification.</summary>
public sealed class ServerClock(Hpet timer, Cap<IrqHandler> handler)
{
    /// <summary>An alarm that never goes off.</summary>
    public const ulong Never = ulong.MaxValue;

    /// <summary>Nanoseconds in a millisecond.</summary>
    private const ulong Nanoseconds = 1_000_000;

    private readonly Hpet _timer = timer;
    private readonly Cap<IrqHandler> _handler = handler;
    private readonly ulong _start = timer.Now;
    private ulong _alarm = Never;

    /// <summary>The pin that it interrupts on; null when it sends messages.</summary>
    public int? Line { get; init; }

    /// <summary>Time since the start; it never goes back.</summary>
    public ulong NowMilliseconds => (_timer.Now - _start) / _timer.CountsPerMillisecond;

    /// <summary>The same in nanoseconds, as finely as the timer counts.</summary>
    public ulong NowNanoseconds
    {
        get
        {
            ulong counts = _timer.Now - _start;
            ulong rest = counts % _timer.CountsPerMillisecond;
            return (counts / _timer.CountsPerMillisecond * Nanoseconds) + (rest * Nanoseconds / _timer.CountsPerMillisecond);
        }
    }

    /// <summary>Sets the alarm. False when that time has come already: the caller does now what it wanted to be woken for.</summary>
    public bool TrySetAlarm(ulong milliseconds) => TrySetAlarm(milliseconds, 0);

    /// <summary>The same in nanoseconds; the alarm never goes off early.</summary>
    public bool TrySetAlarmNanoseconds(ulong nanoseconds) =>
        nanoseconds == Never ? TrySetAlarm(Never, 0) : TrySetAlarm(nanoseconds / Nanoseconds, nanoseconds % Nanoseconds);

    private bool TrySetAlarm(ulong milliseconds, ulong nanoseconds)
    {
        if (milliseconds == _alarm && nanoseconds == 0) return true;
        _alarm = nanoseconds == 0 ? milliseconds : Never - 1;
        ulong last = (ulong.MaxValue - _start) / _timer.CountsPerMillisecond;
        ulong rest = ((nanoseconds * _timer.CountsPerMillisecond) + Nanoseconds - 1) / Nanoseconds;
        ulong count = milliseconds >= last ? ulong.MaxValue : _start + (milliseconds * _timer.CountsPerMillisecond) + rest;
        if (_timer.SetAlarm(count)) return true;
        _alarm = Never;
        return false;
    }

    /// <summary>To be called for each signal: lets the next one come.</summary>
    public void Acknowledge()
    {
        _alarm = Never;
        _handler.Ack();
    }
}
