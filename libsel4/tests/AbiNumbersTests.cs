// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Tests.Abi;

/// <summary>Every number of the interface, written down a second time from its published description.</summary>
public sealed class AbiNumbersTests
{
    [Fact]
    [Rule("ABI-3.1")]
    public void System_calls_have_the_numbers_of_the_non_MCS_list()
    {
        (string, long)[] expected =
        [
            ("Call", -1), ("ReplyRecv", -2), ("Send", -3), ("NBSend", -4), ("Recv", -5), ("Reply", -6), ("Yield", -7),
            ("NBRecv", -8), ("DebugPutChar", -9), ("DebugDumpScheduler", -10), ("DebugHalt", -11), ("DebugCapIdentify", -12),
            ("DebugSnapshot", -13), ("DebugNameThread", -14), ("DebugSendIpi", -15), ("DebugGetThreadAffinity", -16),
            ("DebugRun", -17), ("BenchmarkFlushCaches", -18), ("BenchmarkResetLog", -19), ("BenchmarkFinalizeLog", -20),
            ("BenchmarkSetLogBuffer", -21), ("BenchmarkNullSyscall", -22), ("BenchmarkGetThreadUtilisation", -23),
            ("BenchmarkResetThreadUtilisation", -24), ("BenchmarkDumpAllThreadsUtilisation", -25),
            ("BenchmarkResetAllThreadsUtilisation", -26), ("X86DangerousWriteMsr", -27), ("X86DangerousReadMsr", -28),
            ("VmEnter", -29), ("SetTlsBase", -30),
        ];
        Assert.Equal(expected.OrderBy(entry => entry.Item2), Values<SystemCall>(value => (long)value));
    }

    [Fact]
    [Rule("ABI-9")]
    public void Invocations_have_the_labels_of_the_base_configuration()
    {
        string[] expected =
        [
            "Invalid", "UntypedRetype", "TcbReadRegisters", "TcbWriteRegisters", "TcbCopyRegisters", "TcbConfigure",
            "TcbSetPriority", "TcbSetMcPriority", "TcbSetSchedParams", "TcbSetIpcBuffer", "TcbSetSpace", "TcbSuspend",
            "TcbResume", "TcbBindNotification", "TcbUnbindNotification", "TcbSetTlsBase", "TcbSetFlags", "CNodeRevoke",
            "CNodeDelete", "CNodeCancelBadgedSends", "CNodeCopy", "CNodeMint", "CNodeMove", "CNodeMutate", "CNodeRotate",
            "CNodeSaveCaller", "IrqControlGet", "IrqHandlerAck", "IrqHandlerSetNotification", "IrqHandlerClear", "DomainSetSet",
            "DomainSetScheduleConfigure", "DomainSetScheduleSetStart", "X86PdptMap", "X86PdptUnmap", "X86PageDirectoryMap",
            "X86PageDirectoryUnmap", "X86PageTableMap", "X86PageTableUnmap", "X86PageMap", "X86PageUnmap", "X86PageGetAddress",
            "X86AsidControlMakePool", "X86AsidPoolAssign", "X86IoPortControlIssue", "X86IoPortIn8", "X86IoPortIn16",
            "X86IoPortIn32", "X86IoPortOut8", "X86IoPortOut16", "X86IoPortOut32", "IrqControlGetIoApic", "IrqControlGetMsi",
            "Count",
        ];
        Assert.Equal(expected.Select((name, label) => (name, (long)label)), Values<InvocationLabel>(value => (long)value));
    }

    [Fact]
    [Rule("ABI-9")]
    public void Worked_examples_of_labels_agree()
    {
        Assert.Equal(39UL, (ulong)InvocationLabel.X86PageMap);
        Assert.Equal(52UL, (ulong)InvocationLabel.IrqControlGetMsi);
    }

