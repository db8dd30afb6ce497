// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>What stops a thread, who hears of it, and how the thread goes on.</summary>
[Tests(Tags = "fault")]
internal static unsafe class Faults
{
    private const ulong Nowhere = 0x7000_0000_0000;
    private static ulong s_seen;
    private static ulong s_word;

    [Test("Reading where nothing is mapped is a VMFault with the address", Rules = "R-FAULT-01 ABI-8.2")]
    internal static void FAULT0001()
    {
        Received fault = Catch(&ReadNowhere, out _, out _);
        Check.Equal((ulong)FaultLabel.VmFault, fault.Info.Label);
        Check.Equal(FaultMessage.VmFaultLength, fault.Info.Length);
        Check.Equal(Nowhere, IpcBuffer.Current[FaultMessage.VmFaultAddress]);
        Check.Equal(0ul, IpcBuffer.Current[FaultMessage.VmFaultIsPrefetch]);
        Check.Equal(4ul, IpcBuffer.Current[FaultMessage.VmFaultStatus]);
    }

    [Test("Writing is told from reading, and a forbidden mapping from none", Rules = "R-FAULT-01 ABI-16")]
    internal static void FAULT0002()
    {
        Catch(&WriteNowhere, out _, out _);
        Check.Equal(6ul, IpcBuffer.Current[FaultMessage.VmFaultStatus]);
        Catch(&WriteReadOnly, out _, out _);
        Check.Equal(7ul, IpcBuffer.Current[FaultMessage.VmFaultStatus]);
    }

    [Test("A jump to nowhere is an instruction fetch", Rules = "R-FAULT-01")]
    internal static void FAULT0003()
    {
        Catch(&JumpNowhere, out _, out _);
        Check.Equal(Nowhere, IpcBuffer.Current[FaultMessage.VmFaultAddress]);
        Check.Equal(1ul, IpcBuffer.Current[FaultMessage.VmFaultIsPrefetch]);
    }

    [Test("The message has the handler capability's badge", Rules = "R-FAULT-08")]
    internal static void FAULT0004() => Check.Equal(0x66ul, Catch(&ReadNowhere, out _, out _).Badge.Value);

    [Test("Any answer to a page fault lets the thread go on where it was", Rules = "R-FAULT-10 R-FAULT-11 R-FAULT-13")]
    internal static void FAULT0005()
    {
        Catch(&ReadNowhere, out Helper helper, out Cap<Endpoint> faults);
        Assert.Ok(Make.Map(Make.Page().As<Frame>(), Nowhere, CapRights.ReadWrite, Test.VSpace));
        Make.Word(Nowhere) = 4321;
        Syscall.Reply(Ask.Words(0, 99));
        helper.Join();
        Check.Equal(4321ul, s_seen);
        Check.Equal(0ul, faults.NBRecv().Badge.Value);
    }

    [Test("A capability fault tells address, phase and lookup failure", Rules = "R-FAULT-04 ABI-6.2")]
    internal static void FAULT0006()
    {
        Received fault = Catch(&CallNowhere, out _, out _);
        Check.Equal((ulong)FaultLabel.CapFault, fault.Info.Label);
        Check.Equal(0xdead_0000_0000ul, IpcBuffer.Current[FaultMessage.CapFaultAddress]);
        Check.Equal(0ul, IpcBuffer.Current[FaultMessage.CapFaultInReceivePhase]);
        Check.Equal((ulong)LookupFailureKind.GuardMismatch, IpcBuffer.Current[FaultMessage.CapFaultFailure]);
        Check.Equal(64ul, IpcBuffer.Current[FaultMessage.CapFaultBitsLeft]);
        Check.Equal(0ul, IpcBuffer.Current[FaultMessage.CapFaultGuardFound]);
        Check.Equal((ulong)(64 - Test.CNodeBits), IpcBuffer.Current[FaultMessage.CapFaultGuardBitsFound]);
    }

