// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The methods of a TCB capability (ABI §10.2, R-TCB). Checks stand in the order in which their errors are reported.</summary>
public static class TcbInvocation<A> where A : struct, IArch
{
    /// <summary>Decodes and performs a method; on an error nothing has changed (R-SYS-04 for unknown labels).</summary>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        Ref<Tcb> target = new(call.Capability.TcbAddress);
        switch ((InvocationLabel)call.Label)
        {
            case InvocationLabel.TcbReadRegisters:
                return TcbRegisters<A>.Read(ref kernel, ref call, target);
            case InvocationLabel.TcbWriteRegisters:
                return TcbRegisters<A>.Write(ref kernel, ref call, target);
            case InvocationLabel.TcbCopyRegisters:
                return TcbRegisters<A>.Copy(ref kernel, ref call, target);
            case InvocationLabel.TcbConfigure:
                return TcbConfiguration<A>.Configure(ref kernel, ref call, target);
            case InvocationLabel.TcbSetSpace:
                return TcbConfiguration<A>.SetSpace(ref kernel, ref call, target);
            case InvocationLabel.TcbSetIpcBuffer:
                return TcbConfiguration<A>.SetIpcBuffer(ref kernel, ref call, target);
            case InvocationLabel.TcbSetPriority:
                return SetPriority(ref kernel, ref call, target);
            case InvocationLabel.TcbSetMcPriority:
                return SetMaximumControlledPriority(ref call, target);
            case InvocationLabel.TcbSetSchedParams:
                return SetSchedulingParameters(ref kernel, ref call, target);
            case InvocationLabel.TcbSuspend:
                Threads<A>.Suspend(ref kernel, target);
                return SyscallError.None;
            case InvocationLabel.TcbResume:
                Threads<A>.Restart(ref kernel, target);
                return SyscallError.None;
            case InvocationLabel.TcbBindNotification:
                return BindNotification(ref call, target);
            case InvocationLabel.TcbUnbindNotification:
                return UnbindNotification(ref kernel, target);
            case InvocationLabel.TcbSetTlsBase:
                if (call.Length < 1) return SyscallError.TruncatedMessage;
                A.SetTlsBase(ref kernel, target, call[0]);
                return SyscallError.None;
            case InvocationLabel.TcbSetFlags:
                return SetFlags(ref kernel, ref call, target);
            default:
                return SyscallError.IllegalOperation;
        }
    }

    private static SyscallError SetPriority(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 1 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        SyscallError error = CheckAuthority(ref call, call[0]);
        if (!error.IsNone) return error;
        Threads<A>.SetPriority(ref kernel, target, (byte)call[0]);
        return SyscallError.None;
    }

    private static SyscallError SetMaximumControlledPriority(ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 1 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        SyscallError error = CheckAuthority(ref call, call[0]);
        if (!error.IsNone) return error;
        target.Value.MaximumControlledPriority = (byte)call[0];
        return SyscallError.None;
    }

    /// <summary>Both or none; the maximum is judged first (R-TCB-32).</summary>
    private static SyscallError SetSchedulingParameters(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 2 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        SyscallError error = CheckAuthority(ref call, call[0]);
        if (!error.IsNone) return error;
        error = CheckAuthority(ref call, call[1]);
        if (!error.IsNone) return error;
        target.Value.MaximumControlledPriority = (byte)call[0];
        Threads<A>.SetPriority(ref kernel, target, (byte)call[1]);
        return SyscallError.None;
    }

    /// <summary>Judges a priority by what the thread named as authority may hand out (R-TCB-29, R-TCB-30).</summary>
    private static SyscallError CheckAuthority(ref Invocation call, ulong priority)
    {
        Capability authority = call.Extra0.Value.Capability;
        if (authority.Tag != CapabilityTag.Tcb) return SyscallError.InvalidCapability(1);
        ulong maximum = new Ref<Tcb>(authority.TcbAddress).Value.MaximumControlledPriority;
        return priority > maximum ? SyscallError.Range(0, maximum) : SyscallError.None;
    }

    /// <summary>Neither side may be bound, nobody may wait; a pending word is no obstacle (R-NTFN-14).</summary>
    private static SyscallError BindNotification(ref Invocation call, Ref<Tcb> target)
    {
        if (call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        if (!target.Value.BoundNotification.IsNull) return SyscallError.IllegalOperation;
        Capability given = call.Extra0.Value.Capability;
        if (given.Tag != CapabilityTag.Notification || !given.NotificationCanReceive) return SyscallError.IllegalOperation;
        Ref<Notification> notification = new(given.NotificationAddress);
        if (!notification.Value.BoundTcb.IsNull) return SyscallError.IllegalOperation;
        if (notification.Value.State == NotificationState.Waiting) return SyscallError.IllegalOperation;
        NotificationIpc<A>.Bind(target, notification);
        return SyscallError.None;
    }

    private static SyscallError UnbindNotification(ref KernelState kernel, Ref<Tcb> target)
    {
        Ref<Notification> bound = target.Value.BoundNotification;
        if (bound.IsNull) return SyscallError.IllegalOperation;
        NotificationIpc<A>.Unbind(ref kernel, bound);
        return SyscallError.None;
    }

    /// <summary>Clears, then sets; bits that mean nothing are ignored; the answer is the new word (R-TCB-34).</summary>
    private static SyscallError SetFlags(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 2) return SyscallError.TruncatedMessage;
        ulong flags = (target.Value.Flags & ~call[0]) | (call[1] & (ulong)TcbFlags.FpuDisabled);
        target.Value.Flags = (byte)flags;
        A.FlagsChanged(ref kernel, target);
        Results<A>.Set(ref kernel, ref call, 0, flags);
        return SyscallError.None;
    }
}
