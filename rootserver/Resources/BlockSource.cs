// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Finds blocks that meet a request: at an address, in a window, aligned beyond their size, RAM or device.</summary>
internal sealed class BlockSource(UntypedAllocator memory)
{
    // Field numbers of MemoryAllocMessage in rpc.proto, to name the one at fault.
    private const uint AddressField = 1;
    private const uint SizeBitsField = 2;

    private readonly UntypedAllocator _memory = memory;

    /// <summary>Takes a block of 2^<paramref name="bits"/> bytes as a request wants it.</summary>
    public Refusal Take(in MemoryRequest request, int bits, out UntypedBlock block)
    {
        if (request.HasAddress) return ToRefusal(_memory.AllocateAt(request.Address, bits, out block), MemorySource.Ram);
        if (request.HasWindow || request.AlignBits > bits) return TakeInWindow(in request, bits, out block);
        MemoryKind kind = request.Source == MemorySource.Ram ? MemoryKind.Ram : MemoryKind.Device;
        return ToRefusal(_memory.Allocate(bits, kind, out block), request.Source);
    }

    /// <summary>Takes exactly this block.</summary>
    public Refusal TakeAt(ulong address, int bits, out UntypedBlock block) =>
        ToRefusal(_memory.AllocateAt(address, bits, out block), MemorySource.Ram);

    private Refusal TakeInWindow(in MemoryRequest request, int bits, out UntypedBlock block)
    {
        ResourceKind kind = request.Source == MemorySource.Ram ? ResourceKind.Ram : ResourceKind.Device;
        RequestDraft draft = RequestDraft.Any(0, kind, request.Type, bits);
        draft.Min = request.WindowFirst;
        draft.Max = request.WindowLast;
        draft.AlignBits = request.AlignBits;
        Request wanted = new(draft);
        return ToRefusal(_memory.Take(in wanted, null, out block), request.Source);
    }

    private Refusal ToRefusal(AllocationError error, MemorySource source) => ToRefusal(_memory, error, source);

    /// <summary>What a client is told of the allocator's refusal.</summary>
    internal static Refusal ToRefusal(UntypedAllocator memory, AllocationError error, MemorySource source)
    {
        if (error == AllocationError.None) return Refusal.None;
        MemoryKind kind = source == MemorySource.Ram ? MemoryKind.Ram : MemoryKind.Device;
        int largest = memory.LargestFree(kind);
        return error switch
        {
            AllocationError.OutOfMemory => Refusal.NotEnough(Reason.OutOfMemory, memory.Totals(kind).FreeBytes),
            AllocationError.Fragmented or AllocationError.NoPlace =>
                Refusal.NotEnough(Reason.Fragmented, largest < 0 ? 0 : 1ul << largest),
            AllocationError.BadWindow => Refusal.Because(Reason.Malformed),
            AllocationError.BadSize => Refusal.OutOfRange(
                SizeBitsField, AbiConstants.MinUntypedBits, AbiConstants.MaxUntypedBits),
            AllocationError.Misaligned => Refusal.Because(Reason.Misaligned, AddressField),
            AllocationError.NoRegion or AllocationError.Straddles => Refusal.Because(Reason.NoSuchRegion, AddressField),
            AllocationError.Taken => Refusal.Because(Reason.AddressBusy, AddressField),
            AllocationError.Reserved => Refusal.Because(Reason.AddressReserved, AddressField),
            AllocationError.OutOfSlots or AllocationError.OutOfNodes => Refusal.Because(Reason.BookkeepingExhausted),
            _ => Refusal.Because(Reason.OutOfMemory),
        };
    }
}
