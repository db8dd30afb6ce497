// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Makes references to parts of the kernel's state, which never moves.</summary>
internal static unsafe class References
{
    /// <summary>The whole state, for those who keep a reference to it beyond a call.</summary>
    // SAFETY: as below.
    public static Ref<KernelState> State(ref KernelState kernel) => new((ulong)Unsafe.AsPointer(ref kernel));

    /// <summary>The slot in which the handler of interrupt <paramref name="irq"/> keeps its notification (R-IRQ-12).</summary>
    /// <remarks>Requires: <paramref name="irq"/> is below <see cref="IrqTable.Count"/>.</remarks>
    // SAFETY: the kernel's state lies in unmanaged memory for as long as the kernel runs.
    public static Ref<CapabilitySlot> IrqSlot(ref KernelState kernel, int irq) =>
        new((ulong)Unsafe.AsPointer(ref kernel.Irqs[irq].Notification));
}
