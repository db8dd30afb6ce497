// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Grows a run of mapped memory by asking the root server, without a heap of its own.</summary>
/// <remarks>
/// Memory comes in pieces that double from 64 KiB: one request for untyped memory, retyped here into 4 KiB frames. From 2 MiB
/// on it comes in frames of 2 MiB, one slot each. When a piece is refused, smaller ones are tried. Missing paging
/// structures are supplied on the way. Pieces follow each other in the window, so that the heap can join them. What was
/// mapped before a failure is kept and handed out the next time.
/// </remarks>
internal struct HeapGrower(RpcChannel channel, Cap<Pml4> vspace, ulong windowStart, ulong windowEnd)
{
    private const int FirstPieceBits = 16;
    private const int LargestPieceBits = 20;  // 256 frames: what one Retype makes
    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
    private const ulong LargePageBytes = 1ul << AbiConstants.LargePageBits;

    private readonly RpcChannel _channel = channel;
    private readonly PageSupply _pages = new(channel, vspace);
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
        if (!_pages.TryAsk(ref slots, ref message, ObjectType.LargePage, 0, out CapabilityPointer frame)) return false;
        if (TryMap(ref slots, ref message, new Cap<Frame>(frame)))
        {
            _mapped += LargePageBytes;
            return true;
        }
        _pages.Drop(ref slots, frame);
        return false;
    }

    private bool TryAddFrames(ref SlotRange slots, ref RpcMessage message, int bits)
    {
        int count = 1 << (bits - AbiConstants.PageBits);
        if (!slots.TryAcquireRun(count, out CapabilityPointer first)) return false;
        int mapped = 0;
        if (_pages.TryAsk(ref slots, ref message, ObjectType.Untyped, bits, out CapabilityPointer untyped))
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
            _pages.Drop(ref slots, untyped);
        }
        for (int i = mapped; i < count; i++) _pages.Drop(ref slots, first + (ulong)i);
        return mapped > 0;
    }

    private readonly bool TryMap(ref SlotRange slots, ref RpcMessage message, Cap<Frame> frame) =>
        _pages.Map(ref slots, ref message, frame, _mapped, CapRights.ReadWrite).IsOk;
}
