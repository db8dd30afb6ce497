// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Pc99;

/// <summary>Where the registers of each IOAPIC are mapped.</summary>
[InlineArray(IoApic.Maximum)]
internal struct IoApicAddresses
{
    private ulong _first;
}

/// <summary>The I/O interrupt controllers (82093AA data sheet, §3). Numbered in the order of the MADT.</summary>
public static unsafe class IoApic
{
    /// <summary>More than these are not used; their pins stay as the firmware left them, masked.</summary>
    public const int Maximum = 8;

    private const int FirstDevicePage = 1;
    private const uint VersionRegister = 1;
    private const uint FirstEntry = 0x10;
    private const uint DataWindow = 0x10;
    private const uint Masked = 1 << 16;
    private const uint Level = 1 << 15;
    private const uint ActiveLow = 1 << 13;
    private const int DestinationShift = 24;

    private static int s_count;
    private static IoApicAddresses s_registers;
    private static IoApicAddresses s_physicalAddresses;
    private static IoApicAddresses s_pins;

    public static int Count => s_count;

    /// <summary>Where its page is; it must not be handed out.</summary>
    public static ulong PhysicalAddress(int ioApic) => s_physicalAddresses[ioApic];

    public static int Pins(int ioApic) => (int)s_pins[ioApic];

    /// <summary>Takes over the IOAPIC at <paramref name="physicalAddress"/> and masks all its pins.</summary>
    public static void Add(ulong physicalAddress)
    {
        if (s_count == Maximum) return;
        int number = s_count;
        s_physicalAddresses[number] = physicalAddress;
        s_registers[number] = KernelPageTables.MapDevice(FirstDevicePage + number, physicalAddress);
        int pins = (int)((Read(number, VersionRegister) >> 16) & 0xff) + 1;
        s_pins[number] = (ulong)pins;
        s_count = number + 1;
        for (int pin = 0; pin < pins; pin++) Write(number, EntryOf(pin), Masked);
    }

    /// <summary>Routes a pin to a vector of this processor; edge or level, fixed delivery, physical destination.</summary>
    public static void SetEntry(int ioApic, int pin, byte vector, bool isLevel, bool isActiveLow, bool isMasked)
    {
        uint entry = vector;
        if (isLevel) entry |= Level;
        if (isActiveLow) entry |= ActiveLow;

        // Masked while the halves disagree: the entry is written in two steps.
        Write(ioApic, EntryOf(pin), entry | Masked);
        Write(ioApic, EntryOf(pin) + 1, LocalApic.ProcessorId << DestinationShift);
        if (!isMasked) Write(ioApic, EntryOf(pin), entry);
    }

    public static void Mask(int ioApic, int pin, bool isMasked)
    {
        uint entry = Read(ioApic, EntryOf(pin));
        Write(ioApic, EntryOf(pin), isMasked ? entry | Masked : entry & ~Masked);
    }

    private static uint EntryOf(int pin) => FirstEntry + (2 * (uint)pin);

    // A register number goes to the first word, then the data passes through the second.
    private static uint Read(int ioApic, uint register)
    {
        ulong address = s_registers[ioApic];
        System.Threading.Volatile.Write(ref *(uint*)address, register);
        return System.Threading.Volatile.Read(ref *(uint*)(address + DataWindow));
    }

    private static void Write(int ioApic, uint register, uint value)
    {
        ulong address = s_registers[ioApic];
        System.Threading.Volatile.Write(ref *(uint*)address, register);
        System.Threading.Volatile.Write(ref *(uint*)(address + DataWindow), value);
    }
}