    [Fact]
    [Rule("ABI-11.1")]
    public void Object_types_have_the_numbers_and_sizes_of_the_non_MCS_list()
    {
        (string, long)[] expected =
        [
            ("Untyped", 0), ("Tcb", 1), ("Endpoint", 2), ("Notification", 3), ("CNode", 4), ("Pdpt", 5), ("Pml4", 6),
            ("HugePage", 7), ("SmallPage", 8), ("LargePage", 9), ("PageTable", 10), ("PageDirectory", 11), ("Count", 12),
        ];
        Assert.Equal(expected, Values<ObjectType>(value => (long)value));
        int[] bits = [20, 11, 4, 5, 25, 12, 12, 30, 12, 21, 12, 12];
        Assert.Equal(bits, Enumerable.Range(0, 12).Select(type => ObjectSize.Bits((ObjectType)type, 20)));
        Assert.Equal([ObjectType.Untyped, ObjectType.CNode],
            Enumerable.Range(0, 12).Select(type => (ObjectType)type).Where(ObjectSize.IsChosenByUser));
    }

    [Fact]
    [Rule("ABI-6.1", "ABI-6.2", "ABI-8.1", "RPC:K12")]
    public void Errors_lookup_failures_and_faults_have_their_numbers()
    {
        string[] errors =
        [
            "None", "InvalidArgument", "InvalidCapability", "IllegalOperation", "RangeError", "AlignmentError", "FailedLookup",
            "TruncatedMessage", "DeleteFirst", "RevokeFirst", "NotEnoughMemory",
        ];
        string[] failures = ["None", "InvalidRoot", "MissingCapability", "DepthMismatch", "GuardMismatch"];
        string[] faults = ["NullFault", "CapFault", "UnknownSyscall", "UserException", "DebugException", "VmFault"];
        Assert.Equal(Counted(errors), Values<ErrorCode>(value => (long)value));
        Assert.Equal(Counted(failures), Values<LookupFailureKind>(value => (long)value));
        Assert.Equal(Counted(faults), Values<FaultLabel>(value => (long)value));
    }

    [Fact]
    [Rule("ABI-11.2")]
    public void Capability_tags_have_their_numbers()
    {
        (string, long)[] expected =
        [
            ("Null", 0), ("Frame", 1), ("Untyped", 2), ("PageTable", 3), ("Endpoint", 4), ("PageDirectory", 5),
            ("Notification", 6), ("Pdpt", 7), ("Reply", 8), ("Pml4", 9), ("CNode", 10), ("AsidControl", 11), ("Tcb", 12),
            ("AsidPool", 13), ("IrqControl", 14), ("IoSpace", 15), ("IrqHandler", 16), ("IoPageTable", 17), ("Zombie", 18),
            ("IoPort", 19), ("Domain", 20), ("Vcpu", 21), ("SchedContext", 22), ("EptPageTable", 23), ("SchedControl", 24),
            ("EptPageDirectory", 25), ("EptPdpt", 27), ("EptPml4", 29), ("IoPortControl", 31),
        ];
        Assert.Equal(expected, Values<CapabilityTypeTag>(value => (long)value));
    }

    [Fact]
    [Rule("ABI-10.1")]
    public void Registers_are_in_the_order_of_the_context()
    {
        string[] expected =
        [
            "Rip", "Rsp", "Rflags", "Rax", "Rbx", "Rcx", "Rdx", "Rsi", "Rdi", "Rbp", "R8", "R9", "R10", "R11", "R12", "R13",
            "R14", "R15", "FsBase", "GsBase", "Count",
        ];
        Assert.Equal(Counted(expected), Values<UserRegister>(value => (long)value));
        Assert.Equal((20, 18), (AbiConstants.UserRegisterCount, AbiConstants.FrameRegisterCount));
    }

