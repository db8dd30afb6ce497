// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Methods of CNode capabilities (ABI §13). A CNode capability has no rights: each allows all of them (R-CNODE-40).</summary>
public static class CNodeInvocation<A> where A : struct, IArch
{
    /// <summary>Decodes and performs an invocation.</summary>
    /// <remarks>
    /// Every method first resolves its destination slot from words 0 and 1, before it looks at the rest of the message
    /// (R-SYS-05).
    /// </remarks>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if (call.Label < (ulong)InvocationLabel.CNodeRevoke || call.Label > (ulong)InvocationLabel.CNodeSaveCaller)
        {
            return SyscallError.IllegalOperation;
        }
        if (call.Length < 2) return SyscallError.TruncatedMessage;
        Ref<CapabilitySlot> slot = CSpaceLookup.FindInOneStep(call.Capability, call[0], call[1]);
        return slot.IsNull ? FindAndDispatch(ref kernel, ref call) : Dispatch(ref kernel, ref call, slot);
    }

    private static SyscallError FindAndDispatch(ref KernelState kernel, ref Invocation call)
    {
        SyscallError error = CSpaceLookup.FindForOperation(
            call.Capability, call[0], call[1], isSource: false, out Ref<CapabilitySlot> slot);
        return error.IsNone ? Dispatch(ref kernel, ref call, slot) : error;
    }

    /// <summary>The method named by the label, on its destination slot.</summary>
    /// <remarks>
    /// A method of its own: beside a local whose address is taken the compiler makes no tail calls, and would bring the
    /// results together through a vector register.
    /// </remarks>
    private static SyscallError Dispatch(ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> slot)
    {
        // Copy, Mint, Move and Mutate are neighbours, and what capabilities are mostly used for.
        if (call.Label - (ulong)InvocationLabel.CNodeCopy <= InvocationLabel.CNodeMutate - InvocationLabel.CNodeCopy)
        {
            return CNodeTransfer<A>.Invoke(ref kernel, ref call, slot);
        }
        switch ((InvocationLabel)call.Label)
        {
            case InvocationLabel.CNodeRevoke:
                return Result(Deletion<A>.Revoke(ref kernel, slot));
            case InvocationLabel.CNodeDelete:
                return Result(Deletion<A>.Delete(ref kernel, slot));
            case InvocationLabel.CNodeCancelBadgedSends:
                return CancelBadgedSends(ref kernel, slot);
            case InvocationLabel.CNodeRotate:
                return CNodeRotation<A>.Invoke(ref call, slot);
            default:
                return SaveCaller(call.Caller, slot);
        }
    }

    /// <summary>Takes queued senders with the badge of the capability off their endpoint and restarts them (R-CNODE-37).</summary>
    private static SyscallError CancelBadgedSends(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Capability endpoint = slot.Value.Capability;
        bool allowed = endpoint.Tag == CapabilityTag.Endpoint && endpoint.EndpointCanSend && endpoint.EndpointCanReceive
            && endpoint.EndpointCanGrant && endpoint.EndpointCanGrantReply;
        if (!allowed) return SyscallError.IllegalOperation;
        ulong badge = endpoint.EndpointBadge;
        if (badge != 0) EndpointIpc<A>.CancelBadged(ref kernel, new Ref<Endpoint>(endpoint.EndpointAddress), badge);
        return SyscallError.None;
    }

    /// <summary>Moves the reply capability of the invoking thread's pending caller to a slot (R-CNODE-33…R-CNODE-35).</summary>
    private static SyscallError SaveCaller(Ref<Tcb> thread, Ref<CapabilitySlot> target)
    {
        if (!target.Value.IsEmpty) return SyscallError.DeleteFirst;
        Ref<CapabilitySlot> source = Slots.Of(thread, TcbSlot.Caller);
        if (!source.Value.IsEmpty) MappingDatabase<A>.Move(source.Value.Capability, source, target);
        return SyscallError.None;
    }

    private static SyscallError Result(Progress progress) =>
        progress == Progress.Preempted ? SyscallError.Preempted : SyscallError.None;
}
