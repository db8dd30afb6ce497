// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Core;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Sim;

/// <summary>A thread of a simulated system, as the program that it runs: the test writes that program, one call at a time.</summary>
/// <remarks>
/// Every method that enters the kernel first checks that this thread is the one running: that is how tests observe the
/// scheduler. A call that blocks simply returns; <see cref="Answer"/> has its result once the thread is runnable again.
/// </remarks>
public sealed class SimThread
{
    private const int SyscallInstructionBytes = 2;

    private readonly SimSystem _system;
    private ulong? _lastInstruction;

    internal SimThread(SimSystem system, Ref<Tcb> tcb, ulong capability, string name)
    {
        _system = system;
        Tcb = tcb;
        Capability = capability;
        Name = name;
    }

    public Ref<Tcb> Tcb { get; }

    /// <summary>CPtr of its TCB capability in the root CNode.</summary>
    public ulong Capability { get; }

    public string Name { get; }

    public ThreadState State => Tcb.Value.State;

    public bool IsRunning => _system.Running == this;

    /// <summary>True when the thread waits for something.</summary>
    public bool IsBlocked => State is ThreadState.BlockedOnReceive or ThreadState.BlockedOnSend or ThreadState.BlockedOnReply
        or ThreadState.BlockedOnNotification;

    /// <summary>Address at which the thread goes on in user mode.</summary>
    public ulong Rip => Register(UserContext.Rip);

    /// <summary>Address of the last system call or faulting instruction.</summary>
    public ulong FaultIp => Register(UserContext.FaultIp);

    /// <summary>True when the thread is about to execute its last system call or faulting instruction again.</summary>
    public bool IsAboutToRepeat => Rip == _lastInstruction;

    /// <summary>Its IPC buffer, as it sees it; not present when it has none.</summary>
    public IpcBuffer Buffer
    {
        get
        {
            _system.Select();
            return new(X64<SimMachine>.LookupIpcBuffer(ref Tcb.Value, false));
        }
    }

    /// <summary>What is in the registers and the buffer now.</summary>
    public SimAnswer Answer
    {
        get
        {
            MessageInfo info = MessageInfo.FromWord(Register(UserContext.Rsi));
            ulong[] words = new ulong[Math.Min(info.Length, AbiConstants.MaxMessageLength)];
            for (int i = 0; i < words.Length; i++) words[i] = Word(i);
            return new(Register(UserContext.Rdi), info, words);
        }
    }

    /// <summary>A register by its index in <see cref="UserContext"/>.</summary>
    public ref ulong Register(int index) => ref Tcb.Value.Registers[index];

    /// <summary>Message word <paramref name="index"/>: a register, or a word of the buffer (zero without one).</summary>
    public ulong Word(int index)
    {
        if (index < AbiConstants.MessageRegisterCount) return Register(X64<SimMachine>.MessageRegister(index));
        IpcBuffer buffer = Buffer;
        return buffer.IsPresent ? buffer.Message(index) : 0;
    }

    /// <summary>Writes a message word where a sender keeps it.</summary>
    public void SetWord(int index, ulong value)
    {
        if (index < AbiConstants.MessageRegisterCount) Register(X64<SimMachine>.MessageRegister(index)) = value;
        else if (Buffer.IsPresent) Buffer.SetMessage(index, value);
    }

    /// <summary>Puts a message into registers and buffer and returns its header.</summary>
    public MessageInfo Load(ulong label, ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> capabilities)
    {
        for (int i = 0; i < words.Length; i++) SetWord(i, words[i]);
        IpcBuffer buffer = Buffer;
        for (int i = 0; i < capabilities.Length && buffer.IsPresent; i++)
            new Ref<ulong>(buffer.Address + IpcBufferLayout.CapsOrBadges + (8 * (ulong)i)).Value = capabilities[i];
        return new(label, 0, capabilities.Length, words.Length);
    }

