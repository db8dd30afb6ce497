// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;

namespace Sel4.RootServer;

/// <summary>Which hardware a child may ask for: what the description names for it, anything, or nothing (RPC:R14).</summary>
/// <remarks>
/// Independent of it, the server never gives away what it uses itself (<see cref="HardwarePolicy"/>). Made at start, asked for each
/// request that names a place; allocates nothing then.
/// </remarks>
public sealed class HardwareManifest
{
    private readonly HardwareMode _mode;
    private readonly List<PhysicalRange> _memory = new();
    private readonly List<PortRange> _ports = new();
    private readonly List<InterruptLine> _lines = new();
    private readonly List<PciFunction> _functions = new();

    /// <summary>Collects the devices that a child uses by name.</summary>
    public HardwareManifest(ChildDescription child, List<DeviceDescription> devices)
    {
        _mode = child.Hardware;
        foreach (DeviceUse use in child.Devices)
        {
            foreach (DeviceDescription device in devices)
            {
                if (device.Name != use.Name) continue;
                _memory.AddRange(device.Memory);
                _ports.AddRange(device.Ports);
                _lines.AddRange(device.Irqs);
                _functions.AddRange(device.Msi);
            }
        }
    }

    /// <summary>True when the description itself names this place for the child, whatever else it may ask for.</summary>
    public bool Names(ulong address) => _mode == HardwareMode.Manifest && AllowsMemory(address, 1);

    /// <summary>True when the description itself names this pin for the child.</summary>
    public bool NamesLine(ulong ioApic, ulong pin) => _mode == HardwareMode.Manifest && AllowsLine(ioApic, pin);

    /// <summary>True when all bytes lie in one range of a device.</summary>
    public bool AllowsMemory(ulong address, ulong bytes)
    {
        if (_mode != HardwareMode.Manifest) return _mode == HardwareMode.Open;
        foreach (PhysicalRange range in _memory)
        {
            ulong offset = address - range.Start;
            if (address >= range.Start && offset < range.Bytes && bytes <= range.Bytes - offset) return true;
        }

        return false;
    }

    /// <summary>True when some of these bytes may be named.</summary>
    public bool AllowsSome(ulong address, ulong bytes)
    {
        if (_mode != HardwareMode.Manifest) return _mode == HardwareMode.Open;
        foreach (PhysicalRange range in _memory)
            if (address - range.Start < range.Bytes || range.Start - address < bytes) return true;
        return false;
    }

    /// <summary>True when all ports lie in one range of a device.</summary>
    public bool AllowsPorts(uint first, uint last)
    {
        if (_mode != HardwareMode.Manifest) return _mode == HardwareMode.Open;
        foreach (PortRange range in _ports)
            if (first >= range.First && last <= range.Last) return true;
        return false;
    }

    /// <summary>True for a pin that belongs to a device.</summary>
    public bool AllowsLine(ulong ioApic, ulong pin)
    {
        if (_mode != HardwareMode.Manifest) return _mode == HardwareMode.Open;
        foreach (InterruptLine line in _lines)
            if (line.Ioapic == ioApic && line.Pin == pin) return true;
        return false;
    }

    /// <summary>True for a function whose messages belong to a device.</summary>
    public bool AllowsMessages(int bus, int device, int function)
    {
        if (_mode != HardwareMode.Manifest) return _mode == HardwareMode.Open;
        foreach (PciFunction allowed in _functions)
            if (allowed.Bus == bus && allowed.Device == device && allowed.Function == function) return true;
        return false;
    }
}
