// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kernel.Core;

/// <summary>What a thread is doing; the low bits of <see cref="Tcb.State"/>.</summary>
public enum ThreadState : byte
{
    Inactive,
    Running,
    Restart,
    BlockedOnReceive,
    BlockedOnSend,
    BlockedOnReply,
    BlockedOnNotification,
    Idle,
}

/// <summary>The slots that a TCB holds itself (root capabilities and replies).</summary>
public enum TcbSlot
{
    CSpaceRoot,
    VSpaceRoot,
    /// <summary>The master reply capability: parent of the reply capability that a receiver holds for this thread.</summary>
    Reply,
    /// <summary>The reply capability of the thread that called this one.</summary>
    Caller,
    IpcBuffer,
}

/// <summary>The slots of a TCB, at the start of the object.</summary>
[InlineArray(Count)]
public struct TcbSlots
{
    public const int Count = 5;
    private CapabilitySlot _first;
}

/// <summary>The user registers of a thread, in the order of the architecture (for x86_64: <c>UserContext</c>).</summary>
[InlineArray(Count)]
public struct RegisterWords
{
    public const int Count = 24;
    private ulong _first;
}

/// <summary>The area in which the architecture keeps floating-point and vector registers.</summary>
[InlineArray(128)]
public struct FpuWords
{
    private ulong _first;
}

/// <summary>Debug name: at most 15 bytes and a zero, for diagnostics only (R-TCB-42).</summary>
[InlineArray(2)]
public struct ThreadName
{
    private ulong _first;
}

/// <summary>A thread control block, exactly as it lies in its 2^11 bytes of untyped memory.</summary>
/// <remarks>Kernel name <c>tcb_t</c>. Trap code addresses the registers by <see cref="RegistersOffset"/>.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 2048)]
public struct Tcb
{
    /// <summary>Byte offset of <see cref="Registers"/>; its end is 16-byte aligned because the CPU pushes frames there.</summary>
    public const int RegistersOffset = 160;

    /// <summary>Byte offset of <see cref="Fpu"/>, 64-byte aligned as XSAVE demands (SDM 1 §13.4).</summary>
    public const int FpuOffset = 1024;

    [FieldOffset(0)] public TcbSlots Slots;
    [FieldOffset(RegistersOffset)] public RegisterWords Registers;

    /// <summary>Low 8 bits: <see cref="ThreadState"/>. Kept in one word with the flags below for the fast path.</summary>
    [FieldOffset(352)] public ThreadState State;

    /// <summary>1 while the thread is linked into a ready queue.</summary>
    [FieldOffset(353)] public byte IsQueued;

    /// <summary>While blocked on send or receive: may grant, may grant reply, is a Call (see <see cref="IpcFlags"/>).</summary>
    [FieldOffset(354)] public IpcFlags BlockingFlags;

    [FieldOffset(355)] public byte Priority;
    [FieldOffset(356)] public byte MaximumControlledPriority;
    [FieldOffset(357)] public byte Domain;

    /// <summary>User-visible flags word of SetFlags; bit 0 = FPU disabled (R-TCB-34).</summary>
    [FieldOffset(358)] public byte Flags;

    /// <summary>Kind of the fault that waits to be answered (<see cref="Sel4.Abi.FaultLabel"/>); NullFault when none.</summary>
    [FieldOffset(359)] public byte FaultKind;

    /// <summary>Ticks left of the time slice.</summary>
    [FieldOffset(360)] public ulong TimeSlice;

    /// <summary>CPtr of the fault handler in this thread's own CSpace; zero for none (ABI §8.3).</summary>
    [FieldOffset(368)] public ulong FaultHandler;

    /// <summary>User address of the IPC buffer; zero for none.</summary>
    [FieldOffset(376)] public ulong IpcBufferAddress;

    /// <summary>Endpoint or notification on which the thread is blocked.</summary>
    [FieldOffset(384)] public ulong BlockingObject;

    /// <summary>Badge of the capability with which a blocked sender sends.</summary>
    [FieldOffset(392)] public ulong BlockingBadge;

    /// <summary>The notification bound to this thread, as an address.</summary>
    /// <remarks>
    /// Not a <c>Ref</c>: the host's type loader refuses two structs that refer to each other through a generic one.
    /// </remarks>
    [FieldOffset(400)] private ulong _boundNotification;

    public Ref<Notification> BoundNotification
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => new(_boundNotification);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _boundNotification = value.Address;
    }

    /// <summary>Neighbours in the ready queue.</summary>
    [FieldOffset(408)] public Ref<Tcb> ScheduleNext;
    [FieldOffset(416)] public Ref<Tcb> SchedulePrevious;

    /// <summary>Neighbours in the queue of an endpoint or notification.</summary>
    [FieldOffset(424)] public Ref<Tcb> QueueNext;
    [FieldOffset(432)] public Ref<Tcb> QueuePrevious;

    /// <summary>Words of the pending fault: for VM faults address and error code, for exceptions number and error code, …</summary>
    [FieldOffset(440)] public ulong Fault0;
    [FieldOffset(448)] public ulong Fault1;

    /// <summary>Words of a pending capability fault's lookup failure (<see cref="LookupFailure"/>).</summary>
    [FieldOffset(456)] public ulong FaultLookup0;
    [FieldOffset(464)] public ulong FaultLookup1;

    /// <summary>Neighbours in the list of all threads, kept for diagnostics.</summary>
    [FieldOffset(472)] public Ref<Tcb> AllNext;
    [FieldOffset(480)] public Ref<Tcb> AllPrevious;

    [FieldOffset(488)] public ThreadName Name;

    /// <summary>1 once the thread has used floating-point or vector registers; the architecture's own.</summary>
    [FieldOffset(504)] public byte UsesFpu;

    [FieldOffset(FpuOffset)] public FpuWords Fpu;
}

/// <summary>How a blocked thread takes part in its IPC.</summary>
[Flags]
public enum IpcFlags : byte
{
    None = 0,
    CanGrant = 1,
    CanGrantReply = 2,
    IsCall = 4,
}
