// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Brings a thread's fault to its handler and the handler's answer back (ABI §8.2–8.4, R-FAULT).</summary>
public static class FaultDelivery<A> where A : struct, IArch
{
    /// <summary>Sends the fault recorded in the TCB as a Call on the handler's endpoint, or stops the thread (ABI §8.3).</summary>
    /// <remarks>
    /// Without a usable handler ("double fault") the thread becomes Inactive and can be resumed (R-FAULT-06, R-FAULT-07).
    /// </remarks>
    internal static void Raise(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        LookupFailure failure = CSpaceLookup.FindCapability(ref thread, thread.FaultHandler, out Ref<CapabilitySlot> slot);
        if (failure.Kind == LookupFailureKind.None && slot.Value.Tag == CapabilityTag.Endpoint)
        {
            Capability handler = slot.Value.Capability;
            IpcFlags flags = InvocationDispatch<A>.SendFlags(handler) | IpcFlags.IsCall;
            if (handler.EndpointCanSend && (flags & (IpcFlags.CanGrant | IpcFlags.CanGrantReply)) != 0)
            {
                Ref<Endpoint> endpoint = new(handler.EndpointAddress);
                EndpointIpc<A>.Send(ref kernel, tcb, endpoint, handler.EndpointBadge, flags, Blocking.Yes);
                return;
            }
        }

        if (kernel.LogLevel >= 1) FaultLog<A>.PrintUndeliverable(ref kernel, tcb, failure, slot);
        thread.FaultKind = (byte)FaultLabel.NullFault;
        Threads<A>.SetState(ref kernel, tcb, ThreadState.Inactive);
    }

    /// <summary>Writes the message for the pending fault of <paramref name="faulted"/>; returns its length (ABI §8.2).</summary>
    internal static int WriteMessage(ref Tcb faulted, ref Tcb receiver, IpcBuffer buffer)
    {
        if (faulted.FaultKind == (byte)FaultLabel.CapFault)
        {
            MessageTransfer<A>.Write(ref receiver, buffer, FaultMessage.CapFaultIp, faulted.Registers[A.FaultIpRegister]);
            MessageTransfer<A>.Write(ref receiver, buffer, FaultMessage.CapFaultAddress, faulted.Fault0);
            MessageTransfer<A>.Write(ref receiver, buffer, FaultMessage.CapFaultInReceivePhase, faulted.Fault1);
            LookupFailure failure = new(faulted.FaultLookup0, faulted.FaultLookup1);
            return MessageTransfer<A>.WriteLookupFailure(ref receiver, buffer, FaultMessage.CapFaultFailure, failure);
        }

        int words = A.FaultMessageLength(ref faulted);
        for (int i = 0; i < words && i < AbiConstants.MessageRegisterCount; i++)
            receiver.Registers[A.MessageRegister(i)] = A.FaultMessageWord(ref faulted, i);
        if (words <= AbiConstants.MessageRegisterCount) return words;

        // Without a buffer only the first four words arrive (ABI §8.2).
        if (!buffer.IsPresent) return AbiConstants.MessageRegisterCount;
        for (int i = AbiConstants.MessageRegisterCount; i < words; i++) buffer.SetMessage(i, A.FaultMessageWord(ref faulted, i));
        return words;
    }

    /// <summary>Writes the registers that the handler's answer sets, and tells whether the thread restarts (ABI §8.4).</summary>
    /// <remarks>
    /// R-FAULT-10 to R-FAULT-12. An answer sets frame registers only, which the CPU never keeps to itself; and the way back to
    /// user mode stays the one that fits the way in, so RCX and R11 of a system call are lost as the ABI has it. Hence no
    /// RegistersChanged.
    /// </remarks>
    internal static bool ApplyReply(ref KernelState kernel, Ref<Tcb> handler, Ref<Tcb> faulted)
    {
        byte kind = faulted.Value.FaultKind;
        MessageInfo info = MessageInfo.FromWord(handler.Value.Registers[A.MessageInfoRegister]);
        int words = A.FaultReplyLength(kind);
        if (words > info.Length) words = info.Length;
        if (words > 0)
        {
            IpcBuffer buffer = new(A.LookupIpcBuffer(ref handler.Value, false));
            if (!buffer.IsPresent && words > AbiConstants.MessageRegisterCount) words = AbiConstants.MessageRegisterCount;
            for (int i = 0; i < words; i++)
            {
                int register = A.FaultReplyUserRegister(kind, i);
                ulong value = MessageTransfer<A>.Read(ref handler.Value, buffer, i);
                faulted.Value.Registers[A.IndexOfUserRegister(register)] = A.Sanitize(register, value);
            }
        }

        return info.Label == 0 || A.FaultReplyAlwaysRestarts(kind);
    }
}
