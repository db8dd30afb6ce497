// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Linq;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>The kernel as its rules describe it, in the most obvious way: what one entry does to everything that can be seen.</summary>
/// <remarks>
/// Written from the rules alone and without code of the kernel, so that agreement means something. It knows no time: long
/// operations are done at once, and which of several runnable threads of the highest priority runs next is told to it
/// (<see cref="Current"/>) and only judged. What it does not know is listed in README.md.
/// </remarks>
public sealed partial class ModelKernel(IModelMemory memory)
{
    private const ulong VectorRegistersMissing = 7;
    private const ulong FpuDisabled = 1;
    private const ulong IntInstructionBytes = 2;
    private readonly IModelMemory _memory = memory;
    private readonly Dictionary<ulong, ulong> _written = [];

    /// <summary>Who runs; null when the processor idles. Set from outside between entries, after <see cref="MayRun"/> was asked.</summary>
    public ModelThread? Current { get; private set; }

    /// <summary>All threads, by address.</summary>
    public Dictionary<ulong, ModelThread> Threads { get; } = [];

    /// <summary>All CNodes, by address.</summary>
    public Dictionary<ulong, ModelNode> Nodes { get; } = [];

    /// <summary>Vectors that have been issued.</summary>
    public HashSet<ulong> Interrupts { get; } = [];

    /// <summary>Port ranges that have been issued.</summary>
    public HashSet<ModelPorts> Ports { get; } = [];

    /// <summary>The notification slots of interrupt handlers, by vector (R-IRQ-12).</summary>
    public Dictionary<ulong, ModelSlot> InterruptSlots { get; } = [];

    /// <summary>Address spaces by number, zero for none (ABI-18).</summary>
    public ModelAsidPool?[] AsidPools { get; } = new ModelAsidPool?[8];

    /// <summary>Words that the last entry wrote to user memory.</summary>
    public IReadOnlyDictionary<ulong, ulong> Written => _written;

    /// <summary>False when the last entry may have changed who runs among equals; then anybody of the highest priority may run.</summary>
    public bool KeepsRunning { get; private set; }

    /// <summary>Whether a thread may be the one that runs now (R-SCHED-01, R-SCHED-04, R-SCHED-05, R-SCHED-09).</summary>
    public string? WhyNotRunning(ModelThread? thread)
    {
        ModelThread? best = null;
        foreach (ModelThread candidate in Threads.Values)
            if (candidate.IsRunnable && (best is null || candidate.Priority > best.Priority)) best = candidate;
        if (thread is null) return best is null ? null : $"nobody runs, but the thread at {best.Address:x} could";
        if (!thread.IsRunnable) return $"a thread in state {thread.State} runs";
        if (thread.Priority < best!.Priority) return $"priority {thread.Priority} runs while {best.Priority} could";
        bool shouldStay = KeepsRunning && Current is { IsRunnable: true } && Current.Priority == best.Priority;
        if (!shouldStay || thread == Current) return null;
        return "another thread of the same priority runs though nothing made the first one give way";
    }

    /// <summary>Says who runs. A thread that restarts does so now.</summary>
    public void Run(ModelThread? thread)
    {
        Current = thread;
        if (thread is not { State: ModelThreadState.Restart }) return;
        thread[UserRegister.Rip] = thread.FaultIp;
        thread.State = ModelThreadState.Running;
    }

    private void Begin()
    {
        _written.Clear();
        KeepsRunning = true;
    }

    /// <summary>An interrupt arrives: its notification is signalled, or it is lost (R-IRQ-05, R-IRQ-10).</summary>
    public void Interrupt(ulong vector)
    {
        Begin();
        if (InterruptSlots.TryGetValue(vector, out ModelSlot? slot) && slot.Cap is { } cap && (cap.Rights & CapRights.Write) != 0)
            Signal((ModelNotification)cap.Target!, cap.Badge);
    }

    /// <summary>A notification is signalled from outside the system.</summary>
    public void Ring(ulong address, ulong badge)
    {
        Begin();
        ModelSlot? slot = Nodes.Values.SelectMany(node => node.Slots).FirstOrDefault(
            slot => slot.Cap is { Type: CapabilityTypeTag.Notification } cap && cap.Target!.Address == address);
        if (slot != null) Signal((ModelNotification)slot.Cap!.Target!, badge);
    }

