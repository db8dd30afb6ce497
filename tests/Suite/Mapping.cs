// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Frames, page tables, and what is where in an address space.</summary>
[Tests(Tags = "vspace frame")]
internal static unsafe class Mapping
{
    /// <summary>So far from everything else that no table is shared; each test has an address space of its own.</summary>
    private const ulong Place = 0x2000_0000_0000;
    private static ulong s_seen;

    [Test("A page without tables tells the highest missing level; making them one by one ends in success", Rules = "R-VS-01 R-VS-02 AL:V4")]
    internal static void FRAME0001()
    {
        Cap<Frame> frame = Make.Page().As<Frame>();
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.MissingCapability, 39, Map(frame, Place));
        Check.Ok(Make.New<Pdpt>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.MissingCapability, 30, Map(frame, Place));
        Check.Ok(Make.New<PageDirectory>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.MissingCapability, 21, Map(frame, Place));
        Check.Ok(Make.New<PageTable>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Check.Ok(Map(frame, Place));
        Make.Word(Place) = 5;
        Check.Equal(5ul, Make.Word(Place));
    }

    [Test("An address space that is none, or has no number, is InvalidCapability 1", Rules = "R-VS-03 R-ASID-05")]
    internal static void FRAME0002()
    {
        Cap<Frame> frame = Make.Page().As<Frame>();
        Check.Fails(ErrorCode.InvalidCapability, 1, frame.Map(Place, CapRights.ReadWrite, 0, Make.Page().As<Pml4>()));
        Check.Fails(ErrorCode.InvalidCapability, 1, frame.Map(Place, CapRights.ReadWrite, 0, Make.New<Pml4>()));
    }

    [Test("An address of the kernel's half is InvalidArgument 0, a misaligned one AlignmentError", Rules = "R-VS-04 R-VS-05 ABI-17.2")]
    internal static void FRAME0003()
    {
        Cap<Frame> frame = Make.Page().As<Frame>();
        Check.Fails(ErrorCode.InvalidArgument, 0, Map(frame, 0xffff_8000_0000_0000));
        Check.Fails(ErrorCode.InvalidArgument, 0, Map(frame, AbiConstants.UserTop + 1));
        Check.Fails(ErrorCode.AlignmentError, Map(frame, Place + 8));
    }

    [Test("A mapped page is not mapped elsewhere, nor in another space", Rules = "R-VS-06")]
    internal static void FRAME0004()
    {
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        Check.Fails(ErrorCode.InvalidArgument, 0, Map(page.As<Frame>(), address + 0x1000));
        Check.Fails(
            ErrorCode.InvalidCapability, 1, page.As<Frame>().Map(address, CapRights.ReadWrite, VmAttributes.WriteBack, Make.VSpace()));
    }

    [Test("Mapping again at the same place changes the rights", Rules = "R-VS-07 R-VS-23")]
    internal static void FRAME0005()
    {
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        Make.Word(address) = 1;
        Check.Ok(page.As<Frame>().Map(address, CapRights.Read, VmAttributes.WriteBack, Test.VSpace));
        Check.Equal(1ul, Make.Word(address));
        Test.ExpectFault(FaultLabel.VmFault, address);
        Make.Word(address) = 2;
    }

    [Test("Another page of the same size takes over the place", Rules = "R-VS-08 R-VS-16 ABI-27")]
    internal static void FRAME0006()
    {
        Cap<SmallPage> first = Make.Page();
        Cap<SmallPage> second = Make.Page();
        ulong address = Make.Map(first);
        Make.Word(address) = 11;
        Check.Ok(Map(second.As<Frame>(), address));
        Check.Equal(0ul, Make.Word(address));
        Check.Ok(first.Unmap());
        Make.Word(address) = 12;
        Check.Equal(12ul, Make.Word(address));
    }

