// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>
/// Resources that are only counted: 64 MiB of RAM with a reserved piece, the VGA window and a frame buffer, the interrupts of one
/// IOAPIC, all I/O ports, and the slots of clients. It notices what is given back without having been handed out.
/// </summary>
public sealed class ResourceWorld : IResourceProvider, IResourceSurvey
{
    public const ulong RamStart = 0x100000;
    public const ulong RamEnd = RamStart + (64ul << 20);
    public const ulong DeviceStart = 0xa0000;
    public const ulong DeviceEnd = 0xc0000;
    public const ulong ScreenStart = 0xe0000000;
    public const ulong ScreenEnd = ScreenStart + (4ul << 20);
    public const ulong ReservedStart = 0x200000;
    public const ulong ReservedEnd = 0x300000;
    public const int PinCount = 24;
    public const ushort ReservedPort = 0xcf8;

    private readonly BlockTree _low = new(RamStart, ReservedStart);
    private readonly BlockTree _high = new(ReservedEnd, RamEnd);
    private readonly BlockTree _device = new(DeviceStart, DeviceEnd);
    private readonly BlockTree _screen = new(ScreenStart, ScreenEnd);
    private readonly HashSet<int> _vectors = [];
    private readonly List<(int First, int Last)> _ports = [];
    private readonly Dictionary<ulong, Holding> _holdings = [];
    private readonly Dictionary<ulong, Holding> _byCapability = [];
    private readonly Dictionary<Session, HashSet<ulong>> _slots = [];
    private ulong _nextNumber = 100;
    private ulong _bytes;
    private int _objects;

    /// <summary>What stands behind one grant.</summary>
    private sealed class Holding
    {
        public readonly List<ulong> Blocks = [];
        public readonly List<(Session Session, ulong Slot)> Slots = [];
        public ulong Bytes;
        public ulong Capability;
    }

    /// <summary>When set, every allocation is refused for this reason.</summary>
    public Refusal? Injected { get; set; }

    /// <summary>Who may name no device.</summary>
    public Session? Forbidden { get; set; }

    /// <summary>Called before a refusal that is <see cref="Injected"/>.</summary>
    public Action? Explaining { get; set; }

    public Dictionary<ulong, Session> Owners { get; } = [];

    /// <summary>Everything that was given back, unless <see cref="KeepsHistory"/> is off.</summary>
    public List<(GrantKind Kind, ulong Start, ReleaseFlag Flags)> Released { get; } = [];

    public bool KeepsHistory { get; init; } = true;

    /// <summary>What the last request for memory asked for.</summary>
    public MemoryRequest LastMemory { get; private set; }

    /// <summary>What the last request for an interrupt asked for.</summary>
    public IrqRequest LastIrq { get; private set; }

    /// <summary>Everything that is handed out: bytes, objects, vectors, port ranges.</summary>
    public (ulong Bytes, int Objects, int Vectors, int Ranges) Totals => (_bytes, _objects, _vectors.Count, _ports.Count);

    /// <summary>How many grants stand behind what is handed out.</summary>
    public int HoldingCount => _holdings.Count;

    /// <summary>True while a capability exists that was sent or could be.</summary>
    public bool Exists(CapabilityPointer capability) => _byCapability.ContainsKey(capability.Value);

    /// <summary>True when a slot of a client's grant window holds something that was placed there.</summary>
    public bool IsOccupied(Session session, ulong slot) => SlotsOf(session).Contains(slot);

    /// <summary>The client deletes what lies in one of its slots, or puts something there.</summary>
    public void Toggle(Session session, ulong slot)
    {
        if (!SlotsOf(session).Remove(slot)) SlotsOf(session).Add(slot);
    }

    /// <summary>The client's CSpace is gone.</summary>
    public void Forget(Session session) => _slots.Remove(session);

