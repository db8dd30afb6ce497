// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The two system calls that make up a remote procedure call, for the usual case that a partner is waiting.</summary>
/// <remarks>
/// Each method first checks, in the order in which it is cheapest, that the slow path would hand the CPU directly to the
/// partner: message without capabilities, partner waiting, no fault pending, nobody of higher priority ready. If something
/// is different it returns false and has changed nothing. Otherwise it does what the slow path does, minus the steps whose
/// outcome is known: no queue is touched but the endpoint's, and the scheduler is not asked (R-SCHED-06). A differential test
/// holds both paths against each other (<c>FastpathTests</c>).
/// </remarks>
internal static class Fastpath<A> where A : struct, IArch
{
    // Fields of the MessageInfo word (ABI §4.1).
    private const ulong LengthMask = 0x7f;
    private const ulong CapFields = 0xf80;
    private const ulong ExtraCapsField = 0x180;

    private const ulong MdbFlags = CapabilitySlot.RevocableFlag | CapabilitySlot.FirstBadgedFlag;

    /// <summary>Call to an endpoint at which somebody receives (R-IPC-01, R-IPC-17, R-REPLY-01).</summary>
    public static bool TryCall(ref KernelState kernel)
    {
        Ref<Tcb> caller = kernel.Current;
        ref Tcb from = ref caller.Value;
        ulong info = from.Registers[A.MessageInfoRegister];
        if ((info & ExtraCapsField) != 0) return false;
        LookupFailure failure = CSpaceLookup.FindCapability(
            ref from, from.Registers[A.CapabilityRegister], out Ref<CapabilitySlot> slot);
        if (failure.Word0 != 0) return false;
        Capability used = slot.Value.Capability;
        if (used.Tag != CapabilityTag.Endpoint || !used.EndpointCanSend) return false;
        if (!used.EndpointCanGrant && !used.EndpointCanGrantReply) return false;
        ref Endpoint endpoint = ref new Ref<Endpoint>(used.EndpointAddress).Value;
        if (endpoint.State != EndpointState.Receiving) return false;
        Ref<Tcb> receiver = endpoint.Head;
        ref Tcb to = ref receiver.Value;
        if (!TakesOver(ref kernel, ref from, ref to)) return false;
        Ref<CapabilitySlot> master = Slots.Of(caller, TcbSlot.Reply);
        if (master.Value.MdbNextAndFlags != MdbFlags) return false;

        // From here on nothing can fail.
        RemoveHead(ref endpoint, ref to);
        from.State = ThreadState.BlockedOnReply;
        bool canGrant = (to.BlockingFlags & IpcFlags.CanGrant) != 0;
        PlaceReply(master, Slots.Of(receiver, TcbSlot.Caller), Capability.NewReply(caller.Address, false, canGrant));
        Deliver(ref from, ref to, info, used.EndpointBadge);
        SwitchTo(ref kernel, receiver);
        return true;
    }

    /// <summary>ReplyRecv to a caller that waits, on an endpoint at which nobody sends (R-REPLY-06).</summary>
    public static bool TryReplyReceive(ref KernelState kernel)
    {
        Ref<Tcb> server = kernel.Current;
        ref Tcb from = ref server.Value;
        ulong info = from.Registers[A.MessageInfoRegister];
        if ((info & ExtraCapsField) != 0) return false;
        LookupFailure failure = CSpaceLookup.FindCapability(
            ref from, from.Registers[A.CapabilityRegister], out Ref<CapabilitySlot> slot);
        if (failure.Word0 != 0) return false;
        Capability used = slot.Value.Capability;
        if (used.Tag != CapabilityTag.Endpoint || !used.EndpointCanReceive) return false;
        Ref<Endpoint> endpoint = new(used.EndpointAddress);
        if (endpoint.Value.State == EndpointState.Sending) return false;
        Ref<Notification> bound = from.BoundNotification;
        if (!bound.IsNull && bound.Value.State == NotificationState.Active) return false;
        Ref<CapabilitySlot> place = Slots.Of(server, TcbSlot.Caller);
        Capability reply = place.Value.Capability;
        if (reply.Tag != CapabilityTag.Reply) return false;
        Ref<Tcb> caller = new(reply.ReplyTcbAddress);
        ref Tcb to = ref caller.Value;
        if (to.FaultKind != (byte)FaultLabel.NullFault || !TakesOver(ref kernel, ref from, ref to)) return false;

        // From here on nothing can fail.
        from.BlockingObject = endpoint.Address;
        from.BlockingFlags = used.EndpointCanGrant ? IpcFlags.CanGrant : IpcFlags.None;
        WaitQueue.Append(ref endpoint.Value.HeadAndState, ref endpoint.Value.Tail, server, (ulong)EndpointState.Receiving);
        from.State = ThreadState.BlockedOnReceive;
        TakeReply(Slots.Of(caller, TcbSlot.Reply), place);
        Deliver(ref from, ref to, info, 0);
        SwitchTo(ref kernel, caller);
        return true;
    }

