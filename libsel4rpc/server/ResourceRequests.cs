// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Which memory will do when no address was asked for.</summary>
public enum MemorySource : byte
{
    /// <summary>RAM, which is cleared (RPC:D28).</summary>
    Ram = 0,

    /// <summary>Device memory, which is not.</summary>
    Device,
}

/// <summary>A checked request for an object made from untyped memory.</summary>
/// <remarks>
/// Holding one proves: the type exists, and its capabilities can travel by IPC or are to be placed directly; the size is in the
/// kernel's range; an address is a multiple of the object's size and below 2^52, so that no sum overflows; the window's ends are
/// in order, and <see cref="Destination"/> lies in the caller's grant window. It does not prove that there is memory.
/// </remarks>
public struct MemoryRequest(ObjectType type, int sizeBits, int objectBits, ulong address)
{
    /// <summary>On the wire: no particular address (RPC:R12). It is aligned for no object, so it cannot be meant otherwise.</summary>
    public const ulong Anywhere = 1;

    /// <summary>What to make.</summary>
    public readonly ObjectType Type = type;

    /// <summary>As Untyped_Retype takes it: log2 bytes for untyped, log2 slots for a CNode.</summary>
    public readonly int SizeBits = sizeBits;

    /// <summary>Log2 of the object's size in bytes.</summary>
    public readonly int ObjectBits = objectBits;

    /// <summary>The physical address wanted; only when <see cref="HasAddress"/>.</summary>
    public readonly ulong Address = address;

    /// <summary>Which memory to take when there is no address.</summary>
    public MemorySource Source;

    /// <summary>How long it is expected to be kept; a wish.</summary>
    public Lifetime Lifetime;

    /// <summary>log2 of the alignment wanted, at least the object's own.</summary>
    public int AlignBits = objectBits;

    /// <summary>First byte allowed, when there is no address.</summary>
    public ulong WindowFirst;

    /// <summary>Last byte allowed, when there is no address.</summary>
    public ulong WindowLast = ulong.MaxValue;

    /// <summary>Number of an allocation policy; 0 leaves it to the provider.</summary>
    public uint Policy;

    /// <summary>Cache colour; a wish.</summary>
    public uint Colour;

    /// <summary>
    /// Slot of the caller's grant window; 0 for none. Objects whose capabilities cannot be copied are made there and nowhere
    /// else (RPC:P1); all others are made as usual, and placed by the server afterwards.
    /// </summary>
    public ulong Destination;

    /// <summary>False: anywhere in the window, which by default is all of RAM, never device memory (RPC:D28).</summary>
    public readonly bool HasAddress => Address != Anywhere;

    /// <summary>True when only a part of memory will do.</summary>
    public readonly bool HasWindow => WindowFirst != 0 || WindowLast != ulong.MaxValue;
}

/// <summary>A checked request for several objects of one type (RPC:§7.5).</summary>
/// <remarks>
/// Holding one proves what a <see cref="MemoryRequest"/> proves of each object, except that types that cannot be sent are fine,
/// because no capability is copied; and that Count is 1 to 256. With an address, the objects follow each other from there on.
/// </remarks>
public struct BatchRequest(MemoryRequest each, int count, bool isContiguous, bool isBestEffort)
{
    /// <summary>What the kernel makes with one Retype at most (RPC:B4).</summary>
    public const int MaxCount = 256;

    /// <summary>
    /// One object; window and alignment are those of the block when it is contiguous. Destination is the first of as many slots
    /// as are granted.
    /// </summary>
    public MemoryRequest Each = each;

    /// <summary>How many.</summary>
    public readonly int Count = count;

    /// <summary>All in one run of addresses.</summary>
    public readonly bool IsContiguous = isContiguous;

    /// <summary>Fewer will do, but at least one (RPC:B3).</summary>
    public readonly bool IsBestEffort = isBestEffort;

    /// <summary>log2 slots of the CNode for so many capabilities, at least 1 (RPC:B1).</summary>
    public static int RadixFor(int count)
    {
        int radix = 1;
        while (1 << radix < count) radix++;
        return radix;
    }
}

/// <summary>A checked request for an interrupt handler.</summary>
/// <remarks>
/// Holding one proves: the vector is 0 to 107; an MSI names a possible PCI function; trigger and polarity are 0 or 1. How
/// many IOAPICs there are and how many pins they have is for the provider to check.
/// </remarks>
public struct IrqRequest
{
    /// <summary>Which kind of interrupt.</summary>
    public IrqAllocMessageCase Kind;

    /// <summary>Vector counted from the first one for users.</summary>
    public int Vector;

    /// <summary>IOAPIC and Simple: which IOAPIC.</summary>
    public ulong IoApic;

    /// <summary>IOAPIC and Simple: which pin. For Simple it is what the number alone suggests (RPC:S5); ACPI may know better.</summary>
    public ulong Pin;

    /// <summary>IOAPIC and Simple: level instead of edge.</summary>
    public bool IsLevel;

    /// <summary>IOAPIC and Simple: active low instead of high.</summary>
    public bool IsActiveLow;

    /// <summary>Simple: the plain number.</summary>
    public ulong Number;

    /// <summary>MSI: PCI bus, device and function.</summary>
    public int Bus;

    /// <inheritdoc cref="Bus"/>
    public int Device;

    /// <inheritdoc cref="Bus"/>
    public int Function;

    /// <summary>MSI: value that raises the interrupt.</summary>
    public ulong Handle;
}

/// <summary>A checked request for I/O ports: 0 ≤ First ≤ Last ≤ 0xffff.</summary>
public readonly struct IoPortRequest(ushort first, ushort last)
{
    /// <summary>First port.</summary>
    public readonly ushort First = first;

    /// <summary>Last port, inclusive.</summary>
    public readonly ushort Last = last;
}