    /// <summary>The running thread executes <c>int</c> with a vector from 158 to 254 (ABI-8.2).</summary>
    public void SoftwareInterrupt(ulong vector)
    {
        Begin();
        if (Current is not { } thread) return;
        ulong number = (ulong)(long)(int)((vector << 24) | (thread[UserRegister.Rax] & 0xffffff));
        thread.FaultIp = thread[UserRegister.Rip] - IntInstructionBytes;
        Fault(thread, new ModelFault(FaultLabel.UnknownSyscall, number));
    }

    /// <summary>The timer ticks: the slice of the running thread may end (R-SCHED-03).</summary>
    public void Tick()
    {
        Begin();
        KeepsRunning = false;
    }

    /// <summary>The running thread raises an exception (R-FAULT-02).</summary>
    public void Exception(ulong number, ulong errorCode)
    {
        Begin();
        // Vector registers that are another thread's: exchanged behind the program's back, unless it may not use them (R-TCB-35).
        if (number == VectorRegistersMissing && (Current!.Flags & FpuDisabled) == 0) return;
        Fault(Current!, new ModelFault(FaultLabel.UserException, number, errorCode));
    }

    /// <summary>The running thread touches what is not mapped for it (R-FAULT-01).</summary>
    public void PageFault(ulong address, ulong errorCode)
    {
        Begin();
        Fault(Current!, new ModelFault(FaultLabel.VmFault, address, (errorCode >> 4) & 1, errorCode & 31));
    }

    /// <summary>The running thread makes a system call; its registers are those of the entry.</summary>
    public void SystemCall(long number)
    {
        Begin();
        ModelThread thread = Current!;
        switch ((SystemCall)number)
        {
            case Sel4.Abi.SystemCall.Call:
                Invoke(thread, isCall: true, isBlocking: true);
                break;
            case Sel4.Abi.SystemCall.Send:
                Invoke(thread, isCall: false, isBlocking: true);
                break;
            case Sel4.Abi.SystemCall.NBSend:
                Invoke(thread, isCall: false, isBlocking: false);
                break;
            case Sel4.Abi.SystemCall.Reply:
                Reply(thread);
                break;
            case Sel4.Abi.SystemCall.ReplyRecv:
                Reply(thread);
                Receive(thread, isBlocking: true);
                break;
            case Sel4.Abi.SystemCall.Recv:
                Receive(thread, isBlocking: true);
                break;
            case Sel4.Abi.SystemCall.NBRecv:
                Receive(thread, isBlocking: false);
                break;
            case Sel4.Abi.SystemCall.Yield:
                KeepsRunning = false;
                break;
            case Sel4.Abi.SystemCall.SetTlsBase:
                thread[UserRegister.FsBase] = ModelRegisters.Sanitise(UserRegister.FsBase, thread[UserRegister.Rdi]);
                break;
            case Sel4.Abi.SystemCall.DebugPutChar or Sel4.Abi.SystemCall.DebugDumpScheduler or Sel4.Abi.SystemCall.DebugSnapshot
                or Sel4.Abi.SystemCall.DebugNameThread:
                break;
            case Sel4.Abi.SystemCall.DebugCapIdentify:
                ModelSlot? slot = ModelLookup.Find(thread, thread[UserRegister.Rdi], out _);
                thread[UserRegister.Rdi] = (ulong)(slot?.Cap?.Type ?? CapabilityTypeTag.Null);
                break;
            default:
                Fault(thread, new ModelFault(FaultLabel.UnknownSyscall, thread[UserRegister.Rdx]));
                break;
        }
    }

    /// <summary>The word at a physical address, as the step has left it so far.</summary>
    private ulong ReadMemory(ulong address) => _written.TryGetValue(address, out ulong word) ? word : _memory.Read(address);

    private void WriteMemory(ulong address, ulong word) => _written[address] = word;

    /// <summary>Physical address of a thread's IPC buffer; null when it has none for this purpose (R-TCB-24, R-TCB-25).</summary>
    private static ulong? BufferOf(ModelThread thread, bool isReceiver)
    {
        ModelCap? cap = thread.Buffer.Cap;
        if (cap?.Target is not ModelFrame frame || frame.IsDevice || thread.BufferAddress == 0) return null;
        if (cap.PageRights != 3 && (isReceiver || cap.PageRights != 2)) return null;
        return frame.Address + (thread.BufferAddress & ((1ul << frame.SizeBits) - 1));
    }
}