    /// <summary>Whether the scheduler would let a woken thread run when the running one blocks (see Scheduler.TryCandidate).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TakesOver(ref KernelState kernel, ref Tcb from, ref Tcb to)
    {
        if (KernelProfile.DomainCount > 1 && to.Domain != kernel.CurrentDomain) return false;
        return to.Priority >= from.Priority || ReadyList.IsHighest(ref kernel, to.Priority);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb)
    {
        tcb.Value.State = ThreadState.Running;
        kernel.Current = tcb;
        A.SwitchTo(ref kernel, tcb);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RemoveHead(ref Endpoint endpoint, ref Tcb head)
    {
        Ref<Tcb> next = head.QueueNext;
        endpoint.HeadAndState = next.IsNull ? (ulong)EndpointState.Idle : next.Address | (ulong)EndpointState.Receiving;
        head.QueueNext = default;
        if (next.IsNull) endpoint.Tail = default;
        else next.Value.QueuePrevious = default;
    }

    /// <summary>What MappingDatabase.Insert does for the only child of a master reply capability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PlaceReply(Ref<CapabilitySlot> master, Ref<CapabilitySlot> place, Capability reply)
    {
        place.Value.Word0 = reply.Word0;
        place.Value.MdbPrevious = master.Address;
        place.Value.Word1 = reply.Word1;
        master.Value.MdbNextAndFlags = place.Address | MdbFlags;
        place.Value.MdbNextAndFlags = 0;
    }

    /// <summary>What Deletion.DeleteOne does for that child. Stores of zero to neighbours are kept apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeReply(Ref<CapabilitySlot> master, Ref<CapabilitySlot> place)
    {
        place.Value.Word0 = 0;
        place.Value.MdbPrevious = 0;
        master.Value.MdbNextAndFlags = MdbFlags;
        place.Value.Word1 = 0;
        place.Value.MdbNextAndFlags = 0;
    }

    /// <summary>Registers, header and badge; words beyond the registers go through a method of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deliver(ref Tcb from, ref Tcb to, ulong info, ulong badge)
    {
        ulong length = info & LengthMask;
        ulong header = info & ~CapFields;
        if (length != 0)
        {
            CopyRegister(ref from, ref to, 0);
            if (length > 1) CopyRegister(ref from, ref to, 1);
            if (length > 2) CopyRegister(ref from, ref to, 2);
            if (length > 3) CopyRegister(ref from, ref to, 3);
            if (length > AbiConstants.MessageRegisterCount) header = CopyBuffers(ref from, ref to, header, (int)length);
        }

        to.Registers[A.MessageInfoRegister] = header;
        to.Registers[A.CapabilityRegister] = badge;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRegister(ref Tcb from, ref Tcb to, int number) =>
        to.Registers[A.MessageRegister(number)] = from.Registers[A.MessageRegister(number)];

    /// <summary>Copies what lies in buffers and returns the header with the length that arrived (R-IPC-08, R-IPC-09).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong CopyBuffers(ref Tcb from, ref Tcb to, ulong header, int length)
    {
        IpcBuffer source = new(A.LookupIpcBuffer(ref from, false));
        IpcBuffer target = new(A.LookupIpcBuffer(ref to, true));
        if (length > AbiConstants.MaxMessageLength) length = AbiConstants.MaxMessageLength;
        if (!source.IsPresent || !target.IsPresent) length = AbiConstants.MessageRegisterCount;
        for (int i = AbiConstants.MessageRegisterCount; i < length; i++) target.SetMessage(i, source.Message(i));
        return (header & ~LengthMask) | (uint)length;
    }
}
