// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>The right to issue interrupt handlers. ABI-19. Invocations on plain pointers.</summary>
public static class IrqControlInvocation
{
    /// <summary>Issues a handler of a legacy interrupt; not when the IOAPIC is in use.</summary>
    /// <remarks>Label 26. Errors in order of check: TruncatedMessage: fewer than 3 words, or no capability; IllegalOperation: the IOAPIC is in use.</remarks>
    /// <param name="irq">The interrupt's number.</param>
    /// <param name="index">Address of the slot for the handler.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="root">Where the slot is looked up.</param>
    public static Sel4Error Get(CapabilityPointer capability, ulong irq, ulong index, ulong depth, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = irq;
        buffer[1] = index;
        buffer[2] = depth;
        buffer.SetCapability(0, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqControlGet, 0, 1, 3), buffer);
    }

    /// <summary>Issues a handler of an IOAPIC pin and programs the pin.</summary>
    /// <remarks>Label 51. Errors in order of check: TruncatedMessage: fewer than 7 words, or no capability; RangeError(0, 107): the vector is above 107; RevokeFirst: the vector is issued; FailedLookup(0, InvalidRoot): the root is no CNode; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; DeleteFirst: the slot is occupied; RangeError(0, ioApics-1): there is no such IOAPIC; RangeError(0, pins-1): there is no such pin; RangeError(0, 1): level is above 1; RangeError(0, 1): polarity is above 1.</remarks>
    /// <param name="index">Address of the slot for the handler.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="ioApic">Number of the IOAPIC.</param>
    /// <param name="pin">Its pin.</param>
    /// <param name="level">1 = level triggered, 0 = edge triggered.</param>
    /// <param name="polarity">1 = active low, 0 = active high.</param>
    /// <param name="vector">The vector, 0 to 107.</param>
    /// <param name="root">Where the slot is looked up.</param>
    public static Sel4Error GetIoApic(CapabilityPointer capability, ulong index, ulong depth, ulong ioApic, ulong pin, ulong level, ulong polarity, ulong vector, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = ioApic;
        buffer[3] = pin;
        buffer[4] = level;
        buffer[5] = polarity;
        buffer[6] = vector;
        buffer.SetCapability(0, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqControlGetIoApic, 0, 1, 7), buffer);
    }

    /// <summary>Issues a handler of a message signalled interrupt.</summary>
    /// <remarks>Label 52. Errors in order of check: TruncatedMessage: fewer than 7 words, or no capability; RangeError(0, 107): the vector is above 107; RevokeFirst: the vector is issued; FailedLookup(0, InvalidRoot): the root is no CNode; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; DeleteFirst: the slot is occupied; RangeError(0, 255): bus is above 255; RangeError(0, 31): device is above 31; RangeError(0, 7): function is above 7.</remarks>
    /// <param name="index">Address of the slot for the handler.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="bus">PCI bus of the device.</param>
    /// <param name="device">PCI device.</param>
    /// <param name="function">PCI function.</param>
    /// <param name="handle">Which of the device's messages.</param>
    /// <param name="vector">The vector, 0 to 107.</param>
    /// <param name="root">Where the slot is looked up.</param>
    public static Sel4Error GetMsi(CapabilityPointer capability, ulong index, ulong depth, ulong bus, ulong device, ulong function, ulong handle, ulong vector, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = bus;
        buffer[3] = device;
        buffer[4] = function;
        buffer[5] = handle;
        buffer[6] = vector;
        buffer.SetCapability(0, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.IrqControlGetMsi, 0, 1, 7), buffer);
    }
}
