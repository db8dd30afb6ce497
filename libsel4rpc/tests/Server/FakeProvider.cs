// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Resources that are only counted: 64 MiB of RAM, the VGA window, the interrupts of one IOAPIC, all I/O ports.</summary>
internal sealed class FakeProvider : IResourceProvider
{
    public const ulong RamStart = 0x100000;
    public const ulong RamEnd = RamStart + (64ul << 20);
    public const ulong DeviceStart = 0xa0000;
    public const ulong DeviceEnd = 0xc0000;
    public const ulong ReservedStart = 0x200000;
    public const ulong ReservedEnd = 0x300000;
    public const int PinCount = 24;
    public const ushort ReservedPort = 0xcf8;

    private readonly Dictionary<ulong, ulong> _memory = [];
    private readonly HashSet<int> _vectors = [];
    private readonly List<(int First, int Last)> _ports = [];
    private ulong _nextSlot = 100;
    private ulong _bytes;
    private ulong _next = ReservedEnd;

    /// <summary>When set, every allocation is refused for this reason.</summary>
    public Refusal? Injected { get; set; }

    public Dictionary<ulong, Session> Owners { get; } = [];

    public List<(GrantKind Kind, ulong Start, ReleaseFlag Flags)> Released { get; } = [];

    /// <summary>Everything that is handed out: bytes, objects, vectors, port ranges.</summary>
    public (ulong Bytes, int Objects, int Vectors, int Ranges) Totals => (_bytes, _memory.Count, _vectors.Count, _ports.Count);

    public Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant)
    {
        if (Injected is { } refusal) return refusal;
        ulong bytes = 1ul << request.ObjectBits;
        if (!request.HasAddress) return AllocateAnywhere(bytes, ref grant);
        ulong start = request.Address;
        bool isDevice = start >= DeviceStart && start + bytes <= DeviceEnd;
        bool isRam = start >= RamStart && start + bytes <= RamEnd;
        if (!isDevice && !isRam) return Refusal.Because(Reason.NoSuchRegion, 1);
        if (start < ReservedEnd && start + bytes > ReservedStart) return Refusal.Because(Reason.AddressReserved, 1);
        if (!IsFree(start, bytes)) return Refusal.Because(Reason.AddressBusy, 1);
        if (isDevice && request.Type is not (ObjectType.Untyped or ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage))
        {
            return Refusal.Because(Reason.Malformed, 3);
        }
        grant.IsDevice = isDevice;
        Take(start, bytes, ref grant);
        return Refusal.None;
    }

    public Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant)
    {
        if (Injected is { } refusal) return refusal;
        if (request.Kind != IrqAllocMessageCase.Msi)
        {
            if (request.IoApic != 0) return Refusal.OutOfRange(1, 0, 0);
            if (request.Pin >= PinCount) return Refusal.OutOfRange(2, 0, PinCount - 1);
        }
        if (!_vectors.Add(request.Vector)) return Refusal.Because(Reason.IrqBusy, 5);
        grant.Capability = new CapabilityPointer(_nextSlot++);
        return Refusal.None;
    }

    public Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant)
    {
        if (Injected is { } refusal) return refusal;
        (int first, int last) = (request.First, request.Last);
        if (first <= ReservedPort && ReservedPort <= last) return Refusal.Because(Reason.AddressReserved);
        if (_ports.Any(range => range.First <= last && first <= range.Last)) return Refusal.Because(Reason.PortsBusy);
        _ports.Add((first, last));
        grant.Capability = new CapabilityPointer(_nextSlot++);
        return Refusal.None;
    }

    public void Release(ref GrantRecord grant, ReleaseFlag flags)
    {
        Released.Add((grant.Kind, grant.Start, flags));
        ulong start = grant.Start;
        bool was = grant.Kind switch
        {
            GrantKind.Memory => _memory.Remove(start, out ulong bytes) && (_bytes -= bytes) >= 0,
            GrantKind.Irq => _vectors.Remove((int)start),
            _ => _ports.RemoveAll(range => (ulong)range.First == start) == 1,
        };
        Assert.True(was, "released what was not handed out");
    }

    public Session? FindOwner(ulong ownerId) => Owners.GetValueOrDefault(ownerId);

    private Refusal AllocateAnywhere(ulong bytes, ref GrantRecord grant)
    {
        if (bytes > RamEnd - RamStart) return Refusal.NotEnough(Reason.OutOfMemory, RamEnd - RamStart);
        // From where the last one was found, then once from the beginning.
        foreach (ulong from in (ulong[])[_next, ReservedEnd])
        {
            for (ulong start = (from + bytes - 1) & ~(bytes - 1); start + bytes <= RamEnd; start += bytes)
            {
                if (!IsFree(start, bytes)) continue;
                Take(start, bytes, ref grant);
                _next = start + bytes;
                return Refusal.None;
            }
        }
        return Refusal.NotEnough(Reason.Fragmented, 4096);
    }

    private void Take(ulong start, ulong bytes, ref GrantRecord grant)
    {
        _memory.Add(start, bytes);
        _bytes += bytes;
        grant.Start = start;
        grant.Capability = new CapabilityPointer(_nextSlot++);
    }

    private bool IsFree(ulong start, ulong bytes)
    {
        foreach ((ulong other, ulong length) in _memory)
        {
            if (other < start + bytes && start < other + length) return false;
        }
        return true;
    }
}
