// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Grows a run of mapped memory by asking the root server, without a heap of its own.</summary>
/// <remarks>
/// Memory comes in pieces that double from 64 KiB: one request for untyped memory, retyped here into 4 KiB frames. From 2 MiB
/// on it comes in frames of 2 MiB, one slot each. When a piece is refused, smaller ones are tried. Paging structures cannot
/// be sent (RPC:R11), so each missing one is made here out of 4 KiB of untyped memory. Pieces follow each other in the
/// window, so that the heap can join them. What was mapped before a failure is kept and handed out the next time.
/// </remarks>
internal struct HeapGrower(RpcChannel channel, Cap<Pml4> vspace, ulong windowStart, ulong windowEnd)
{
    private const int FirstPieceBits = 16;
    private const int LargestPieceBits = 20;  // 256 frames: what one Retype makes
    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
    private const ulong LargePageBytes = 1ul << AbiConstants.LargePageBits;
    private const int MaxMapAttempts = 5;  // three paging structures, the page itself, and one to spare

    private readonly RpcChannel _channel = channel;
    private readonly Cap<Pml4> _vspace = vspace;
    private readonly ulong _windowStart = windowStart;
    private readonly ulong _windowEnd = windowEnd;

    /// <summary>First byte that was not handed out yet.</summary>
    private ulong _next = windowStart;

    /// <summary>First byte that is not mapped yet.</summary>
    private ulong _mapped = windowStart;

    /// <summary>False for a program that has no address space capability or no server to ask.</summary>
    public readonly bool CanGrow => !_vspace.IsNull && !_channel.Service.IsNull;

    /// <summary>Bytes that were mapped so far.</summary>
    public readonly ulong MappedBytes => _mapped - _windowStart;

    /// <summary>Hands out at least so many bytes of cleared memory; 0 when there are no more.</summary>
    public ulong Extend(ref SlotRange slots, ref RpcMessage message, ulong minimumBytes, out ulong grantedBytes)
    {
        grantedBytes = 0;
        if (!CanGrow || minimumBytes > _windowEnd - _next) return 0;
        ulong wanted = (minimumBytes + PageBytes - 1) & ~(PageBytes - 1);
        while (_mapped - _next < wanted)
        {
            if (!TryAddPiece(ref slots, ref message, wanted - (_mapped - _next))) return 0;
        }
        ulong start = _next;
        grantedBytes = _mapped - _next;
        _next = _mapped;
        return start;
    }

    /// <summary>Maps one more piece behind what is mapped: as large as is sensible, else as large as the server gives.</summary>
    private bool TryAddPiece(ref SlotRange slots, ref RpcMessage message, ulong missingBytes)
    {
        bool isLarge = (_mapped & (LargePageBytes - 1)) == 0 && (missingBytes >= LargePageBytes || MappedBytes >= LargePageBytes);
        if (isLarge && TryAddLargePage(ref slots, ref message)) return true;
        for (int bits = PieceBits(missingBytes); bits >= AbiConstants.PageBits; bits--)
        {
            if (TryAddFrames(ref slots, ref message, bits)) return true;
        }
        return false;
    }

    /// <summary>Doubles with what is there already, and reaches the next 2 MiB boundary exactly, so that large pages can follow.</summary>
    private readonly int PieceBits(ulong missingBytes)
    {
        int bits = FirstPieceBits;
        while (bits < LargestPieceBits && (1ul << bits) < missingBytes) bits++;
        while (bits < LargestPieceBits && (1ul << bits) < MappedBytes) bits++;
        ulong room = LargePageBytes - (_mapped & (LargePageBytes - 1));
        if (room > _windowEnd - _mapped) room = _windowEnd - _mapped;
        while ((1ul << bits) > room) bits--;
        return bits;
    }

    private bool TryAddLargePage(ref SlotRange slots, ref RpcMessage message)
    {
        if (_windowEnd - _mapped < LargePageBytes) return false;
        if (!TryAsk(ref slots, ref message, ObjectType.LargePage, 0, out CapabilityPointer frame)) return false;
        if (TryMap(ref slots, ref message, new Cap<Frame>(frame)))
        {
            _mapped += LargePageBytes;
            return true;
        }
        Drop(ref slots, frame);
        return false;
    }

