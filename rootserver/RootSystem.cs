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

    private RootSystem(Supervisor supervisor) => Supervisor = supervisor;

    public Supervisor Supervisor { get; }

    /// <summary>Takes over what BootInfo lists, for the children of a description; null with a sentence when that cannot be done.</summary>
    public static RootSystem? Start(SystemDescription description, out string problem)
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
        Child[]? children = MakeChildren(description, memory, space, out problem);
        if (children == null) return null;
        ChildLife life = new(space, loader, server, books);
        return new RootSystem(new Supervisor(children, life, server, new CapabilityPointer(endpoint)));
    }

    /// <summary>The records of all children that can ever run; parents before those that live under them.</summary>
    private static Child[]? MakeChildren(SystemDescription description, UntypedAllocator memory, OwnCSpace space, out string problem)
    {
        Child[] children = new Child[description.Children.Count];
        problem = "";
        for (int made = 0; made < children.Length;)
        {
            int before = made;
            for (int index = 0; index < children.Length; index++)
            {
                ChildDescription child = description.Children[index];
                Child? parent = Find(children, child.Parent);
                if (children[index] != null || (child.Parent.Length > 0 && parent == null)) continue;
                children[index] = new Child(
                    index, child, parent, new Arena(memory, space, ChildChunkBits), new HardwareManifest(child, description.Devices));
                children[index].Session.Close();
                made++;
            }

            if (made != before) continue;
            problem = "a child has a parent that is not there";
            return null;
        }

        return children;
    }

    private static Child? Find(Child[] children, string name)
    {
        foreach (Child child in children)
            if (child != null && name.Length > 0 && child.Name == name) return child;
        return null;
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
