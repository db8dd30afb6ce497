// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

// The playing of steps.
public sealed partial class FuzzWorld
{
    private const int PageFault = 14;
    private const ulong UserWord = 4;
    private static readonly int[] s_scrambled =
    [
        UserContext.Rax, UserContext.Rbx, UserContext.Rbp, UserContext.R12, UserContext.R13, UserContext.R14, UserContext.R10,
        UserContext.R8, UserContext.R9, UserContext.R15, UserContext.R11, UserContext.Rcx, UserContext.Rsp, UserContext.Rip,
    ];

    /// <summary>The flags that a program can change, and those that are always set in user mode.</summary>
    private const ulong UserFlags = 0x24_4dd5;
    private const ulong UsualFlags = 0x202;

    /// <summary>What calls of running threads came to.</summary>
    public FuzzTally Tally { get; } = new();

    /// <summary>Plays a step; one that makes no sense now does nothing.</summary>
    public void Play(FuzzStep step)
    {
        SimHardware hardware = Sim.Kernel.Hardware;
        hardware.ClearRecord();
        hardware.Ports.Clear();
        hardware.Console.Clear();
        hardware.IsInterruptPending = false;
        hardware.ChecksUntilInterrupt = step.PreemptAfter == 0 ? null : step.PreemptAfter;
        Sim.PendingVector = step.PreemptAfter == 0 ? null : FuzzSlots.FirstVector;
        if (step.Kind == StepKind.Vector) Sim.Vector((int)step.Number);
        else if (step.Kind == StepKind.Supervise) Supervise(new FuzzRandom((ulong)step.Number));
        else if (RunningThread() is SimThread thread) Act(thread, step);
        hardware.ChecksUntilInterrupt = null;
        Sim.TakeLeftInterrupt();
        // A device interrupt may have rung the doorbell.
        while (Sim.Root.IsRunning) Sim.Park();
        SimHardware machine = Sim.Kernel.Hardware;
        if (machine.Tlb.FindStale(machine.PageTableRoot) is ulong page)
            throw new FuzzException($"the TLB still has a translation of page {page:x} that the tables do not have");
        Observer?.StepPlayed(this, step);
    }

    /// <summary>Who runs, be it a thread that a player has made; null when the CPU idles.</summary>
    public SimThread? RunningThread()
    {
        if (Sim.IsIdle) return null;
        return Sim.Running ?? Sim.Adopt(Sim.State.Current, 0, $"thread at {Sim.State.Current.Address - Sim.Kernel.Memory.Window:x}");
    }

    private void Act(SimThread thread, FuzzStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Call:
                Call(thread, step);
                break;
            case StepKind.Repeat:
                if (thread.IsAboutToRepeat && thread.Register(UserContext.Rdx) != unchecked((ulong)SystemCall.DebugHalt)) thread.Repeat();
                break;
            case StepKind.Access:
                Access(thread, step);
                break;
            case StepKind.Exception:
                thread.Except((ulong)step.Number, step.Info, step.Target);
                break;
            default:
                throw new InvalidOperationException($"{step.Kind} is no act of a thread");
        }
    }

    private void Call(SimThread thread, FuzzStep step)
    {
        if (step.Scramble != 0) Scramble(thread, new FuzzRandom(step.Scramble));
        for (int i = 0; i < step.Words.Length; i++) thread.SetWord(i, step.Words[i]);
        IpcBuffer buffer = thread.Buffer;
        if (buffer.IsPresent && step.Pointers.Length == 6)
        {
            for (int i = 0; i < 3; i++) buffer.SetBadge(i, step.Pointers[i]);
            thread.SetReceiveSlot(step.Pointers[3], step.Pointers[4], step.Pointers[5]);
        }

        Capability target = CapabilityFor(thread, step.Target);
        CapabilityTag tag = target.Tag;
        SimAnswer answer = thread.Enter((SystemCall)step.Number, step.Target, step.Info);
        bool isAnswered = step.Number == (long)SystemCall.Call && thread.IsRunning && !thread.IsAboutToRepeat;
        if (!isAnswered) return;
        ulong method = MessageInfo.FromWord(step.Info).Label;
        Tally.Count(tag, method, answer.Error);
        if (tag == CapabilityTag.CNode && answer.Error == ErrorCode.None) CheckDone((InvocationLabel)method, target, step.Words);
    }

    /// <summary>A deletion that says that it is done, is done, however often it was interrupted (R-SYS-16).</summary>
    private static void CheckDone(InvocationLabel method, Capability node, ulong[] words)
    {
        if (method is not (InvocationLabel.CNodeRevoke or InvocationLabel.CNodeDelete)) return;
        // The node may have gone with what was deleted, and the words may have come from elsewhere.
        if (node.Tag != CapabilityTag.CNode || words.Length < 2) return;
        SyscallError error = CSpaceLookup.FindForOperation(node, words[0], words[1], isSource: false, out Ref<CapabilitySlot> slot);
        if (!error.IsNone) return;
        bool isDone = method == InvocationLabel.CNodeDelete ? slot.Value.IsEmpty : !MappingDatabase<X64<SimMachine>>.HasChildren(slot);
        if (!isDone) throw new FuzzException($"{method} was answered before it was done");
    }

    /// <summary>Other values in the registers and in all of the buffer.</summary>
    private static void Scramble(SimThread thread, FuzzRandom random)
    {
        foreach (int register in s_scrambled) thread.Register(register) = random.Next() >> random.Next(64);
        thread.Register(UserContext.Rflags) = (random.Next() & UserFlags) | UsualFlags;
        IpcBuffer buffer = thread.Buffer;
        if (!buffer.IsPresent) return;
        for (ulong offset = 0; offset < IpcBufferLayout.Size; offset += sizeof(ulong))
            new Ref<ulong>(buffer.Address + offset).Value = random.Next() >> random.Next(64);
    }

    /// <summary>What the CPU does with a load or store of user mode, through the TLB that forgets nothing by itself.</summary>
    private void Access(SimThread thread, FuzzStep step)
    {
        ulong address = step.Target & ~7ul;
        bool isWrite = step.Number == 1;
        bool isCanonical = (long)(address << 16) >> 16 == (long)address;
        if (!isCanonical)
        {
            thread.Except(13);
            return;
        }

        Translation? found = Sim.Kernel.Hardware.Access(address);
        if (found is not Translation page || !page.IsUser || (isWrite && !page.IsWritable))
        {
            ulong error = UserWord | (isWrite ? 2ul : 0) | (found is null ? 0 : 1ul);
            thread.Except(PageFault, error, step.Target);
            return;
        }

        bool isDevice = page.PhysicalAddress - SimSystem.DeviceAddress < SimSystem.DeviceBytes;
        if (isDevice || page.PhysicalAddress >= Sim.Kernel.Memory.Bytes) return;
        if (isWrite) Sim.Kernel.Memory.WriteWord(page.PhysicalAddress, step.Info);
        else thread.Register(UserContext.Rax) = Sim.Kernel.Memory.ReadWord(page.PhysicalAddress);
    }

    /// <summary>The capability that a thread finds at an address; that of an empty slot when there is none.</summary>
    private static Capability CapabilityFor(SimThread thread, ulong pointer)
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref thread.Tcb.Value, pointer, out Ref<CapabilitySlot> slot);
        return failure.Kind == LookupFailureKind.None ? slot.Value.Capability : Capability.NewNull();
    }
}
