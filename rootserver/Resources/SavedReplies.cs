// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Keeps rights to reply in slots of the server's own, for requests that wait (RPC:R17, RPC:K6).</summary>
internal sealed class SavedReplies(OwnCSpace space) : IReplyKeeper
{
    private readonly OwnCSpace _space = space;

    /// <inheritdoc/>
    public Span<ulong> Words => IpcBuffer.Current.Words;

    /// <inheritdoc/>
    public bool TryKeep(out CapabilityPointer reply)
    {
        reply = CapabilityPointer.Null;
        if (!_space.Slots.TryAllocate(out uint slot)) return false;
        if (!CNodeInvocation.SaveCaller(OwnCSpace.Root, slot, AbiConstants.WordBits).IsOk)
        {
            _space.Slots.Free(slot);
            return false;
        }

        reply = new CapabilityPointer(slot);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Sending through a reply capability waits for nobody, and uses it up. To a caller that is gone it does nothing.</remarks>
    public void Answer(CapabilityPointer reply, RpcReply answer)
    {
        if (!answer.Attached.IsNull) IpcBuffer.Current.SetCapability(0, answer.Attached);
        Syscall.NBSend(reply, answer.Info);
        Drop(reply);
    }

    /// <inheritdoc/>
    public void Drop(CapabilityPointer reply)
    {
        OwnCSpace.Delete((uint)reply.Value);
        _space.Slots.Free((uint)reply.Value);
    }
}
