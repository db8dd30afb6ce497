// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>What the kernel itself needs of ACPI: the root pointer for BootInfo, and the IOAPICs (ACPI 6.5 §5.2).</summary>
/// <remarks>Tables are believed only when their checksum is right and they lie in memory that the kernel can see.</remarks>
public static unsafe class Acpi
{
    /// <summary>Bytes of the root pointer that user level gets (boot sheet §7).</summary>
    public const int RootPointerBytes = 36;

    private const ulong BiosAreaStart = 0xe_0000;
    private const ulong BiosAreaEnd = 0x10_0000;
    private const ulong ExtendedBiosSegment = 0x40e;
    private const ulong ExtendedBiosBytes = 1024;
    private const ulong HeaderBytes = 36;
    private const ulong MaximumTableBytes = 1 << 20;
    private const int FirstRevisionBytes = 20;
    private const ulong MadtEntries = 44;
    private const byte MadtIoApic = 1;

    /// <summary>Physical address of the root pointer; zero when there is none.</summary>
    public static ulong FindRootPointer()
    {
        ulong found = SearchRootPointer(BiosAreaStart, BiosAreaEnd);
        if (found != 0) return found;
        ulong extended = (ulong)*(ushort*)At(ExtendedBiosSegment) << 4;
        return extended < 0x400 ? 0 : SearchRootPointer(extended, extended + ExtendedBiosBytes);
    }

    /// <summary>Copies the root pointer; the words that an ACPI 1 one does not have become zero.</summary>
    public static void CopyRootPointer(ulong rootPointer, ulong target)
    {
        byte* source = (byte*)At(rootPointer);
        int length = source[15] >= 2 ? RootPointerBytes : FirstRevisionBytes;
        for (int index = 0; index < RootPointerBytes; index++) ((byte*)target)[index] = index < length ? source[index] : (byte)0;
    }

    /// <summary>Takes over the IOAPICs that the MADT lists; false when there is no valid MADT.</summary>
    public static bool FindIoApics(ulong rootPointer)
    {
        ulong madt = FindTable(rootPointer, 0x43495041);    // "APIC"
        if (madt == 0) return false;
        byte* table = (byte*)At(madt);
        ulong length = *(uint*)(table + 4);
        ulong offset = MadtEntries;
        while (offset + 2 <= length && table[offset + 1] >= 2 && offset + table[offset + 1] <= length)
        {
            if (table[offset] == MadtIoApic && table[offset + 1] >= 12) IoApic.Add(*(uint*)(table + offset + 4));
            offset += table[offset + 1];
        }
        return true;
    }

    // The RSDT's pointers have 32 bits, the XSDT's 64.
    private static ulong FindTable(ulong rootPointer, uint signature)
    {
        byte* root = (byte*)At(rootPointer);
        ulong extended = root[15] >= 2 ? *(ulong*)(root + 24) : 0;
        if (IsValidTable(extended)) return FindInDirectory(extended, 8, signature);
        ulong directory = *(uint*)(root + 16);
        return IsValidTable(directory) ? FindInDirectory(directory, 4, signature) : 0;
    }

    private static ulong FindInDirectory(ulong directory, ulong pointerBytes, uint signature)
    {
        ulong length = *(uint*)At(directory + 4);
        for (ulong offset = HeaderBytes; offset + pointerBytes <= length; offset += pointerBytes)
        {
            ulong entry = At(directory + offset);
            ulong table = pointerBytes == 8 ? *(ulong*)entry : *(uint*)entry;
            if (KernelPageTables.IsVisible(table, HeaderBytes) && *(uint*)At(table) == signature && IsValidTable(table)) return table;
        }
        return 0;
    }

    private static bool IsValidTable(ulong table)
    {
        if (table == 0 || !KernelPageTables.IsVisible(table, HeaderBytes)) return false;
        ulong length = *(uint*)At(table + 4);
        bool isReadable = length >= HeaderBytes && length <= MaximumTableBytes && KernelPageTables.IsVisible(table, length);
        return isReadable && SumIsZero(table, length);
    }

    private static ulong SearchRootPointer(ulong start, ulong end)
    {
        for (ulong address = start; address + RootPointerBytes <= end; address += 16)
        {
            if (*(ulong*)At(address) != 0x2052_5450_2044_5352) continue;        // "RSD PTR "
            if (SumIsZero(address, FirstRevisionBytes)) return address;
        }
        return 0;
    }

    private static bool SumIsZero(ulong address, ulong bytes)
    {
        byte sum = 0;
        for (ulong index = 0; index < bytes; index++) sum += *(byte*)At(address + index);
        return sum == 0;
    }

    private static ulong At(ulong physicalAddress) => KernelPageTables.PhysicalWindow + physicalAddress;
}
