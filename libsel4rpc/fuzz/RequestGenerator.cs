// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>Makes requests that mean something: known types and places, cookies that somebody got, owners that exist.</summary>
public sealed class RequestGenerator(RpcGame game)
{
    private readonly RpcGame _game = game;

    public void Make(ref FuzzRandom random, RpcActor actor, ref RpcMessage message)
    {
        message.Clear();
        switch (random.Below(20))
        {
            case < 5:
                Memory(ref random, ref message);
                break;
            case < 8:
                Free(ref random, actor, ref message);
                break;
            case 8 or 9:
                message.SelectRelease();
                message.Release.Cookie = Cookie(ref random, actor);
                message.Release.Flags = random.OneIn(8) ? (uint)random.Below(5) : 0;
                break;
            case 10 or 11:
                Irq(ref random, ref message);
                break;
            case 12 or 13:
                Ports(ref random, ref message);
                break;
            case 14 or 15:
                Range(ref random, ref message);
                break;
            case 16:
                Query(ref random, actor, ref message);
                break;
            case 17:
                Quota(ref random, ref message);
                break;
            case 18:
                message.SelectLease();
                message.Lease.Cookie = Cookie(ref random, actor);
                message.Lease.DurationMs = random.OneIn(4) ? 0 : random.AnySize() & 0xffff;
                break;
            default:
                message.Case = (RpcMessageCase)random.Below(10);  // empty, and perhaps no request at all
                break;
        }
        if (random.OneIn(2)) Hints(ref random, ref message.Hints, message.HasHints = true);
        if (random.OneIn(3)) message.RequestId = random.AnySize();
        if (!random.OneIn(12)) return;
        message.SelectHello();
        message.Hello.Version = (uint)random.Below(4);
        message.Hello.Features = random.AnySize();
    }

    private static void Memory(ref FuzzRandom random, ref RpcMessage message)
    {
        message.SelectMemory();
        ref MemoryAllocMessage memory = ref message.Memory;
        memory.Type = Type(ref random);
        memory.SizeBits = random.OneIn(20) ? random.AnySize() : (ulong)(4 + random.Below(20));
        memory.Address = Place(ref random);
        if (random.OneIn(40)) memory.Action = (MemoryAction)random.AnySize();
    }

    private void Free(ref FuzzRandom random, RpcActor actor, ref RpcMessage message)
    {
        message.SelectMemory();
        ref MemoryAllocMessage memory = ref message.Memory;
        memory.Action = MemoryAction.Free;
        memory.Address = Cookie(ref random, actor);
        memory.Type = Type(ref random);
        memory.SizeBits = (ulong)(4 + random.Below(20));
        // Mostly as what it is, for otherwise it is refused.
        if (random.OneIn(5) || _game.Server.Grants.Find(memory.Address, out int index) != Reason.None) return;
        memory.Type = (ulong)_game.Server.Grants[index].Type;
        int bits = _game.Server.Grants[index].ObjectBits;
        memory.SizeBits = (ulong)(memory.Type == (ulong)ObjectType.CNode ? bits - AbiConstants.SlotSizeBits : bits);
    }

    private static void Irq(ref FuzzRandom random, ref RpcMessage message)
    {
        message.SelectIrq();
        ref IrqAllocMessage irq = ref message.Irq;
        ulong vector = random.OneIn(20) ? random.AnySize() : (ulong)random.Below(30);
        switch (random.Below(7))
        {
            case < 3:
                irq.SelectSimple();
                irq.Simple.Irq = vector;
                irq.Simple.SetTrigger = random.OneIn(3);
                break;
            case < 5:
                irq.SelectIoApic();
                irq.IoApic.Vector = vector;
                irq.IoApic.Pin = (ulong)random.Below(26);
                irq.IoApic.Level = (ulong)random.Below(3);
                irq.IoApic.IoApic = (ulong)random.Below(2);
                break;
            case 5:
                irq.SelectMsi();
                irq.Msi.Vector = vector;
                irq.Msi.PciDev = (ulong)random.Below(34);
                break;
        }
    }

    private static void Ports(ref FuzzRandom random, ref RpcMessage message)
    {
        message.SelectIoPort();
        message.IoPort.Start = random.OneIn(20) ? (uint)random.AnySize() : (uint)(0x3f0 + (8 * random.Below(4)));
        message.IoPort.End = random.OneIn(10) ? (uint)random.AnySize() : message.IoPort.Start + 7;
        if (random.OneIn(10)) message.IoPort.Start = message.IoPort.End = 0xcf8;
    }

