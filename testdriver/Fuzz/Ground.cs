// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Fuzz;

/// <summary>What the supervisor stands on: memory for itself and for worlds, slots, and the way to end when something is wrong.</summary>
internal static class Ground
{
    /// <summary>log2 bytes of the memory of which each world is made.</summary>
    public const int WorldBits = 22;
    private const int KeepBits = 20;
    private static ulong s_nextSlot;
    private static ulong s_endSlot;
    private static ulong s_firstOfWorld;

    /// <summary>Memory for what outlives worlds.</summary>
    public static Cap<Untyped> Keep { get; private set; }

    /// <summary>Memory of the present world.</summary>
    public static Cap<Untyped> World { get; private set; }

    /// <summary>The slot of the paging structure that <see cref="Map"/> made last.</summary>
    public static ulong LastTable { get; private set; }

    public static void Prepare()
    {
        BootInfo info = ProcessEnvironment.BootInfo;
        s_nextSlot = info.Empty.Start;
        s_endSlot = info.Empty.End;
        Cap<Untyped> memory = Find(info, WorldBits + 1);
        World = new Cap<Untyped>(Make(memory, ObjectType.Untyped, WorldBits));
        Keep = new Cap<Untyped>(Make(memory, ObjectType.Untyped, KeepBits));
        s_firstOfWorld = 0;
    }

    /// <summary>From here on, slots belong to a world.</summary>
    public static void BeginWorlds() => s_firstOfWorld = s_nextSlot;

    /// <summary>An empty slot; those taken by a world come back with it.</summary>
    public static ulong Slot()
    {
        Check(s_nextSlot < s_endSlot, "the CNode of the initial thread is full");
        return s_nextSlot++;
    }

    public static CapabilityPointer Make(Cap<Untyped> from, ObjectType type, int sizeBits = 0)
    {
        ulong slot = Slot();
        Check(from.Retype(type, sizeBits, InitialThread.Slots(slot)), "an object cannot be made");
        return new CapabilityPointer(slot);
    }

    /// <summary>Takes everything of a world back and checks that all of its memory can be used again.</summary>
    public static void EndWorld()
    {
        Check(InitialThread.Slot(World.Value).Revoke(), "the memory of a world cannot be taken back");
        // Ports and interrupts are made of no memory.
        for (ulong slot = s_firstOfWorld; slot < s_nextSlot; slot++) Check(InitialThread.Slot(slot).Delete(), "a slot cannot be emptied");
        s_nextSlot = s_firstOfWorld;
        CapabilityPointer whole = Make(World, ObjectType.Untyped, WorldBits);
        Check(whole.Value != 0 && InitialThread.Slot(whole.Value).Delete().IsOk, "the memory of a world cannot be given back");
        s_nextSlot = s_firstOfWorld;
    }

    public static void Check(Sel4Error error, string what)
    {
        if (error.IsOk) return;
        Console.WriteLine($"\nFAILED {what}: {error.Describe()}");
        End(1);
    }

    public static void Check(bool holds, string what)
    {
        if (holds) return;
        Console.WriteLine($"\nFAILED {what}");
        End(1);
    }

    public static void End(int status)
    {
        Console.WriteLine($"\n[sel4rpc] end status={status}");
        Environment.Exit(status);
    }

    /// <summary>Maps a page in an address space, making the tables that are missing out of the given memory.</summary>
    public static void Map(Cap<Pml4> vspace, Cap<SmallPage> page, ulong address, CapRights rights, Cap<Untyped> tables)
    {
        Sel4Error error = page.Map(address, rights, VmAttributes.WriteBack, vspace);
        while (PagingStructures.TryGetMissing(error, out ObjectType type))
        {
            LastTable = Make(tables, type).Value;
            Check(PagingStructures.Map(type, new CapabilityPointer(LastTable), address, vspace), "a table cannot be mapped");
            error = page.Map(address, rights, VmAttributes.WriteBack, vspace);
        }

        Check(error, "a page cannot be mapped");
    }

    /// <summary>A copy of one of the initial thread's capabilities.</summary>
    public static ulong Copy(ulong source)
    {
        ulong slot = Slot();
        Check(InitialThread.Slot(slot).CopyFrom(InitialThread.Slot(source)), "a capability cannot be copied");
        return slot;
    }

    private static Cap<Untyped> Find(BootInfo info, int atLeast)
    {
        for (int index = 0; index < info.UntypedCount; index++)
        {
            UntypedDescriptor untyped = info.Untyped(index);
            if (!untyped.IsDevice && untyped.SizeBits >= atLeast) return untyped.Capability;
        }

        Check(false, "no untyped memory is large enough");
        return default;
    }
}
