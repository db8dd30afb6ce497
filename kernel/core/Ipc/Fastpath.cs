// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The two system calls that make up a remote procedure call, for the usual case that a partner is waiting.</summary>
/// <remarks>
/// Each method first checks, in the order in which it is cheapest, that the slow path would hand the CPU directly to the
/// partner: message without capabilities, partner waiting, no fault pending, nobody of higher priority ready. If something
/// is different, nothing has changed yet and the slow path takes over. Otherwise it does what that does, minus the steps whose
/// outcome is known: no queue is touched but the endpoint's, and the scheduler is not asked (R-SCHED-06). A differential test
/// holds both paths against each other (<c>FastpathTests</c>).
/// Every call in here is the last thing its method does, so that the compiler needs neither frames nor saved registers.
/// </remarks>
internal static class Fastpath<A> where A : struct, IArch
{
    // Fields of the MessageInfo word (ABI §4.1).
    private const ulong LengthMask = 0x7f;
    private const ulong CapFields = 0xf80;
    private const ulong ExtraCapsField = 0x180;

    private const ulong TagMask = 0x1ful << 59;
    private const ulong MdbFlags = CapabilitySlot.RevocableFlag | CapabilitySlot.FirstBadgedFlag;

    // Words of capabilities that hold nothing but one field each; the compiler computes them.
    private static ulong EndpointTag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewEndpoint(0, 0, false, false, false, false).Word0;
    }

    private static ulong SendRight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewEndpoint(0, 0, true, false, false, false).Word0 & ~TagMask;
    }

    private static ulong ReceiveRight
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewEndpoint(0, 0, false, true, false, false).Word0 & ~TagMask;
    }

    private static ulong ReplyRights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewEndpoint(0, 0, false, false, true, true).Word0 & ~TagMask;
    }

    private static ulong ReplyTag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewReply(0, false, false).Word0;
    }

    private static ulong ReplyFlags
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewReply(0, true, true).Word0 & ~TagMask;
    }

    private static ulong ReplyGrant
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Capability.NewReply(0, false, true).Word0 & ~TagMask;
    }

    /// <summary>Call: finds the capability.</summary>
    public static void Call(ref KernelState kernel)
    {
        Ref<Tcb> caller = kernel.Current;
        ulong pointer = ThreadRegisters.Read(caller, A.CapabilityRegister);
        Ref<CapabilitySlot> root = Slots.Of(caller, TcbSlot.CSpaceRoot);
        Ref<CapabilitySlot> slot = CSpaceLookup.FindWord(root.Value.Word0, root.Value.Word1, pointer);
        if (slot.IsNull) CallInTree(ref kernel, pointer);
        else CallThrough(ref kernel, slot);
    }

    /// <summary>ReplyRecv: finds the capability.</summary>
    public static void ReplyReceive(ref KernelState kernel)
    {
        Ref<Tcb> server = kernel.Current;
        ulong pointer = ThreadRegisters.Read(server, A.CapabilityRegister);
        Ref<CapabilitySlot> root = Slots.Of(server, TcbSlot.CSpaceRoot);
        Ref<CapabilitySlot> slot = CSpaceLookup.FindWord(root.Value.Word0, root.Value.Word1, pointer);
        if (slot.IsNull) ReplyReceiveInTree(ref kernel, pointer);
        else ReplyReceiveFrom(ref kernel, slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CallInTree(ref KernelState kernel, ulong pointer)
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref kernel.Current.Value, pointer, out Ref<CapabilitySlot> slot);
        if (failure.Word0 == 0) CallThrough(ref kernel, slot);
        else SystemCalls<A>.HandleSlowly(ref kernel, (long)SystemCall.Call);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReplyReceiveInTree(ref KernelState kernel, ulong pointer)
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref kernel.Current.Value, pointer, out Ref<CapabilitySlot> slot);
        if (failure.Word0 == 0) ReplyReceiveFrom(ref kernel, slot);
        else SystemCalls<A>.HandleSlowly(ref kernel, (long)SystemCall.ReplyRecv);
    }

    /// <summary>Call to an endpoint at which somebody receives (R-IPC-01, R-IPC-17, R-REPLY-01).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CallThrough(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Ref<Tcb> caller = kernel.Current;
        ulong info = ThreadRegisters.Read(caller, A.MessageInfoRegister);
        ulong used = slot.Value.Word0;
        Ref<CapabilitySlot> master = Slots.Of(caller, TcbSlot.Reply);
        Ref<Tcb> receiver = FindReceiver(ref kernel, caller, used, info, master);
        if (receiver.IsNull)
        {
            SystemCalls<A>.CallSlowly(ref kernel, slot);
            return;
        }

        // From here on nothing can fail.
        RemoveHead(new Ref<Endpoint>(new Capability(used, 0).EndpointAddress), receiver);
        caller.Value.State = ThreadState.BlockedOnReply;
        ulong grant = (receiver.Value.BlockingFlags & IpcFlags.CanGrant) != 0 ? ReplyGrant : 0;
        PlaceReply(master, Slots.Of(receiver, TcbSlot.Caller), (master.Value.Word0 & ~ReplyFlags) | grant);
        ulong length = info & LengthMask;
        Deliver(caller, receiver, info, length);
        ThreadRegisters.Write(receiver, A.CapabilityRegister, slot.Value.Word1);
        kernel.Current = receiver;
        if (length > AbiConstants.MessageRegisterCount) CopyBuffersAndSwitch(ref kernel, caller, receiver, (int)length);
        else A.SwitchTo(ref kernel, receiver);
    }

    /// <summary>The thread that takes the call and the CPU; null when anything is out of the ordinary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Ref<Tcb> FindReceiver(
        ref KernelState kernel, Ref<Tcb> caller, ulong used, ulong info, Ref<CapabilitySlot> master)
    {
        if ((used & (TagMask | SendRight)) != (EndpointTag | SendRight)) return default;
        if ((info & ExtraCapsField) != 0 || (used & ReplyRights) == 0) return default;
        Ref<Endpoint> endpoint = new(new Capability(used, 0).EndpointAddress);
        ulong head = endpoint.Value.HeadAndState - (ulong)EndpointState.Receiving;
        if ((head & 3) != 0 || master.Value.MdbNextAndFlags != MdbFlags) return default;
        Ref<Tcb> receiver = new(head);
        return TakesOver(ref kernel, caller, receiver) ? receiver : default;
    }

    /// <summary>ReplyRecv to a caller that waits, on an endpoint at which nobody sends (R-REPLY-06).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReplyReceiveFrom(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Ref<Tcb> server = kernel.Current;
        ulong info = ThreadRegisters.Read(server, A.MessageInfoRegister);
        ulong used = slot.Value.Word0;
        Ref<CapabilitySlot> place = Slots.Of(server, TcbSlot.Caller);
        Ref<Tcb> caller = FindCaller(ref kernel, server, used, info, place.Value.Word0);
        if (caller.IsNull)
        {
            SystemCalls<A>.ReplyReceiveSlowly(ref kernel, slot);
            return;
        }

        // From here on nothing can fail.
        Ref<Endpoint> endpoint = new(new Capability(used, 0).EndpointAddress);
        server.Value.BlockingObject = endpoint.Address;
        server.Value.BlockingFlags = new Capability(used, 0).EndpointCanGrant ? IpcFlags.CanGrant : IpcFlags.None;
        server.Value.State = ThreadState.BlockedOnReceive;
        Append(endpoint, server);
        TakeReply(Slots.Of(caller, TcbSlot.Reply), place);
        ulong length = info & LengthMask;
        Deliver(server, caller, info, length);
        ThreadRegisters.Write(caller, A.CapabilityRegister, 0);
        kernel.Current = caller;
        if (length > AbiConstants.MessageRegisterCount) CopyBuffersAndSwitch(ref kernel, server, caller, (int)length);
        else A.SwitchTo(ref kernel, caller);
    }

    /// <summary>The thread that gets the answer and the CPU; null when anything is out of the ordinary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Ref<Tcb> FindCaller(ref KernelState kernel, Ref<Tcb> server, ulong used, ulong info, ulong reply)
    {
        if ((used & (TagMask | ReceiveRight)) != (EndpointTag | ReceiveRight)) return default;
        if ((info & ExtraCapsField) != 0 || (reply & TagMask) != ReplyTag) return default;
        Ref<Endpoint> endpoint = new(new Capability(used, 0).EndpointAddress);
        if (endpoint.Value.State == EndpointState.Sending) return default;
        Ref<Notification> bound = server.Value.BoundNotification;
        if (!bound.IsNull && bound.Value.State == NotificationState.Active) return default;
        Ref<Tcb> caller = new(new Capability(reply, 0).ReplyTcbAddress);
        if (caller.Value.FaultKind != (byte)FaultLabel.NullFault) return default;
        return TakesOver(ref kernel, server, caller) ? caller : default;
    }

    /// <summary>Whether the scheduler would let a woken thread run when the running one blocks (see Scheduler.TryCandidate).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TakesOver(ref KernelState kernel, Ref<Tcb> from, Ref<Tcb> to)
    {
        if (KernelProfile.DomainCount > 1 && to.Value.Domain != kernel.CurrentDomain) return false;
        return to.Value.Priority >= from.Value.Priority || ReadyList.IsHighest(ref kernel, to.Value.Priority);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RemoveHead(Ref<Endpoint> endpoint, Ref<Tcb> head)
    {
        Ref<Tcb> next = head.Value.QueueNext;
        if (next.IsNull)
        {
            endpoint.Value.HeadAndState = (ulong)EndpointState.Idle;
            head.Value.QueueNext = default;
            endpoint.Value.Tail = default;
            return;
        }

        endpoint.Value.HeadAndState = next.Address | (ulong)EndpointState.Receiving;
        head.Value.QueueNext = default;
        next.Value.QueuePrevious = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(Ref<Endpoint> endpoint, Ref<Tcb> receiver)
    {
        Ref<Tcb> last = endpoint.Value.Tail;
        endpoint.Value.Tail = receiver;
        receiver.Value.QueuePrevious = last;
        if (last.IsNull) endpoint.Value.HeadAndState = receiver.Address | (ulong)EndpointState.Receiving;
        else last.Value.QueueNext = receiver;
        receiver.Value.QueueNext = default;
    }

    /// <summary>What MappingDatabase.Insert does for the only child of a master reply capability.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PlaceReply(Ref<CapabilitySlot> master, Ref<CapabilitySlot> place, ulong reply)
    {
        place.Value.Word0 = reply;
        place.Value.MdbPrevious = master.Address;
        place.Value.Word1 = 0;
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

    /// <summary>Words in registers, and the header without its capability fields; the partner is runnable then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deliver(Ref<Tcb> from, Ref<Tcb> to, ulong info, ulong length)
    {
        to.Value.State = ThreadState.Running;
        ThreadRegisters.Write(to, A.MessageInfoRegister, info & ~CapFields);
        if (length == 0) return;
        CopyRegister(from, to, 0);
        if (length > 1) CopyRegister(from, to, 1);
        if (length > 2) CopyRegister(from, to, 2);
        if (length > 3) CopyRegister(from, to, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRegister(Ref<Tcb> from, Ref<Tcb> to, int number) =>
        ThreadRegisters.Write(to, A.MessageRegister(number), ThreadRegisters.Read(from, A.MessageRegister(number)));

    /// <summary>Copies what lies in buffers and corrects the length to what arrived (R-IPC-08, R-IPC-09).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyBuffersAndSwitch(ref KernelState kernel, Ref<Tcb> from, Ref<Tcb> to, int length)
    {
        IpcBuffer source = new(A.LookupIpcBuffer(ref from.Value, false));
        IpcBuffer target = new(A.LookupIpcBuffer(ref to.Value, true));
        if (length > AbiConstants.MaxMessageLength) length = AbiConstants.MaxMessageLength;
        if (!source.IsPresent || !target.IsPresent) length = AbiConstants.MessageRegisterCount;
        if (length > AbiConstants.MessageRegisterCount) IpcBuffer.CopyMessage(source, target, AbiConstants.MessageRegisterCount, length);
        ulong header = ThreadRegisters.Read(to, A.MessageInfoRegister) & ~LengthMask;
        ThreadRegisters.Write(to, A.MessageInfoRegister, header | (uint)length);
        A.SwitchTo(ref kernel, to);
    }
}
