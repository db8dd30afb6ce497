// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Our own server behind the endpoint of a child.</summary>
internal sealed class OurService
{
    private readonly ServerHarness _harness;
    private readonly HashSet<ulong> _placed = [];

    public OurService(ServerHarness harness)
    {
        _harness = harness;
        Kernel = new ChildKernel(Serve);
    }

    public ChildKernel Kernel { get; }

    /// <summary>Loses the capability of the next grants, as a receive slot that is occupied would.</summary>
    public bool LosesCapabilities { get; set; }

    /// <summary>What the server has placed appears in the child's CSpace.</summary>
    private void Place(in RpcMessage request, RpcReply reply, ulong[] words)
    {
        RpcMessage answer = default;
        Framing.DecodeReply(words, reply.Info.Length, ref answer);
        ulong type = request.Case == RpcMessageCase.Range ? request.Range.Type : request.Memory.Type;
        for (uint i = 0; i < answer.Ret.Caps; i++)
        {
            Kernel.CSpace.Add(request.Hints.DestSlot + i, (ObjectType)type);
            _placed.Add(request.Hints.DestSlot + i);
        }
    }

    private MessageInfo Serve(MessageInfo info, ulong[] words, out bool hasCapability)
    {
        RpcMessage request = default;
        Framing.DecodeRequest(words, info.Length, ref request);
        if (request.Case == RpcMessageCase.Memory) Kernel.Delivered = (ObjectType)request.Memory.Type;
        if (request.Case == RpcMessageCase.Range) Kernel.Delivered = ObjectType.CNode;
        RpcReply reply = _harness.Server.Serve(_harness.Alice, info, words);
        if (request.HasHints && request.Hints.DestSlot != 0) Place(in request, reply, words);
        foreach (ulong slot in _placed.Where(slot => !_harness.Provider.IsOccupied(_harness.Alice, slot)).ToArray())
        {
            _placed.Remove(slot);
            Kernel.CSpace.Remove(slot);
        }
        hasCapability = reply.Info.ExtraCaps == 1 && !LosesCapabilities;
        return reply.Info;
    }
}

/// <summary>
/// A server of version 1 as the C library is: it knows members 2 to 4, gives no details, and leaves what it does not know
/// without any reply, which for a client is the end.
/// </summary>
internal sealed class OldService
{
    private static readonly MessageParser<G.RpcMessage> s_parser = G.RpcMessage.Parser.WithDiscardUnknownFields(true);

    public OldService() => Kernel = new ChildKernel(Serve);

    public ChildKernel Kernel { get; }

    /// <summary>What the next memory grants have for a handle: an address of the server's heap, passed through an int.</summary>
    public ulong Cookie { get; set; } = 0x601230;

    public List<G.RpcMessage> Requests { get; } = [];

    private MessageInfo Serve(MessageInfo info, ulong[] words, out bool hasCapability)
    {
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1, info.Length - 1)).ToArray();
        using var stream = new CodedInputStream(bytes);
        G.RpcMessage request = s_parser.ParseFrom(stream.ReadBytes());
        Requests.Add(request.Clone());
        G.RpcMessage reply = Answer(request, out hasCapability);
        Array.Clear(words);
        byte[] answer = Codec.Delimited(reply.ToByteArray());
        answer.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
        return new MessageInfo(0, 0, hasCapability ? 1 : 0, (answer.Length + 7) / 8);
    }

    private G.RpcMessage Answer(G.RpcMessage request, out bool hasCapability)
    {
        hasCapability = false;
        bool isPrivate = request.MsgCase switch
        {
            G.RpcMessage.MsgOneofCase.Memory or G.RpcMessage.MsgOneofCase.Ioport => false,
            G.RpcMessage.MsgOneofCase.Irq => request.Irq.TypeCase == G.IrqAllocMessage.TypeOneofCase.None,
            _ => true,
        };
        if (isPrivate) throw new InvalidOperationException($"an old server would never reply to {request}: the client hangs");
        var reply = new G.RpcMessage { Ret = new G.ReturnMessage() };
        if (request.Memory is { Action: G.Action.Free }) return reply;
        if (request.Memory is { SizeBits: 0, Type: 0 })
        {
            reply.Ret.ErrorCode = 1;
            return reply;
        }
        if (request.Memory is not null)
        {
            reply.Ret.Cookie = Cookie;
            Kernel.Delivered = (ObjectType)request.Memory.Type;
        }
        hasCapability = true;
        return reply;
    }
}
