// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The methods of an interrupt handler capability (ABI §19, R-IRQ-04…09).</summary>
public static class IrqHandlerInvocation<A> where A : struct, IArch
{
    /// <summary>Decodes and performs a method; on an error nothing has changed.</summary>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        int irq = (int)call.Capability.IrqHandlerVector;
        switch ((InvocationLabel)call.Label)
        {
            case InvocationLabel.IrqHandlerAck:
                A.AckInterrupt(ref kernel, irq);
                return SyscallError.None;
            case InvocationLabel.IrqHandlerSetNotification:
                return SetNotification(ref kernel, ref call, irq);
            case InvocationLabel.IrqHandlerClear:
                Interrupts<A>.ClearNotification(ref kernel, irq);
                return SyscallError.None;
            default:
                return SyscallError.IllegalOperation;
        }
    }

    /// <summary>Keeps a copy of the given capability, badge and all; an earlier one is deleted (R-IRQ-04, R-IRQ-06, R-IRQ-12).</summary>
    private static SyscallError SetNotification(ref KernelState kernel, ref Invocation call, int irq)
    {
        if (call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability given = call.Extra0.Value.Capability;

        // The number is 0 although the notification is the first extra capability (ABI §27).
        if (given.Tag != CapabilityTag.Notification || !given.NotificationCanSend) return SyscallError.InvalidCapability(0);
        Interrupts<A>.ClearNotification(ref kernel, irq);
        MappingDatabase<A>.Insert(ref kernel, given, call.Extra0, References.IrqSlot(ref kernel, irq));
        return SyscallError.None;
    }
}
