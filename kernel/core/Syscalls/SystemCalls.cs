// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The system calls of the non-MCS kernel (ABI §3.1, §25).</summary>
public static class SystemCalls<A> where A : struct, IArch
{
    /// <summary>Handles system call <paramref name="number"/> of the running thread, whose registers lie in its TCB.</summary>
    /// <remarks>
    /// An entry point of the kernel: afterwards user mode returns to <see cref="KernelState.Current"/>. A number without a
    /// handler raises an UnknownSyscall fault (R-SYS-13).
    /// </remarks>
    public static void Handle(ref KernelState kernel, long number)
    {
        if (number == (long)SystemCall.Call) Fastpath<A>.Call(ref kernel);
        else if (number == (long)SystemCall.ReplyRecv) Fastpath<A>.ReplyReceive(ref kernel);
        else HandleSlowly(ref kernel, number);
    }

    /// <summary>The same without the short cuts for remote procedure calls, with the same outcome.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void HandleSlowly(ref KernelState kernel, long number)
    {
        if (number == (long)SystemCall.Call) InvocationDispatch<A>.Invoke(ref kernel, SendKind.Call);
        else if (number == (long)SystemCall.Send) InvocationDispatch<A>.Invoke(ref kernel, SendKind.Blocking);
        else if (number == (long)SystemCall.NBSend) InvocationDispatch<A>.Invoke(ref kernel, SendKind.NonBlocking);
        else if (number == (long)SystemCall.Recv) Receive(ref kernel, Blocking.Yes);
        else if (number == (long)SystemCall.NBRecv) Receive(ref kernel, Blocking.No);
        else if (number == (long)SystemCall.ReplyRecv) ReplyAndReceive(ref kernel);
        else if (number == (long)SystemCall.Yield) Scheduler<A>.Yield(ref kernel);
        else if (number == (long)SystemCall.Reply) Replies<A>.ReplyToCaller(ref kernel);
        else HandleRare(ref kernel, number);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>Call through a capability that the short cut has already found.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CallSlowly(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        InvocationDispatch<A>.InvokeThrough(ref kernel, slot, SendKind.Call);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>ReplyRecv from a capability that the short cut has already found.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void ReplyReceiveSlowly(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Replies<A>.ReplyToCaller(ref kernel);
        ReceiveFrom(ref kernel, slot, Blocking.Yes);
        Scheduler<A>.Settle(ref kernel);
    }

    private static void ReplyAndReceive(ref KernelState kernel)
    {
        Replies<A>.ReplyToCaller(ref kernel);
        Receive(ref kernel, Blocking.Yes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HandleRare(ref KernelState kernel, long number)
    {
        if (number == (long)SystemCall.SetTlsBase)
        {
            A.SetTlsBase(ref kernel, kernel.Current, kernel.Current.Value.Registers[A.CapabilityRegister]);
            return;
        }

        if (!KernelProfile.HasDebugCalls || !DebugCalls<A>.TryHandle(ref kernel, (SystemCall)number))
            Faults<A>.UnknownSyscall(ref kernel, (ulong)number);
    }

    /// <summary>The receiving half of a system call: finds the capability.</summary>
    private static void Receive(ref KernelState kernel, Blocking blocking)
    {
        Ref<Tcb> receiver = kernel.Current;
        Ref<CapabilitySlot> root = Slots.Of(receiver, TcbSlot.CSpaceRoot);
        ulong pointer = ThreadRegisters.Read(receiver, A.CapabilityRegister);
        Ref<CapabilitySlot> slot = CSpaceLookup.FindWord(root.Value.Word0, root.Value.Word1, pointer);
        if (slot.IsNull) ReceiveInTree(ref kernel, pointer, blocking);
        else ReceiveFrom(ref kernel, slot, blocking);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReceiveInTree(ref KernelState kernel, ulong pointer, Blocking blocking)
    {
        Ref<Tcb> receiver = kernel.Current;
        LookupFailure failure = CSpaceLookup.FindCapability(ref receiver.Value, pointer, out Ref<CapabilitySlot> slot);
        if (failure.Word0 == 0) ReceiveFrom(ref kernel, slot, blocking);
        else Faults<A>.CapabilityFault(ref kernel, receiver, pointer, FaultPhase.Receive, failure);
    }

    /// <summary>Receives through the capability in a slot (ABI §14.1, R-IPC-02, R-IPC-12…15, R-NTFN-12, R-NTFN-17).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReceiveFrom(ref KernelState kernel, Ref<CapabilitySlot> slot, Blocking blocking)
    {
        Ref<Tcb> receiver = kernel.Current;
        Capability source = slot.Value.Capability;
        if (source.Tag == CapabilityTag.Endpoint && source.EndpointCanReceive)
        {
            Replies<A>.Discard(receiver);
            EndpointIpc<A>.Receive(ref kernel, receiver, source, blocking);
            return;
        }

        if (source.Tag == CapabilityTag.Notification && source.NotificationCanReceive)
        {
            Ref<Notification> notification = new(source.NotificationAddress);
            Ref<Tcb> bound = notification.Value.BoundTcb;
            if (bound.IsNull || bound == receiver)
            {
                NotificationIpc<A>.Receive(ref kernel, receiver, notification, blocking);
                return;
            }
        }

        ulong pointer = ThreadRegisters.Read(receiver, A.CapabilityRegister);
        Faults<A>.CapabilityFault(ref kernel, receiver, pointer, FaultPhase.Receive, LookupFailure.MissingCapability(0));
    }
}