    [Test("An unknown system call goes with its registers", Rules = "R-FAULT-03 R-SYS-13 ABI-8.2")]
    internal static void FAULT0007()
    {
        Received fault = Catch(&CallUnknown, out _, out _);
        Check.Equal((ulong)FaultLabel.UnknownSyscall, fault.Info.Label);
        Check.Equal(FaultMessage.UnknownSyscallLength, fault.Info.Length);
        Check.Equal(unchecked((ulong)-1000), IpcBuffer.Current[FaultMessage.UnknownSyscallNumber]);
    }

    [Test("An invalid instruction and a division by zero are exceptions with their numbers", Rules = "R-FAULT-02")]
    internal static void FAULT0008()
    {
        Received fault = Catch(&ExecuteInvalid, out _, out _);
        Check.Equal((ulong)FaultLabel.UserException, fault.Info.Label);
        Check.Equal(FaultMessage.UserExceptionLength, fault.Info.Length);
        Check.Equal(6ul, IpcBuffer.Current[FaultMessage.UserExceptionNumber]);
        Catch(&DivideByZero, out _, out _);
        Check.Equal(0ul, IpcBuffer.Current[FaultMessage.UserExceptionNumber]);
    }

    [Test("An answer to an exception writes as many registers as it has words", Rules = "R-FAULT-12 ABI-8.4")]
    internal static void FAULT0009()
    {
        Catch(&ExecuteInvalid, out Helper helper, out _);
        // Two bytes further: ud2 is over.
        IpcBuffer.Current.Words[0] = IpcBuffer.Current[0] + 2;
        Syscall.Reply(Ask.Words(1));
        helper.Join();
    }

    [Test("Another label than 0 stops the thread after an exception", Rules = "R-FAULT-10")]
    internal static void FAULT0010()
    {
        Catch(&ExecuteInvalid, out Helper helper, out Cap<Endpoint> faults);
        Syscall.Reply(Ask.Words(0, 1));
        Yield.To(helper);
        Check.Equal(0ul, faults.NBRecv().Badge.Value);
        Check.That(!helper.HasReturned);
    }

    [Test("A saved right to reply answers as well", Rules = "R-FAULT-14")]
    internal static void FAULT0011()
    {
        Catch(&ExecuteInvalid, out Helper helper, out _);
        ulong ip = IpcBuffer.Current[0];
        ulong slot = Make.Slot();
        Assert.Ok(Make.At(slot).SaveCaller());
        IpcBuffer.Current.Words[0] = ip + 2;
        new Cap<Reply>(slot).Send(Ask.Words(1));
        helper.Join();
    }

    [Test("Throwing the right away leaves the thread blocked; Resume repeats its instruction", Rules = "R-FAULT-15")]
    internal static void FAULT0012()
    {
        Catch(&ReadNowhere, out Helper helper, out Cap<Endpoint> faults);
        Assert.Ok(Make.At(Make.Slot()).SaveCaller());
        Check.Ok(helper.Tcb.Resume());
        Check.Equal((ulong)FaultLabel.VmFault, faults.Recv().Info.Label);
    }

    [Test("Writing its registers and resuming it gets a faulted thread going", Rules = "R-FAULT-16 R-TCB-14")]
    internal static void FAULT0013()
    {
        Catch(&ExecuteInvalid, out Helper helper, out _);
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        Check.Ok(helper.Tcb.ReadRegisters(registers));
        registers[(int)UserRegister.Rip] += 2;
        Check.Ok(helper.Tcb.WriteRegisters(registers, RegisterWriting.Resume));
        helper.Join();
    }

    [Test("A thread without a usable handler stops, and can be resumed", Rules = "R-FAULT-06 R-FAULT-07")]
    internal static void FAULT0014()
    {
        Cap<Endpoint> faults = Make.Endpoint();
        Helper helper = new() { FaultHandler = Make.Copy(faults, CapRights.ReadWrite).Pointer };
        helper.Start(&ReadNowhere);
        Yield.To(helper);
        Check.Equal(0ul, faults.NBRecv().Badge.Value);
        Assert.Ok(Make.Map(Make.Page().As<Frame>(), Nowhere, CapRights.ReadWrite, Test.VSpace));
        Check.Ok(helper.Tcb.Resume());
        helper.Join();
    }

