// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The three forms in which a thread invokes a capability.</summary>
internal enum SendKind
{
    /// <summary>NBSend: never waits, never faults (R-SYS-02).</summary>
    NonBlocking,

    /// <summary>Send: waits for a receiver.</summary>
    Blocking,

    /// <summary>Call: waits for a receiver and then for the answer.</summary>
    Call,
}

/// <summary>Finds what a system call invokes and with what, and brings both together in the order of ABI §7.</summary>
public static class InvocationDispatch<A> where A : struct, IArch
{
    private const ulong ExtraCapsField = 0x180;

    /// <summary>Invokes the capability named by the running thread's registers.</summary>
    internal static void Invoke(ref KernelState kernel, SendKind kind)
    {
        Ref<Tcb> caller = kernel.Current;
        Ref<CapabilitySlot> root = Slots.Of(caller, TcbSlot.CSpaceRoot);
        ulong pointer = ThreadRegisters.Read(caller, A.CapabilityRegister);
        Ref<CapabilitySlot> slot = CSpaceLookup.FindWord(root.Value.Word0, root.Value.Word1, pointer);
        if (slot.IsNull) InvokeInTree(ref kernel, pointer, kind);
        else InvokeThrough(ref kernel, slot, kind);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InvokeInTree(ref KernelState kernel, ulong pointer, SendKind kind)
    {
        Ref<Tcb> caller = kernel.Current;
        LookupFailure failure = CSpaceLookup.FindCapability(ref caller.Value, pointer, out Ref<CapabilitySlot> slot);
        if (failure.Word0 == 0) InvokeThrough(ref kernel, slot, kind);
        else RaiseUnlessNonBlocking(ref kernel, caller, kind, pointer, failure);
    }

    /// <summary>Invokes the capability in a slot that the running thread's registers name.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void InvokeThrough(ref KernelState kernel, Ref<CapabilitySlot> slot, SendKind kind)
    {
        Ref<Tcb> caller = kernel.Current;
        bool carriesCaps = (ThreadRegisters.Read(caller, A.MessageInfoRegister) & ExtraCapsField) != 0;
        if (carriesCaps || !TryMessage(ref kernel, caller, slot.Value.Capability, kind)) InvokeMethod(ref kernel, caller, slot, kind);
    }

    /// <summary>Signals, and messages without capabilities, whose content nobody looks at here; false for anything else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryMessage(ref KernelState kernel, Ref<Tcb> caller, Capability invoked, SendKind kind)
    {
        if (invoked.Tag == CapabilityTag.Notification && invoked.NotificationCanSend)
        {
            NotificationIpc<A>.Signal(ref kernel, new(invoked.NotificationAddress), invoked.NotificationBadge);
            if (kind == SendKind.Call) Results<A>.SucceedWithNothing(caller);
            return true;
        }

        if (invoked.Tag != CapabilityTag.Endpoint || !invoked.EndpointCanSend) return false;
        SendMessage(ref kernel, caller, invoked, kind);
        return true;
    }

    /// <summary>Everything else: builds the invocation as its method sees it, dispatches and answers.</summary>
    /// <remarks>
    /// While a method runs, the caller's state is Restart: if it is preempted, the thread executes its system call again with
    /// unchanged registers, and sees one completed call (R-SYS-16). Stores of zero to neighbouring words are kept apart by
    /// others, because the compiler would merge two of them into one vector store.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InvokeMethod(ref KernelState kernel, Ref<Tcb> caller, Ref<CapabilitySlot> slot, SendKind kind)
    {
        ulong info = ThreadRegisters.Read(caller, A.MessageInfoRegister);
        Unsafe.SkipInit(out Invocation call);
        call.Caller = caller;
        call.Slot = slot;
        call.CapabilityWord0 = slot.Value.Word0;
        call.CapabilityWord1 = slot.Value.Word1;
        call.CapabilityPointer = ThreadRegisters.Read(caller, A.CapabilityRegister);
        call.Label = MessageInfo.FromWord(info).Label;
        call.Length = MessageInfo.FromWord(info).Length;
        call.ExtraCount = 0;
        call.Extra0 = default;
        call.Word0 = ThreadRegisters.Read(caller, A.MessageRegister(0));
        call.Extra1 = default;
        call.Word1 = ThreadRegisters.Read(caller, A.MessageRegister(1));
        call.Extra2 = default;
        call.Word2 = ThreadRegisters.Read(caller, A.MessageRegister(2));
        call.Buffer = 0;
        call.Word3 = ThreadRegisters.Read(caller, A.MessageRegister(3));
        call.IsCall = kind == SendKind.Call;
        bool needsBuffer = (info & ExtraCapsField) != 0 || call.Length > AbiConstants.MessageRegisterCount;
        if (needsBuffer && !ReadBuffer(ref kernel, ref call, kind)) return;

        kernel.ResultLength = 0;
        caller.Value.State = ThreadState.Restart;
        SyscallError error = Dispatch(ref kernel, ref call, kind);
        if (!error.IsNone)
        {
            Refuse(ref kernel, ref call, error);
            return;
        }

        // A method may have stopped its caller, or made it wait.
        if (caller.Value.State != ThreadState.Restart) return;
        if (call.IsCall)
        {
            ThreadRegisters.Write(caller, A.CapabilityRegister, 0);
            ThreadRegisters.Write(caller, A.MessageInfoRegister, kernel.ResultLength);
        }

        caller.Value.State = ThreadState.Running;
    }

    /// <summary>What an endpoint capability allows the one who sends through it.</summary>
    internal static IpcFlags SendFlags(Capability endpoint)
    {
        IpcFlags flags = endpoint.EndpointCanGrant ? IpcFlags.CanGrant : IpcFlags.None;
        return endpoint.EndpointCanGrantReply ? flags | IpcFlags.CanGrantReply : flags;
    }

    private static void RaiseUnlessNonBlocking(
        ref KernelState kernel, Ref<Tcb> caller, SendKind kind, ulong pointer, LookupFailure failure)
    {
        if (kind == SendKind.NonBlocking) return;
        Faults<A>.CapabilityFault(ref kernel, caller, pointer, FaultPhase.Send, failure);
    }

    /// <summary>Finds the caller's buffer and what it names there; false when that raised a fault or ends a NBSend.</summary>
    /// <remarks>
    /// Without a buffer there are four words and no capabilities (R-SYS-14); a length above 120 counts as 120 (R-SYS-15). What
    /// counts of an extra capability is its slot, which may be empty (R-SYS-08); one that resolves to nothing is a fault of
    /// the caller (R-SYS-07).
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ReadBuffer(ref KernelState kernel, ref Invocation call, SendKind kind)
    {
        call.Buffer = A.LookupIpcBuffer(ref call.Caller.Value, false);
        IpcBuffer buffer = new(call.Buffer);
        int limit = buffer.IsPresent ? AbiConstants.MaxMessageLength : AbiConstants.MessageRegisterCount;
        if (call.Length > limit) call.Length = limit;
        if (!buffer.IsPresent) return true;
        int count = MessageInfo.FromWord(ThreadRegisters.Read(call.Caller, A.MessageInfoRegister)).ExtraCaps;
        for (int i = 0; i < count; i++)
        {
            ulong pointer = buffer.CapabilityPointer(i);
            LookupFailure failure = CSpaceLookup.FindCapability(ref call.Caller.Value, pointer, out Ref<CapabilitySlot> slot);
            if (failure.Word0 != 0)
            {
                RaiseUnlessNonBlocking(ref kernel, call.Caller, kind, pointer, failure);
                return false;
            }

            if (i == 0) call.Extra0 = slot;
            else if (i == 1) call.Extra1 = slot;
            else call.Extra2 = slot;
        }

        call.ExtraCount = count;
        return true;
    }

    private static SyscallError Dispatch(ref KernelState kernel, ref Invocation call, SendKind kind)
    {
        Capability invoked = call.Capability;
        switch (invoked.Tag)
        {
            case CapabilityTag.Null:
            case CapabilityTag.Zombie:
                return SyscallError.InvalidCapability(0);
            case CapabilityTag.Endpoint:
                if (!invoked.EndpointCanSend) return SyscallError.InvalidCapability(0);
                SendMessage(ref kernel, call.Caller, invoked, kind);
                return SyscallError.None;
            case CapabilityTag.Notification:
                if (!invoked.NotificationCanSend) return SyscallError.InvalidCapability(0);
                NotificationIpc<A>.Signal(ref kernel, new(invoked.NotificationAddress), invoked.NotificationBadge);
                return SyscallError.None;
            case CapabilityTag.Reply:
                if (invoked.ReplyIsMaster) return SyscallError.InvalidCapability(0);
                Replies<A>.Reply(ref kernel, call.Caller, call.Slot);
                return SyscallError.None;
            case CapabilityTag.Untyped:
                return UntypedInvocation<A>.Invoke(ref kernel, ref call);
            case CapabilityTag.CNode:
                return CNodeInvocation<A>.Invoke(ref kernel, ref call);
            case CapabilityTag.Tcb:
                return TcbInvocation<A>.Invoke(ref kernel, ref call);
            case CapabilityTag.IrqHandler:
                return IrqHandlerInvocation<A>.Invoke(ref kernel, ref call);
            case CapabilityTag.Domain:
                return DomainInvocation<A>.Invoke(ref kernel, ref call);
            default:
                return A.Invoke(ref kernel, ref call);
        }
    }

    private static void SendMessage(ref KernelState kernel, Ref<Tcb> sender, Capability invoked, SendKind kind)
    {
        IpcFlags flags = SendFlags(invoked);
        if (kind == SendKind.Call) flags |= IpcFlags.IsCall;
        Blocking blocking = kind == SendKind.NonBlocking ? Blocking.No : Blocking.Yes;
        EndpointIpc<A>.Send(ref kernel, sender, new(invoked.EndpointAddress), invoked.EndpointBadge, flags, blocking);
    }

    /// <summary>Ends an invocation that was not performed: preempted, to be executed again, or refused.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Refuse(ref KernelState kernel, ref Invocation call, SyscallError error)
    {
        if (error.CodeByte == SyscallError.PreemptedCode) return;
        ref Tcb caller = ref call.Caller.Value;
        caller.State = ThreadState.Running;
        if (call.IsCall) Results<A>.Fail(ref caller, error);
        if (kernel.LogLevel >= 2) RefusalLog<A>.Print(ref kernel, ref call, error);
    }
}
