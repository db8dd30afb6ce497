// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>What the measurements stand on: memory to retype from, empty slots, and the way to end when something fails.</summary>
internal static class Workbench
{
    private const int MinimumBits = 24;
    private static ulong s_nextSlot;
    private static ulong s_endSlot;

    /// <summary>An untyped of at least 16 MiB with one child, so that it is never reset between samples.</summary>
    public static Cap<Untyped> Memory { get; private set; }

    /// <summary>A second one, for objects that stay.</summary>
    public static Cap<Untyped> Keep { get; private set; }

    /// <summary>A third one, larger, from which whole pools are taken.</summary>
    public static Cap<Untyped> Spare { get; private set; }

    public static void Prepare()
    {
        BootInfo info = ProcessEnvironment.BootInfo;
        s_nextSlot = info.Empty.Start;
        s_endSlot = info.Empty.End;
        Memory = Smallest(info, MinimumBits, 0);
        Keep = Smallest(info, 20, Memory.Value);
        Spare = Smallest(info, MinimumBits + 1, Memory.Value);
        Make(Memory, ObjectType.Endpoint, 0);
        Make(Keep, ObjectType.Endpoint, 0);
    }

    /// <summary>Takes adjacent empty slots; they are never given back.</summary>
    public static ulong Slots(ulong count)
    {
        Check(s_endSlot - s_nextSlot >= count, "the CNode is full");
        s_nextSlot += count;
        return s_nextSlot - count;
    }

    /// <summary>Makes one object that stays.</summary>
    public static CapabilityPointer Make(Cap<Untyped> from, ObjectType type, int sizeBits)
    {
        ulong slot = Slots(1);
        Check(from.Retype(type, sizeBits, InitialThread.Slots(slot)), "retype");
        return new CapabilityPointer(slot);
    }

    public static void Check(Sel4Error error, string what)
    {
        if (error.IsOk) return;
        Console.WriteLine($"{what}: {error.Describe()}");
        End(1);
    }

    public static void Check(bool holds, string what)
    {
        if (holds) return;
        Console.WriteLine(what);
        End(1);
    }

    public static void End(int status)
    {
        Console.WriteLine($"[sel4rpc] end status={status}");
        Environment.Exit(status);
    }

    private static Cap<Untyped> Smallest(BootInfo info, int atLeast, ulong except)
    {
        UntypedDescriptor best = default;
        for (int index = 0; index < info.UntypedCount; index++)
        {
            UntypedDescriptor untyped = info.Untyped(index);
            bool fits = !untyped.IsDevice && untyped.SizeBits >= atLeast && untyped.Slot != except;
            if (fits && (best.Slot == 0 || untyped.SizeBits < best.SizeBits)) best = untyped;
        }

        Check(best.Slot != 0, "no untyped memory is large enough");
        return best.Capability;
    }
}
