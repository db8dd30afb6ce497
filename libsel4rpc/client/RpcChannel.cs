// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>One request, one reply: encode, Call, check, decode. It allocates nothing and keeps nothing (RPC:R33).</summary>
/// <remarks>It uses the IPC buffer of the thread that calls it, so one thread at a time may be in it (RPC:R34).</remarks>
internal readonly struct RpcChannel(Cap<Endpoint> service, ulong magic, Cap<CNode> root)
{
    /// <summary>The endpoint that requests go to.</summary>
    public Cap<Endpoint> Service { get; } = service;

    /// <summary>The root of the CSpace that capabilities arrive in.</summary>
    public Cap<CNode> Root { get; } = root;

    private ulong Magic { get; } = magic;

    /// <summary>Sends a request and takes the reply, which may take the request's place.</summary>
    /// <param name="receiveSlot">An empty slot for a capability, or null when none is expected.</param>
    /// <param name="hasCapability">Whether a capability arrived in it.</param>
    /// <returns>What went wrong on the way. What the server said is in the reply: <c>ret</c> is there.</returns>
    public RpcFault Exchange(in RpcMessage request, ref RpcMessage reply, CapabilityPointer receiveSlot, out bool hasCapability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        hasCapability = false;
        if (Framing.EncodeRequest(in request, Magic, buffer.Words, out int count) != WireStatus.Ok) return RpcFault.TooLong;
        return Call(buffer, count, ref reply, receiveSlot, out hasCapability);
    }

    /// <summary>Sends bytes as they are, for those who want to know what the server makes of them.</summary>
    public RpcFault Exchange(ReadOnlySpan<byte> stream, ref RpcMessage reply)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        if (Framing.PlaceRequest(stream, Magic, buffer.Words, out int count) != WireStatus.Ok) return RpcFault.TooLong;
        return Call(buffer, count, ref reply, CapabilityPointer.Null, out _);
    }

    private RpcFault Call(
        IpcBuffer buffer, int wordCount, ref RpcMessage reply, CapabilityPointer receiveSlot, out bool hasCapability)
    {
        // RPC:R31: the path is there for this call only, so that no later message can drop a capability into the slot.
        if (!receiveSlot.IsNull) buffer.SetReceiveSlot(SlotPath.Of(Root, receiveSlot));
        MessageInfo info = Syscall.Call(Service.Pointer, new MessageInfo(0, 0, 0, wordCount));
        if (!receiveSlot.IsNull) buffer.ClearReceiveSlot();
        // An unwrapped capability is a badge in the buffer and nothing in the slot.
        hasCapability = info.ExtraCaps == 1 && info.CapsUnwrapped == 0;
        if (info.Label != 0) return RpcFault.KernelAnswered;  // RPC:D26: an endpoint would not set a label, the kernel does
        if (Framing.DecodeReply(buffer.Words, info.Length, ref reply) != WireStatus.Ok) return RpcFault.BadReply;
        return reply.Case == RpcMessageCase.Ret ? RpcFault.None : RpcFault.BadReply;
    }
}
