// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>Objects, slots and mappings of the running test, made from the memory that the driver gave it.</summary>
/// <remarks>
/// A test has a process of its own, which is taken back as a whole, so nothing made here needs to be given back. Whatever cannot be
/// made ends the test: it is not what the test is about.
/// </remarks>
public static class Make
{
    /// <summary>Where pages are mapped when the test does not care: each gets a place of its own.</summary>
    private const ulong WindowStart = 0x20_0000_0000;

    private static ulong s_nextSlot;
    private static ulong s_nextAddress = WindowStart;
    private static ulong s_untyped;

    /// <summary>An empty slot.</summary>
    public static ulong Slot() => Slots(1);

    /// <summary>Empty slots that follow each other; the first of them.</summary>
    public static ulong Slots(ulong count)
    {
        if (s_nextSlot == 0) s_nextSlot = Test.Value(StartupPage.FreeStart);
        ulong first = s_nextSlot;
        s_nextSlot += count;
        Assert.That(s_nextSlot <= Test.Value(StartupPage.FreeEnd));
        return first;
    }

    /// <summary>A slot of the test's CNode, as CNode methods name it.</summary>
    public static SlotPath At(ulong slot) => new(Test.CNode, slot, AbiConstants.WordBits);

    /// <summary>The same for what lies in it.</summary>
    public static SlotPath At<T>(Cap<T> capability) where T : struct, ICapabilityType => At(capability.Value);

    /// <summary>Slots of the test's CNode as Retype names them.</summary>
    public static CNodeDestination Into(ulong slot) => CNodeDestination.InRoot(Test.CNode, slot);

    /// <summary>A new object.</summary>
    public static Cap<T> New<T>(int sizeBits = 0) where T : struct, IObjectType
    {
        ulong slot = Slot();
        Objects(T.Type, sizeBits, slot, 1);
        return new Cap<T>(slot);
    }

    public static Cap<Endpoint> Endpoint() => New<Endpoint>();

    public static Cap<Notification> Notification() => New<Notification>();

    public static Cap<Tcb> Tcb() => New<Tcb>();

    public static Cap<SmallPage> Page() => New<SmallPage>();

    public static Cap<CNode> CNode(int radix) => New<CNode>(radix);

    public static Cap<Untyped> Untyped(int sizeBits) => New<Untyped>(sizeBits);

    /// <summary>A new address space with a number.</summary>
    public static Cap<Pml4> VSpace()
    {
        Cap<Pml4> vspace = New<Pml4>();
        Assert.Ok(Test.AsidPool.Assign(vspace));
        return vspace;
    }

    /// <summary>A copy with some of the rights.</summary>
    public static Cap<T> Copy<T>(Cap<T> original, CapRights rights = CapRights.All) where T : struct, ICapabilityType
    {
        ulong slot = Slot();
        Assert.Ok(At(slot).CopyFrom(At(original), rights));
        return new Cap<T>(slot);
    }

    /// <summary>A copy with a badge.</summary>
    public static Cap<T> Badged<T>(Cap<T> original, ulong badge, CapRights rights = CapRights.All) where T : struct, ICapabilityType
    {
        ulong slot = Slot();
        Assert.Ok(At(slot).MintFrom(At(original), rights, new Badge(badge)));
        return new Cap<T>(slot);
    }

    /// <summary>Makes objects in slots that follow each other, out of the first memory that has room for them.</summary>
    public static void Objects(ObjectType type, int sizeBits, ulong firstSlot, int count)
    {
        ulong end = Test.Value(StartupPage.UntypedEnd);
        if (s_untyped == 0) s_untyped = Test.Value(StartupPage.UntypedStart);
        Sel4Error error = new(ErrorCode.NotEnoughMemory);
        for (ulong untyped = s_untyped; untyped < end && error.Code == ErrorCode.NotEnoughMemory; untyped++)
            error = new Cap<Untyped>(untyped).Retype(type, sizeBits, Into(firstSlot), count);
        Assert.Ok(error);
    }

    /// <summary>An address that nothing is mapped at, a multiple of the page's size.</summary>
    public static ulong Address(ulong bytes = 4096)
    {
        ulong address = (s_nextAddress + bytes - 1) & ~(bytes - 1);
        s_nextAddress = address + bytes;
        return address;
    }

    /// <summary>Maps a frame in the test's own address space, at a place of its own; the address.</summary>
    public static ulong Map(Cap<SmallPage> frame)
    {
        ulong address = Address();
        Assert.Ok(Map(frame.As<Frame>(), address, CapRights.ReadWrite, Test.VSpace));
        return address;
    }

    /// <summary>A new page, mapped; its address.</summary>
    public static ulong MappedPage() => Map(Page());

    /// <summary>Maps a frame anywhere, making the tables that are missing; the kernel's answer for the frame.</summary>
    public static Sel4Error Map(Cap<Frame> frame, ulong address, CapRights rights, Cap<Pml4> vspace)
    {
        Sel4Error error = frame.Map(address, rights, VmAttributes.WriteBack, vspace);
        while (PagingStructures.TryGetMissing(error, out ObjectType type))
        {
            ulong table = Slot();
            Objects(type, 0, table, 1);
            Assert.Ok(PagingStructures.Map(type, new CapabilityPointer(table), address, vspace));
            error = frame.Map(address, rights, VmAttributes.WriteBack, vspace);
        }

        return error;
    }

    /// <summary>The word at an address of mapped memory.</summary>
    public static unsafe ref ulong Word(ulong address) => ref *(ulong*)address;
}
