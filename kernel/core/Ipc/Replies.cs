// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Reply capabilities: the right to answer one waiting caller once (ABI §14.2, R-REPLY).</summary>
/// <remarks>
/// The caller's TCB holds a master capability, which is never invoked; the one reply capability in circulation is derived
/// from it and follows it in the derivation list. That is how a caller that is suspended finds and deletes it.
/// </remarks>
public static class Replies<A> where A : struct, IArch
{
    /// <summary>Puts the master capability into a thread's own slot, once; before that the thread cannot call anyone.</summary>
    public static void EnsureMaster(Ref<Tcb> tcb)
    {
        Ref<CapabilitySlot> slot = Slots.Of(tcb, TcbSlot.Reply);
        if (slot.Value.IsEmpty) MappingDatabase<A>.InsertRoot(slot, Capability.NewReply(tcb.Address, true, true));
    }

    /// <summary>Blocks <paramref name="caller"/> and gives the receiver the capability to answer it (R-REPLY-01, R-REPLY-07).</summary>
    /// <remarks>Requires: the receiver's caller slot is empty, since every Recv on an endpoint empties it (R-REPLY-04).</remarks>
    internal static void SetUp(ref KernelState kernel, Ref<Tcb> caller, Ref<Tcb> receiver, bool canGrant)
    {
        EnsureMaster(caller);
        Threads<A>.SetState(ref kernel, caller, ThreadState.BlockedOnReply);
        Ref<CapabilitySlot> slot = Slots.Of(receiver, TcbSlot.Caller);
        Require.That(slot.Value.IsEmpty);
        Capability reply = Capability.NewReply(caller.Address, false, canGrant);
        MappingDatabase<A>.Insert(ref kernel, reply, Slots.Of(caller, TcbSlot.Reply), slot);
    }

    /// <summary>Deletes an unanswered reply capability in the thread's caller slot; that caller stays blocked (R-REPLY-04).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Discard(Ref<Tcb> tcb)
    {
        Ref<CapabilitySlot> slot = Slots.Of(tcb, TcbSlot.Caller);
        if (!slot.Value.IsEmpty) Consume(slot);
    }

    /// <summary>Deletes the reply capability that answers <paramref name="caller"/>, wherever it is (R-REPLY-12, R-REPLY-13).</summary>
    internal static void Cancel(Ref<Tcb> caller)
    {
        Ref<CapabilitySlot> reply = Slots.Of(caller, TcbSlot.Reply).Value.Next;
        if (reply.IsNull) return;
        Require.That(reply.Value.Tag == CapabilityTag.Reply && reply.Value.Capability.ReplyTcbAddress == caller.Address);
        Consume(reply);
    }

    /// <summary>Empties the slot of a reply capability. Nothing happens to an object by that (ABI §21.3), so this is all of it.</summary>
    private static void Consume(Ref<CapabilitySlot> slot)
    {
        Require.That(slot.Value.Tag == CapabilityTag.Reply);
        MappingDatabase<A>.Remove(slot);
    }

    /// <summary>The Reply system call: answers the pending caller, or does nothing when there is none (R-REPLY-02, R-REPLY-03).</summary>
    internal static void ReplyToCaller(ref KernelState kernel)
    {
        Ref<CapabilitySlot> slot = Slots.Of(kernel.Current, TcbSlot.Caller);
        if (slot.Value.Tag == CapabilityTag.Reply) Reply(ref kernel, kernel.Current, slot);
    }

    /// <summary>Answers the caller of the reply capability in <paramref name="slot"/> and consumes it (R-REPLY-08).</summary>
    /// <remarks>
    /// To a caller that faulted, the message is the handler's verdict (ABI §8.4); to any other it is the answer, with badge 0
    /// and capabilities only if the reply capability has Grant (R-REPLY-11, R-XFER-15).
    /// </remarks>
    internal static void Reply(ref KernelState kernel, Ref<Tcb> replier, Ref<CapabilitySlot> slot)
    {
        Capability reply = slot.Value.Capability;
        Ref<Tcb> caller = new(reply.ReplyTcbAddress);
        Require.That(caller.Value.State == ThreadState.BlockedOnReply);
        if (caller.Value.FaultKind == (byte)FaultLabel.NullFault)
        {
            IpcFlags flags = reply.ReplyCanGrant ? IpcFlags.CanGrant : IpcFlags.None;
            MessageTransfer<A>.Deliver(ref kernel, replier, default, 0, flags, caller);
            Consume(slot);
            Threads<A>.SetState(ref kernel, caller, ThreadState.Running);
            Scheduler<A>.Wake(ref kernel, caller);
            return;
        }

        Consume(slot);
        bool restarts = FaultDelivery<A>.ApplyReply(ref kernel, replier, caller);
        caller.Value.FaultKind = (byte)FaultLabel.NullFault;
        Threads<A>.SetState(ref kernel, caller, restarts ? ThreadState.Restart : ThreadState.Inactive);
        if (restarts) Scheduler<A>.Wake(ref kernel, caller);
    }
}
