// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Tests.Client;

/// <summary>Invocations: label, words and capabilities in the order of the interface, and what comes of the answer.</summary>
public sealed class InvocationTests
{
    private static readonly Cap<CNode> s_root = new(2);
    private static readonly Cap<Pml4> s_vspace = new(3);
    private static readonly SlotPath s_slot = new(s_root, 0x111, 64);
    private static readonly SlotPath s_source = new(new Cap<CNode>(7), 0x222, 12);

    [Fact]
    [Rule("ABI-12", "AL:I2")]
    public void Retype_names_the_CNode_and_an_offset()
    {
        CNodeDestination destination = new(s_root, 5, 52, 9, 12);

        Expect(InvocationLabel.UntypedRetype, 40, [4, 8, 5, 52, 9, 3], [2],
            () => new Cap<Untyped>(40).Retype(ObjectType.CNode, 8, destination, 3));
        Expect(InvocationLabel.UntypedRetype, 40, [2, 0, 0, 0, 77, 1], [2],
            () => new Cap<Untyped>(40).Retype<Endpoint>(CNodeDestination.InRoot(s_root, 77)));
        Expect(InvocationLabel.UntypedRetype, 40, [0, 12, 0, 0, 77, 4], [2],
            () => new Cap<Untyped>(40).Split(12, CNodeDestination.InRoot(s_root, 77), 4));
        Expect(InvocationLabel.UntypedRetype, 40, [4, 10, 0, 0, 77, 1], [2],
            () => new Cap<Untyped>(40).MakeCNode(10, CNodeDestination.InRoot(s_root, 77)));
    }

    [Fact]
    [Rule("ABI-13", "AL:I2")]
    public void CNode_methods_name_slots()
    {
        ulong source = s_source.Root.Value;
        Expect(InvocationLabel.CNodeCopy, 2, [0x111, 64, 0x222, 12, 3], [source], () => s_slot.CopyFrom(s_source, CapRights.ReadWrite));
        Expect(InvocationLabel.CNodeMint, 2, [0x111, 64, 0x222, 12, 9, 0xBAD], [source],
            () => s_slot.MintFrom(s_source, CapRights.Write | CapRights.GrantReply, new Badge(0xBAD)));
        Expect(InvocationLabel.CNodeMint, 2, [0x111, 64, 0x222, 12, 15, (1UL << 6) | 52], [source],
            () => s_slot.MintFrom(s_source, new CNodeGuard(1, 52)));
        Expect(InvocationLabel.CNodeMove, 2, [0x111, 64, 0x222, 12], [source], () => s_slot.MoveFrom(s_source));
        Expect(InvocationLabel.CNodeMutate, 2, [0x111, 64, 0x222, 12, 4], [source],
            () => s_slot.MutateFrom(s_source, new CNodeGuard(0, 4)));
        Expect(InvocationLabel.CNodeDelete, 2, [0x111, 64], [], () => s_slot.Delete());
        Expect(InvocationLabel.CNodeRevoke, 2, [0x111, 64], [], () => s_slot.Revoke());
        Expect(InvocationLabel.CNodeCancelBadgedSends, 2, [0x111, 64], [], () => s_slot.CancelBadgedSends());
        Expect(InvocationLabel.CNodeSaveCaller, 2, [0x111, 64], [], () => s_slot.SaveCaller());
    }

    [Fact]
    [Rule("ABI-13", "R-CNODE-25")]
    public void Rotate_gives_the_third_word_to_the_pivot_and_the_sixth_to_the_source()
    {
        SlotPath pivot = new(new Cap<CNode>(8), 0x333, 20);
        Expect(InvocationLabel.CNodeRotate, 2, [0x111, 64, 71, 0x333, 20, 72, 0x222, 12], [8, 7],
            () => s_slot.RotateFrom(pivot, 71, s_source, 72));
    }

