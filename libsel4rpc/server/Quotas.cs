// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>How a child's limit relates to its parent's (RPC:Q3).</summary>
public enum QuotaBacking : byte
{
    /// <summary>What the child uses counts at the parent as well; limits of several children may add up to more than there is.</summary>
    Shared = 0,

    /// <summary>The whole limit is set aside at the parent, used or not: the child can count on it.</summary>
    Reserved,
}

/// <summary>The limits of one owner and how much of each is used, its descendants included (RPC:Q3).</summary>
/// <remarks>
/// At every level used ≤ limit, unless a limit was lowered below what was in use then (RPC:Q6); further grants fail until use
/// has sunk. A request is checked on all levels before anything is done, charged when it is granted, and given back when the
/// grant ends. Requests per second are counted per second of the server's clock; without a clock they are not limited.
/// </remarks>
public sealed class Quotas(Quotas? parent)
{
    /// <summary>A limit that is none.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>How many kinds there are, counted from 1.</summary>
    public const int KindCount = (int)QuotaKind.ServerBytes;

    private const ulong MillisecondsPerSecond = 1000;

    private readonly Quotas? _parent = parent;
    private Amounts _limit = AllUnlimited();
    private Amounts _used;
    private Amounts _peak;
    private QuotaBacking _backing;
    private ulong _second;

    /// <summary>One amount a kind, in place: what every request looks at should not be behind a pointer.</summary>
    [InlineArray(KindCount + 1)]
    private struct Amounts
    {
        private ulong _first;
    }

    /// <summary>How limits of this owner are backed by its parent's.</summary>
    public QuotaBacking Backing => _backing;

    /// <summary>How much may be used at one time.</summary>
    public ulong Limit(QuotaKind kind) => _limit[(int)kind];

    /// <summary>How much is used: by the owner itself, by its descendants, or set aside for them.</summary>
    public ulong Used(QuotaKind kind) => _used[(int)kind];

    /// <summary>The most that was used at one time.</summary>
    public ulong Peak(QuotaKind kind) => _peak[(int)kind];

