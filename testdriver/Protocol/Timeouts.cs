// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Testing;

/// <summary>The time-outs of the running test, all on one hardware timer. TD:P6 to TD:P9.</summary>
/// <remarks>Times are nanoseconds since the driver started. Allocates nothing after it was made.</remarks>
public sealed class Timeouts
{
    /// <summary>Time-outs that a test can have at one time; ids are 0 to 7.</summary>
    public const int Capacity = 8;

    /// <summary>No time-out at all.</summary>
    public const ulong Never = ulong.MaxValue;

    /// <summary>A shorter period would leave no time for anything but the timer.</summary>
    public const ulong ShortestPeriod = 10_000;

    private readonly ulong[] _deadlines = new ulong[Capacity];
    private readonly ulong[] _periods = new ulong[Capacity];

    public Timeouts() => Clear();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong deadline in _deadlines)
                if (deadline != Never) count++;
            return count;
        }
    }

    /// <summary>When the first is due; <see cref="Never"/> when there is none.</summary>
    public ulong Next
    {
        get
        {
            ulong next = Never;
            foreach (ulong deadline in _deadlines)
                if (deadline < next) next = deadline;
            return next;
        }
    }

    /// <summary>Ends all of them.</summary>
    public void Clear()
    {
        for (int id = 0; id < Capacity; id++) _deadlines[id] = Never;
    }

    /// <summary>Sets one, in the place of what its id stood for; false when the request makes no sense.</summary>
    public bool TrySet(TimeoutKind kind, ulong nanoseconds, ulong id, ulong now)
    {
        if (id >= Capacity) return false;
        ulong deadline = now + nanoseconds;
        switch (kind)
        {
            case TimeoutKind.Periodic:
                if (nanoseconds < ShortestPeriod || deadline < now) return false;
                break;
            case TimeoutKind.Absolute:
                deadline = nanoseconds;
                break;
            case TimeoutKind.Relative:
                if (deadline < now) return false;
                break;
            default:
                return false;
        }

        if (deadline == Never) return false;
        _deadlines[id] = deadline;
        _periods[id] = kind == TimeoutKind.Periodic ? nanoseconds : 0;
        return true;
    }

    /// <summary>Takes those that are due; true when there were any, and the test is to be told.</summary>
    public bool Expire(ulong now)
    {
        bool isDue = false;
        for (int id = 0; id < Capacity; id++)
        {
            if (_deadlines[id] > now || _deadlines[id] == Never) continue;
            isDue = true;
            // What was missed meanwhile merges into one signal (TD:P8).
            ulong period = _periods[id];
            _deadlines[id] = period == 0 ? Never : _deadlines[id] + (((now - _deadlines[id]) / period) + 1) * period;
        }

        return isDue;
    }
}
