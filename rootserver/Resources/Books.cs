// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>What the root server has and what is out, at one moment (RT:K1, AL:A3).</summary>
public struct Totals
{
    public ulong FreeRamBytes;
    public ulong FreeDeviceBytes;
    public ulong QuarantinedBytes;

    /// <summary>Slots that are free or hold nothing but the allocator's own pieces.</summary>
    public int Slots;
    public int Grants;
    public int Interrupts;
    public int Ports;

    /// <summary>Bytes that the server's heap has given out since the start; it never takes any back (design L5).</summary>
    public long HeapBytes;

    /// <summary>Null when all figures are equal; else a sentence that names those that are not.</summary>
    public readonly string? DifferenceFrom(in Totals before)
    {
        string text = "";
        text += Differ("free RAM", (long)(FreeRamBytes - before.FreeRamBytes), " bytes");
        text += Differ("free device memory", (long)(FreeDeviceBytes - before.FreeDeviceBytes), " bytes");
        text += Differ("quarantined memory", (long)(QuarantinedBytes - before.QuarantinedBytes), " bytes");
        text += Differ("slots", Slots - before.Slots, "");
        text += Differ("grants", Grants - before.Grants, "");
        text += Differ("interrupts", Interrupts - before.Interrupts, "");
        text += Differ("port ranges", Ports - before.Ports, "");
        text += Differ("heap", HeapBytes - before.HeapBytes, " bytes");
        return text.Length == 0 ? null : text;
    }

    private static string Differ(string what, long by, string unit) =>
        by == 0 ? "" : what + (by > 0 ? " +" : " ") + by.ToString() + unit + "; ";
}

/// <summary>Takes the totals.</summary>
public sealed class Books(UntypedAllocator memory, SlotAllocator slots, ResourceServer server)
{
    private readonly UntypedAllocator _memory = memory;
    private readonly SlotAllocator _slots = slots;
    private readonly ResourceServer _server = server;

    public Totals Take()
    {
        UntypedTotals ram = _memory.Totals(MemoryKind.Ram);
        UntypedTotals device = _memory.Totals(MemoryKind.Device);
        Totals totals;
        totals.FreeRamBytes = ram.FreeBytes;
        totals.FreeDeviceBytes = device.FreeBytes;
        totals.QuarantinedBytes = ram.QuarantinedBytes + device.QuarantinedBytes;
        totals.Slots = _slots.FreeCount + _memory.SlotsOfPieces;
        totals.Grants = _server.GrantCount;
        totals.Interrupts = _server.InterruptCount;
        totals.Ports = _server.PortRangeCount;
        totals.HeapBytes = GC.GetTotalAllocatedBytes();
        return totals;
    }
}
