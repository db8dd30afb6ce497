// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>One interrupt. ABI-19. Invocations on plain pointers.</summary>
public static class IrqHandlerInvocation
{
    /// <summary>Lets the next interrupt of the pin come.</summary>
    /// <remarks>Label 27. Errors in order of check: none.</remarks>
    public static Sel4Error Ack(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqHandlerAck, 0, 0, 0), buffer);
    }

    /// <summary>Says what is signalled when it comes.</summary>
    /// <remarks>Label 28. Errors in order of check: TruncatedMessage: no capability; InvalidCapability(0): no notification, or without Write.</remarks>
    /// <param name="notification">With the Write right; its badge is signalled.</param>
    public static Sel4Error SetNotification(CapabilityPointer capability, CapabilityPointer notification)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer.SetCapability(0, notification);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqHandlerSetNotification, 0, 1, 0), buffer);
    }

    /// <summary>Says that nothing is signalled.</summary>
    /// <remarks>Label 29. Errors in order of check: none.</remarks>
    public static Sel4Error Clear(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqHandlerClear, 0, 0, 0), buffer);
    }
}
