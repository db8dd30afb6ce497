// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>What <c>IrqEntry.Kind</c> says of a user vector.</summary>
internal static class IrqKind
{
    internal const ulong Inactive = 0;
    internal const ulong IoApic = 1;
    internal const ulong Msi = 2;
}

/// <summary>Masking and unmasking of the lines behind user vectors (ABI §19).</summary>
/// <remarks>
/// A pin is masked when its interrupt is delivered and opened by Ack. Message-signalled interrupts have no pin: they are
/// never held back.
/// </remarks>
internal static class IrqLines<M>
    where M : struct, IMachine
{
    private const int PinBits = 8;

    /// <summary><c>IrqEntry.Source</c> of an IOAPIC interrupt.</summary>
    internal static ulong Source(ulong ioApic, ulong pin) => (ioApic << PinBits) | pin;

    internal static void Acknowledge(ref KernelState kernel, int irq) => SetMask(ref kernel, irq, isMasked: false);

    /// <summary>Called when the CPU has taken the interrupt, before its notification hears of it (R-IRQ-08).</summary>
    internal static void Hold(ref KernelState kernel, int irq) => SetMask(ref kernel, irq, isMasked: true);

    /// <summary>The last handler capability went: nothing comes from the pin any more.</summary>
    internal static void Release(ref KernelState kernel, int irq) => SetMask(ref kernel, irq, isMasked: true);

    private static void SetMask(ref KernelState kernel, int irq, bool isMasked)
    {
        ref IrqEntry entry = ref kernel.Irqs[irq];
        if (entry.Kind != IrqKind.IoApic) return;
        M.MaskIoApicPin((int)(entry.Source >> PinBits), (int)(entry.Source & ((1 << PinBits) - 1)), isMasked);
    }
}
