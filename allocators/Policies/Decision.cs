// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>What happened.</summary>
public enum DecisionKind : byte
{
    /// <summary>A policy let the request pass without asking those behind it.</summary>
    Allowed,
    Denied,
    Waiting,

    /// <summary>A policy narrowed the request.</summary>
    Narrowed,

    /// <summary>A policy had an answer to a shortage.</summary>
    Recovered,

    /// <summary>Nobody had: the allocator's own refusal stands.</summary>
    NotRecovered,

    /// <summary>It was granted; the policy is the one that allowed it.</summary>
    Granted,
    Released,

    /// <summary>A hook threw, widened a request, or took too long (AL:X4).</summary>
    Fault,
}

/// <summary>One decision, for `why`: who asked, what for, which policy said what, and why.</summary>
public struct Decision
{
    /// <summary>Counts from 1.</summary>
    public ulong Sequence;
    public ulong Owner;

    /// <summary>The grant, once there is one.</summary>
    public ulong Cookie;

    /// <summary>Bytes, or what <see cref="Resource"/> counts.</summary>
    public ulong Amount;

    /// <summary>How much would have been allowed.</summary>
    public ulong Available;

    /// <summary>The policy's name; <see cref="PolicySet.Default"/> when none had an opinion.</summary>
    public string Policy;

    /// <summary>Why, for people.</summary>
    public string Text;
    public DecisionKind Kind;
    public ResourceKind Resource;
    public ErrorCode Error;
    public DenialReason Reason;

    /// <summary>One line of at most 100 columns without owner's name: "#12 denied 64 KiB RAM: quota: limit reached (4 KiB left)".</summary>
    public readonly string Describe()
    {
        string text = $"#{Sequence} {NameOf(Kind)} {Units.Amount(Resource, Amount)}";
        if (Cookie != 0) text += $" grant {Cookie}";
        text += $" by {Policy}";
        if (Text.Length != 0) text += $": {Text}";
        if (Available != 0) text += $" ({Units.Amount(Resource, Available)} would do)";
        return text.Length <= Units.Columns ? text : text.Substring(0, Units.Columns - 1) + "…";
    }

    private static string NameOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Allowed => "allowed",
        DecisionKind.Denied => "denied",
        DecisionKind.Waiting => "waiting",
        DecisionKind.Narrowed => "narrowed",
        DecisionKind.Recovered => "retried",
        DecisionKind.NotRecovered => "out of",
        DecisionKind.Granted => "granted",
        DecisionKind.Released => "released",
        _ => "FAULT",
    };
}

/// <summary>The last decisions, oldest overwritten first. Nothing is allocated after construction.</summary>
public sealed class DecisionRing
{
    private readonly Decision[] _entries;
    private ulong _next = 1;

    /// <summary>Remembers the last <paramref name="capacity"/> decisions, 72 bytes each.</summary>
    public DecisionRing(int capacity)
    {
        if (capacity < 1) throw new ArgumentOutOfRangeException(nameof(capacity), "a ring has at least one entry");
        _entries = new Decision[capacity];
    }

    /// <summary>How many there have ever been.</summary>
    public ulong Written => _next - 1;

    /// <summary>How many can still be read.</summary>
    public int Count => Written < (ulong)_entries.Length ? (int)Written : _entries.Length;

    /// <summary>The decision that was made <paramref name="age"/> decisions before the last one.</summary>
    public Decision FromNewest(int age)
    {
        if (age < 0 || age >= Count) throw new ArgumentOutOfRangeException(nameof(age), "the ring does not reach so far back");
        return _entries[(_next - 1 - (ulong)age) % (ulong)_entries.Length];
    }

    /// <summary>Writes a decision down; its number is set here.</summary>
    public void Write(in Decision decision)
    {
        ref Decision entry = ref _entries[_next % (ulong)_entries.Length];
        entry = decision;
        entry.Sequence = _next++;
    }

    /// <summary>The last decision about an owner; false when it is forgotten or there was none.</summary>
    public bool TryFindOwner(ulong owner, out Decision found)
    {
        for (int age = 0; age < Count; age++)
        {
            found = FromNewest(age);
            if (found.Owner == owner) return true;
        }

        found = default;
        return false;
    }

    /// <summary>The last decision about a grant; false when it is forgotten or there was none.</summary>
    public bool TryFindCookie(ulong cookie, out Decision found)
    {
        for (int age = 0; age < Count; age++)
        {
            found = FromNewest(age);
            if (found.Cookie == cookie && cookie != 0) return true;
        }

        found = default;
        return false;
    }
}