    [Test("A fault queues like a Call while nobody receives", Rules = "R-FAULT-09")]
    internal static void FAULT0015()
    {
        Cap<Endpoint> faults = Make.Endpoint();
        Helper first = new() { FaultHandler = Make.Badged(faults, 1).Pointer };
        Helper second = new() { FaultHandler = Make.Badged(faults, 2).Pointer };
        first.Start(&ReadNowhere);
        Yield.To(first);
        second.Start(&ReadNowhere);
        Yield.To(second);
        Check.Equal(1ul, faults.Recv().Badge.Value);
        Check.Equal(2ul, faults.Recv().Badge.Value);
    }

    [Test("The handler's address is looked up in the thread's CSpace at that moment", Rules = "R-FAULT-05")]
    internal static void FAULT0016()
    {
        Cap<Endpoint> faults = Make.Endpoint();
        ulong slot = Make.Slot();
        Helper helper = new() { FaultHandler = new CapabilityPointer(slot) };
        Assert.Ok(Make.At(slot).MintFrom(Make.At(faults), CapRights.All, new Badge(8)));
        helper.Start(&ReadNowhere);
        Check.Equal(8ul, faults.Recv().Badge.Value);
    }

    [Test("A stack overflow meets an unmapped page", Rules = "R-FAULT-01 RT:F1")]
    internal static void FAULT0017()
    {
        Catch(&OverflowStack, out Helper helper, out _);
        ulong bottom = helper.StackTop - (8 * 4096);
        Check.Between(bottom - 4096, bottom - 1, IpcBuffer.Current[FaultMessage.VmFaultAddress]);
    }

    [Test("The kernel's half of the address space faults like what is not mapped", Rules = "R-VS-26")]
    internal static void FAULT0018()
    {
        Received fault = Catch(&ReadKernel, out _, out _);
        bool isStopped = fault.Info.Label is (ulong)FaultLabel.VmFault or (ulong)FaultLabel.UserException;
        Check.That(isStopped);
    }

    [Test("An expected fault of the test itself passes it", Rules = "TD:R1 TD:P1")]
    internal static void FAULT0019()
    {
        Test.ExpectFault(FaultLabel.VmFault, Nowhere);
        s_seen = Make.Word(Nowhere);
    }

    [Test("A fault message carries no capabilities", Rules = "R-FAULT-17 R-FAULT-19")]
    internal static void FAULT0020()
    {
        IpcBuffer.Current.SetReceiveSlot(Make.At(Make.Slot()));
        Received fault = Catch(&CallUnknown, out _, out _);
        Check.Equal(0, fault.Info.ExtraCaps);
        Check.That(fault.Info.Length <= 19);
        IpcBuffer.Current.ClearReceiveSlot();
    }

    private static Received Catch(delegate*<ulong, void> main, out Helper helper, out Cap<Endpoint> faults)
    {
        faults = Make.Endpoint();
        helper = new Helper { FaultHandler = Make.Badged(faults, 0x66).Pointer };
        helper.Start(main);
        return faults.Recv();
    }

    private static void ReadNowhere(ulong argument) => s_seen = Make.Word(Nowhere);

    private static void WriteNowhere(ulong argument) => Make.Word(Nowhere) = 1;

    private static void WriteReadOnly(ulong argument) => *(byte*)(delegate*<ulong, void>)&WriteReadOnly = 1;

    private static void JumpNowhere(ulong argument) => ((delegate*<ulong, void>)Nowhere)(0);

    private static void ReadKernel(ulong argument) => s_seen = Make.Word(0xffff_ffff_8000_0000);

    private static void CallNowhere(ulong argument) => Syscall.Call(new CapabilityPointer(0xdead_0000_0000), Ask.Words(0));

    private static void CallUnknown(ulong argument) => Machine.SystemCall(unchecked((ulong)-1000));

    private static void ExecuteInvalid(ulong argument) => Machine.InvalidInstruction();

    private static void DivideByZero(ulong argument) => Machine.Divide(1, s_word);

    private static void OverflowStack(ulong depth)
    {
        byte* room = stackalloc byte[1024];
        room[0] = (byte)depth;
        OverflowStack(depth + room[0] + 1);
        s_word += room[1];
    }
}
