// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace Sel4.Abi;

/// <summary>What a receiver learns about the capability that a message or signal came through. 0 means unbadged.</summary>
/// <remarks>Source: ABI-4.4; all 64 bits count.</remarks>
public readonly struct Badge
{
    /// <summary>The word.</summary>
    public readonly ulong Value;

    /// <summary>Takes a number as a badge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Badge(ulong value) => Value = value;

    /// <summary>The badge of a capability without badge.</summary>
    public static Badge None => new(0);

    /// <summary>Whether there is no badge; for a non-blocking receive also: whether nothing was there.</summary>
    public bool IsNone => Value == 0;
}
