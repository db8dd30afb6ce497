// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>The hardware timer, shared by the time-outs of the running test and the driver's own limit on it. TD:P6.</summary>
internal sealed class DriverClock(ServerClock? clock)
{
    private readonly ServerClock? _clock = clock;

    /// <summary>Without it, codes 4 to 6 are errors, tests that need time are skipped, and nothing is ever too late (TD:P11).</summary>
    public bool IsThere => _clock != null;

    /// <summary>Nanoseconds since the driver started; it never goes back (TD:P10).</summary>
    public ulong Now => _clock == null ? 0 : _clock.NowNanoseconds;

    /// <summary>The time-outs of the running test.</summary>
    public Timeouts Timeouts { get; } = new();

    /// <summary>When the running test is to have ended.</summary>
    public ulong Limit { get; set; } = Testing.Timeouts.Never;

    /// <summary>When the RPC service has something to do.</summary>
    public ulong Service { get; set; } = Testing.Timeouts.Never;

    /// <summary>The clock itself, for the RPC service.</summary>
    public ServerClock? Hardware => _clock;

    /// <summary>Starts the timer; the driver's thread hears it while it waits for messages.</summary>
    public static DriverClock Start(OwnResources own)
    {
        ServerClock? clock = null;
        if (OwnSignals.Take(own) is { } signals && signals.TryMint(SignalSource.Clock, out Cap<Notification> signal))
            clock = new ClockSetup(own).TryStart([], signal, out _);
        return new DriverClock(clock);
    }

    /// <summary>To be called for each signal of the timer (TD:P2).</summary>
    public void Acknowledge() => _clock?.Acknowledge();

    /// <summary>Sets the alarm for what comes first. False when that is due already.</summary>
    public bool TryArm() => _clock == null || _clock.TrySetAlarmNanoseconds(Math.Min(Service, Math.Min(Limit, Timeouts.Next)));

    /// <summary>Time-outs end before the objects that they would signal do (TD:P12).</summary>
    public void Clear()
    {
        Timeouts.Clear();
        Limit = Testing.Timeouts.Never;
        Service = Testing.Timeouts.Never;
    }
}
