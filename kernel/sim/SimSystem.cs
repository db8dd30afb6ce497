// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Core;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Sim;

/// <summary>A booted system on simulated memory: the kernel, an initial thread with capabilities, and whatever that makes.</summary>
/// <remarks>
/// A test is the user program (design L1). Everything after boot happens through system calls of threads, ticks and
/// interrupts; after each of these the invariants of the kernel are checked. The initial thread has the highest priority,
/// so that it runs until it parks; <see cref="AsRoot"/> brings it back by an interrupt, the only way that disturbs nobody.
/// </remarks>
public sealed class SimSystem : IDisposable
{
    /// <summary>log2 slots of the root CNode.</summary>
    public const int RootRadix = 10;

    /// <summary>CPtr of 16 MiB of untyped memory from which <see cref="NewObject"/> makes things.</summary>
    public const ulong WorkUntyped = InitialSlot.FirstDynamic;

    /// <summary>CPtr of the first of <see cref="SpareUntypeds"/> untouched untypeds of 4 MiB.</summary>
    public const ulong FirstSpareUntyped = WorkUntyped + 1;

    public const int SpareUntypeds = 4;

    /// <summary>CPtr of 4 MiB of device memory.</summary>
    public const ulong DeviceUntyped = FirstSpareUntyped + SpareUntypeds;

    /// <summary>Physical address and size of that device memory. There is ordinary memory behind it, which nobody should touch.</summary>
    public const ulong DeviceAddress = SimBoot.DeviceMemory;
    public const ulong DeviceBytes = 1ul << SimBoot.SpareBits;

    /// <summary>Priority of the initial thread.</summary>
    public const byte RootPriority = 255;

    /// <summary>First slot of the root CNode that <see cref="NewSlot"/> hands out.</summary>
    public const ulong FirstFreeSlot = 64;

    /// <summary>Vector argument of the interrupt by which <see cref="AsRoot"/> wakes the initial thread.</summary>
    public const int DoorbellVector = 107;

    private const ulong FirstCodeAddress = 0x40_0000;

    private readonly Dictionary<ulong, SimThread> _threads = [];
    private readonly ulong _park;
    private ulong _nextSlot = FirstFreeSlot;

    /// <param name="logLevel">What the kernel prints.</param>
    /// <param name="isChecked">The first value of <see cref="ChecksEveryStep"/>.</param>
    public SimSystem(ulong logLevel = 0, bool isChecked = true)
    {
        ChecksEveryStep = isChecked;
        Kernel = new SimKernel();
        SimBoot.Run(Kernel, logLevel);
        Root = Adopt(State.Current, InitialSlot.Tcb, "root");
        _park = NewObject(ObjectType.Notification);
        ulong handler = NewSlot();
        ulong[] words = [handler, 64, 0, 0, 0, 0, DoorbellVector];
        Must(Root.Invoke(InitialSlot.IrqControl, InvocationLabel.IrqControlGetMsi, words, [InitialSlot.CNode]));
        Must(Root.Invoke(handler, InvocationLabel.IrqHandlerSetNotification, [], [_park]));
    }

    public SimKernel Kernel { get; }

    public ref KernelState State => ref Kernel.State;

    /// <summary>The initial thread.</summary>
    public SimThread Root { get; }

    /// <summary>The thread that user mode returns to; null when the CPU idles.</summary>
    public SimThread? Running => _threads.GetValueOrDefault(State.Current.Address);

    /// <summary>True when nobody can run.</summary>
    public bool IsIdle => State.Current == State.Idle;

    /// <summary>Vector argument of an interrupt that arrives as soon as <c>Hardware.IsInterruptPending</c> is seen.</summary>
    public int? PendingVector { get; set; }

    /// <summary>Cleared to make system calls without the kernel's short cuts, for comparison.</summary>
    public bool UsesFastpath { get; set; } = true;

    /// <summary>What the kernel printed.</summary>
    public string Console => Kernel.Hardware.Console.ToString();