    public Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant)
    {
        LastMemory = request;
        Explaining?.Invoke();
        if (Injected is { } refusal) return refusal;
        if (request.HasAddress && owner == Forbidden) return Refusal.Because(Reason.NotPermitted, 1);
        var holding = new Holding();
        refusal = TakeBlock(in request, request.ObjectBits, holding, out ulong start);
        if (!refusal.IsNone) return refusal;
        bool isTransferable = ObjectRules.IsTransferable(request.Type);
        if (!isTransferable && !TryFill(owner, request.Destination, 1, holding))
        {
            GiveBack(holding);
            return Refusal.Because(Reason.DestinationOccupied, GrantWishes.DestinationField);
        }
        grant.Start = start;
        grant.IsDevice = IsDevice(start);
        Enter(holding, ref grant, hasCapability: isTransferable);
        return Refusal.None;
    }

    public Refusal AllocateBatch(Session owner, in BatchRequest request, ref GrantRecord grant)
    {
        LastMemory = request.Each;
        if (Injected is { } refusal) return refusal;
        var holding = new Holding();
        int made = 0;
        ulong first = 0;
        refusal = Refusal.None;
        if (request.IsContiguous)
        {
            refusal = TakeRun(in request, holding, out first, out made);
        }
        else
        {
            for (; made < request.Count && refusal.IsNone; made += refusal.IsNone ? 1 : 0)
            {
                refusal = TakeBlock(in request.Each, request.Each.ObjectBits, holding, out ulong start);
                if (made == 0) first = start;
            }
        }
        bool isEnough = made == request.Count || (request.IsBestEffort && made > 0);
        bool isPlaced = request.Each.Destination != 0;
        if (isEnough && isPlaced && !TryFill(owner, request.Each.Destination, made, holding))
        {
            (isEnough, refusal) = (false, Refusal.Because(Reason.DestinationOccupied, GrantWishes.DestinationField));
        }
        if (!isEnough)
        {
            GiveBack(holding);
            return refusal;
        }
        grant.Count = made;
        grant.Start = request.IsContiguous ? first : 0;
        grant.IsDevice = IsDevice(first);
        Enter(holding, ref grant, hasCapability: !isPlaced);
        return Refusal.None;
    }

    public Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant)
    {
        LastIrq = request;
        if (Injected is { } refusal) return refusal;
        if (request.Kind != IrqAllocMessageCase.Msi)
        {
            if (request.IoApic != 0) return Refusal.OutOfRange(1, 0, 0);
            if (request.Pin >= PinCount) return Refusal.OutOfRange(2, 0, PinCount - 1);
        }
        if (!_vectors.Add(request.Vector)) return Refusal.Because(Reason.IrqBusy, 5);
        Enter(new Holding(), ref grant, hasCapability: true);
        return Refusal.None;
    }

    public Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant)
    {
        if (Injected is { } refusal) return refusal;
        (int first, int last) = (request.First, request.Last);
        if (first <= ReservedPort && ReservedPort <= last) return Refusal.Because(Reason.AddressReserved);
        foreach ((int First, int Last) range in _ports)
        {
            if (range.First <= last && first <= range.Last) return Refusal.Because(Reason.PortsBusy);
        }
        _ports.Add((first, last));
        Enter(new Holding(), ref grant, hasCapability: true);
        return Refusal.None;
    }

    public Refusal MayShare(Session owner, in GrantRecord grant) =>
        Injected ?? (owner == Forbidden ? Refusal.Because(Reason.NotPermitted) : Refusal.None);

    public Refusal Place(Session owner, CapabilityPointer capability, ulong slot)
    {
        RpcFuzzException.Require(owner.Space.Holds(slot, 1), "placed outside of the grant window");
        Holding holding = _byCapability[capability.Value];
        return TryFill(owner, slot, 1, holding) ? Refusal.None : Refusal.Because(Reason.DestinationOccupied);
    }

    public void Release(ref GrantRecord grant, ReleaseFlag flags)
    {
        if (KeepsHistory) Released.Add((grant.Kind, grant.Start, flags));
        RpcFuzzException.Require(_holdings.Remove(grant.ProviderWord0, out Holding? holding), "released what was not handed out");
        ulong start = grant.Start;
        ulong last = start + grant.Length - 1;
        bool was = grant.Kind switch
        {
            GrantKind.Irq => _vectors.Remove((int)start),
            GrantKind.IoPorts => _ports.Remove(((int)start, (int)last)),
            _ => true,
        };
        RpcFuzzException.Require(was, "released an interrupt or ports that were free");
        _byCapability.Remove(holding!.Capability);
        GiveBack(holding);
    }

    public bool IsDevice(ulong physicalAddress) => _device.Contains(physicalAddress, 1) || _screen.Contains(physicalAddress, 1);

    public Session? FindOwner(ulong ownerId) => Owners.GetValueOrDefault(ownerId);

    public ulong FreeBytes(MemorySource source) =>
        source == MemorySource.Ram ? _low.FreeBytes + _high.FreeBytes : _device.FreeBytes + _screen.FreeBytes;

    public ulong FreeBlocks(MemorySource source, int order) => (ulong)(source == MemorySource.Ram
        ? _low.FreeBlocks(order) + _high.FreeBlocks(order)
        : _device.FreeBlocks(order) + _screen.FreeBlocks(order));

    public bool TryGetRegion(Session owner, ref int position, out GrantableRegion region)
    {
        GrantableRegion[] regions =
        [
            new(RamStart, ReservedStart - RamStart, MemorySource.Ram), new(ReservedEnd, RamEnd - ReservedEnd, MemorySource.Ram),
            new(DeviceStart, DeviceEnd - DeviceStart, MemorySource.Device), new(ScreenStart, ScreenEnd - ScreenStart, MemorySource.Device),
        ];
        region = default;
        if (position >= regions.Length) return false;
        region = regions[position++];
        return true;
    }

    private HashSet<ulong> SlotsOf(Session session)
    {
        if (!_slots.TryGetValue(session, out HashSet<ulong>? slots)) _slots.Add(session, slots = []);
        return slots;
    }

    private bool TryFill(Session session, ulong first, int count, Holding holding)
    {
        HashSet<ulong> slots = SlotsOf(session);
        for (ulong slot = first; slot < first + (ulong)count; slot++)
        {
            if (slots.Contains(slot)) return false;
        }
        for (ulong slot = first; slot < first + (ulong)count; slot++)
        {
            slots.Add(slot);
            holding.Slots.Add((session, slot));
        }
        return true;
    }

    private void Enter(Holding holding, ref GrantRecord grant, bool hasCapability)
    {
        ulong number = _nextNumber++;
        _holdings.Add(number, holding);
        grant.ProviderWord0 = number;
        if (!hasCapability) return;
        holding.Capability = number;
        grant.Capability = new CapabilityPointer(number);
        _byCapability.Add(number, holding);
    }

    private void GiveBack(Holding holding)
    {
        foreach (ulong block in holding.Blocks)
        {
            bool was = TreeOf(block)!.TryGiveBack(block);
            RpcFuzzException.Require(was, "gave back a block that was not out");
        }
        foreach ((Session session, ulong slot) in holding.Slots) SlotsOf(session).Remove(slot);
        _bytes -= holding.Bytes;
        _objects -= holding.Blocks.Count;
    }

    private BlockTree? TreeOf(ulong address)
    {
        foreach (BlockTree tree in (ReadOnlySpan<BlockTree>)[_high, _low, _device, _screen])
        {
            if (tree.Contains(address, 1)) return tree;
        }
        return null;
    }

    private Refusal TakeBlock(in MemoryRequest request, int order, Holding holding, out ulong start)
    {
        start = request.Address;
        Refusal refusal = request.HasAddress
            ? TakeAt(start, order)
            : TakeAnywhere(in request, Math.Max(order, request.AlignBits), out start);
        if (refusal.IsNone && !request.HasAddress && request.AlignBits > order)
        {
            // A place that is aligned further than the object is large; only the object is taken of it.
            TreeOf(start)!.TryGiveBack(start);
            refusal = TakeAt(start, order);
        }
        if (refusal.IsNone) Note(holding, start, order);
        return refusal;
    }

    private void Note(Holding holding, ulong start, int order)
    {
        holding.Blocks.Add(start);
        holding.Bytes += 1ul << order;
        _bytes += 1ul << order;
        _objects++;
    }

    private Refusal TakeAt(ulong start, int order)
    {
        ulong bytes = 1ul << order;
        BlockTree? tree = TreeOf(start);
        if (start < ReservedEnd && start + bytes > ReservedStart) return Refusal.Because(Reason.AddressReserved, 1);
        if (tree is null || !tree.Contains(start, bytes)) return Refusal.Because(Reason.NoSuchRegion, 1);
        return tree.TryTakeAt(order, start) ? Refusal.None : Refusal.Because(Reason.AddressBusy, 1);
    }

    private Refusal TakeAnywhere(in MemoryRequest request, int order, out ulong start)
    {
        (BlockTree first, BlockTree second) = request.Source == MemorySource.Ram ? (_high, _low) : (_screen, _device);
        if (first.TryTake(order, request.WindowFirst, request.WindowLast, out start)) return Refusal.None;
        if (second.TryTake(order, request.WindowFirst, request.WindowLast, out start)) return Refusal.None;
        ulong free = first.FreeBytes + second.FreeBytes;
        if (free >> order == 0) return Refusal.NotEnough(Reason.OutOfMemory, free);
        int largest = Math.Max(first.Largest, second.Largest);
        return Refusal.NotEnough(Reason.Fragmented, largest < 0 ? 0 : 1ul << largest);
    }

    /// <summary>One run: the block that it needs is found, and only what is used of it is taken (RPC:B2).</summary>
    private Refusal TakeRun(in BatchRequest request, Holding holding, out ulong first, out int made)
    {
        made = 0;
        int order = request.Each.ObjectBits;
        while (1 << (order - request.Each.ObjectBits) < request.Count) order++;
        first = request.Each.Address;
        if (!request.Each.HasAddress)
        {
            int aligned = Math.Max(order, request.Each.AlignBits);
            Refusal refusal = TakeAnywhere(in request.Each, aligned, out first);
            if (!refusal.IsNone) return refusal;
            TreeOf(first)!.TryGiveBack(first);
        }
        for (; made < request.Count; made++)
        {
            ulong start = first + ((ulong)made << request.Each.ObjectBits);
            Refusal refusal = TakeAt(start, request.Each.ObjectBits);
            if (!refusal.IsNone) return refusal;
            Note(holding, start, request.Each.ObjectBits);
        }
        return Refusal.None;
    }
}
