// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Rpc;

/// <summary>Asks for memory in chunks of 64 KiB, and makes its own objects with the same allocators that the root server uses.</summary>
internal static class Program
{
    private const ulong Self = 1;
    private const int ChunkBits = 16;
    private const int OwnSlots = 160;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        if (!ProcessSlots.TryAcquireRun(OwnSlots, out CapabilityPointer first)) return Fail("There are no slots.");
        SlotAllocator slots = new((uint)first.Value, (uint)first.Value + OwnSlots);
        KernelObjectOperations kernel = new(ProcessEnvironment.CNode, CSpaceShape.OneLevel(12));
        RpcStore server = new(client, 8);
        OwnerArena arena = new(server, kernel, slots, ChunkBits, 8, 128);
        ObjectAllocator objects = new(arena, slots, kernel, new ObjectTable(128, 4));

        bool isMade = Make(objects, ObjectType.Endpoint, 4) && Make(objects, ObjectType.Tcb, 3) && Make(objects, ObjectType.SmallPage, 20);
        if (!isMade) return Fail(objects.LastFailure.Describe());
        OwnerUse use = objects.Table.UseOf(Self);
        string chunk = Units.Bytes(1ul << ChunkBits);
        Console.WriteLine($"Made {use.Objects} objects, {Units.Bytes(use.Bytes)}, of {arena.Chunks} chunks of {chunk}.");

        ulong youngest = objects.Table.FirstOf(Self);
        objects.Table.TryGet(youngest, out ObjectRecord page);
        objects.Free(youngest);
        Sel4Error gone = CNodeInvocation.Copy(
            ProcessEnvironment.CNode.Pointer, page.FirstSlot, 64, page.FirstSlot, 64, CapRights.All, ProcessEnvironment.CNode.Pointer);
        Console.WriteLine(gone.IsOk ? "A freed page is still there." : "A freed page is gone, and its slot is empty.");

        RequestDraft large = RequestDraft.Any(Self, ResourceKind.Ram, ObjectType.LargePage, 0);
        AllocationError error = objects.Create(large, 0, "too much", null, out _);
        Console.WriteLine($"A large page: {error}. {server.LastError.Describe()}");

        objects.FreeOwner(Self);
        Console.WriteLine(arena.Trim() == 2 && arena.Chunks == 0 && server.Totals(MemoryKind.Ram).GrantedBlocks == 0
            ? "All chunks went back to the root server." : "Chunks stayed behind.");
        return 0;
    }

    private static bool Make(ObjectAllocator objects, ObjectType type, int count)
    {
        for (int index = 0; index < count; index++)
            if (objects.Create(Self, type, 0, "sample", out _) != AllocationError.None) return false;
        return true;
    }

    private static int Fail(string why)
    {
        Console.WriteLine(why);
        return 1;
    }
}
