// SPDX-License-Identifier: BSD-2-Clause
using System.Threading;
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Threads: starting, stopping, registers, buffers, roots, the FPU.</summary>
[Tests(Tags = "thread")]
internal static unsafe class Threads
{
    private static Cap<Notification> s_bell;
    private static ulong s_count;
    private static ulong s_seen;

    [Test("A new thread is inactive, with registers 0 but the flags", Rules = "R-TCB-01 ABI-10.4")]
    internal static void THREAD0001()
    {
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        Check.Ok(Make.Tcb().ReadRegisters(registers));
        for (int index = 0; index < registers.Length; index++)
            Check.Equal(index == (int)UserRegister.Rflags ? 0x202ul : 0, registers[index]);
    }

    [Test("Suspend stops a thread, Resume lets it go on", Rules = "R-TCB-02 R-TCB-05")]
    internal static void THREAD0002()
    {
        Helper helper = Helper.Begin(&CountForever);
        Yield.Beside(helper);
        Check.Ok(helper.Tcb.Suspend());
        ulong before = Volatile.Read(ref s_count);
        Check.That(before > 0);
        Yield.Beside(helper);
        Check.Equal(before, Volatile.Read(ref s_count));
        Check.Ok(helper.Tcb.Resume());
        Yield.Beside(helper);
        Check.That(Volatile.Read(ref s_count) > before);
    }

    [Test("Resume of a thread that can run changes nothing", Rules = "R-TCB-03")]
    internal static void THREAD0003()
    {
        Helper helper = Helper.Begin(&CountForever);
        Check.Ok(helper.Tcb.Resume());
        Check.Ok(Test.Tcb.Resume());
        Yield.Beside(helper);
        Check.That(Volatile.Read(ref s_count) > 0);
    }

    [Test("Reading and writing one's own registers is refused", Rules = "R-TCB-07 R-TCB-11")]
    internal static void THREAD0004()
    {
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        Check.Fails(ErrorCode.IllegalOperation, Test.Tcb.ReadRegisters(registers));
        Check.Fails(ErrorCode.IllegalOperation, Test.Tcb.WriteRegisters(registers));
    }

    [Test("Reading no or too many registers is a RangeError", Rules = "R-TCB-08")]
    internal static void THREAD0005()
    {
        Cap<Tcb> thread = Make.Tcb();
        Check.Fails(ErrorCode.RangeError, 1, 20, thread.ReadRegisters(new ulong[21]));
        Check.Fails(ErrorCode.RangeError, 1, 20, thread.ReadRegisters(new ulong[0]));
    }

    [Test("Registers come back as they were written, in their order", Rules = "R-TCB-10 ABI-10.1")]
    internal static void THREAD0006()
    {
        Cap<Tcb> thread = Make.Tcb();
        ulong[] written = Registers();
        Check.Ok(thread.WriteRegisters(written));
        ulong[] read = new ulong[AbiConstants.UserRegisterCount];
        Check.Ok(thread.ReadRegisters(read));
        for (int index = 0; index < read.Length; index++) Check.Equal(written[index], read[index]);
    }

    [Test("Writing touches the first registers only", Rules = "R-TCB-13")]
    internal static void THREAD0007()
    {
        Cap<Tcb> thread = Make.Tcb();
        Check.Ok(thread.WriteRegisters(Registers()));
        Check.Ok(thread.WriteRegisters(new ulong[] { 0x1000, 0x2000 }));
        ulong[] read = new ulong[AbiConstants.UserRegisterCount];
        Check.Ok(thread.ReadRegisters(read));
        Check.Equal(0x1000ul, read[0]);
        Check.Equal(0x2000ul, read[1]);
        Check.Equal(Registers()[5], read[5]);
    }

