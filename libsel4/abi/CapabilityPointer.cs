// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace Sel4.Abi;

/// <summary>The address of a capability in the CSpace of the one who uses it. It proves nothing about what is there.</summary>
/// <remarks>Source: ABI-5; kernel name <c>seL4_CPtr</c>.</remarks>
public readonly struct CapabilityPointer
{
    /// <summary>The address.</summary>
    public readonly ulong Value;

    /// <summary>Takes a number as an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CapabilityPointer(ulong value) => Value = value;

    /// <summary>Address 0, where every CSpace of ours is empty.</summary>
    public static CapabilityPointer Null => new(0);

    /// <summary>Whether it is the null address.</summary>
    public bool IsNull => Value == 0;

    /// <summary>The address a number of slots further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CapabilityPointer operator +(CapabilityPointer first, ulong slots) => new(first.Value + slots);
}