    [Fact]
    [Rule("ABI-1", "ABI-2", "ABI-17.2", "ABI-18", "ABI-19")]
    public void Limits_are_those_of_the_profile()
    {
        Assert.Equal((120, 3, 4, 10, 5), (AbiConstants.MaxMessageLength, AbiConstants.MaxExtraCaps,
            AbiConstants.MessageRegisterCount, AbiConstants.IpcBufferSizeBits, AbiConstants.SlotSizeBits));
        Assert.Equal((255, 256, 4, 47, 256), (AbiConstants.MaxPriority, AbiConstants.PriorityCount,
            AbiConstants.MinUntypedBits, AbiConstants.MaxUntypedBits, AbiConstants.RetypeFanOutLimit));
        Assert.Equal(0x7fffffffffffUL, AbiConstants.UserTop);
        Assert.Equal((512, 8, 1), (AbiConstants.AsidPoolEntries, AbiConstants.AsidPoolCount, AbiConstants.InitialAsid));
        Assert.Equal((107, 48), (AbiConstants.MaxIrqVector, AbiConstants.IrqVectorBase));
        Assert.Equal((2, 5, 13, 230), (AbiConstants.TickMilliseconds, AbiConstants.TimeSliceTicks,
            AbiConstants.RootCNodeRadix, AbiConstants.MaxBootUntypeds));
        Assert.Equal((11, 4, 5, 12, 21, 30, 39), (AbiConstants.TcbSizeBits, AbiConstants.EndpointSizeBits,
            AbiConstants.NotificationSizeBits, AbiConstants.PageBits, AbiConstants.LargePageBits, AbiConstants.HugePageBits,
            AbiConstants.PdptCoverBits));
    }

    [Fact]
    [Rule("ABI-4.5")]
    public void The_IPC_buffer_is_laid_out_as_described()
    {
        Assert.Equal((0, 8, 968, 976, 1000, 1008, 1016, 1024), (IpcBufferLayout.Tag, IpcBufferLayout.Message,
            IpcBufferLayout.UserData, IpcBufferLayout.CapsOrBadges, IpcBufferLayout.ReceiveCNode, IpcBufferLayout.ReceiveIndex,
            IpcBufferLayout.ReceiveDepth, IpcBufferLayout.Size));
    }

    [Fact]
    [Rule("BOOT-6", "RT:B2")]
    public void BootInfo_is_laid_out_as_described()
    {
        int[] offsets =
        [
            BootInfoLayout.ExtraLength, BootInfoLayout.NodeId, BootInfoLayout.NodeCount, BootInfoLayout.IoPageTableLevels,
            BootInfoLayout.IpcBuffer, BootInfoLayout.Empty, BootInfoLayout.SharedFrames, BootInfoLayout.UserImageFrames,
            BootInfoLayout.UserImagePaging, BootInfoLayout.IoSpaceCaps, BootInfoLayout.ExtraPages, BootInfoLayout.CNodeSizeBits,
            BootInfoLayout.InitialDomain, BootInfoLayout.Untyped, BootInfoLayout.UntypedList, BootInfoLayout.Size,
        ];
        Assert.Equal([0, 8, 16, 24, 32, 40, 56, 72, 88, 104, 120, 136, 144, 152, 168, 3848], offsets);
        Assert.Equal((16, 0, 8, 9), (BootInfoLayout.UntypedEntrySize, BootInfoLayout.EntryAddress,
            BootInfoLayout.EntrySizeBits, BootInfoLayout.EntryIsDevice));
        Assert.Equal(BootInfoLayout.Size,
            BootInfoLayout.UntypedList + (AbiConstants.MaxBootUntypeds * BootInfoLayout.UntypedEntrySize));
    }

    [Fact]
    [Rule("BOOT-7")]
    public void Extra_chunks_have_their_numbers_and_lengths()
    {
        string[] kinds =
            ["Padding", "X86Vbe", "X86MemoryMap", "X86AcpiRsdp", "X86Framebuffer", "X86TscFrequency", "DeviceTree"];
        Assert.Equal(Counted(kinds), Values<BootInfoChunk>(value => (long)value));
        Assert.Equal((800, 1220, 52, 38, 20), (BootInfoLayout.VbeChunkSize, BootInfoLayout.MemoryMapChunkSize,
            BootInfoLayout.AcpiRsdpChunkSize, BootInfoLayout.FramebufferChunkSize, BootInfoLayout.TscFrequencyChunkSize));
        Assert.Equal((4096, 16, 50, 20, 24), (BootInfoLayout.ExtraOffset, BootInfoLayout.ChunkHeaderSize,
            BootInfoLayout.MemoryMapMaxEntries, BootInfoLayout.MemoryMapEntries, BootInfoLayout.MemoryMapEntrySize));
    }

