// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using Sel4.RootServer;
using Sel4.Tests;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>What a description lets a child name (RPC:R14).</summary>
[Rule("RPC:R14")]
public sealed class HardwareManifestTests
{
    private static readonly List<DeviceDescription> s_devices =
        [Device("timer", 0xfed0_0000, 0x40, 2, 0x1f), Device("disk", 0x8000_0000, 14, 1, 3)];

    [Fact]
    public void A_closed_child_may_name_nothing()
    {
        HardwareManifest manifest = Of(HardwareMode.Closed, "timer");
        Assert.False(manifest.AllowsMemory(0xfed0_0000, 0x1000));
        Assert.False(manifest.AllowsPorts(0x40, 0x43));
        Assert.False(manifest.AllowsLine(0, 2));
        Assert.False(manifest.AllowsMessages(0, 0x1f, 0));
    }

    [Fact]
    public void An_open_child_may_name_anything()
    {
        HardwareManifest manifest = Of(HardwareMode.Open);
        Assert.True(manifest.AllowsMemory(ulong.MaxValue - 0xfff, 0x1000));
        Assert.True(manifest.AllowsPorts(0, 0xffff));
        Assert.True(manifest.AllowsLine(3, 99));
        Assert.True(manifest.AllowsMessages(255, 31, 7));
    }

    [Fact]
    public void A_listed_child_may_name_what_its_devices_have_and_no_byte_more()
    {
        HardwareManifest manifest = Of(HardwareMode.Manifest, "timer");
        Assert.True(manifest.AllowsMemory(0xfed0_0000, 0x1000));
        Assert.True(manifest.AllowsMemory(0xfed0_0ff0, 0x10));
        Assert.False(manifest.AllowsMemory(0xfed0_0ff0, 0x11));
        Assert.False(manifest.AllowsMemory(0xfecf_fff0, 0x20));
        Assert.False(manifest.AllowsMemory(0xfed0_0000, ulong.MaxValue));
        Assert.True(manifest.AllowsPorts(0x40, 0x43));
        Assert.False(manifest.AllowsPorts(0x3f, 0x40));
        Assert.False(manifest.AllowsPorts(0x43, 0x44));
        Assert.True(manifest.AllowsLine(0, 2));
        Assert.False(manifest.AllowsLine(1, 2));
        Assert.True(manifest.AllowsMessages(0, 0x1f, 0));
        Assert.False(manifest.AllowsMessages(0, 0x1f, 1));
    }

    [Fact]
    public void Devices_of_others_are_not_a_childs()
    {
        HardwareManifest manifest = Of(HardwareMode.Manifest, "disk");
        Assert.False(manifest.AllowsMemory(0xfed0_0000, 0x1000));
        Assert.False(manifest.AllowsPorts(0x40, 0x40));
        Assert.True(manifest.AllowsMemory(0x8000_0000, 0x1000));
        Assert.False(Of(HardwareMode.Manifest).AllowsLine(0, 1));
    }

    private static HardwareManifest Of(HardwareMode mode, params string[] names)
    {
        ChildDescription child = new() { Name = "child", Hardware = mode };
        foreach (string name in names) child.Devices.Add(new DeviceUse { Name = name });
        return new HardwareManifest(child, s_devices);
    }

    private static DeviceDescription Device(string name, ulong memory, uint port, uint pin, uint pciDevice)
    {
        DeviceDescription device = new() { Name = name };
        device.Memory.Add(new PhysicalRange { Start = memory, Bytes = 0x1000 });
        device.Ports.Add(new PortRange { First = port, Last = port + 3 });
        device.Irqs.Add(new InterruptLine { Pin = pin });
        device.Msi.Add(new PciFunction { Device = pciDevice });
        return device;
    }
}