    private bool TryAddFrames(ref SlotRange slots, ref RpcMessage message, int bits)
    {
        int count = 1 << (bits - AbiConstants.PageBits);
        if (!slots.TryAcquireRun(count, out CapabilityPointer first)) return false;
        int mapped = 0;
        if (TryAsk(ref slots, ref message, ObjectType.Untyped, bits, out CapabilityPointer untyped))
        {
            var destination = CNodeDestination.InRoot(_channel.Root, first.Value);
            if (new Cap<Untyped>(untyped).Retype(ObjectType.SmallPage, 0, destination, count).IsOk)
            {
                while (mapped < count && TryMap(ref slots, ref message, new Cap<Frame>(first + (ulong)mapped)))
                {
                    mapped++;
                    _mapped += PageBytes;
                }
            }
            // The frames live on without it, and the slot is free for other things. The server still holds the block.
            Drop(ref slots, untyped);
        }
        for (int i = mapped; i < count; i++) Drop(ref slots, first + (ulong)i);
        return mapped > 0;
    }

    /// <summary>Maps a frame behind what is mapped, and every paging structure that is missing above it.</summary>
    private readonly bool TryMap(ref SlotRange slots, ref RpcMessage message, Cap<Frame> frame)
    {
        for (int attempt = 0; attempt < MaxMapAttempts; attempt++)
        {
            Sel4Error error = frame.Map(_mapped, CapRights.ReadWrite, VmAttributes.WriteBack, _vspace);
            if (error.IsOk) return true;
            if (error.LookupFailure != LookupFailureKind.MissingCapability) return false;
            if (!TryAddStructure(ref slots, ref message, error.BitsLeft)) return false;
        }
        return false;
    }

    /// <summary>Makes and maps the paging structure that the kernel missed: it covers 2^<paramref name="bitsLeft"/> bytes.</summary>
    private readonly bool TryAddStructure(ref SlotRange slots, ref RpcMessage message, int bitsLeft)
    {
        ObjectType type = bitsLeft switch
        {
            AbiConstants.LargePageBits => ObjectType.PageTable,
            AbiConstants.HugePageBits => ObjectType.PageDirectory,
            AbiConstants.PdptCoverBits => ObjectType.Pdpt,
            _ => ObjectType.Count,
        };
        if (type == ObjectType.Count || !slots.TryAcquire(out CapabilityPointer slot)) return false;
        bool isMapped = false;
        if (TryAsk(ref slots, ref message, ObjectType.Untyped, AbiConstants.PageBits, out CapabilityPointer untyped))
        {
            Sel4Error error = new Cap<Untyped>(untyped).Retype(type, 0, CNodeDestination.InRoot(_channel.Root, slot.Value));
            if (error.IsOk) error = MapStructure(type, slot);
            isMapped = error.IsOk;
            Drop(ref slots, untyped);
        }
        if (!isMapped) Drop(ref slots, slot);
        return isMapped;
    }

    private readonly Sel4Error MapStructure(ObjectType type, CapabilityPointer slot) => type switch
    {
        ObjectType.PageTable => new Cap<PageTable>(slot).Map(_mapped, VmAttributes.WriteBack, _vspace),
        ObjectType.PageDirectory => new Cap<PageDirectory>(slot).Map(_mapped, VmAttributes.WriteBack, _vspace),
        _ => new Cap<Pdpt>(slot).Map(_mapped, VmAttributes.WriteBack, _vspace),
    };

    private readonly bool TryAsk(
        ref SlotRange slots, ref RpcMessage message, ObjectType type, int sizeBits, out CapabilityPointer slot)
    {
        if (!slots.TryAcquire(out slot)) return false;
        message.Clear();
        message.SelectMemory();
        message.Memory.Address = RpcRequestInfo.AnywhereAddress;
        message.Memory.SizeBits = (ulong)sizeBits;
        message.Memory.Type = (ulong)type;
        RpcFault fault = _channel.Exchange(ref message, slot, out bool hasCapability);
        if (fault == RpcFault.None && message.Ret.ErrorCode == 0 && hasCapability) return true;
        Drop(ref slots, slot);
        ulong cookie = message.Ret.Cookie;
        if (fault != RpcFault.None || message.Ret.ErrorCode != 0 || cookie == 0) return false;
        message.SelectMemory();  // granted, but lost on the way
        message.Memory.Action = MemoryAction.Free;
        message.Memory.Address = cookie;
        message.Memory.SizeBits = (ulong)sizeBits;
        message.Memory.Type = (ulong)type;
        _channel.Exchange(ref message, CapabilityPointer.Null, out _);
        return false;
    }

    private readonly void Drop(ref SlotRange slots, CapabilityPointer slot)
    {
        SlotPath.Of(_channel.Root, slot).Delete();
        slots.Release(slot);
    }
}
