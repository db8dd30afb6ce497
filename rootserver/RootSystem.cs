// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Everything the root server is made of, put together once at start (RT:§2).</summary>
/// <remarks>All memory that lives long is allocated here; afterwards the heap stands still (design L5).</remarks>
public sealed class RootSystem
{
    // 64 bytes each: enough for 16384 pieces at one time.
    private const int NodePairs = 8192;
    private const int SystemChunkBits = 16;
    private const int ChildChunkBits = 16;

    private RootSystem(Supervisor supervisor, Child child)
    {
        Supervisor = supervisor;
        Child = child;
    }

    public Supervisor Supervisor { get; }

    public Child Child { get; }

    /// <summary>Takes over what BootInfo lists; null with a sentence when that cannot be done.</summary>
    public static RootSystem? Start(out string problem)
    {
        BootInfo info = ProcessEnvironment.BootInfo;
        string? defect = BootInfoCheck.FindDefect(info);
        if (defect != null)
        {
            problem = "the boot information is wrong: " + defect;
            return null;
        }

        SlotAllocator slots = new((uint)info.Empty.Start, (uint)info.Empty.End);
        OwnCSpace space = new(slots);
        UntypedAllocator memory = new(new KernelUntypedOperations(InitialThread.CNode), slots, NodePairs, AbiConstants.MaxBootUntypeds);
        problem = Adopt(memory, info) ?? "";
        if (problem.Length != 0) return null;

        Arena system = new(memory, space, SystemChunkBits);
        if (!system.TryCreate(ObjectType.Endpoint, 0, out uint endpoint))
        {
            problem = "there is no memory for the server's endpoint";
            return null;
        }

        ScratchWindow scratch = new(system);
        problem = scratch.Prepare() ?? "";
        if (problem.Length != 0) return null;
        ResourceServer server = new(space, memory);
        Books books = new(memory, slots, server);
        ChildLoader loader = new(space, scratch, endpoint);
        Supervisor supervisor = new(space, loader, server, books, new CapabilityPointer(endpoint));
        Child child = new(0, new Arena(memory, space, ChildChunkBits));
        child.Session.Close();
        return new RootSystem(supervisor, child);
    }

    private static string? Adopt(UntypedAllocator memory, BootInfo info)
    {
        for (int index = 0; index < info.UntypedCount; index++)
        {
            UntypedDescriptor untyped = info.Untyped(index);
            MemoryKind kind = untyped.IsDevice ? MemoryKind.Device : MemoryKind.Ram;
            if (memory.Adopt((uint)untyped.Slot, untyped.PhysicalAddress, untyped.SizeBits, kind) != AllocationError.None)
                return "untyped memory at the same address is listed twice, or there is too much of it";
        }

        UntypedTotals ram = memory.Totals(MemoryKind.Ram);
        Log.Line($"{ram.FreeBytes >> 20} MiB of RAM in {info.UntypedCount} untypeds, {info.Empty.Count} free slots");
        return null;
    }
}
