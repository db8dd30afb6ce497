// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>One ready queue: threads of one domain and priority.</summary>
public struct ReadyQueue
{
    public Ref<Tcb> Head;
    public Ref<Tcb> Tail;
}

[InlineArray(Count)]
public struct ReadyQueues
{
    public const int Count = 256;
    private ReadyQueue _first;
}

/// <summary>One bit per priority that has a ready thread.</summary>
[InlineArray(4)]
public struct ReadyBitmap
{
    private ulong _first;
}

/// <summary>What is known of one interrupt vector argument (0…<see cref="Count"/> − 1).</summary>
public struct IrqEntry
{
    /// <summary>Holds the handler's own copy of the notification capability (R-IRQ-12).</summary>
    public CapabilitySlot Notification;

    /// <summary>0 inactive, 1 IOAPIC pin, 2 MSI, 3 reserved for the kernel (timer).</summary>
    public ulong Kind;

    /// <summary>IOAPIC number and pin of an IOAPIC interrupt, with trigger and polarity (architecture's own packing).</summary>
    public ulong Source;
}

[InlineArray(Count)]
public struct IrqTable
{
    public const int Count = 108;
    private IrqEntry _first;
}

/// <summary>Addresses of the ASID pools in use; zero for a free pool number.</summary>
[InlineArray(Count)]
public struct AsidPoolTable
{
    public const int Count = 8;
    private ulong _first;
}

/// <summary>One bit per I/O port that has been issued.</summary>
[InlineArray(1024)]
public struct IoPortBitmap
{
    private ulong _first;
}

/// <summary>One entry of the domain schedule (R-DOM-05).</summary>
public struct DomainScheduleEntry
{
    public ulong Domain;

    /// <summary>Ticks; zero marks the end.</summary>
    public ulong Duration;
}

[InlineArray(Count)]
public struct DomainSchedule
{
    public const int Count = 2;
    private DomainScheduleEntry _first;
}

/// <summary>What the scheduler has to do before the kernel returns to user mode.</summary>
public enum SchedulerAction : ulong
{
    /// <summary>The current thread goes on.</summary>
    ResumeCurrent,

    /// <summary>The highest ready thread is to be chosen.</summary>
    ChooseNew,

    /// <summary><see cref="KernelState.Candidate"/> has been woken and may take over directly (R-SCHED-06).</summary>
    SwitchToCandidate,
}

/// <summary>The whole state of the kernel: one struct at a fixed address, passed by reference (anchors §4.4).</summary>
/// <remarks>
/// The image has one in its zeroed data; each host test makes its own in unmanaged memory. It holds capability slots that
/// take part in the derivation tree, so it never moves. Hot fields come first.
/// </remarks>
public struct KernelState
{
    /// <summary>The running thread (the idle thread when nothing else can run); never null after boot.</summary>
    public Ref<Tcb> Current;
    public SchedulerAction Action;
    public Ref<Tcb> Candidate;

    /// <summary>One bit per word of <see cref="ReadyBits"/> that is not zero.</summary>
    public ulong ReadySummary;
    public ReadyBitmap ReadyBits;

    public ulong CurrentDomain;

    /// <summary>Kernel address of physical address zero.</summary>
    public ulong PhysicalWindow;

    /// <summary>Units of work done since the last preemption check (see <c>PreemptionPoint</c>).</summary>
    public ulong WorkUnits;

    /// <summary>Physical address of the PML4 in CR3.</summary>
    public ulong ActiveRoot;

    /// <summary>First word of every capability that names that address space as a VSpace root; zero for the kernel's own.</summary>
    public ulong ActiveRootWord;

    /// <summary>The thread whose registers are in the FPU; null when nobody's.</summary>
    public Ref<Tcb> FpuOwner;

    /// <summary>1 while FPU instructions trap (CR0.TS); kept so that the control register is written only when it changes.</summary>
    public ulong IsFpuTrapSet;

    /// <summary>The thread whose thread-local bases the CPU holds; null when nobody's (see <c>IArch.CollectRegisters</c>).</summary>
    public Ref<Tcb> BaseOwner;

    public Ref<Tcb> Idle;

    /// <summary>Ticks left in the present entry of the domain schedule.</summary>
    public ulong DomainTicksLeft;
    public ulong DomainIndex;
    public ulong DomainStart;
    public DomainSchedule DomainSchedule;

    /// <summary>Number of result words that the running invocation has produced.</summary>
    public ulong ResultLength;

    /// <summary>How much the kernel says on the console: 0 nothing, 1 faults, 2 refused invocations as well.</summary>
    public ulong LogLevel;

    /// <summary>First of the list of all threads, for diagnostics.</summary>
    public Ref<Tcb> AllThreads;

    /// <summary>Non-zero ASID pool numbers in use.</summary>
    public AsidPoolTable AsidPools;

    /// <summary>TSC frequency in MHz as told to the root task.</summary>
    public ulong TscMegahertz;

    public ReadyQueues Ready;
    public IrqTable Irqs;
    public IoPortBitmap IoPorts;
}
