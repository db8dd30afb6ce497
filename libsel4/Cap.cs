// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>A capability pointer together with what it is believed to point at, which decides the methods it has.</summary>
/// <remarks>
/// The belief is the program's own: the kernel checks the real type at every use and answers InvalidCapability or
/// IllegalOperation when it is wrong. The struct is one word and vanishes in compiled code.
/// </remarks>
public readonly struct Cap<T> where T : struct, ICapabilityType
{
    /// <summary>The address in the program's CSpace.</summary>
    public readonly CapabilityPointer Pointer;

    /// <summary>Takes an address as that of a capability of type <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cap(CapabilityPointer pointer) => Pointer = pointer;

    /// <summary>Takes a slot number as such an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cap(ulong value) => Pointer = new CapabilityPointer(value);

    /// <summary>Address 0: no capability.</summary>
    public static Cap<T> Null => default;

    /// <summary>Whether it is address 0.</summary>
    public bool IsNull => Pointer.Value == 0;

    /// <summary>The address as a number.</summary>
    public ulong Value => Pointer.Value;

    /// <summary>The same address, believed to hold something else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cap<TOther> As<TOther>() where TOther : struct, ICapabilityType => new(Pointer);

    /// <summary>Asks the kernel what is really there; debug kernels only. Null when the address leads nowhere.</summary>
    public CapabilityTypeTag Identify() => Syscall.DebugCapIdentify(Pointer);
}