    [Test("Fewer words than the count says is a truncated message", Rules = "R-TCB-12")]
    internal static void THREAD0008()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Cap<Tcb> thread = Make.Tcb();
        buffer[0] = 0;
        buffer[1] = 5;
        Check.Fails(
            ErrorCode.TruncatedMessage,
            Syscall.Invoke(thread.Pointer, Ask.Words(6, (ulong)InvocationLabel.TcbWriteRegisters), buffer));
    }

    [Test("Values that would give privilege are altered", Rules = "R-TCB-15 ABI-10.3")]
    internal static void THREAD0009()
    {
        Cap<Tcb> thread = Make.Tcb();
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        registers[(int)UserRegister.Rip] = 0x8000_0000_0000_0000;
        registers[(int)UserRegister.Rflags] = ulong.MaxValue;
        registers[(int)UserRegister.FsBase] = 0x7f00_0000_0000_0000;
        Check.Ok(thread.WriteRegisters(registers));
        Check.Ok(thread.ReadRegisters(registers));
        Check.Equal(0ul, registers[(int)UserRegister.Rip]);
        Check.Equal(0xfd7ul & ~0x128ul | 0x202, registers[(int)UserRegister.Rflags]);
        Check.Equal(0ul, registers[(int)UserRegister.FsBase]);
    }

    [Test("A thread finds the registers it was given", Rules = "R-TCB-14 ABI-10.4")]
    internal static void THREAD0010()
    {
        Helper helper = new() { FaultHandler = Make.Endpoint().Pointer };
        ulong memory = Make.MappedPage();
        ulong[] registers = Registers();
        registers[(int)UserRegister.Rip] = Machine.KeepRegisters();
        registers[(int)UserRegister.Rsp] = 0x1234_5670;
        registers[(int)UserRegister.Rdi] = memory;
        Configure(helper, registers);
        new Cap<Endpoint>(helper.FaultHandler.Value).Recv();
        Check.Equal(registers[(int)UserRegister.Rax], Make.Word(memory));
        Check.Equal(registers[(int)UserRegister.Rbx], Make.Word(memory + 8));
        Check.Equal(registers[(int)UserRegister.Rcx], Make.Word(memory + 16));
        Check.Equal(registers[(int)UserRegister.Rdx], Make.Word(memory + 24));
        Check.Equal(0x1234_5670ul, Make.Word(memory + 56));
        for (int index = 0; index < 8; index++)
            Check.Equal(registers[(int)UserRegister.R8 + index], Make.Word(memory + 64 + ((ulong)index * 8)));
    }

    [Test("CopyRegisters copies the chosen groups", Rules = "R-TCB-16")]
    internal static void THREAD0011()
    {
        Cap<Tcb> source = Make.Tcb();
        Cap<Tcb> target = Make.Tcb();
        Check.Ok(source.WriteRegisters(Registers()));
        ulong[] read = new ulong[AbiConstants.UserRegisterCount];
        Check.Ok(target.CopyRegisters(0b0100, source));
        Check.Ok(target.ReadRegisters(read));
        Check.Equal(Registers()[0], read[0]);
        Check.Equal(Registers()[17], read[17]);
        Check.Equal(0ul, read[(int)UserRegister.FsBase]);
        Check.Ok(target.CopyRegisters(0b1000, source));
        Check.Ok(target.ReadRegisters(read));
        Check.Equal(Registers()[18], read[18]);
    }

    [Test("CopyRegisters from what is no thread is InvalidCapability 1", Rules = "R-TCB-17")]
    internal static void THREAD0012() =>
        Check.Fails(ErrorCode.InvalidCapability, 1, Make.Tcb().CopyRegisters(0, Make.Page().As<Tcb>()));

    [Test("Roots that are none are refused", Rules = "R-TCB-18 R-TCB-19")]
    internal static void THREAD0013()
    {
        Cap<Tcb> thread = Make.Tcb();
        CNodeGuard none = CNodeGuard.FromWord(0);
        Check.Fails(ErrorCode.IllegalOperation, thread.SetSpace(default, none, 0, Make.Page().As<CNode>(), Test.VSpace));
        Check.Fails(ErrorCode.IllegalOperation, thread.SetSpace(default, none, 0, Test.CNode, Make.Page().As<Pml4>()));
        Check.Fails(ErrorCode.IllegalOperation, thread.SetSpace(default, none, 0, Test.CNode, Make.New<Pml4>()));
        Check.Ok(thread.SetSpace(default, none, 0, Test.CNode, Test.VSpace));
    }

    [Test("A buffer must be aligned and in a frame of ordinary memory", Rules = "R-TCB-20 R-TCB-21 R-TCB-22 R-UT-19")]
    internal static void THREAD0014()
    {
        Cap<Tcb> thread = Make.Tcb();
        Cap<Frame> frame = Make.Page().As<Frame>();
        Check.Ok(thread.SetIpcBuffer(0, frame));
        Check.Fails(ErrorCode.AlignmentError, thread.SetIpcBuffer(0x1200, frame));
        Check.Fails(ErrorCode.IllegalOperation, thread.SetIpcBuffer(0x1000, Make.Endpoint().As<Frame>()));
        Check.Fails(ErrorCode.IllegalOperation, thread.SetIpcBuffer(0x1000, new Cap<Frame>(Test.Value(StartupPage.DeviceFrame))));
        Check.Ok(thread.SetIpcBuffer(0x1c00, frame));
    }

    [Test("Priorities above the authority's maximum are refused", Rules = "R-TCB-29 R-TCB-30 R-TCB-32")]
    internal static void THREAD0015()
    {
        Cap<Tcb> thread = Make.Tcb();
        Check.Fails(ErrorCode.RangeError, 0, Test.MaxPriority, thread.SetPriority(255, Test.Tcb));
        Check.Fails(ErrorCode.RangeError, 0, Test.MaxPriority, thread.SetMcPriority(255, Test.Tcb));
        Check.Fails(ErrorCode.RangeError, 0, Test.MaxPriority, thread.SetSchedParams(255, 10, Test.Tcb));
        Check.Fails(ErrorCode.RangeError, 0, Test.MaxPriority, thread.SetSchedParams(10, 255, Test.Tcb));
        Check.Fails(ErrorCode.InvalidCapability, 1, thread.SetPriority(10, Make.Page().As<Tcb>()));
        Check.Ok(thread.SetMcPriority(100, Test.Tcb));
        Check.Fails(ErrorCode.RangeError, 0, 100, Make.Tcb().SetPriority(101, thread));
        Check.Ok(Make.Tcb().SetPriority(100, thread));
    }

    [Test("Lowering one's maximum below one's priority keeps the priority", Rules = "R-TCB-31")]
    internal static void THREAD0016()
    {
        Check.Ok(Test.Tcb.SetMcPriority(3, Test.Tcb));
        Check.Fails(ErrorCode.RangeError, 0, 3, Test.Tcb.SetPriority(Test.Priority, Test.Tcb));
        Helper helper = new() { Priority = 3 };
        helper.Start(&CountForever);
        Check.Equal(0ul, Volatile.Read(ref s_count));
    }

    [Test("SetTLSBase acts on the caller itself before it returns", Rules = "R-TCB-33")]
    internal static void THREAD0017()
    {
        ulong page = Make.MappedPage();
        Make.Word(page) = 0x7151;
        // The thread area that FS base points at has the buffer's address in its second word.
        Make.Word(page + 8) = IpcBuffer.Current.Address;
        ulong before = Machine.FsWord();
        Check.Ok(Test.Tcb.SetTlsBase(page));
        ulong seen = Machine.FsWord();
        Check.Ok(Test.Tcb.SetTlsBase(before));
        Check.Equal(0x7151ul, seen);
        Check.Equal(before, Machine.FsWord());
    }

    [Test("SetFlags clears, then sets, and returns the result", Rules = "R-TCB-34")]
    internal static void THREAD0018()
    {
        Cap<Tcb> thread = Make.Tcb();
        Check.Ok(thread.SetFlags(TcbFlags.None, TcbFlags.FpuDisabled, out TcbFlags flags));
        Check.Equal((ulong)TcbFlags.FpuDisabled, (ulong)flags);
        Check.Ok(thread.SetFlags(TcbFlags.FpuDisabled, (TcbFlags)0xf0, out flags));
        Check.Equal(0ul, (ulong)flags);
    }

    [Test("With the FPU switched off its use is an exception", Rules = "R-TCB-35")]
    internal static void THREAD0019()
    {
        Cap<Endpoint> faults = Make.Endpoint();
        Helper helper = new() { FaultHandler = faults.Pointer };
        Check.Ok(helper.Tcb.SetFlags(TcbFlags.None, TcbFlags.FpuDisabled, out _));
        helper.Start(&UseFpu);
        Check.Equal((ulong)FaultLabel.UserException, faults.Recv().Info.Label);
        Check.Equal(7ul, IpcBuffer.Current[FaultMessage.UserExceptionNumber]);
        Check.Ok(helper.Tcb.SetFlags(TcbFlags.FpuDisabled, TcbFlags.None, out _));
        Check.Ok(helper.Tcb.Resume());
        helper.Join();
    }

    [Test("Registers that carry no result survive every system call", Rules = "R-SYS-17 ABI-3.2 ABI-3.4")]
    internal static void THREAD0020()
    {
        Check.Equal(0ul, Machine.RegistersChangedBy(unchecked((ulong)SystemCall.Yield)));
        Check.Equal(0ul, Machine.RegistersChangedBy(unchecked((ulong)SystemCall.Reply)));
        Check.Equal(0ul, Machine.RegistersChangedBy(unchecked((ulong)SystemCall.NBSend)));
    }

    [Test("Deleting a thread's last capability stops it and what it holds goes", Rules = "R-DEL-04 R-TCB-40 R-DER-17")]
    internal static void THREAD0021()
    {
        Helper helper = Helper.Begin(&CountForever);
        Yield.Beside(helper);
        Check.Ok(Make.At(helper.Tcb).Delete());
        ulong before = Volatile.Read(ref s_count);
        Yield.Beside(helper);
        Check.Equal(before, Volatile.Read(ref s_count));
    }

    [Test("A thread without CSpace root fails every lookup", Rules = "R-TCB-37 R-CSP-13")]
    internal static void THREAD0022()
    {
        s_bell = Make.Notification();
        Cap<CNode> node = Make.CNode(4);
        Helper helper = new() { CSpace = node };
        helper.Start(&SignalBell);
        // What the thread holds is a copy, which goes with the original's children.
        Check.Ok(Make.At(node).Revoke());
        Yield.To(helper);
        Check.Equal(0ul, s_bell.Poll().Value);
        Check.That(!helper.HasReturned);
    }

    [Test("SetSpace changes roots and handler, SetIPCBuffer the buffer, nothing else", Rules = "R-TCB-27 R-TCB-28")]
    internal static void THREAD0023()
    {
        s_bell = Make.Badged(Make.Notification(), 1);
        Helper helper = Helper.Begin(&WaitThenRemember);
        Yield.To(helper);
        Check.Ok(helper.Tcb.SetSpace(default, CNodeGuard.FromWord(0), 0, Test.CNode, Test.VSpace));
        Check.Ok(helper.Tcb.SetIpcBuffer(helper.BufferAddress, helper.Buffer.As<Frame>()));
        s_bell.Signal();
        helper.Join();
        Check.Equal(1ul, s_seen);
    }

    [Test("A TCB capability is all or nothing", Rules = "R-TCB-39")]
    internal static void THREAD0024()
    {
        Cap<Tcb> weak = Make.Copy(Make.Tcb(), CapRights.None);
        Check.Ok(weak.SetPriority(5, Test.Tcb));
        Check.Ok(weak.Suspend());
    }

    [Test("Debug names and dumps change no behaviour", Rules = "R-TCB-42 ABI-25")]
    internal static void THREAD0025()
    {
        Helper helper = new();
        Check.That(Syscall.DebugNameThread(helper.Tcb, "a name of a thread"u8));
        helper.Start(&CountOnce);
        helper.Join();
        Check.Equal(1ul, Volatile.Read(ref s_count));
    }

    [Test("A thread that deletes its own TCB harms nobody else", Rules = "R-DEL-15 R-CNODE-32")]
    internal static void THREAD0026()
    {
        Helper helper = Helper.Begin(&DeleteThread, 0);
        s_seen = helper.Tcb.Value;
        Yield.To(helper);
        Check.That(Ask.IsEmpty(helper.Tcb.Value));
    }

    [Test("Vector registers belong to one thread", Rules = "R-TCB-36 ABI-10.5", Tags = "fpu")]
    internal static void FPU0001()
    {
        ulong memory = Make.MappedPage();
        Helper first = Helper.Begin(&SpinOn, memory);
        Helper second = Helper.Begin(&SpinOn, memory + 64);
        Yield.Beside(first);
        Yield.Beside(first);
        Make.Word(memory) = 1;
        Make.Word(memory + 64) = 1;
        first.Join();
        second.Join();
        Check.Equal(0ul, Make.Word(memory + 8));
        Check.Equal(0ul, Make.Word(memory + 64 + 8));
    }

    [Test("Vector registers survive system calls", Rules = "ABI-10.5 R-SYS-17", Tags = "fpu")]
    internal static void FPU0002()
    {
        Cap<Notification> bell = Make.Notification();
        Machine.FillVectors(0x2222);
        bell.Signal();
        Syscall.Yield();
        bell.Poll();
        Check.Equal(0ul, Machine.CountVectorsThatAreNot(0x2222));
    }

    [Test("Each thread has its own MXCSR, and a new one the usual", Rules = "R-TCB-36 ABI-10.4", Tags = "fpu")]
    internal static void FPU0003()
    {
        ulong before = Machine.SetMxcsr(0x3f80);
        Helper helper = Helper.Begin(&RememberMxcsr);
        helper.Join();
        Check.Equal(0x1f80ul, s_seen);
        Check.Equal(0x3f80ul, Machine.SetMxcsr(before));
    }

    [Test("Vector registers survive a fault and its answer", Rules = "R-TCB-36", Tags = "fpu")]
    internal static void FPU0004()
    {
        Cap<Endpoint> faults = Make.Endpoint();
        Helper helper = new() { FaultHandler = faults.Pointer };
        helper.Start(&FaultWithVectors);
        faults.Recv();
        ulong ip = IpcBuffer.Current[0];
        Machine.FillVectors(0x9999);
        IpcBuffer.Current.Words[0] = ip + 2;
        Syscall.Reply(Ask.Words(1));
        helper.Join();
        Check.Equal(0ul, s_seen);
    }

    [Test("The FPU is usable at once", Rules = "RT:C6", Tags = "fpu")]
    internal static void FPU0005()
    {
        Machine.UseFpu();
        Helper.Begin(&UseFpu).Join();
    }

    private static ulong[] Registers()
    {
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        for (int index = 0; index < registers.Length; index++) registers[index] = 0x10_0000ul + ((ulong)index * 0x111);
        registers[(int)UserRegister.Rflags] = 0x246;
        return registers;
    }

    private static void Configure(Helper helper, ulong[] registers)
    {
        Assert.Ok(helper.Tcb.Configure(
            helper.FaultHandler, CNodeGuard.FromWord(0), 0, helper.BufferAddress, Test.CNode, Test.VSpace, helper.Buffer.As<Frame>()));
        Assert.Ok(helper.Tcb.SetSchedParams(helper.Priority, helper.Priority, Test.Tcb));
        Assert.Ok(helper.Tcb.WriteRegisters(registers, RegisterWriting.Resume));
    }

    private static void CountForever(ulong argument)
    {
        while (true) Volatile.Write(ref s_count, s_count + 1);
    }

    private static void CountOnce(ulong argument) => Volatile.Write(ref s_count, s_count + 1);

    private static void UseFpu(ulong argument) => Machine.UseFpu();

    private static void SignalBell(ulong argument) => s_bell.Signal();

    private static void WaitThenRemember(ulong argument) => Volatile.Write(ref s_seen, s_bell.Wait().Value);

    private static void DeleteThread(ulong argument)
    {
        Make.At(s_seen).Delete();
        Volatile.Write(ref s_count, 99);
    }

    private static void SpinOn(ulong flag) => Machine.Spin((ulong*)flag);

    private static void RememberMxcsr(ulong argument) => Volatile.Write(ref s_seen, Machine.SetMxcsr(0x1f80));

    private static void FaultWithVectors(ulong argument)
    {
        Machine.FillVectors(0x4444);
        Machine.InvalidInstruction();
        Volatile.Write(ref s_seen, Machine.CountVectorsThatAreNot(0x4444));
    }
}