    [Test("A mapping has the rights that both capability and argument allow", Rules = "R-VS-11 ABI-16")]
    internal static void FRAME0007()
    {
        Cap<SmallPage> reader = Make.Copy(Make.Page(), CapRights.Read);
        ulong address = Make.Map(reader);
        Check.Equal(0ul, Make.Word(address));
        Test.ExpectFault(FaultLabel.VmFault, address);
        Make.Word(address) = 1;
    }

    [Test("Without Read the program has no access", Rules = "R-VS-12")]
    internal static void FRAME0008()
    {
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        Check.Ok(page.As<Frame>().Map(address, CapRights.Write, VmAttributes.WriteBack, Test.VSpace));
        Test.ExpectFault(FaultLabel.VmFault, address);
        s_seen = Make.Word(address);
    }

    [Test("Unmapping what is not mapped is done, and a page is gone at once", Rules = "R-VS-13 R-VS-23")]
    internal static void FRAME0009()
    {
        Cap<SmallPage> page = Make.Page();
        Check.Ok(page.Unmap());
        ulong address = Make.Map(page);
        Make.Word(address) = 1;
        Check.Ok(page.Unmap());
        Test.ExpectFault(FaultLabel.VmFault, address);
        s_seen = Make.Word(address);
    }

    [Test("Two capabilities of one frame can be mapped at two places; unmapping one leaves the other", Rules = "R-VS-14 R-VS-15 R-VS-25")]
    internal static void FRAME0010()
    {
        Cap<SmallPage> page = Make.Page();
        Cap<SmallPage> copy = Make.Copy(page);
        ulong first = Make.Map(page);
        ulong second = Make.Map(copy);
        Make.Word(first) = 0xabc;
        Check.Equal(0xabcul, Make.Word(second));
        Check.Ok(page.Unmap());
        Check.Equal(0xabcul, Make.Word(second));
    }

    [Test("Deleting the capability of a mapped page unmaps that mapping", Rules = "R-DEL-09")]
    internal static void FRAME0011()
    {
        Cap<SmallPage> page = Make.Page();
        Cap<SmallPage> copy = Make.Copy(page);
        ulong first = Make.Map(page);
        ulong second = Make.Map(copy);
        Check.Ok(Make.At(copy).Delete());
        Make.Word(first) = 1;
        Test.ExpectFault(FaultLabel.VmFault, second);
        s_seen = Make.Word(second);
    }

    [Test("GetAddress tells the physical address, the same for all copies", Rules = "R-VS-17")]
    internal static void FRAME0012()
    {
        Cap<SmallPage> page = Make.Page();
        Check.Ok(page.As<Frame>().GetAddress(out ulong first));
        Check.Ok(Make.Copy(page).As<Frame>().GetAddress(out ulong second));
        Check.Equal(first, second);
        Check.Equal(0ul, first & 4095);
    }

