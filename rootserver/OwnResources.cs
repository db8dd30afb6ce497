// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>What a root task owns after its first steps: slots, memory, an endpoint, a window to fill frames.</summary>
/// <remarks>RT:§2, steps 3 to 8.</remarks>
public sealed class OwnResources
{
    // 64 bytes each: enough for 16384 pieces at one time.
    private const int NodePairs = 8192;
    private const int SystemChunkBits = 16;

    private OwnResources(OwnCSpace space, UntypedAllocator memory, Arena system, ScratchWindow scratch, uint endpoint)
    {
        Space = space;
        Memory = memory;
        System = system;
        Scratch = scratch;
        Endpoint = endpoint;
    }

    public OwnCSpace Space { get; }

    public UntypedAllocator Memory { get; }

    /// <summary>What the root task itself is made of; never released.</summary>
    public Arena System { get; }

    public ScratchWindow Scratch { get; }

    /// <summary>The slot of the endpoint on which it hears everybody; without a badge.</summary>
    public uint Endpoint { get; }

    /// <summary>Takes over what BootInfo lists; null with a sentence when that cannot be done.</summary>
    public static OwnResources? Take(out string problem)
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
        return problem.Length != 0 ? null : new OwnResources(space, memory, system, scratch, endpoint);
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
        if (BootMemory.IsListFull(info))
        {
            ulong there = BootMemory.RamOfMap(info) >> 20;
            Log.Line($"the list of untyped memory is full: it has {BootMemory.RamOfList(info) >> 20} of {there} MiB of RAM");
        }

        return null;
    }
}
