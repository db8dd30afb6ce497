// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What is to happen when: ends of children's time, restarts, leases, waits. Without a clock nothing ever does.</summary>
public sealed class Timetable(Child[] children, ResourceServer server, ServerClock? clock)
{
    private readonly ResourceServer _server = server;
    private readonly Child[] _children = children;
    private readonly ServerClock? _clock = clock;
    private ulong _serverDeadline = ServerClock.Never;
    private bool _hasChanged;

    /// <summary>True when there is a clock.</summary>
    public bool HasClock => _clock != null;

    /// <summary>Milliseconds since the start; 0 at all times without a clock.</summary>
    public ulong Now => _clock == null ? 0 : _clock.NowMilliseconds;

    /// <summary>To be called for each signal of the clock.</summary>
    public void OnSignal()
    {
        _clock?.Acknowledge();
        _hasChanged = true;
    }

    /// <summary>The child is ended when it runs for longer than its description allows.</summary>
    public void LimitTime(Child child)
    {
        ulong limit = child.Description.TimeLimitMs;
        if (limit == 0 || _clock == null) return;
        child.EndsAt = Now + limit;
        _hasChanged = true;
    }

    /// <summary>The child starts again after a while.</summary>
    public void StartLater(Child child, ulong delay)
    {
        child.StartsAt = Now + delay;
        _hasChanged = true;
    }

    /// <summary>Sets the alarm for what comes next. False when something is due already, see <see cref="IsDue"/>.</summary>
    /// <remarks>Costs nothing while nothing has changed: it is called before each message.</remarks>
    public bool TryArm()
    {
        if (_clock == null || (!_hasChanged && _server.NextDeadline == _serverDeadline)) return true;
        _serverDeadline = _server.NextDeadline;
        ulong next = _serverDeadline;
        foreach (Child child in _children)
        {
            if (child.EndsAt < next) next = child.EndsAt;
            if (child.StartsAt < next) next = child.StartsAt;
        }

        _hasChanged = !_clock.TrySetAlarm(next);
        return !_hasChanged;
    }

    /// <summary>True when a time has come.</summary>
    public bool IsDue(ulong time) => time <= Now && time != ServerClock.Never;
}