    [Fact]
    [Rule("ABI-10.2")]
    public void Thread_methods_have_their_words_and_capabilities()
    {
        Cap<Tcb> tcb = new(30);
        Expect(InvocationLabel.TcbConfigure, 30, [6, (0UL << 6) | 52, 0, 0x5000], [2, 3, 11],
            () => tcb.Configure(new CapabilityPointer(6), new CNodeGuard(0, 52), 0, 0x5000, s_root, s_vspace, new Cap<Frame>(11)));
        Expect(InvocationLabel.TcbSetSpace, 30, [6, 0, 0], [2, 3],
            () => tcb.SetSpace(new CapabilityPointer(6), default, 0, s_root, s_vspace));
        Expect(InvocationLabel.TcbSetSchedParams, 30, [254, 253], [1], () => tcb.SetSchedParams(254, 253, new Cap<Tcb>(1)));
        Expect(InvocationLabel.TcbSetPriority, 30, [9], [1], () => tcb.SetPriority(9, new Cap<Tcb>(1)));
        Expect(InvocationLabel.TcbSetMcPriority, 30, [9], [1], () => tcb.SetMcPriority(9, new Cap<Tcb>(1)));
        Expect(InvocationLabel.TcbSetIpcBuffer, 30, [0x5000], [11], () => tcb.SetIpcBuffer(0x5000, new Cap<Frame>(11)));
        Expect(InvocationLabel.TcbCopyRegisters, 30, [12], [31], () => tcb.CopyRegisters(12, new Cap<Tcb>(31)));
        Expect(InvocationLabel.TcbSuspend, 30, [], [], () => tcb.Suspend());
        Expect(InvocationLabel.TcbResume, 30, [], [], () => tcb.Resume());
        Expect(InvocationLabel.TcbBindNotification, 30, [], [33], () => tcb.BindNotification(new Cap<Notification>(33)));
        Expect(InvocationLabel.TcbUnbindNotification, 30, [], [], () => tcb.UnbindNotification());
        Expect(InvocationLabel.TcbSetTlsBase, 30, [0x7000], [], () => tcb.SetTlsBase(0x7000));
        Expect(InvocationLabel.TcbSetFlags, 30, [0, 1], [], () => tcb.SetFlags(TcbFlags.None, TcbFlags.FpuDisabled, out _));
    }

    [Fact]
    [Rule("ABI-17.4", "ABI-17.5", "ABI-18")]
    public void Memory_methods_have_their_words_and_capabilities()
    {
        Expect(InvocationLabel.X86PageMap, 50, [0x400000, 3, 4], [3],
            () => new Cap<SmallPage>(50).Map(0x400000, CapRights.ReadWrite, VmAttributes.WriteCombining, s_vspace));
        Expect(InvocationLabel.X86PageUnmap, 50, [], [], () => new Cap<Frame>(50).Unmap());
        Expect(InvocationLabel.X86PageGetAddress, 50, [], [], () => new Cap<HugePage>(50).GetAddress(out _));
        Expect(InvocationLabel.X86PdptMap, 51, [0x400000, 0], [3], () => new Cap<Pdpt>(51).Map(0x400000, default, s_vspace));
        Expect(InvocationLabel.X86PdptUnmap, 51, [], [], () => new Cap<Pdpt>(51).Unmap());
        Expect(InvocationLabel.X86PageDirectoryMap, 51, [1, 0], [3], () => new Cap<PageDirectory>(51).Map(1, default, s_vspace));
        Expect(InvocationLabel.X86PageTableMap, 51, [1, 0], [3], () => new Cap<PageTable>(51).Map(1, default, s_vspace));
        Expect(InvocationLabel.X86AsidControlMakePool, 5, [0x111, 64], [60, 2],
            () => InitialThread.AsidControl.MakePool(s_slot, new Cap<Untyped>(60)));
        Expect(InvocationLabel.X86AsidPoolAssign, 6, [], [3], () => InitialThread.AsidPool.Assign(s_vspace));
    }

