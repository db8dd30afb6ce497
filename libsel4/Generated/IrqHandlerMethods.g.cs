// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>One interrupt. ABI-19. Methods of the typed capability.</summary>
public static class IrqHandlerMethods
{
    extension(Cap<IrqHandler> capability)
    {
        /// <summary>Lets the next interrupt of the pin come.</summary>
        /// <remarks>Label 27. Errors in order of check: none.</remarks>
        public Sel4Error Ack() =>
            IrqHandlerInvocation.Ack(capability.Pointer);

        /// <summary>Says what is signalled when it comes.</summary>
        /// <remarks>Label 28. Errors in order of check: TruncatedMessage: no capability; InvalidCapability(0): no notification, or without Write.</remarks>
        /// <param name="notification">With the Write right; its badge is signalled.</param>
        public Sel4Error SetNotification(Cap<Notification> notification) =>
            IrqHandlerInvocation.SetNotification(capability.Pointer, notification.Pointer);

        /// <summary>Says that nothing is signalled.</summary>
        /// <remarks>Label 29. Errors in order of check: none.</remarks>
        public Sel4Error Clear() =>
            IrqHandlerInvocation.Clear(capability.Pointer);
    }
}
