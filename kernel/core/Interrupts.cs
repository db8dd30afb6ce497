// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Interrupts on their way to user programs, and the timer tick (ABI §19, R-IRQ).</summary>
/// <remarks>The architecture masks and acknowledges the device's line before it calls <see cref="Deliver"/>.</remarks>
public static class Interrupts<A> where A : struct, IArch
{
    /// <summary>Signals the notification of a handler; without one the interrupt is lost (R-IRQ-05, R-IRQ-10). An entry point.</summary>
    public static void Deliver(ref KernelState kernel, int irq)
    {
        Require.That((uint)irq < IrqTable.Count);
        Capability target = References.IrqSlot(ref kernel, irq).Value.Capability;
        if (target.Tag == CapabilityTag.Notification && target.NotificationCanSend)
        {
            Ref<Notification> notification = new(target.NotificationAddress);
            NotificationIpc<A>.Signal(ref kernel, notification, target.NotificationBadge);
        }

        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>Counts one tick of the kernel's timer (R-SCHED-03). An entry point.</summary>
    public static void Tick(ref KernelState kernel)
    {
        Scheduler<A>.CountTick(ref kernel);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>Ends a handler whose last capability went: no notification, line masked, vector free (R-IRQ-13, R-DEL-12).</summary>
    public static void DeleteHandler(ref KernelState kernel, int irq)
    {
        ClearNotification(ref kernel, irq);
        A.ReleaseInterrupt(ref kernel, irq);
        kernel.Irqs[irq].Kind = 0;
    }

    /// <summary>Deletes the handler's copy of its notification capability, if it has one (R-IRQ-07).</summary>
    internal static void ClearNotification(ref KernelState kernel, int irq)
    {
        Ref<CapabilitySlot> slot = References.IrqSlot(ref kernel, irq);
        if (!slot.Value.IsEmpty) Deletion<A>.DeleteOne(ref kernel, slot);
    }
}
