// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>A checked request for an object made from untyped memory.</summary>
/// <remarks>
/// Holding one proves: the type exists and its capabilities can travel by IPC; the size is in the kernel's range; an address
/// is a multiple of the object's size and below 2^52, so that no sum overflows. It does not prove that there is memory at the address.
/// </remarks>
public readonly struct MemoryRequest(ObjectType type, int sizeBits, int objectBits, ulong address)
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

    /// <summary>False: anywhere in RAM, never device memory (RPC:D28).</summary>
    public bool HasAddress => Address != Anywhere;
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