    /// <summary>False for tests of so many steps that they check the invariants only now and then.</summary>
    public bool ChecksEveryStep { get; set; }

    /// <summary>Called before every entry into the kernel, when the registers of the thread are saved.</summary>
    public Action<SimEntry>? Entering { get; set; }

    /// <summary>Called after every entry into the kernel, when its invariants have been checked.</summary>
    public Action? Stepped { get; set; }

    /// <summary>What <see cref="NewSlot"/> will return.</summary>
    public ulong NextSlot => _nextSlot;

    /// <summary>An unused slot of the root CNode.</summary>
    public ulong NewSlot() => _nextSlot++;

    /// <summary>Makes an object by Retype and returns its CPtr; the initial thread has to be running.</summary>
    public ulong NewObject(ObjectType type, int sizeBits = 0, ulong untyped = WorkUntyped)
    {
        ulong slot = NewSlot();
        Must(Root.Invoke(
            untyped, InvocationLabel.UntypedRetype, [(ulong)type, (ulong)sizeBits, 0, 0, slot, 1], [InitialSlot.CNode]));
        return slot;
    }

    /// <summary>Copies a capability with a badge and rights into a new slot.</summary>
    public ulong Mint(ulong source, ulong data, CapRights rights = CapRights.All)
    {
        ulong slot = NewSlot();
        Must(Root.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeMint, [slot, 64, source, 64, (ulong)rights, data], [InitialSlot.CNode]));
        return slot;
    }

    /// <summary>Makes a thread that shares the initial thread's CSpace and VSpace, and starts it.</summary>
    public SimThread NewThread(string name, byte priority = 100, ulong faultHandler = 0, SimBuffer buffer = SimBuffer.Own)
    {
        SimThread thread = NewStoppedThread(name, priority, faultHandler, buffer);
        Must(Root.Invoke(thread.Capability, InvocationLabel.TcbResume));
        return thread;
    }

    /// <summary>The same without starting it.</summary>
    public SimThread NewStoppedThread(string name, byte priority = 100, ulong faultHandler = 0, SimBuffer buffer = SimBuffer.Own)
    {
        ulong tcb = NewObject(ObjectType.Tcb);
        ulong frame = buffer == SimBuffer.Own ? NewObject(ObjectType.SmallPage) : InitialSlot.IpcBufferFrame;
        ulong address = buffer == SimBuffer.Own ? 0x1000_0000 + (tcb << 12) : 0;
        Must(Root.Invoke(
            tcb, InvocationLabel.TcbConfigure, [faultHandler, 0, 0, address], [InitialSlot.CNode, InitialSlot.VSpace, frame]));
        Must(Root.Invoke(tcb, InvocationLabel.TcbSetSchedParams, [priority, priority], [InitialSlot.Tcb]));
        ulong entry = FirstCodeAddress + (tcb << 12);
        Must(Root.Invoke(tcb, InvocationLabel.TcbWriteRegisters, [0, 2, entry, entry + 0x800]));
        return Adopt(new(CapabilityAt(tcb).TcbAddress), tcb, name);
    }

    /// <summary>Makes the harness know a thread, so that it can act in tests.</summary>
    public SimThread Adopt(Ref<Tcb> tcb, ulong capability, string name)
    {
        SimThread thread = new(this, tcb, capability, name);
        _threads[tcb.Address] = thread;
        return thread;
    }

    /// <summary>A slot of the root CNode.</summary>
    public Ref<CapabilitySlot> SlotAt(ulong pointer) => new(Kernel.Window(SimBoot.RootCNode) + (32 * pointer));

    /// <summary>The capability in a slot of the root CNode.</summary>
    public Capability CapabilityAt(ulong pointer) => SlotAt(pointer).Value.Capability;

    /// <summary>The initial thread waits; others run.</summary>
    public void Park() => Root.Recv(_park);

    /// <summary>Lets the initial thread do something, whoever runs, and parks it again unless it ran before.</summary>
    public void AsRoot(Action<SimThread> action)
    {
        if (Root.IsRunning)
        {
            action(Root);
            return;
        }

        Interrupt(DoorbellVector);
        action(Root);
        Park();
    }

    /// <summary>The timer ticks.</summary>
    public void Tick(int count = 1)
    {
        for (int i = 0; i < count; i++) Vector((int)Traps<SimMachine>.TimerVector);
    }

    /// <summary>Interrupt <paramref name="irq"/>, 0…107, arrives.</summary>
    public void Interrupt(int irq) => Vector((int)Traps<SimMachine>.FirstUserVector + irq);

    /// <summary>A CPU vector above 31 arrives.</summary>
    public void Vector(int vector)
    {
        ref Tcb current = ref State.Current.Value;
        current.Registers[UserContext.FaultIp] = current.Registers[UserContext.Rip];
        Entering?.Invoke(new(SimEntryKind.Interrupt, vector));
        Traps<SimMachine>.Interrupt(ref State, (ulong)vector);
        AfterStep();
    }

    /// <summary>Throws when a refused call would make the rest of a test meaningless.</summary>
    public static SimAnswer Must(SimAnswer answer) => answer.Error == ErrorCode.None
        ? answer
        : throw new SimSetupException($"the kernel refused a step of the test's set-up: {answer.Error}, {answer}");

    public void Dispose() => Kernel.Dispose();

    /// <summary>Throws when the state breaks an invariant of the kernel.</summary>
    public void CheckInvariants()
    {
        SimChecks.CheckThreads(ref State);
        SimMemory memory = Kernel.Memory;
        Invariants<X64<SimMachine>>.Check(ref State, address => memory.Contains(address, sizeof(ulong)));
    }

    /// <summary>Throws unless all memory that is free for objects is zero; slow.</summary>
    public void CheckFreeMemory()
    {
        SimMemory memory = Kernel.Memory;
        Invariants<X64<SimMachine>>.CheckFreeMemory(ref State, address => memory.Contains(address, sizeof(ulong)));
    }

    /// <summary>The capabilities in all slots of the system.</summary>
    public IEnumerable<Capability> AllCapabilities()
    {
        SimMemory memory = Kernel.Memory;
        return Invariants<X64<SimMachine>>.AllCapabilities(ref State, address => memory.Contains(address, sizeof(ulong)));
    }

    /// <summary>Makes this machine the current one of the host thread.</summary>
    internal void Select() => SimMachine.Current = Kernel.Hardware;

    internal void RequireRunning(SimThread thread)
    {
        if (Running != thread)
            throw new SimOrderException($"{thread} is to act, but {Running?.ToString() ?? "nobody"} runs");
    }

    internal void AfterStep()
    {
        if (ChecksEveryStep) CheckInvariants();
        Stepped?.Invoke();
    }

    /// <summary>Delivers an interrupt that the kernel had no occasion to see; nothing when there is none.</summary>
    public void TakeLeftInterrupt()
    {
        if (PendingVector is not int irq) return;
        PendingVector = null;
        Kernel.Hardware.IsInterruptPending = false;
        Interrupt(irq);
    }

    /// <summary>Delivers the interrupt that made the kernel stop early; false when there is none.</summary>
    internal bool TakePendingInterrupt()
    {
        if (!Kernel.Hardware.IsInterruptPending) return false;
        Kernel.Hardware.IsInterruptPending = false;
        int? vector = PendingVector;
        PendingVector = null;
        if (vector is int irq) Interrupt(irq);
        return true;
    }
}

/// <summary>Whether a new thread gets an IPC buffer.</summary>
public enum SimBuffer
{
    None,
    Own,
}

/// <summary>Why the kernel is entered.</summary>
public enum SimEntryKind
{
    SystemCall,
    Exception,
    Interrupt,
}

/// <summary>An entry into the kernel: system-call number, exception or CPU vector, and what the CPU says of an exception.</summary>
public readonly record struct SimEntry(SimEntryKind Kind, long Number, ulong ErrorCode = 0, ulong FaultAddress = 0);
