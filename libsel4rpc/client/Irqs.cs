// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc;

/// <summary>A pin of an IOAPIC to be asked for.</summary>
/// <param name="Pin">Which pin.</param>
/// <param name="Vector">Vector counted from the first one for users, 0 to 107.</param>
/// <param name="Trigger">When the pin asks for attention.</param>
/// <param name="Polarity">Which level means something.</param>
/// <param name="IoApic">Which IOAPIC, counted from 0.</param>
public readonly struct IoApicIrq(
    int pin,
    int vector,
    InterruptTrigger trigger = InterruptTrigger.Edge,
    InterruptPolarity polarity = InterruptPolarity.ActiveHigh,
    int ioApic = 0)
{
    /// <summary>Which IOAPIC.</summary>
    public readonly int IoApic = ioApic;

    /// <summary>Which pin.</summary>
    public readonly int Pin = pin;

    /// <summary>Vector counted from the first one for users.</summary>
    public readonly int Vector = vector;

    /// <summary>When the pin asks for attention.</summary>
    public readonly InterruptTrigger Trigger = trigger;

    /// <summary>Which level means something.</summary>
    public readonly InterruptPolarity Polarity = polarity;
}

/// <summary>A message-signalled interrupt to be asked for.</summary>
public readonly struct MsiIrq(PciAddress device, ulong handle, int vector)
{
    /// <summary>The PCI function that raises it.</summary>
    public readonly PciAddress Device = device;

    /// <summary>Value that raises it.</summary>
    public readonly ulong Handle = handle;

    /// <summary>Vector counted from the first one for users, 0 to 107.</summary>
    public readonly int Vector = vector;
}
