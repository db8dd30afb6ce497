// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

/// <summary>Batches, windows, listings, and the bytes of old programs.</summary>
internal static class Kinds
{
    private const ulong Below16MiB = (16ul << 20) - 1;

    /// <summary>RPC:B1–B4, in a CNode and in own slots, with types that cannot be sent.</summary>
    public static bool BatchesOfManySizes(RpcClient client)
    {
        foreach (int count in (int[])[1, 2, 3, 255, 256])
        {
            if (!IsWhole(client, new BatchSpec(ObjectType.Endpoint, 0, count), default)) return false;
            if (!IsWhole(client, new BatchSpec(ObjectType.SmallPage, 0, count) { IsContiguous = true }, default)) return false;
            if (!IsWhole(client, new BatchSpec(ObjectType.PageTable, 0, count), new GrantOptions { IsPlacedDirectly = true })) return false;
        }

        RpcError error = client.AllocateBatch(new BatchSpec(ObjectType.LargePage, 0, 256), out _);
        if (!Check.That(error.Code == ErrorCode.NotEnoughMemory, "512 MiB were granted")) return false;
        foreach (ObjectType type in (ObjectType[])[ObjectType.Tcb, ObjectType.Notification, ObjectType.CNode, ObjectType.Untyped])
        {
            if (!IsWhole(client, new BatchSpec(type, 6, 7), default)) return false;
            if (!IsWhole(client, new BatchSpec(type, 6, 7), new GrantOptions { IsPlacedDirectly = true })) return false;
        }

        return true;
    }

    /// <summary>Every capability of it can be used; the last one shows that all are there.</summary>
    private static bool IsWhole(RpcClient client, in BatchSpec spec, in GrantOptions options)
    {
        if (!Check.Holds(client.AllocateBatch(in spec, out Grant batch, in options))) return false;
        if (!Check.That(batch.Count == spec.Count, "fewer than all")) return false;
        if (!ProcessSlots.TryAcquireRun(1, out CapabilityPointer slot)) return false;
        SlotPath own = SlotPath.Of(ProcessEnvironment.CNode, slot);
        bool isThere = own.MoveFrom(batch.SlotOf(0)).IsOk && batch.SlotOf(0).MoveFrom(own).IsOk;
        isThere &= own.MoveFrom(batch.SlotOf(spec.Count - 1)).IsOk;
        if (!Check.That(isThere, "a slot of the batch is empty") || !Check.Holds(client.Free(batch))) return false;
        // Giving it back has revoked everything, wherever it was moved.
        bool isGone = !own.MoveFrom(own).IsOk;
        new ProcessSlots().Release(slot);
        return Check.That(isGone, "a capability outlived its grant");
    }

    public static bool MemoryInWindows(RpcClient client)
    {
        var low = new GrantOptions { MaxAddress = Below16MiB };
        if (!Check.Holds(client.AllocateFrame(out Grant frame, in low))) return false;
        if (!Check.That(frame.PhysicalAddress.Value + 4095 <= Below16MiB, "a frame outside of the window")) return false;
        var aligned = new BatchSpec(ObjectType.SmallPage, 0, 5) { IsContiguous = true, AlignBits = 18, MinAddress = 32ul << 20 };
        if (!Check.Holds(client.AllocateBatch(in aligned, out Grant batch))) return false;
        ulong start = batch.PhysicalAddress.Value;
        bool isRight = start >= 32ul << 20 && start % (1ul << 18) == 0;
        if (!Check.That(isRight, "a batch that is not where it was wanted")) return false;
        // The tail went back: the next page is free.
        var next = new PhysicalAddress(start + (5 * 4096));
        if (!Check.Holds(client.AllocateFrameAt(next, out Grant tail))) return false;
        RpcError error = client.AllocateFrameAt(new PhysicalAddress(start), out _);
        if (!Check.That(error.Reason == Reason.AddressBusy, "the same page twice")) return false;
        return Check.Holds(client.Free(tail)) && Check.Holds(client.Free(batch)) && Check.Holds(client.Free(frame));
    }

    public static bool WhatThereIs(RpcClient client)
    {
        if (!Check.Holds(client.Query(QueryWhat.Regions))) return false;
        bool hasScreen = false;
        ulong ram = 0;
        for (ulong cursor = 0; ;)
        {
            for (int index = 0; index < client.Reply.RecordCount; index++)
            {
                RecordMessage record = client.Reply.Record[index];
                bool isDevice = (record.Flags & (uint)RecordFlag.Device) != 0;
                if (!isDevice) ram += record.Length;
                else hasScreen |= record.Start <= 0xb8000 && 0xb8000 - record.Start < record.Length;
            }

            cursor = client.Reply.NextCursor;
            if (cursor == 0) break;
            if (!Check.Holds(client.Query(QueryWhat.Regions, cursor))) return false;
        }

        if (!Check.That(hasScreen && ram > 64ul << 20, "the regions are not those of this machine")) return false;
        if (!Check.Holds(client.Query(QueryWhat.Histogram)) || !Check.That(client.Reply.RecordCount > 0, "nothing is free")) return false;
        if (!Check.Holds(client.Query(QueryWhat.Counters)) || !Check.That(client.Reply.RecordCount > 2, "nothing is counted")) return false;
        return Check.That(client.Query(QueryWhat.Audit).Reason == Reason.NoRight, "anybody may read who asked for what");
    }

    /// <summary>The vectors V8 and V9 of the specification, V9 with the cookie that V8 gave, with the magic word of sel4test.</summary>
    public static bool BytesOfAnOldProgram(RpcClient client)
    {
        var old = new RpcClient(ProcessEnvironment.RpcEndpoint, Framing.TestMagic, new ProcessSlots());
        if (!Check.Holds(old.SendBytes([0x08, 0x12, 0x06, 0x08, 0x01, 0x10, 0x0c, 0x18, 0x08]))) return false;
        ulong cookie = old.Reply.Ret.Cookie;
        if (!Check.That(cookie is > 0 and <= 0x7fffffff, "a cookie of more than 31 bits")) return false;
        old.Message.Clear();
        old.Message.SelectMemory();
        old.Message.Memory.Address = cookie;
        old.Message.Memory.SizeBits = 12;
        old.Message.Memory.Type = 8;
        old.Message.Memory.Action = MemoryAction.Free;
        if (!Check.Holds(old.Send())) return false;
        if (!Check.That(old.SendBytes([0x02, 0x1a, 0x00]).Code == ErrorCode.InvalidArgument, "an interrupt without kind")) return false;
        return Check.That(old.SendBytes([0x00]).Code == ErrorCode.IllegalOperation, "a request without member");
    }
}