    [Fact]
    [Rule("ABI-15", "ABI-19", "ABI-20")]
    public void Device_and_domain_methods_have_their_words_and_capabilities()
    {
        Expect(InvocationLabel.IrqControlGetIoApic, 4, [0x111, 64, 0, 19, 1, 1, 40], [2], () => InitialThread.IrqControl.GetIoApic(
            s_slot, 0, 19, InterruptTrigger.Level, InterruptPolarity.ActiveLow, 40));
        Expect(InvocationLabel.IrqControlGetMsi, 4, [0x111, 64, 1, 2, 3, 4, 41], [2],
            () => InitialThread.IrqControl.GetMsi(s_slot, new PciAddress(1, 2, 3), 4, 41));
        Expect(InvocationLabel.IrqControlGet, 4, [9, 0x111, 64], [2], () => InitialThread.IrqControl.Get(s_slot, 9));
        Expect(InvocationLabel.IrqHandlerAck, 70, [], [], () => new Cap<IrqHandler>(70).Ack());
        Expect(InvocationLabel.IrqHandlerClear, 70, [], [], () => new Cap<IrqHandler>(70).Clear());
        Expect(InvocationLabel.IrqHandlerSetNotification, 70, [], [71],
            () => new Cap<IrqHandler>(70).SetNotification(new Cap<Notification>(71)));
        Expect(InvocationLabel.X86IoPortControlIssue, 7, [0x3f8, 0x3ff, 0x111, 64], [2],
            () => InitialThread.IoPortControl.Issue(s_slot, 0x3f8, 0x3ff));
        Expect(InvocationLabel.X86IoPortOut8, 80, [0x3f8, 65], [], () => new Cap<IoPort>(80).Out8(0x3f8, 65));
        Expect(InvocationLabel.X86IoPortIn32, 80, [0xcf8], [], () => new Cap<IoPort>(80).In32(0xcf8, out _));
        Expect(InvocationLabel.DomainSetSet, 11, [0], [30], () => InitialThread.Domain.Set(0, new Cap<Tcb>(30)));
        Expect(InvocationLabel.DomainSetScheduleConfigure, 11, [0, 1, 2], [], () => InitialThread.Domain.ScheduleConfigure(0, 1, 2));
        Expect(InvocationLabel.DomainSetScheduleSetStart, 11, [1], [], () => InitialThread.Domain.ScheduleSetStart(1));
    }

    [Fact]
    [Rule("ABI-3.6")]
    public void Results_come_from_the_first_words()
    {
        using ScriptedKernel kernel = new();
        kernel.Return(0x1234_5000);

        Assert.True(new Cap<SmallPage>(50).GetAddress(out ulong address).IsOk);
        Assert.Equal(0x1234_5000UL, address);
    }

    [Fact]
    [Rule("ABI-10.1", "R-TCB-08", "R-TCB-10")]
    public void ReadRegisters_fills_what_was_asked_for_and_nothing_after_an_error()
    {
        using ScriptedKernel kernel = new();
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        kernel.Return([.. Enumerable.Range(1, 20).Select(word => (ulong)word)]);

        Assert.True(new Cap<Tcb>(30).ReadRegisters(registers).IsOk);
        Assert.Equal([1UL, 20], kernel.AskedWords);
        Assert.Equal(Enumerable.Range(1, 20).Select(word => (ulong)word), registers);

        kernel.Refuse(ErrorCode.IllegalOperation);
        Array.Clear(registers);
        Assert.Equal(ErrorCode.IllegalOperation, new Cap<Tcb>(30).ReadRegisters(registers, RegisterReading.LetRun).Code);
        Assert.Equal([0UL, 20], kernel.AskedWords);
        Assert.All(registers, register => Assert.Equal(0UL, register));
    }

    [Fact]
    [Rule("ABI-10.2", "R-TCB-13", "R-TCB-14")]
    public void WriteRegisters_sends_a_prefix_and_refuses_more_than_there_are()
    {
        using ScriptedKernel kernel = new();

        Assert.True(new Cap<Tcb>(30).WriteRegisters([10, 11, 12], RegisterWriting.Resume).IsOk);
        Assert.Equal(InvocationLabel.TcbWriteRegisters, kernel.AskedLabel);
        Assert.Equal([1UL, 3, 10, 11, 12], kernel.AskedWords);

        Sel4Error error = new Cap<Tcb>(30).WriteRegisters(new ulong[21]);
        Assert.Equal((ErrorCode.RangeError, 0UL, 20UL), (error.Code, error.Detail0, error.Detail1));
        Assert.Equal(1, kernel.Calls);
    }

