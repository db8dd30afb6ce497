// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System.Runtime;

/// <summary>Type tests and casts. ilc finds the methods by name; each passes the target type first.</summary>
/// <remarks>
/// Only user programs have the symbols: the kernel fails to link if it casts. Checks that can fail are assembly stubs in
/// Managed/Runtime.S, so that the address in the message is that of the cast or store in the program.
/// </remarks>
internal static unsafe class TypeCast
{
    [RuntimeImport("*", "corelib_is_instance_of_any")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? IsInstanceOfAny(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_is_instance_of_interface")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? IsInstanceOfInterface(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_is_instance_of_class")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? IsInstanceOfClass(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_is_instance_of_exception")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern bool IsInstanceOfException(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_check_cast_any")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? CheckCastAny(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_check_cast_interface")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? CheckCastInterface(MethodTable* target, object? obj);

    [RuntimeImport("*", "corelib_check_cast_class")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? CheckCastClass(MethodTable* target, object? obj);

    /// <summary>As <see cref="CheckCastClass"/>; the caller has found the object to be of another class, and not null.</summary>
    [RuntimeImport("*", "corelib_check_cast_class")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern object? CheckCastClassSpecial(MethodTable* target, object? obj);

    /// <summary>Stores into an array of references: an array of a derived class may be seen as one of its base class.</summary>
    [RuntimeImport("*", "corelib_store_element")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void StelemRef(object?[] array, nint index, object? obj);

    /// <summary>The place of an array element; a writable reference demands the exact element type.</summary>
    [RuntimeImport("*", "corelib_element_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ref object? LdelemaRef(object?[] array, nint index, MethodTable* elementType);
}
