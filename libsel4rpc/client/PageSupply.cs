// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Maps pages into this program's address space, asking the root server for what is missing on the way.</summary>
/// <remarks>
/// Paging structures cannot be sent (RPC:R11), so each missing one is made here out of 4 KiB of untyped memory. Nothing is
/// allocated: the heap itself grows by this.
/// </remarks>
internal readonly struct PageSupply(RpcChannel channel, Cap<Pml4> vspace)
{
    private readonly RpcChannel _channel = channel;
    private readonly Cap<Pml4> _vspace = vspace;

    /// <summary>Maps a frame, and every paging structure that is missing above it.</summary>
    /// <returns>The kernel's error; NotEnoughMemory when a paging structure could not be had.</returns>
    public Sel4Error Map(ref SlotRange slots, ref RpcMessage message, Cap<Frame> frame, ulong address, CapRights rights)
    {
        Sel4Error error = frame.Map(address, rights, VmAttributes.WriteBack, _vspace);
        for (int attempt = 1; attempt < PagingStructures.MaxAttempts; attempt++)
        {
            if (!PagingStructures.TryGetMissing(error, out ObjectType type)) break;
            if (!TryAddStructure(ref slots, ref message, type, address)) return new Sel4Error(ErrorCode.NotEnoughMemory);
            error = frame.Map(address, rights, VmAttributes.WriteBack, _vspace);
        }
        return error;
    }

    private bool TryAddStructure(ref SlotRange slots, ref RpcMessage message, ObjectType type, ulong address)
    {
        if (!slots.TryAcquire(out CapabilityPointer slot)) return false;
        bool isMapped = false;
        if (TryAsk(ref slots, ref message, ObjectType.Untyped, AbiConstants.PageBits, out CapabilityPointer untyped))
        {
            Sel4Error error = new Cap<Untyped>(untyped).Retype(type, 0, CNodeDestination.InRoot(_channel.Root, slot.Value));
            if (error.IsOk) error = PagingStructures.Map(type, slot, address, _vspace);
            isMapped = error.IsOk;
            // The structure lives on without it; the server still holds the block.
            Drop(ref slots, untyped);
        }
        if (!isMapped) Drop(ref slots, slot);
        return isMapped;
    }

    /// <summary>Asks for one object; its capability is in <paramref name="slot"/>.</summary>
    public bool TryAsk(
        ref SlotRange slots, ref RpcMessage message, ObjectType type, int sizeBits, out CapabilityPointer slot)
    {
        if (!slots.TryAcquire(out slot)) return false;
        message.Clear();
        message.SelectMemory();
        message.Memory.Address = RpcRequestInfo.AnywhereAddress;
        message.Memory.SizeBits = (ulong)sizeBits;
        message.Memory.Type = (ulong)type;
        RpcFault fault = _channel.Exchange(in message, ref message, slot, out bool hasCapability);
        if (fault == RpcFault.None && message.Ret.ErrorCode == 0 && hasCapability) return true;
        Drop(ref slots, slot);
        ulong cookie = message.Ret.Cookie;
        if (fault != RpcFault.None || message.Ret.ErrorCode != 0 || cookie == 0) return false;
        message.SelectMemory();  // granted, but lost on the way
        message.Memory.Action = MemoryAction.Free;
        message.Memory.Address = cookie;
        message.Memory.SizeBits = (ulong)sizeBits;
        message.Memory.Type = (ulong)type;
        _channel.Exchange(in message, ref message, CapabilityPointer.Null, out _);
        return false;
    }

    /// <summary>Why the server refused the memory for a paging structure, from what its reply has left; Ok when it did not.</summary>
    internal static RpcError RefusalOf(in RpcMessage reply)
    {
        if (reply.Case != RpcMessageCase.Ret || reply.Ret.ErrorCode == 0) return default;
        RpcMessage request = default;
        request.SelectMemory();
        request.Memory.Address = RpcRequestInfo.AnywhereAddress;
        request.Memory.SizeBits = AbiConstants.PageBits;
        return new RpcError(in reply, RpcRequestInfo.Of(in request));
    }

    /// <summary>Deletes a capability and gives its slot back.</summary>
    public void Drop(ref SlotRange slots, CapabilityPointer slot)
    {
        SlotPath.Of(_channel.Root, slot).Delete();
        slots.Release(slot);
    }
}
