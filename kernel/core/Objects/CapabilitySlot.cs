// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>A capability slot: 32 bytes, two words of capability and two of derivation tree (design L2).</summary>
/// <remarks>
/// All slots that hold a capability form one doubly linked list in which each capability is followed by its descendants.
/// Who descends from whom follows from the objects covered and from the two flags (<c>Derivation/MappingDatabase.cs</c>).
/// </remarks>
public struct CapabilitySlot
{
    public ulong Word0;
    public ulong Word1;

    /// <summary>Address of the previous slot in derivation order; zero at the start.</summary>
    public ulong MdbPrevious;

    /// <summary>Address of the next slot in derivation order, with the flags in bits 0 and 1.</summary>
    public ulong MdbNextAndFlags;

    /// <summary>Flag: this capability is an original, copies of it are its children (R-DER-02).</summary>
    public const ulong RevocableFlag = 2;

    /// <summary>Flag: this capability starts a family of one badge (R-DER-04).</summary>
    public const ulong FirstBadgedFlag = 1;

    /// <summary>The capability by value.</summary>
    public Capability Capability
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => new(Word0, Word1);

        // Two integer stores; assigning the struct as a whole would go through a vector register.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            Word0 = value.Word0;
            Word1 = value.Word1;
        }
    }

    public readonly CapabilityTag Tag
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (CapabilityTag)(Word0 >> 59);
    }

    public readonly bool IsEmpty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word0 >> 59 == 0;
    }

    public readonly Ref<CapabilitySlot> Next => new(MdbNextAndFlags & ~3ul);

    public readonly Ref<CapabilitySlot> Previous => new(MdbPrevious);
}