    [Fact]
    [Rule("BOOT-5.1")]
    public void Initial_capabilities_have_their_slots()
    {
        ulong[] slots =
        [
            InitialSlot.Null, InitialSlot.Tcb, InitialSlot.CNode, InitialSlot.VSpace, InitialSlot.IrqControl,
            InitialSlot.AsidControl, InitialSlot.AsidPool, InitialSlot.IoPortControl, InitialSlot.IoSpace,
            InitialSlot.BootInfoFrame, InitialSlot.IpcBufferFrame, InitialSlot.Domain, InitialSlot.SmmuSidControl,
            InitialSlot.SmmuCbControl, InitialSlot.SchedContext, InitialSlot.Smc, InitialSlot.FirstDynamic,
        ];
        Assert.Equal(Enumerable.Range(0, 17).Select(slot => (ulong)slot), slots);
    }

    [Fact]
    [Rule("ABI-8.2", "ABI-8.4", "R-FAULT-19")]
    public void Fault_messages_have_their_words()
    {
        Assert.Equal((0, 1, 2, 3, 4), (FaultMessage.CapFaultIp, FaultMessage.CapFaultAddress,
            FaultMessage.CapFaultInReceivePhase, FaultMessage.CapFaultFailure, FaultMessage.CapFaultBitsLeft));
        Assert.Equal((5, 5, 6, 4), (FaultMessage.CapFaultDepthBitsFound, FaultMessage.CapFaultGuardFound,
            FaultMessage.CapFaultGuardBitsFound, FaultMessage.CapFaultMinLength));
        Assert.Equal((0, 15, 16, 17, 18, 19, 18), (FaultMessage.UnknownSyscallRax, FaultMessage.UnknownSyscallIp,
            FaultMessage.UnknownSyscallSp, FaultMessage.UnknownSyscallFlags, FaultMessage.UnknownSyscallNumber,
            FaultMessage.UnknownSyscallLength, FaultMessage.UnknownSyscallReplyLength));
        Assert.Equal((0, 1, 2, 3, 4, 5, 3), (FaultMessage.UserExceptionIp, FaultMessage.UserExceptionSp,
            FaultMessage.UserExceptionFlags, FaultMessage.UserExceptionNumber, FaultMessage.UserExceptionCode,
            FaultMessage.UserExceptionLength, FaultMessage.UserExceptionReplyLength));
        Assert.Equal((0, 1, 2, 3, 4), (FaultMessage.VmFaultIp, FaultMessage.VmFaultAddress, FaultMessage.VmFaultIsPrefetch,
            FaultMessage.VmFaultStatus, FaultMessage.VmFaultLength));
    }

    [Fact]
    [Rule("ABI-4.2", "ABI-17.3", "ABI-10.2")]
    public void Rights_attributes_and_flags_have_their_bits()
    {
        Assert.Equal((1UL, 2UL, 4UL, 8UL, 15UL), ((ulong)CapRights.Write, (ulong)CapRights.Read, (ulong)CapRights.Grant,
            (ulong)CapRights.GrantReply, (ulong)CapRights.All));
        Assert.Equal(Counted(["WriteBack", "WriteThrough", "CacheDisabled", "Uncacheable", "WriteCombining"]),
            Values<VmAttributes>(value => (long)value));
        Assert.Equal(1UL, (ulong)TcbFlags.FpuDisabled);
    }

    private static IEnumerable<(string, long)> Counted(string[] names) => names.Select((name, number) => (name, (long)number));

    private static IEnumerable<(string, long)> Values<T>(Func<T, long> number) where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => (name, number(Enum.Parse<T>(name)))).OrderBy(entry => entry.Item2);
}
