// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>Children that have ended, and of which something is still to be taken back, in the order of their ends.</summary>
/// <remarks>One slice at a time, so that the end of a large child does not keep others waiting (RT:K5).</remarks>
public sealed class Reaper(ChildLife life, int capacity)
{
    private readonly ChildLife _life = life;
    private readonly Child[] _queue = new Child[capacity];
    private int _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Stops a child, and puts it at the end of the queue.</summary>
    public void Take(Child child, ChildOutcome outcome)
    {
        _life.Stop(child, outcome);
        Take(child);
    }

    /// <summary>Puts a child that has been stopped at the end of the queue.</summary>
    public void Take(Child child)
    {
        _queue[(_first + Count++) % _queue.Length] = child;
    }

    /// <summary>Does one slice of work; the child that is gone with it, if it was the last slice.</summary>
    public Child? Step()
    {
        if (Count == 0 || !_life.TakeBackSome(_queue[_first])) return null;
        Child gone = _queue[_first];
        _first = (_first + 1) % _queue.Length;
        Count--;
        return gone;
    }
}
