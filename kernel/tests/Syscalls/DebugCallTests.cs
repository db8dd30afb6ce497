// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Syscalls;

/// <summary>The system calls of debug builds (ABI §25).</summary>
[Rule("R-TCB-42")]
public sealed class DebugCallTests : KernelTest
{
    private void SetName(SimThread caller, string name)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(name), .. new byte[16]];
        for (int i = 0; i + 8 <= bytes.Length; i += 8) caller.Buffer.SetMessage(i / 8, BitConverter.ToUInt64(bytes, i));
    }

    private void NameThread(ulong capability, string name)
    {
        SetName(Root, name);
        Root.Enter(SystemCall.DebugNameThread, capability, 0);
    }

    [Fact]
    [Rule("R-SYS-17")]
    public void PutChar_prints_and_changes_no_register()
    {
        Mark(Root);
        foreach (char character in "hi\n") Root.Enter(SystemCall.DebugPutChar, character, Untouched);
        Assert.Equal("hi\n", Sim.Console);
        Assert.Equal('\n', Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root);
    }

    [Theory]
    [InlineData(InitialSlot.Tcb, 12ul)]
    [InlineData(InitialSlot.CNode, 10ul)]
    [InlineData(InitialSlot.VSpace, 9ul)]
    [InlineData(InitialSlot.IrqControl, 14ul)]
    [InlineData(InitialSlot.IoPortControl, 31ul)]
    [InlineData(InitialSlot.IpcBufferFrame, 1ul)]
    [InlineData(SimSystem.WorkUntyped, 2ul)]
    [InlineData(EmptySlot, 0ul)]
    [InlineData(Unresolvable, 0ul)]
    public void CapIdentify_returns_the_type_tag(ulong pointer, ulong tag)
    {
        Mark(Root);
        Root.Enter(SystemCall.DebugCapIdentify, pointer, Untouched);
        Assert.Equal(tag, Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root);
    }

    [Fact]
    public void DumpScheduler_prints_a_line_for_each_thread()
    {
        SimThread waiting = Sim.NewThread("waiting", 77);
        SimThread stopped = Sim.NewStoppedThread("stopped", 78);
        NameThread(waiting.Capability, "waiting");
        NameThread(stopped.Capability, "a name that is far too long");
        NameThread(InitialSlot.Tcb, "root");
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        Sim.Park();
        waiting.Recv(endpoint);
        Sim.AsRoot(root => root.Enter(SystemCall.DebugDumpScheduler, 0, 0));
        string[] lines = Sim.Console.TrimEnd('\n').Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("> root ") && line.Contains("running") && line.Contains(" 255 "));
        Assert.Contains(lines, line => line.StartsWith("  waiting ") && line.Contains("receives") && line.Contains(" 77 "));
        Assert.Contains(lines, line => line.StartsWith("  a name that is  ") && line.Contains("stopped") && line.Contains(" 78 "));
    }

    [Fact]
    public void Snapshot_lists_the_capabilities_of_the_caller()
    {
        Root.Enter(SystemCall.DebugSnapshot, 0, 0);
        Assert.Contains("own 0", Sim.Console);
        Assert.Contains("IrqControl", Sim.Console);
    }

    [Fact]
    public void Halt_stops_the_machine_with_a_message()
    {
        Assert.Throws<SimHaltException>(() => Root.Enter(SystemCall.DebugHalt, 0, 0));
        Assert.StartsWith("halted: ", Sim.Console);
    }

    [Theory]
    [InlineData(InitialSlot.CNode)]
    [InlineData(EmptySlot)]
    [InlineData(Unresolvable)]
    public void Naming_what_is_no_thread_does_not_stop_the_kernel(ulong capability)
    {
        NameThread(capability, "x");
        Assert.True(Root.IsRunning);
        Assert.Contains("named what is no thread", Sim.Console);
    }

    [Fact]
    public void Naming_without_a_buffer_does_not_stop_the_kernel()
    {
        SimThread bare = Sim.NewThread("bare", 100, 0, SimBuffer.None);
        Sim.Park();
        bare.Enter(SystemCall.DebugNameThread, InitialSlot.Tcb, 0);
        Assert.Contains("no IPC buffer", Sim.Console);
    }

    [Fact]
    [Rule("R-FAULT-07")]
    public void A_fault_without_handler_is_told_with_thread_cause_registers_and_stack()
    {
        using SimSystem sim = new(logLevel: 1);
        SimThread thread = sim.NewThread("thread", 100, 5);
        sim.Park();
        thread.Register(UserContext.R12) = 0x1212_3434;
        thread.Except(14, 6, 0x1234_5678);
        Assert.Equal(ThreadState.Inactive, thread.State);
        Assert.Contains("an access to 0x12345678, error code 0x6", sim.Console);
        Assert.Contains("its fault handler 0x5 is no endpoint but AsidControl", sim.Console);
        Assert.Contains("R12=0000000012123434", sim.Console);
        Assert.Contains("not mapped", sim.Console);
    }

    [Fact]
    [Rule("R-FAULT-07")]
    public void The_words_on_the_stack_are_shown_when_they_are_mapped()
    {
        using SimSystem sim = new(logLevel: 1);
        SimThread root = sim.Root;
        ulong pdpt = sim.NewObject(ObjectType.Pdpt);
        ulong directory = sim.NewObject(ObjectType.PageDirectory);
        ulong page = sim.NewObject(ObjectType.LargePage);
        SimSystem.Must(root.Invoke(pdpt, InvocationLabel.X86PdptMap, [0x4000_0000, 0], [InitialSlot.VSpace]));
        SimSystem.Must(root.Invoke(directory, InvocationLabel.X86PageDirectoryMap, [0x4000_0000, 0], [InitialSlot.VSpace]));
        SimSystem.Must(root.Invoke(page, InvocationLabel.X86PageMap, [0x4000_0000, 3, 0], [InitialSlot.VSpace]));
        new Ref<ulong>(sim.CapabilityAt(page).FrameAddress + 0x1f_fff8).Value = 0xc0ffee;
        SimThread thread = sim.NewThread("thread", 100);
        sim.Park();
        thread.Register(UserContext.Rsp) = 0x401f_fff8;
        thread.Except(6);
        Assert.Contains("stack 0x401ffff8: 0xc0ffee\n", sim.Console);
    }

    [Fact]
    public void With_log_level_0_nobody_says_anything()
    {
        SimThread thread = Sim.NewThread("thread");
        Root.Call(EmptySlot, 1);
        Sim.Park();
        thread.Except(6);
        Assert.Equal("", Sim.Console);
    }
}
