// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>A capability: two words, whose layout is generated from <c>libsel4/abi/layout/capability.bf</c>.</summary>
/// <remarks>
/// The tag sits in the top five bits of the first word for every type. The struct is passed and returned by value (two
/// registers); it is stored by its words, never as a whole, so that no vector register is used (anchors §4.11).
/// </remarks>
public readonly partial struct Capability(ulong word0, ulong word1)
{
    public readonly ulong Word0 = word0;
    public readonly ulong Word1 = word1;

    /// <summary>The type; zero is the null capability of an empty slot.</summary>
    public CapabilityTag Tag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (CapabilityTag)(Word0 >> 59);
    }

    /// <summary>True for the capability of an empty slot.</summary>
    public bool IsNull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word0 >> 59 == 0;
    }
}