    /// <summary>How much more can be had, on all levels.</summary>
    public ulong Room(QuotaKind kind)
    {
        ulong room = Unlimited;
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            ulong limit = level._limit[(int)kind];
            ulong used = level._used[(int)kind];
            ulong left = used < limit ? limit - used : 0;
            if (left < room) room = left;
            if (level.IsSetAside(kind)) break;  // what is within the limit counts at the parent already
        }
        return room;
    }

    /// <summary>Sets one limit; false when it is to be backed by the parent and the parent has not so much left.</summary>
    /// <remarks>A limit below present use is taken: nothing is revoked, and nothing more granted (RPC:Q6).</remarks>
    public bool TrySetLimit(QuotaKind kind, ulong limit)
    {
        ulong before = ShareOfParent(kind);
        ulong old = _limit[(int)kind];
        _limit[(int)kind] = limit;
        if (_parent is null || kind == QuotaKind.RequestRate) return true;
        ulong after = ShareOfParent(kind);
        if (after > before)
        {
            if (_parent.Room(kind) < after - before)
            {
                _limit[(int)kind] = old;
                return false;
            }
            _parent.Add(kind, after - before);
        }
        else
        {
            _parent.Remove(kind, before - after);
        }
        return true;
    }

    /// <summary>Says how limits are backed. Only while nothing is used and no limit is set.</summary>
    public void SetBacking(QuotaBacking backing)
    {
        for (int kind = 1; kind <= KindCount; kind++) Require.That(_used[kind] == 0 && _limit[kind] == Unlimited);
        _backing = backing;
    }

    /// <summary>Begins anew, without limits: for a new owner in an old session. Nothing may be in use.</summary>
    public void Reset()
    {
        for (int kind = 1; kind <= KindCount; kind++)
        {
            if (kind == (int)QuotaKind.RequestRate) _used[kind] = 0;
            Require.That(_used[kind] == 0);
            TrySetLimit((QuotaKind)kind, Unlimited);
            _peak[kind] = 0;
        }
        _backing = QuotaBacking.Shared;
    }

    /// <summary>Refuses what any level has not so much left for; says which kind and how much there is (RPC:Q5).</summary>
    internal Refusal Check(in QuotaCharge charge)
    {
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            bool fits = Fits(level._limit[(int)QuotaKind.RamBytes], level._used[(int)QuotaKind.RamBytes], charge.RamBytes)
                && Fits(level._limit[(int)QuotaKind.DeviceBytes], level._used[(int)QuotaKind.DeviceBytes], charge.DeviceBytes)
                && Fits(level._limit[(int)QuotaKind.Grants], level._used[(int)QuotaKind.Grants], 1)
                && Fits(level._limit[(int)QuotaKind.Slots], level._used[(int)QuotaKind.Slots], charge.Slots)
                && Fits(level._limit[(int)QuotaKind.ServerBytes], level._used[(int)QuotaKind.ServerBytes], charge.ServerBytes)
                && (charge.Line == QuotaKind.None || Fits(level._limit[(int)charge.Line], level._used[(int)charge.Line], 1));
            if (!fits) return CheckEach(in charge);
        }
        return Refusal.None;
    }

    /// <summary>Charges what was checked.</summary>
    internal void Charge(in QuotaCharge charge)
    {
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            if (level._backing == QuotaBacking.Reserved)
            {
                level.ChargeEach(in charge);
                return;
            }
            Grow(ref level._used[(int)QuotaKind.RamBytes], ref level._peak[(int)QuotaKind.RamBytes], charge.RamBytes);
            Grow(ref level._used[(int)QuotaKind.DeviceBytes], ref level._peak[(int)QuotaKind.DeviceBytes], charge.DeviceBytes);
            Grow(ref level._used[(int)QuotaKind.Grants], ref level._peak[(int)QuotaKind.Grants], 1);
            Grow(ref level._used[(int)QuotaKind.Slots], ref level._peak[(int)QuotaKind.Slots], charge.Slots);
            Grow(ref level._used[(int)QuotaKind.ServerBytes], ref level._peak[(int)QuotaKind.ServerBytes], charge.ServerBytes);
            if (charge.Line != QuotaKind.None) Grow(ref level._used[(int)charge.Line], ref level._peak[(int)charge.Line], 1);
        }
    }

    /// <summary>Gives back what was charged.</summary>
    internal void GiveBack(in QuotaCharge charge)
    {
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            if (level._backing == QuotaBacking.Reserved)
            {
                level.GiveBackEach(in charge);
                return;
            }
            Require.That(level._used[(int)QuotaKind.Grants] != 0 && level._used[(int)QuotaKind.RamBytes] >= charge.RamBytes);
            level._used[(int)QuotaKind.RamBytes] -= charge.RamBytes;
            level._used[(int)QuotaKind.DeviceBytes] -= charge.DeviceBytes;
            level._used[(int)QuotaKind.Grants]--;
            level._used[(int)QuotaKind.Slots] -= charge.Slots;
            level._used[(int)QuotaKind.ServerBytes] -= charge.ServerBytes;
            if (charge.Line != QuotaKind.None) level._used[(int)charge.Line]--;
        }
    }

    /// <summary>Counts one request of this second; false when that is one too many at some level (RPC:§9, rate limit).</summary>
    internal bool TryCountRequest(ulong nowMs)
    {
        const int rate = (int)QuotaKind.RequestRate;
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            if (level._limit[rate] == Unlimited) continue;
            ulong second = nowMs / MillisecondsPerSecond;
            if (second != level._second)
            {
                level._second = second;
                level._used[rate] = 0;
            }
            if (level._used[rate] >= level._limit[rate]) return false;
        }
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            if (level._limit[rate] == Unlimited) continue;
            ulong used = ++level._used[rate];
            if (used > level._peak[rate]) level._peak[rate] = used;
        }
        return true;
    }

    /// <summary>
    /// Moves a part of this owner's limit to a relative: down, the levels between may use so much more out of what this one has
    /// left; up, they and this one may use so much less (RPC:Q5). The sum over a level's children and itself stays as it is.
    /// </summary>
    internal Refusal Give(Quotas subject, QuotaKind kind, ulong amount)
    {
        ulong room = Room(kind);
        if (amount > room) return Refusal.Quota(kind, room);
        if (subject.IsBelow(this)) return Raise(subject, kind, amount);
        Require.That(IsBelow(subject));
        for (Quotas level = this; level != subject; level = level._parent!) level.Lower(kind, amount);
        return Refusal.None;
    }

    private Refusal Raise(Quotas subject, QuotaKind kind, ulong amount)
    {
        // The topmost level first, because what is set aside for a level comes out of the one above it.
        for (Quotas top = this; top != subject;)
        {
            Quotas next = subject;
            while (next._parent != top) next = next._parent!;
            ulong limit = next._limit[(int)kind];
            bool isRaised = limit == Unlimited || (amount < Unlimited - limit && next.TrySetLimit(kind, limit + amount));
            if (!isRaised)
            {
                for (Quotas level = top; level != this; level = level._parent!) level.Lower(kind, amount);
                return Refusal.Quota(kind, top.Room(kind));
            }
            top = next;
        }
        return Refusal.None;
    }

    private void Lower(QuotaKind kind, ulong amount)
    {
        if (_limit[(int)kind] != Unlimited) TrySetLimit(kind, _limit[(int)kind] - amount);
    }

    private bool IsBelow(Quotas other)
    {
        for (Quotas? level = _parent; level is not null; level = level._parent)
        {
            if (level == other) return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fits(ulong limit, ulong used, ulong amount) => amount == 0 || (used <= limit && limit - used >= amount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Grow(ref ulong used, ref ulong peak, ulong amount)
    {
        used += amount;
        if (used > peak) peak = used;
    }

    /// <summary>Kind by kind, because what a child has set aside its parent need not have left; and to say which it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal CheckEach(in QuotaCharge charge)
    {
        if (charge.RamBytes != 0 && Room(QuotaKind.RamBytes) < charge.RamBytes) return Exceeded(QuotaKind.RamBytes);
        if (charge.DeviceBytes != 0 && Room(QuotaKind.DeviceBytes) < charge.DeviceBytes) return Exceeded(QuotaKind.DeviceBytes);
        if (Room(QuotaKind.Grants) == 0) return Exceeded(QuotaKind.Grants);
        if (Room(QuotaKind.Slots) < charge.Slots) return Exceeded(QuotaKind.Slots);
        if (Room(QuotaKind.ServerBytes) < charge.ServerBytes) return Exceeded(QuotaKind.ServerBytes);
        return charge.Line != QuotaKind.None && Room(charge.Line) == 0 ? Exceeded(charge.Line) : Refusal.None;
    }

    private void ChargeEach(in QuotaCharge charge)
    {
        Add(QuotaKind.RamBytes, charge.RamBytes);
        Add(QuotaKind.DeviceBytes, charge.DeviceBytes);
        Add(QuotaKind.Grants, 1);
        Add(QuotaKind.Slots, charge.Slots);
        Add(QuotaKind.ServerBytes, charge.ServerBytes);
        if (charge.Line != QuotaKind.None) Add(charge.Line, 1);
    }

    private void GiveBackEach(in QuotaCharge charge)
    {
        Remove(QuotaKind.RamBytes, charge.RamBytes);
        Remove(QuotaKind.DeviceBytes, charge.DeviceBytes);
        Remove(QuotaKind.Grants, 1);
        Remove(QuotaKind.Slots, charge.Slots);
        Remove(QuotaKind.ServerBytes, charge.ServerBytes);
        if (charge.Line != QuotaKind.None) Remove(charge.Line, 1);
    }

    private Refusal Exceeded(QuotaKind kind) => Refusal.Quota(kind, Room(kind));

    /// <summary>True when the parent has set this limit aside, so that what is used within it is no news to the parent.</summary>
    private bool IsSetAside(QuotaKind kind) =>
        _backing == QuotaBacking.Reserved && _limit[(int)kind] != Unlimited && kind != QuotaKind.RequestRate;

    /// <summary>What counts as used at the parent because of this owner.</summary>
    private ulong ShareOfParent(QuotaKind kind) => IsSetAside(kind) ? Math.Max(_limit[(int)kind], _used[(int)kind]) : _used[(int)kind];

    private void Add(QuotaKind kind, ulong amount)
    {
        for (Quotas? level = this; level is not null; level = level._parent)
        {
            ulong used = level._used[(int)kind] += amount;
            if (used > level._peak[(int)kind]) level._peak[(int)kind] = used;
            if (level.IsSetAside(kind)) break;  // checked: it is within the limit
        }
    }

    private void Remove(QuotaKind kind, ulong amount)
    {
        for (Quotas? level = this; level is not null && amount != 0; level = level._parent)
        {
            ulong before = level.ShareOfParent(kind);
            Require.That(level._used[(int)kind] >= amount);
            level._used[(int)kind] -= amount;
            amount = before - level.ShareOfParent(kind);
        }
    }

    private static Amounts AllUnlimited()
    {
        Amounts limits = default;
        for (int kind = 0; kind <= KindCount; kind++) limits[kind] = Unlimited;
        return limits;
    }
}