    [Fact]
    [Rule("ABI-6.1", "ABI-6.2")]
    public void An_error_carries_its_details_and_nothing_else()
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[3] = 99;
        kernel.Refuse(ErrorCode.NotEnoughMemory, 4096);
        Sel4Error error = new Cap<Untyped>(40).Split(12, CNodeDestination.InRoot(s_root, 77));
        Assert.Equal((ErrorCode.NotEnoughMemory, 4096UL, 0UL, 0UL), (error.Code, error.Detail0, error.Detail1, error.Detail2));
        Assert.False(error.IsOk);

        kernel.Refuse(ErrorCode.FailedLookup, 1, 4, 20, 0x2A, 8);
        error = s_slot.CopyFrom(s_source);
        Assert.Equal((true, LookupFailureKind.GuardMismatch, 20, 8),
            (error.WasSource, error.LookupFailure, error.BitsLeft, error.BitsFound));

        kernel.Refuse(ErrorCode.FailedLookup, 0, 3, 20, 12);
        error = s_slot.CopyFrom(s_source);
        Assert.Equal((false, LookupFailureKind.DepthMismatch, 20, 12),
            (error.WasSource, error.LookupFailure, error.BitsLeft, error.BitsFound));

        kernel.Refuse(ErrorCode.FailedLookup, 0, 2, 21);
        error = new Cap<SmallPage>(50).Map(0, CapRights.Read, default, s_vspace);
        Assert.Equal((LookupFailureKind.MissingCapability, 21, 0), (error.LookupFailure, error.BitsLeft, error.BitsFound));
    }

    [Fact]
    public void Every_error_has_its_own_sentence()
    {
        List<string> sentences = [.. Enum.GetValues<ErrorCode>()
            .Where(code => code != ErrorCode.FailedLookup)
            .Select(code => new Sel4Error(code).Describe())];
        sentences.AddRange(Enum.GetValues<LookupFailureKind>()
            .Select(kind => new Sel4Error(ErrorCode.FailedLookup, 1, (ulong)kind, 21, 9).Describe()));

        Assert.Equal(sentences.Count, sentences.Distinct().Count());
        Assert.Equal("an argument is outside its range, 1 to 64", new Sel4Error(ErrorCode.RangeError, 1, 64).Describe());
        Assert.Equal("extra capability 2 is not of the right type, or lacks a right",
            new Sel4Error(ErrorCode.InvalidCapability, 2).Describe());
        Assert.Equal("the source's address leads to an empty place with 21 bits left",
            new Sel4Error(ErrorCode.FailedLookup, 1, 2, 21).Describe());
        Assert.Contains("200", new Sel4Error((ErrorCode)200).Describe());
    }

    [Theory]
    [InlineData(0, 0, 5, 64, 3, 8, 64)]
    [InlineData(0x9, 52, 5, 12, 3, 0x9008, 64)]
    [InlineData(0x9, 40, 0, 10, 0, 0x2400, 50)]
    [Rule("AL:I2", "ABI-22.3")]
    public void One_destination_gives_both_forms_of_address(
        ulong nodeIndex, int nodeDepth, ulong offset, int levelBits, ulong place, ulong index, int depth)
    {
        CNodeDestination destination = new(s_root, nodeIndex, nodeDepth, offset, levelBits);
        SlotPath slot = destination.Slot(place);
        Assert.Equal((s_root.Value, index, depth), (slot.Root.Value, slot.Index, slot.Depth));
        SlotPath same = destination.Skip(place).Slot(0);
        Assert.Equal((slot.Index, slot.Depth), (same.Index, same.Depth));
    }

    private static void Expect(
        InvocationLabel label, ulong capability, ulong[] words, ulong[] capabilities, Func<Sel4Error> invoke)
    {
        using ScriptedKernel kernel = new();
        Assert.True(invoke().IsOk);
        Assert.Equal((SystemCall.Call, label, capability), (kernel.AskedNumber, kernel.AskedLabel, kernel.Asked.Rdi));
        Assert.Equal(words, kernel.AskedWords);
        Assert.Equal(capabilities, kernel.AskedCapabilities);
    }
}
