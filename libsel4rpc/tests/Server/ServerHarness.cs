// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;
using Google.Protobuf;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>A server with counted resources and two clients, spoken to in Google's classes: an independent client.</summary>
internal sealed class ServerHarness
{
    private const ulong Junk = 0xdeadbeefdeadbeef;

    public ServerHarness(int grants = 1024, Feature? features = null, bool hasClock = true)
        : this(new ResourceWorld(), new GrantTable(16, grants), null, features ?? RpcServer.Features, hasClock)
    {
    }

    public ServerHarness(
        ResourceWorld world, GrantTable table, RpcServerOptions? options, Feature features = RpcServer.Features, bool hasClock = true)
    {
        Grants = table;
        Provider = world;
        Server = new RpcServer(world, table, options ?? new RpcServerOptions
        {
            Name = "test", ConfigurationHash = KernelConfiguration.Hash, Survey = world, HasClock = hasClock, ReplyKeeper = Keeper,
            QuotaObserver = Keeper, Features = features, MaxWaiting = 6, MaxWaitingPerOwner = 3, MaxWaitMs = 10_000,
        });
        Alice = new Session(0x1001, null);
        Child = new Session(0x1002, Alice);
        Bob = new Session(0x1003, null);
        foreach (Session session in (Session[])[Alice, Child, Bob])
        {
            Provider.Owners[session.OwnerId] = session;
            session.Space = new ChildSpace(new CapabilityPointer(session.OwnerId), 12, FirstSlot, EndSlot);
        }
    }

    public const ulong FirstSlot = 64;
    public const ulong EndSlot = 1024;

    public ResourceWorld Provider { get; }

    public KeptReplies Keeper { get; } = new();

    public GrantTable Grants { get; }

    public RpcServer Server { get; }

    public Session Alice { get; }

    /// <summary>Spawned by Alice.</summary>
    public Session Child { get; }

    public Session Bob { get; }

    /// <summary>The capability that went with the last reply.</summary>
    public CapabilityPointer Attached { get; private set; }

    /// <summary>Bookkeeping that a refused request must leave as it was.</summary>
    public ((ulong, int, int, int) Resources, int Live, int Free) Totals => (Provider.Totals, Grants.LiveCount, Grants.FreeCount);

    /// <summary>Everything that quotas count, of all three.</summary>
    public string QuotaTotals => string.Join(' ', ((Session[])[Alice, Child, Bob]).SelectMany(session =>
        Enumerable.Range(1, Quotas.KindCount).Where(kind => kind != (int)QuotaKind.RequestRate)
            .Select(kind => session.Quotas.Used((QuotaKind)kind))));

    /// <summary>Sends a request given as JSON of the .proto file and returns the reply.</summary>
    public G.RpcMessage Ask(Session session, string request) =>
        Ask(session, Framing.DefaultMagic, Codec.Delimited(JsonParser.Default.Parse<G.RpcMessage>(request).ToByteArray()));

    /// <summary>Sends any bytes and returns the reply, after checking what holds for every reply.</summary>
    public G.RpcMessage Ask(Session session, ulong magic, ReadOnlySpan<byte> stream)
    {
        ulong[] words = Registers();
        words[0] = magic;
        stream.CopyTo(MemoryMarshal.AsBytes(words.AsSpan(1)));
        return Serve(session, new MessageInfo(0, 0, 0, 1 + (stream.Length + 7) / 8), words);
    }

    public G.RpcMessage Serve(Session session, MessageInfo info, ulong[] words)
    {
        ulong before = Server.Statistics.Total;
        RpcReply reply = Server.Serve(session, info, words);
        if (reply.IsLater)
        {
            Assert.InRange(Server.Statistics.Total, before, before + (ulong)Keeper.Answers.Count);
            return new G.RpcMessage();  // none yet
        }
        Assert.InRange(Server.Statistics.Total, before + 1, before + 1 + (ulong)Keeper.Answers.Count);
        Assert.Equal(0ul, reply.Info.Label);
        Assert.Equal(reply.Attached.IsNull ? 0 : 1, reply.Info.ExtraCaps);
        Attached = reply.Attached;
        G.RpcMessage message = Decode(reply, words);
        if (message.Ret.ErrorCode != 0) Assert.True(reply.Attached.IsNull);
        return message;
    }

    /// <summary>Reads a reply out of the registers, after checking what holds for every reply.</summary>
    public static G.RpcMessage Decode(RpcReply reply, ReadOnlySpan<ulong> words)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(words[..reply.Info.Length]);
        Assert.InRange(bytes.Length, 1, Framing.MaxBytes);
        using var stream = new CodedInputStream(bytes.ToArray());
        var message = new G.RpcMessage();
        stream.ReadMessage(message);
        Assert.Equal(G.RpcMessage.MsgOneofCase.Ret, message.MsgCase);  // RPC:M4
        Assert.Equal(-1, bytes[(int)stream.Position..].IndexOfAnyExcept((byte)0));  // RPC:T8
        Assert.InRange(bytes.Length - stream.Position, 0, 7);
        return message;
    }

    /// <summary>Registers full of what an earlier message left.</summary>
    public static ulong[] Registers()
    {
        var words = new ulong[Framing.MaxWords];
        Array.Fill(words, Junk);
        return words;
    }
}
