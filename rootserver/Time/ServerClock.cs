// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Milliseconds since the server started, and one alarm that signals the server's notification.</summary>
public sealed class ServerClock(Hpet timer, Cap<IrqHandler> handler)
{
    /// <summary>An alarm that never goes off.</summary>
    public const ulong Never = ulong.MaxValue;

    private readonly Hpet _timer = timer;
    private readonly Cap<IrqHandler> _handler = handler;
    private readonly ulong _start = timer.Now;
    private ulong _alarm = Never;

    /// <summary>Time since the start; it never goes back.</summary>
    public ulong NowMilliseconds => (_timer.Now - _start) / _timer.CountsPerMillisecond;

    /// <summary>Sets the alarm. False when that time has come already: the caller does now what it wanted to be woken for.</summary>
    public bool TrySetAlarm(ulong milliseconds)
    {
        if (milliseconds == _alarm) return true;
        _alarm = milliseconds;
        ulong last = (ulong.MaxValue - _start) / _timer.CountsPerMillisecond;
        if (_timer.SetAlarm(milliseconds >= last ? ulong.MaxValue : _start + (milliseconds * _timer.CountsPerMillisecond))) return true;
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
