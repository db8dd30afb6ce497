// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>A reference to a kernel object, or to another structure that the kernel keeps in memory.</summary>
/// <remarks>
/// Holding a value proves that somebody inside the kernel made the address: Retype, the boot code, or a field of another
/// object. It does not prove that the object still lives; the derivation tree does (R-DER-18).
/// Units: kernel addresses, that is addresses inside the window through which the kernel sees physical memory.
/// </remarks>
public readonly unsafe struct Ref<T>(ulong kernelAddress) where T : unmanaged
{
    /// <summary>The kernel address; zero for "none".</summary>
    public readonly ulong Address = kernelAddress;

    /// <summary>True when this refers to nothing.</summary>
    public bool IsNull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Address == 0;
    }

    /// <summary>The object itself.</summary>
    public ref T Value
    {
        // SAFETY: see the remarks of the type; a null reference faults in the unmapped first page.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *(T*)Address;
    }

    public static bool operator ==(Ref<T> left, Ref<T> right) => left.Address == right.Address;

    public static bool operator !=(Ref<T> left, Ref<T> right) => left.Address != right.Address;

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is Ref<T> reference && reference.Address == Address;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Address ^ (int)(Address >> 32);
}
