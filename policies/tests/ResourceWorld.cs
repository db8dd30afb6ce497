// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Policies;

/// <summary>A server without a machine: memory of the kernel model, owners, grants, a clock. A policy runs in it in milliseconds.</summary>
/// <remarks>Requests go through <see cref="PolicyGate"/>. docs/write-a-policy.md shows its use.</remarks>
internal sealed class ResourceWorld : IPolicyCore
{
    public const ulong RamBase = 0x1_0000_0000;

    private readonly SlotAllocator _slots = new(1000, 1000 + 60_000);
    private readonly PolicyActions _actions = new(8);
    private readonly Dictionary<ulong, Grant> _grants = [];
    private readonly Dictionary<ulong, ulong[]> _used = [];
    private readonly Dictionary<ulong, ulong[]> _limits = [];
    private readonly PolicyGate _gate;
    private ulong _nextCookie = 1;
    private uint _nextBootSlot = 1;

    private sealed record Grant(UntypedBlock Block, ulong Owner, ulong LeaseMs);

    /// <summary>A world with 2^<paramref name="ramBits"/> bytes of RAM from 4 GiB on, or without any.</summary>
    public ResourceWorld(int ramBits, params Policy[] policies)
    {
        Memory = new UntypedAllocator(Kernel, _slots, 1 << 15, 64);
        _gate = new PolicyGate(Memory, this, _actions);
        Policies = new PolicySet(policies, Decisions, _actions);
        if (ramBits != 0) AddRam(RamBase, ramBits);
    }

    public ModelKernel Kernel { get; } = new();

    public UntypedAllocator Memory { get; }

    public PolicySet Policies { get; }

    public DecisionRing Decisions { get; } = new(64);

    public ulong NowNs { get; private set; }

    /// <summary>Cookies of everything that is out.</summary>
    public IReadOnlyCollection<ulong> Cookies => _grants.Keys;

    public PoolView View => Memory.View(_slots.FreeCount);

    /// <summary>What the newest decision says.</summary>
    public string Why => Decisions.FromNewest(0).Describe();

    public void AddRam(ulong address, int bits, MemoryKind kind = MemoryKind.Ram)
    {
        Kernel.AddBootUntyped(_nextBootSlot, address, bits, kind != MemoryKind.Ram);
        Assert.Equal(AllocationError.None, Memory.Adopt(_nextBootSlot++, address, bits, kind));
    }

    /// <summary>Sets a limit of an owner.</summary>
    public void Limit(ulong owner, ResourceKind kind, ulong limit) => RowOf(_limits, owner, ulong.MaxValue)[(int)kind] = limit;

    /// <summary>Asks for a page; its cookie, or 0.</summary>
    public ulong AskPage(ulong owner) => Ask(RequestDraft.Any(owner, ResourceKind.Ram, ObjectType.SmallPage, 12));

    /// <summary>Asks for anything; its cookie, or 0.</summary>
    public ulong Ask(RequestDraft draft)
    {
        ulong[] used = RowOf(_used, draft.Owner, 0);
        OwnerView owner = new(draft.Owner, used, RowOf(_limits, draft.Owner, ulong.MaxValue));
        Verdict = _gate.Take(Policies, ref draft, in owner, out AllocationError error, out UntypedBlock block);
        Error = error;
        if (Verdict.Kind != VerdictKind.Allow) return 0;
        Kernel.UseWhole(block.Slot);
        ulong cookie = _nextCookie++;
        Grant grant = new(block, draft.Owner, draft.LeaseMs);
        _grants.Add(cookie, grant);
        used[(int)ResourceKind.Ram] += 1ul << block.SizeBits;
        used[(int)ResourceKind.Grants]++;
        Policies.Granted(ViewOf(cookie, grant));
        _gate.Settle();
        return cookie;
    }

    /// <summary>What the last request met with.</summary>
    public Verdict Verdict { get; private set; }

    public AllocationError Error { get; private set; }

    public ulong AddressOf(ulong cookie) => _grants[cookie].Block.PhysicalAddress;

    /// <summary>Gives a grant back.</summary>
    public void Free(ulong cookie, ReleaseReason why = ReleaseReason.Asked)
    {
        if (!_grants.Remove(cookie, out Grant? grant)) return;
        AllocationError error = Memory.Free(grant.Block);
        ulong[] used = _used[grant.Owner];
        used[(int)ResourceKind.Ram] -= 1ul << grant.Block.SizeBits;
        used[(int)ResourceKind.Grants]--;
        Policies.Released(ViewOf(cookie, grant), error == AllocationError.None ? why : ReleaseReason.Corrupt);
    }

    /// <summary>An owner ends: everything of it comes back.</summary>
    public void End(ulong owner)
    {
        foreach (ulong cookie in _grants.Where(entry => entry.Value.Owner == owner).Select(entry => entry.Key).ToArray())
            Free(cookie, ReleaseReason.OwnerEnded);
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(ulong milliseconds)
    {
        NowNs += milliseconds * 1_000_000;
        do Policies.Tick(NowNs);
        while (_gate.Settle() != 0);
    }

    /// <summary>Bytes of free RAM that could be had as blocks of 2^<paramref name="order"/> bytes.</summary>
    public ulong UsableAt(int order) => new FreeHistogram(Memory, MemoryKind.Ram).UsableBytes(order);

    public void Perform(in PolicyAction action) => Free(action.Cookie, action.Why);

    private static GrantView ViewOf(ulong cookie, Grant grant) => new()
    {
        Owner = grant.Owner,
        Cookie = cookie,
        Kind = ResourceKind.Ram,
        Start = grant.Block.PhysicalAddress,
        Amount = 1ul << grant.Block.SizeBits,
        LeaseMs = grant.LeaseMs,
    };

    private static ulong[] RowOf(Dictionary<ulong, ulong[]> table, ulong owner, ulong value)
    {
        if (table.TryGetValue(owner, out ulong[]? row)) return row;
        row = new ulong[(int)ResourceKind.Count];
        Array.Fill(row, value);
        table.Add(owner, row);
        return row;
    }
}