    private static void Range(ref FuzzRandom random, ref RpcMessage message)
    {
        message.SelectRange();
        ref RangeMessage range = ref message.Range;
        range.Type = Type(ref random);
        range.SizeBits = random.OneIn(20) ? random.AnySize() : (ulong)(4 + random.Below(16));
        range.Count = random.OneIn(20) ? (uint)random.AnySize() : (uint)(1 + random.Below(random.OneIn(3) ? 256 : 12));
        range.Flags = (uint)random.Below(random.OneIn(10) ? 64 : 32) & ~(random.OneIn(10) ? 0u : 4u);
        if (random.OneIn(2)) range.MinAddr = Place(ref random) & ~0xffful;
        if (random.OneIn(3)) range.MaxAddr = range.MinAddr + (random.AnySize() & 0xffffff);
        if (random.OneIn(3)) range.AlignBits = (uint)random.Below(random.OneIn(10) ? 60 : 18);
    }

    private void Query(ref FuzzRandom random, RpcActor actor, ref RpcMessage message)
    {
        message.SelectQuery();
        ref QueryMessage query = ref message.Query;
        query.What = (uint)random.Below(10);
        query.Cookie = Cookie(ref random, actor);
        query.Owner = random.OneIn(2) ? 0 : Owner(ref random);
        query.Cursor = random.OneIn(2) ? 0 : random.OneIn(2) ? _game.LastReply.NextCursor : random.AnySize();
        query.Max = (uint)random.Below(20);
    }

    private void Quota(ref FuzzRandom random, ref RpcMessage message)
    {
        message.SelectQuota();
        ref QuotaMessage quota = ref message.Quota;
        quota.Op = (uint)random.Below(5);
        quota.Subject = random.OneIn(3) ? 0 : Owner(ref random);
        quota.Kind = (uint)random.Below(10);
        quota.Amount = random.AnySize() >> random.Below(50);
    }

    private static void Hints(ref FuzzRandom random, ref HintsMessage hints, bool _)
    {
        hints.Clear();
        if (random.OneIn(2)) hints.Flags = (uint)random.Below(random.OneIn(20) ? 32 : 16);
        if ((hints.Flags & (uint)HintFlag.DirectPlacement) != 0 || random.OneIn(20)) hints.DestSlot = (ulong)(60 + random.Below(140));
        if (random.OneIn(6)) hints.MinAddr = Place(ref random);
        if (random.OneIn(4)) hints.MaxAddr = hints.MinAddr + (random.AnySize() & 0xfffffff);
        if (random.OneIn(4)) hints.LeaseMs = random.AnySize() & 0xfff;
        if (random.OneIn(2)) hints.WaitMs = (uint)random.Below(600);
        hints.Priority = (uint)random.Below(3);
        hints.Colour = (uint)random.Below(3);
        hints.Lifetime = (uint)random.Below(5);
        for (int i = random.OneIn(4) ? random.Below(70) : 0; i > 0; i--) hints.Label.Add((byte)random.Next());
    }

    private static ulong Type(ref FuzzRandom random) =>
        random.OneIn(30) ? random.AnySize()
        : random.OneIn(2) ? (ulong)ObjectType.SmallPage
        : (ulong)random.Below((int)ObjectType.Count);

    private static ulong Place(ref FuzzRandom random) => random.Below(12) switch
    {
        < 6 => MemoryRequest.Anywhere,
        < 8 => ResourceWorld.DeviceStart + ((ulong)random.Below(36) << 12),
        8 => ResourceWorld.RamStart + ((ulong)random.Below(0x4100) << 12),
        9 => ResourceWorld.ScreenStart + ((ulong)random.Below(1030) << 12),
        10 => ResourceWorld.ReservedStart - 0x2000 + ((ulong)random.Below(8) << 11),
        _ => random.AnySize(),
    };

    /// <summary>One that this client got, one that another one got, or one that nobody got.</summary>
    private ulong Cookie(ref FuzzRandom random, RpcActor actor)
    {
        if (random.OneIn(20)) return random.AnySize();
        RpcActor holder = random.OneIn(4) ? _game.Actors[random.Below(RpcGame.ActorCount)] : actor;
        int count = holder.Cookies.Count;
        if (count == 0) return (ulong)random.Below(1 << 12);
        // The latest ones are those that are still alive.
        return holder.Cookies[random.OneIn(4) ? random.Below(count) : count - 1 - random.Below(Math.Min(count, 12))];
    }

    private ulong Owner(ref FuzzRandom random) =>
        random.OneIn(10) ? random.AnySize() : _game.Actors[random.Below(RpcGame.ActorCount)].Session.OwnerId;
}