    [Test("A large page where a table hangs is DeleteFirst; a small one below a large one a failed lookup", Rules = "R-VS-09 R-VS-10")]
    internal static void FRAME0013()
    {
        ulong address = Make.Address(1ul << 21);
        Cap<Frame> large = Make.New<LargePage>().As<Frame>();
        Check.Ok(Make.Map(Make.Page().As<Frame>(), address, CapRights.ReadWrite, Test.VSpace));
        Check.Fails(ErrorCode.DeleteFirst, Map(large, address));
        ulong other = Make.Address(1ul << 21);
        Check.Ok(Make.Map(large, other, CapRights.ReadWrite, Test.VSpace));
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.MissingCapability, 21, Map(Make.Page().As<Frame>(), other + 0x1000));
    }

    [Test("A large page is 2 MiB, cleared, and writable to its end", Rules = "R-UT-16 ABI-17.1")]
    internal static void FRAME0014()
    {
        ulong address = Make.Address(1ul << 21);
        Check.Ok(Make.Map(Make.New<LargePage>().As<Frame>(), address, CapRights.ReadWrite, Test.VSpace));
        for (ulong offset = 0; offset < 1ul << 21; offset += 4096)
            if (Make.Word(address + offset) != 0) Assert.Fail("new memory is not cleared");
        Make.Word(address + (1ul << 21) - 8) = 7;
        Test.ExpectFault(FaultLabel.VmFault, address + (1ul << 21));
        s_seen = Make.Word(address + (1ul << 21));
    }

    [Test("A misaligned large page is AlignmentError", Rules = "R-VS-05")]
    internal static void FRAME0015() =>
        Check.Fails(ErrorCode.AlignmentError, Map(Make.New<LargePage>().As<Frame>(), Place + 0x1000));

    [Test("Every caching attribute can be asked for", Rules = "ABI-17.3")]
    internal static void FRAME0016()
    {
        for (ulong attribute = 0; attribute <= 4; attribute++)
        {
            Cap<SmallPage> page = Make.Page();
            ulong address = Make.Map(page);
            Check.Ok(page.As<Frame>().Map(address, CapRights.ReadWrite, (VmAttributes)attribute, Test.VSpace));
            Make.Word(address) = attribute;
            Check.Equal(attribute, Make.Word(address));
        }
    }

    [Test("A table is mapped once, and not where something hangs", Rules = "R-VS-18 R-VS-19 ABI-17.5", Tags = "pagetable")]
    internal static void TABLE0001()
    {
        Cap<Pdpt> table = Make.New<Pdpt>();
        Check.Ok(table.Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Check.Fails(ErrorCode.InvalidCapability, 0, table.Map(Place + (1ul << 39), VmAttributes.WriteBack, Test.VSpace));
        Check.Fails(ErrorCode.DeleteFirst, Make.New<Pdpt>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
    }

    [Test("A table whose upper tables are missing is a failed lookup", Rules = "R-VS-01 ABI-17.5", Tags = "pagetable")]
    internal static void TABLE0002()
    {
        Check.FailsLookup(
            LookupSide.Destination, LookupFailureKind.MissingCapability, 39,
            Make.New<PageTable>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Check.FailsLookup(
            LookupSide.Destination, LookupFailureKind.MissingCapability, 39,
            Make.New<PageDirectory>().Map(Place, VmAttributes.WriteBack, Test.VSpace));
    }

    [Test("With a table everything below leaves the view", Rules = "R-VS-21 R-DEL-10", Tags = "pagetable")]
    internal static void TABLE0003()
    {
        Tables(out _, out _, out Cap<PageTable> table, out Cap<SmallPage> page);
        Make.Word(Place) = 3;
        Check.Ok(table.Unmap());
        Check.Fails(ErrorCode.InvalidArgument, 0, Map(page.As<Frame>(), Place + 0x1000));
        Check.Ok(page.Unmap());
        Test.ExpectFault(FaultLabel.VmFault, Place);
        s_seen = Make.Word(Place);
    }

    [Test("Unmapping a table of which there are copies is RevokeFirst", Rules = "R-VS-20", Tags = "pagetable")]
    internal static void TABLE0004()
    {
        Tables(out _, out _, out Cap<PageTable> table, out _);
        Cap<PageTable> copy = Make.Copy(table);
        Check.Fails(ErrorCode.RevokeFirst, table.Unmap());
        Check.Ok(Make.At(copy).Delete());
        Check.Ok(table.Unmap());
    }

    [Test("Deleting a table's last capability takes it out of its parent", Rules = "R-DEL-10", Tags = "pagetable")]
    internal static void TABLE0005()
    {
        Tables(out Cap<Pdpt> top, out _, out _, out _);
        Check.Ok(Make.At(top).Delete());
        Test.ExpectFault(FaultLabel.VmFault, Place);
        s_seen = Make.Word(Place);
    }

    [Test("A table can be copied only while it is mapped", Rules = "R-CNODE-29 ABI-17.5", Tags = "pagetable")]
    internal static void TABLE0006()
    {
        Tables(out _, out Cap<PageDirectory> middle, out _, out _);
        Check.Ok(Make.At(Make.Slot()).CopyFrom(Make.At(middle)));
        Check.Fails(ErrorCode.IllegalOperation, Make.At(Make.Slot()).CopyFrom(Make.At(Make.New<PageDirectory>())));
    }

    [Test("Tables in the kernel's half are refused", Rules = "R-VS-26", Tags = "pagetable")]
    internal static void TABLE0007() => Check.Fails(
        ErrorCode.InvalidArgument, 0, Make.New<Pdpt>().Map(0xffff_ff80_0000_0000, VmAttributes.WriteBack, Test.VSpace));

    [Test("A shared frame shows the same bytes in another address space", Rules = "R-VS-25 R-VS-24")]
    internal static void VSPACE0001()
    {
        Cap<Pml4> other = Make.VSpace();
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        Check.Ok(Make.Map(Make.Copy(page).As<Frame>(), Place, CapRights.ReadWrite, other));
        Make.Word(address) = 0x5a5a;
        Helper helper = InSpace(other);
        Check.Equal(0x5a5aul, RegisterOf(helper, UserRegister.Rax));
    }

    [Test("A PML4 has no methods", Rules = "R-VS-22")]
    internal static void VSPACE0002()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Check.Fails(
            ErrorCode.IllegalOperation,
            Syscall.Invoke(Make.VSpace().Pointer, Ask.Words(0, (ulong)InvocationLabel.X86PdptMap), buffer));
    }

    [Test("Deleting an address space frees its number, and threads in it fault", Rules = "R-DEL-11 R-ASID-06 R-TCB-38")]
    internal static void VSPACE0003()
    {
        for (int turn = 0; turn < 600; turn++)
        {
            Cap<Pml4> vspace = Make.VSpace();
            Assert.Ok(Make.At(vspace).Delete());
        }

        Check.Ok(Test.AsidPool.Assign(Make.New<Pml4>()));
    }

    [Test("A pool wants 4 KiB of ordinary untyped memory without children", Rules = "R-ASID-01", Tags = "asid")]
    internal static void ASID0001()
    {
        SlotPath target = Make.At(Make.Slot());
        Check.Fails(ErrorCode.InvalidCapability, 1, Test.AsidControl.MakePool(target, Make.Page().As<Untyped>()));
        Check.Fails(ErrorCode.InvalidCapability, 1, Test.AsidControl.MakePool(target, Make.Untyped(13)));
        Cap<Untyped> used = Make.Untyped(12);
        Assert.Ok(used.Retype<Endpoint>(Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.RevokeFirst, Test.AsidControl.MakePool(target, used));
        Check.Ok(Test.AsidControl.MakePool(target, Make.Untyped(12)));
        Check.That(Ask.Holds(target.Index, CapabilityTypeTag.AsidPool));
    }

    [Test("When all pool numbers are in use there is no further pool", Rules = "R-ASID-02 ABI-18", Tags = "asid")]
    internal static void ASID0002()
    {
        int made = 0;
        Sel4Error error = default;
        while (error.IsOk && made < AbiConstants.AsidPoolCount)
        {
            error = Test.AsidControl.MakePool(Make.At(Make.Slot()), Make.Untyped(12));
            if (error.IsOk) made++;
        }

        Check.Fails(ErrorCode.DeleteFirst, error);
        Check.Equal(AbiConstants.AsidPoolCount - 1, made);
    }

    [Test("An address space that has a number gets no other", Rules = "R-ASID-03", Tags = "asid")]
    internal static void ASID0003()
    {
        Check.Fails(ErrorCode.InvalidCapability, 1, Test.AsidPool.Assign(Make.VSpace()));
        Check.Fails(ErrorCode.InvalidCapability, 1, Test.AsidPool.Assign(Make.Page().As<Pml4>()));
    }

    [Test("A pool has 512 numbers", Rules = "R-ASID-04 ABI-18", Tags = "asid")]
    internal static void ASID0004()
    {
        Cap<Untyped> memory = Make.Untyped(22);
        Cap<AsidPool> pool = NewPool();
        int assigned = 0;
        Sel4Error error = default;
        while (error.IsOk && assigned <= AbiConstants.AsidPoolEntries)
        {
            ulong slot = Make.Slot();
            Assert.Ok(memory.Retype<Pml4>(Make.Into(slot)));
            error = pool.Assign(new Cap<Pml4>(slot));
            if (error.IsOk) assigned++;
        }

        Check.Fails(ErrorCode.DeleteFirst, error);
        Check.Equal(AbiConstants.AsidPoolEntries, assigned);
    }

    [Test("Deleting a pool makes its address spaces unusable", Rules = "R-ASID-07 R-DEL-14", Tags = "asid")]
    internal static void ASID0005()
    {
        Cap<AsidPool> pool = NewPool();
        Cap<Pml4> vspace = Make.New<Pml4>();
        Check.Ok(pool.Assign(vspace));
        Check.Ok(Make.Map(Make.Page().As<Frame>(), Place, CapRights.ReadWrite, vspace));
        Check.Ok(Make.At(pool).Delete());
        Check.FailsLookup(
            LookupSide.Destination, LookupFailureKind.InvalidRoot, 0,
            Make.Page().As<Frame>().Map(Place + 0x1000, CapRights.ReadWrite, VmAttributes.WriteBack, vspace));
        Check.Ok(Test.AsidPool.Assign(Make.New<Pml4>()));
    }

    private static Cap<AsidPool> NewPool()
    {
        ulong slot = Make.Slot();
        Assert.Ok(Test.AsidControl.MakePool(Make.At(slot), Make.Untyped(12)));
        return new Cap<AsidPool>(slot);
    }

    private static Sel4Error Map(Cap<Frame> frame, ulong address) =>
        frame.Map(address, CapRights.ReadWrite, VmAttributes.WriteBack, Test.VSpace);

    /// <summary>Maps a page of its own at <see cref="Place"/>, with all tables.</summary>
    private static void Tables(
        out Cap<Pdpt> top, out Cap<PageDirectory> middle, out Cap<PageTable> bottom, out Cap<SmallPage> page)
    {
        top = Make.New<Pdpt>();
        middle = Make.New<PageDirectory>();
        bottom = Make.New<PageTable>();
        page = Make.Page();
        Assert.Ok(top.Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Assert.Ok(middle.Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Assert.Ok(bottom.Map(Place, VmAttributes.WriteBack, Test.VSpace));
        Assert.Ok(Map(page.As<Frame>(), Place));
    }

    /// <summary>A thread in another address space that reads a word of the page at <see cref="Place"/> and then faults.</summary>
    private static Helper InSpace(Cap<Pml4> vspace)
    {
        // mov (%rdi), %rax; ud2
        Cap<SmallPage> code = Make.Page();
        Make.Word(Make.Map(code)) = 0x0b0f_078b48;
        const ulong CodeAt = Place + 0x1000;
        Assert.Ok(Make.Map(Make.Copy(code).As<Frame>(), CodeAt, CapRights.Read, vspace));
        Cap<Endpoint> faults = Make.Endpoint();
        Helper helper = new() { FaultHandler = faults.Pointer, VSpace = vspace };
        Assert.Ok(helper.Tcb.Configure(helper.FaultHandler, CNodeGuard.FromWord(0), 0, 0, Test.CNode, vspace, default));
        Assert.Ok(helper.Tcb.SetSchedParams(helper.Priority, helper.Priority, Test.Tcb));
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        registers[(int)UserRegister.Rip] = CodeAt;
        registers[(int)UserRegister.Rdi] = Place;
        Assert.Ok(helper.Tcb.WriteRegisters(registers, RegisterWriting.Resume));
        Assert.Equal((ulong)FaultLabel.UserException, faults.Recv().Info.Label);
        return helper;
    }

    private static ulong RegisterOf(Helper helper, UserRegister register)
    {
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        Assert.Ok(helper.Tcb.ReadRegisters(registers));
        return registers[(int)register];
    }
}
