// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>What a thread is doing.</summary>
public enum ModelThreadState
{
    Inactive,
    Running,

    /// <summary>Runnable, and about to execute its last instruction again.</summary>
    Restart,
    BlockedOnReceive,
    BlockedOnSend,
    BlockedOnReply,
    BlockedOnNotification,
}

/// <summary>A fault that waits to be delivered or answered, with the words of ABI-8.2 that are not registers.</summary>
public sealed record ModelFault(FaultLabel Label, params ulong[] Words);

/// <summary>A thread.</summary>
public sealed class ModelThread(ulong address) : ModelObject(address, 11)
{
    /// <summary>The slots that it holds itself, in the order in which they lie: CSpace, VSpace, reply, caller, buffer.</summary>
    public ModelSlot[] Slots { get; } =
        [new(address), new(address + 32), new(address + 64), new(address + 96), new(address + 128)];

    public ModelSlot CSpace => Slots[0];

    public ModelSlot VSpace => Slots[1];

    /// <summary>Holds the right to answer the one who called this thread.</summary>
    public ModelSlot Caller => Slots[3];

    public ModelSlot Buffer => Slots[4];

    /// <summary>The registers in the order of ABI-10.1; RIP is where the thread goes on.</summary>
    public ulong[] Registers { get; } = NewRegisters();

    /// <summary>Where the thread restarts: its last system call or faulting instruction.</summary>
    public ulong FaultIp { get; set; }

    public ModelThreadState State { get; set; }

    public ulong Priority { get; set; }

    /// <summary>The highest priority that it may hand out.</summary>
    public ulong MaximumPriority { get; set; }

    public ulong FaultHandler { get; set; }

    public ulong BufferAddress { get; set; }

    public ulong Flags { get; set; }

    public ModelNotification? Bound { get; set; }

    public ModelFault? Fault { get; set; }

    /// <summary>While it is blocked: on what.</summary>
    public ModelObject? BlockedOn { get; set; }

    /// <summary>While it waits to send: the badge of the capability that it sends through.</summary>
    public ulong SendBadge { get; set; }

    /// <summary>While it waits to send or receive: the rights of that capability.</summary>
    public CapRights SendRights { get; set; }

    public bool IsCall { get; set; }

    /// <summary>The slot that holds the right to answer this thread, while it waits for an answer (R-REPLY-12).</summary>
    public ModelSlot? Reply { get; set; }

    public bool IsRunnable => State is ModelThreadState.Running or ModelThreadState.Restart;

    public ulong this[UserRegister register]
    {
        get => Registers[(int)register];
        set => Registers[(int)register] = value;
    }

    private static ulong[] NewRegisters()
    {
        ulong[] registers = new ulong[(int)UserRegister.Count];
        registers[(int)UserRegister.Rflags] = ModelRegisters.InitialFlags;
        return registers;
    }
}

/// <summary>Rules about values of registers (ABI-3.2, ABI-10.3).</summary>
public static class ModelRegisters
{
    public const ulong InitialFlags = 0x202;
    private const ulong ForcedFlags = 0x202;
    private const ulong KeptFlags = 0xfff & ~0x128ul;

    /// <summary>The registers that message words travel in.</summary>
    public static readonly UserRegister[] Message = [UserRegister.R10, UserRegister.R8, UserRegister.R9, UserRegister.R15];

    /// <summary>The registers of an UnknownSyscall message, in its order; RIP stands for the faulting address (ABI-8.2).</summary>
    public static readonly UserRegister[] UnknownSyscall =
    [
        UserRegister.Rax, UserRegister.Rbx, UserRegister.Rcx, UserRegister.Rdx, UserRegister.Rsi, UserRegister.Rdi, UserRegister.Rbp,
        UserRegister.R8, UserRegister.R9, UserRegister.R10, UserRegister.R11, UserRegister.R12, UserRegister.R13, UserRegister.R14,
        UserRegister.R15, UserRegister.Rip, UserRegister.Rsp, UserRegister.Rflags,
    ];

    /// <summary>Those of a UserException message.</summary>
    public static readonly UserRegister[] UserException = [UserRegister.Rip, UserRegister.Rsp, UserRegister.Rflags];

    /// <summary>What becomes of a value that somebody else writes into a thread's register.</summary>
    public static ulong Sanitise(UserRegister register, ulong value) => register switch
    {
        UserRegister.Rflags => (value & KeptFlags) | ForcedFlags,
        UserRegister.Rip or UserRegister.FsBase or UserRegister.GsBase => IsCanonical(value) ? value : 0,
        _ => value,
    };

    public static bool IsCanonical(ulong address) => (ulong)((long)(address << 16) >> 16) == address;
}