    /// <summary>Names the slot for a capability that arrives.</summary>
    public void SetReceiveSlot(ulong root, ulong index, ulong depth)
    {
        ulong address = Buffer.Address;
        new Ref<ulong>(address + IpcBufferLayout.ReceiveCNode).Value = root;
        new Ref<ulong>(address + IpcBufferLayout.ReceiveIndex).Value = index;
        new Ref<ulong>(address + IpcBufferLayout.ReceiveDepth).Value = depth;
    }

    /// <summary>What the receiver finds in one of its three badge fields.</summary>
    public ulong BadgeField(int index) => Buffer.CapabilityPointer(index);

    /// <summary>Calls a method of a kernel object; the answer is there at once unless somebody else runs now.</summary>
    public SimAnswer Invoke(
        ulong target, InvocationLabel method, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Call(target, (ulong)method, words, capabilities);

    public SimAnswer Call(ulong target, ulong label, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Transfer(SystemCall.Call, target, label, words, capabilities);

    public void Send(ulong target, ulong label, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Transfer(SystemCall.Send, target, label, words, capabilities);

    public void NBSend(ulong target, ulong label, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Transfer(SystemCall.NBSend, target, label, words, capabilities);

    /// <summary>Send with an empty message, which is what a signal is.</summary>
    public void Signal(ulong notification) => Send(notification, 0);

    public SimAnswer Recv(ulong source) => Enter(SystemCall.Recv, source, Register(UserContext.Rsi));

    public SimAnswer NBRecv(ulong source) => Enter(SystemCall.NBRecv, source, Register(UserContext.Rsi));

    public void Reply(ulong label = 0, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Transfer(SystemCall.Reply, 0, label, words, capabilities);

    public SimAnswer ReplyRecv(
        ulong source, ulong label = 0, ReadOnlySpan<ulong> words = default, ReadOnlySpan<ulong> capabilities = default) =>
        Transfer(SystemCall.ReplyRecv, source, label, words, capabilities);

    public void Yield() => Enter(SystemCall.Yield, Register(UserContext.Rdi), Register(UserContext.Rsi));

    /// <summary>Loads a message and makes any system call with it.</summary>
    public SimAnswer Transfer(
        SystemCall number, ulong target, ulong label, ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> capabilities) =>
        Enter(number, target, Load(label, words, capabilities).Word);

    /// <summary>Makes a system call with these values in RDI and RSI and the other registers as they are.</summary>
    public SimAnswer Enter(SystemCall number, ulong rdi, ulong rsi)
    {
        _system.RequireRunning(this);
        Register(UserContext.Rdx) = (ulong)number;
        Register(UserContext.Rdi) = rdi;
        Register(UserContext.Rsi) = rsi;
        return Repeat();
    }

    /// <summary>Executes the <c>syscall</c> instruction at the present address with the registers as they are.</summary>
    /// <remarks>An invocation that an interrupt cut short is executed again after the interrupt, as by real hardware.</remarks>
    public SimAnswer Repeat()
    {
        do
        {
            _system.RequireRunning(this);
            _lastInstruction = Rip;
            Register(UserContext.FaultIp) = Rip;
            Register(UserContext.Rip) = Rip + SyscallInstructionBytes;
            long number = (long)Register(UserContext.Rdx);
            _system.Entering?.Invoke(new(SimEntryKind.SystemCall, number));
            if (_system.UsesFastpath) SystemCalls<X64<SimMachine>>.Handle(ref _system.State, number);
            else SystemCalls<X64<SimMachine>>.HandleSlowly(ref _system.State, number);
            _system.AfterStep();
        }
        while (_system.TakePendingInterrupt() && IsRunning && IsAboutToRepeat);
        return Answer;
    }

    /// <summary>Raises a CPU exception at the present instruction.</summary>
    public void Except(ulong vector, ulong errorCode = 0, ulong faultAddress = 0)
    {
        _system.RequireRunning(this);
        _lastInstruction = Rip;
        Register(UserContext.FaultIp) = Rip;
        _system.Entering?.Invoke(new(SimEntryKind.Exception, (long)vector, errorCode, faultAddress));
        Traps<SimMachine>.Exception(ref _system.State, vector, errorCode, faultAddress);
        _system.AfterStep();
    }

    public override string ToString() => $"{Name} ({State})";
}
