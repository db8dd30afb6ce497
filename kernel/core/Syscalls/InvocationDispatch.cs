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
    /// <remarks>
    /// While a method runs, the caller's state is Restart: if it is preempted, the thread executes its system call again with
    /// unchanged registers, and sees one completed call (R-SYS-16).
    /// </remarks>
    internal static void Invoke(ref KernelState kernel, SendKind kind)
    {
        Ref<Tcb> caller = kernel.Current;
        ulong pointer = ThreadRegisters.Read(caller, A.CapabilityRegister);
        LookupFailure failure = CSpaceLookup.FindCapability(ref caller.Value, pointer, out Ref<CapabilitySlot> slot);
        if (failure.Word0 != 0)
        {
            RaiseUnlessNonBlocking(ref kernel, caller, kind, pointer, failure);
            return;
        }

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
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InvokeMethod(ref KernelState kernel, Ref<Tcb> caller, Ref<CapabilitySlot> slot, SendKind kind)
    {
        Unsafe.SkipInit(out Invocation call);
        call.Caller = caller;
        call.Slot = slot;
        call.CapabilityWord0 = slot.Value.Word0;
        call.CapabilityWord1 = slot.Value.Word1;
        call.CapabilityPointer = ThreadRegisters.Read(caller, A.CapabilityRegister);
        call.IsCall = kind == SendKind.Call;
        LookupFailure failure = ReadMessage(ref call, out ulong extraPointer);
        if (failure.Word0 != 0)
        {
            RaiseUnlessNonBlocking(ref kernel, caller, kind, extraPointer, failure);
            return;
        }

        kernel.ResultLength = 0;
        caller.Value.State = ThreadState.Restart;
        SyscallError error = Dispatch(ref kernel, ref call, kind);
        Complete(ref kernel, ref call, error);
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

    /// <summary>Reads header, register words and extra capability slots (R-SYS-07, R-SYS-08, R-SYS-14, R-SYS-15).</summary>
    private static LookupFailure ReadMessage(ref Invocation call, out ulong extraPointer)
    {
        ref Tcb caller = ref call.Caller.Value;
        MessageInfo info = MessageInfo.FromWord(caller.Registers[A.MessageInfoRegister]);
        int length = info.Length;
        int extras = info.ExtraCaps;
        call.Label = info.Label;
        call.Word0 = caller.Registers[A.MessageRegister(0)];
        call.Word1 = caller.Registers[A.MessageRegister(1)];
        call.Word2 = caller.Registers[A.MessageRegister(2)];
        call.Word3 = caller.Registers[A.MessageRegister(3)];
        call.ExtraCount = 0;
        call.Buffer = 0;
        extraPointer = 0;
        if (extras != 0 || length > AbiConstants.MessageRegisterCount)
        {
            call.Buffer = A.LookupIpcBuffer(ref caller, false);
            if (call.Buffer == 0)
            {
                extras = 0;
                if (length > AbiConstants.MessageRegisterCount) length = AbiConstants.MessageRegisterCount;
            }
            else if (length > AbiConstants.MaxMessageLength)
            {
                length = AbiConstants.MaxMessageLength;
            }
        }

        call.Length = length;
        return ReadExtras(ref call, extras, ref extraPointer);
    }

    private static LookupFailure ReadExtras(ref Invocation call, int count, ref ulong extraPointer)
    {
        ref Tcb caller = ref call.Caller.Value;
        IpcBuffer buffer = new(call.Buffer);
        for (int i = 0; i < count; i++)
        {
            extraPointer = buffer.CapabilityPointer(i);
            LookupFailure failure = CSpaceLookup.FindCapability(ref caller, extraPointer, out Ref<CapabilitySlot> slot);
            if (failure.Kind != LookupFailureKind.None) return failure;
            if (i == 0) call.Extra0 = slot;
            else if (i == 1) call.Extra1 = slot;
            else call.Extra2 = slot;
            call.ExtraCount = i + 1;
        }

        // Slots that were not sent read as null (contract of Invocation.Extra). One by one, in falling order, so that the
        // stores are not merged into a vector register.
        if (count <= 2) call.Extra2 = default;
        if (count <= 1) call.Extra1 = default;
        if (count == 0) call.Extra0 = default;
        return new LookupFailure(0, 0);
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

    /// <summary>Ends the system call: answer and go on, or leave the thread in the state that the method gave it.</summary>
    private static void Complete(ref KernelState kernel, ref Invocation call, SyscallError error)
    {
        ref Tcb caller = ref call.Caller.Value;
        if (!error.IsNone)
        {
            if (error.CodeByte == SyscallError.PreemptedCode) return;
            caller.State = ThreadState.Running;
            if (call.IsCall) Results<A>.Fail(ref caller, error);
            if (kernel.LogLevel >= 2) RefusalLog<A>.Print(ref kernel, ref call, error);
            return;
        }

        if (caller.State != ThreadState.Restart) return;
        if (call.IsCall) Results<A>.Succeed(ref kernel, ref caller);
        caller.State = ThreadState.Running;
    }
}
