// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>When an interrupt pin asks for attention.</summary>
public enum InterruptTrigger : ulong
{
    /// <summary>At each change.</summary>
    Edge = 0,

    /// <summary>As long as its level stays.</summary>
    Level = 1,
}

/// <summary>Which level of an interrupt pin means something.</summary>
public enum InterruptPolarity : ulong
{
    /// <summary>High.</summary>
    ActiveHigh = 0,

    /// <summary>Low.</summary>
    ActiveLow = 1,
}

/// <summary>The place of a PCI device.</summary>
/// <param name="Bus">0 to 255.</param>
/// <param name="Device">0 to 31.</param>
/// <param name="Function">0 to 7.</param>
public readonly struct PciAddress(byte bus, byte device, byte function)
{
    /// <summary>0 to 255.</summary>
    public readonly byte Bus = bus;

    /// <summary>0 to 31.</summary>
    public readonly byte Device = device;

    /// <summary>0 to 7.</summary>
    public readonly byte Function = function;
}

/// <summary>Issuing of interrupts, I/O ports and ASID pools. The slot must be empty.</summary>
public static class ControlCalls
{
    extension(Cap<IrqControl> control)
    {
        /// <summary>Issues a handler of an IOAPIC pin and programs the pin. Kernel name <c>seL4_IRQControl_GetIOAPIC</c>.</summary>
        public Sel4Error GetIoApic(
            SlotPath slot, int ioApic, int pin, InterruptTrigger trigger, InterruptPolarity polarity, int vector) =>
            IrqControlInvocation.GetIoApic(control.Pointer, slot.Index, (ulong)slot.Depth, (ulong)ioApic, (ulong)pin,
                (ulong)trigger, (ulong)polarity, (ulong)vector, slot.Root.Pointer);

        /// <summary>Issues a handler of a message signalled interrupt. Kernel name <c>seL4_IRQControl_GetMSI</c>.</summary>
        public Sel4Error GetMsi(SlotPath slot, PciAddress device, ulong handle, int vector) =>
            IrqControlInvocation.GetMsi(control.Pointer, slot.Index, (ulong)slot.Depth, device.Bus, device.Device,
                device.Function, handle, (ulong)vector, slot.Root.Pointer);

        /// <summary>Issues a handler of a legacy interrupt; refused while the IOAPIC is in use.</summary>
        /// <remarks>Kernel name <c>seL4_IRQControl_Get</c>.</remarks>
        public Sel4Error Get(SlotPath slot, int irq) =>
            IrqControlInvocation.Get(control.Pointer, (ulong)irq, slot.Index, (ulong)slot.Depth, slot.Root.Pointer);
    }

    extension(Cap<IoPortControl> control)
    {
        /// <summary>Issues a range of ports, both ends included. Kernel name <c>seL4_X86_IOPortControl_Issue</c>.</summary>
        public Sel4Error Issue(SlotPath slot, ushort first, ushort last) =>
            X86IoPortControlInvocation.Issue(control.Pointer, first, last, slot.Index, (ulong)slot.Depth, slot.Root.Pointer);
    }

    extension(Cap<AsidControl> control)
    {
        /// <summary>Makes a pool out of 4 KiB of untyped memory. Kernel name <c>seL4_X86_ASIDControl_MakePool</c>.</summary>
        public Sel4Error MakePool(SlotPath slot, Cap<Untyped> untyped) =>
            X86AsidControlInvocation.MakePool(control.Pointer, slot.Index, (ulong)slot.Depth, untyped.Pointer, slot.Root.Pointer);
    }
}
