// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

/// <summary>Asks for several objects at once, has some put into its own slots, and runs into its limit.</summary>
internal static unsafe class Program
{
    private const ulong Base = 0x40_0000_0000;
    private const ulong PageBytes = 4096;
    private const ulong TableBytes = 2ul << 20;

    private static bool s_isGood = true;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        AddressSpace space = new(client);
        ulong before = UsedRam(client);
        OneBatch(client, space);
        OwnSlots(client, space);
        LostAndFound(client, space);
        Limits(client);
        Expect(UsedRam(client) - before == 2 * PageBytes, "In the end two paging structures are left, and nothing else.");
        return s_isGood ? 0 : 1;
    }

    /// <summary>The objects come in a CNode; from there a capability is moved to where it is used.</summary>
    private static void OneBatch(RpcClient client, AddressSpace space)
    {
        var spec = new BatchSpec(ObjectType.SmallPage, 0, 12) { IsContiguous = true };
        if (!Holds(client.AllocateBatch(in spec, out Grant batch, new GrantOptions { Label = "ring buffer" }))) return;
        Console.WriteLine($"{batch.Count} frames in a row, in one CNode.");
        bool works = true;
        for (int index = 0; index < batch.Count; index++)
        {
            if (!ProcessSlots.TryAcquireRun(1, out CapabilityPointer slot)) return;
            SlotPath own = SlotPath.Of(ProcessEnvironment.CNode, slot);
            works &= own.MoveFrom(batch.SlotOf(index)).IsOk;
            ulong page = Base + ((ulong)index * PageBytes);
            works &= space.Map(new Cap<Frame>(slot), page).IsOk && *(ulong*)page == 0;
            *(ulong*)page = (ulong)index;
        }

        Expect(works && *(ulong*)(Base + (11 * PageBytes)) == 11, "All of them can be used.");
        Holds(client.Describe(batch, out RecordMessage record));
        Expect(record.Length == 12 * PageBytes && record.Label.Is("ring buffer"u8), "The server knows them as 'ring buffer'.");
        Holds(client.Free(batch));
    }

    /// <summary>Page tables cannot be sent; they can be made in place.</summary>
    private static void OwnSlots(RpcClient client, AddressSpace space)
    {
        var placed = new GrantOptions { IsPlacedDirectly = true };
        var tables = new BatchSpec(ObjectType.PageTable, 0, 3);
        if (!Holds(client.AllocateBatch(in tables, out Grant batch, in placed))) return;
        bool works = true;
        for (int index = 0; index < batch.Count; index++)
        {
            var table = new CapabilityPointer(batch.SlotOf(index).Index);
            ulong place = Base + ((ulong)(index + 4) * TableBytes);
            works &= PagingStructures.Map(ObjectType.PageTable, table, place, ProcessEnvironment.VSpace).IsOk;
        }

        if (!Holds(client.AllocateObject(ObjectType.SmallPage, 0, out Grant frame, null, in placed))) return;
        works &= space.Map(frame.As<Frame>(), Base + (5 * TableBytes)).IsOk;
        *(ulong*)(Base + (5 * TableBytes)) = 42;
        Expect(works && *(ulong*)(Base + (5 * TableBytes)) == 42, "Three page tables and a frame, made in slots of this program.");
        var taken = new GrantOptions { IsPlacedDirectly = true };
        Holds(client.Free(frame));
        Holds(client.Free(batch));
        Expect(client.AllocateObject(ObjectType.SmallPage, 0, out Grant again, null, in taken).IsOk, "Their slots are empty again.");
        Holds(client.Free(again));
    }

    private static void LostAndFound(RpcClient client, AddressSpace space)
    {
        if (!Holds(client.AllocateFrame(out Grant frame))) return;
        SlotPath.Of(ProcessEnvironment.CNode, frame.Capability).Delete();
        bool isThere = Holds(client.Redeliver(frame)) && space.Map(frame.As<Frame>(), Base).IsOk;
        Expect(isThere, "A capability that was deleted came again.");
        Holds(client.Free(frame));
    }

    private static void Limits(RpcClient client)
    {
        Holds(client.GetQuota(QuotaKind.RamBytes, out QuotaState ram));
        Console.WriteLine($"This program may have {ram.Limit >> 10} KiB.");
        var spec = new BatchSpec(ObjectType.SmallPage, 0, 200) { IsBestEffort = true };
        if (!Holds(client.AllocateBatch(in spec, out Grant most))) return;
        Expect(most.Count is > 100 and < 200, "Of 200 frames it got as many as that allows.");
        RpcError error = client.AllocateUntyped(18, out _);
        Expect(error.Reason == Reason.QuotaExceeded && error.Available < 1 << 18, "256 KiB more are refused.");
        bool canWait = (client.Features & Feature.Waiting) != 0;
        var patient = new GrantOptions { WaitMs = canWait ? 20u : 0 };
        error = client.AllocateObject(ObjectType.Untyped, 18, out _, null, in patient);
        Expect(error.Reason == (canWait ? Reason.WaitTimedOut : Reason.QuotaExceeded), "Waiting for them does not help.");
        Holds(client.Free(most));
        Expect(client.AllocateUntyped(18, out Grant untyped).IsOk, "After giving some back they are there.");
        Holds(client.Free(untyped));
    }

    private static ulong UsedRam(RpcClient client)
    {
        Holds(client.GetQuota(QuotaKind.RamBytes, out QuotaState ram));
        return ram.Used;
    }

    private static bool Holds(RpcError error)
    {
        if (error.IsOk) return true;
        Console.WriteLine(error.Describe());
        return s_isGood = false;
    }

    private static void Expect(bool condition, string sentence)
    {
        Console.WriteLine(condition ? sentence : "NOT: " + sentence);
        s_isGood &= condition;
    }
}
