// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where compiled checks end when they fail. ilc finds the methods by name.</summary>
/// <remarks>
/// Each is an assembly stub in Runtime.S that passes its message and the address of the failed check to
/// <c>runtime_fail_fast</c>: nothing is allocated, so the kernel uses the same ones.
/// </remarks>
internal static class ThrowHelpers
{
    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_index_out_of_range")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowIndexOutOfRangeException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_overflow")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowOverflowException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_divide_by_zero")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowDivideByZeroException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_null_reference")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNullReferenceException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_argument")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArgumentException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_argument_out_of_range")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArgumentOutOfRangeException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowPlatformNotSupportedException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNotImplementedException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowFeatureBodyRemoved();

    /// <summary>Inline arrays can neither be compared nor hashed; programs that box structs with such fields refer to it.</summary>
    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNotSupportedInlineArrayEqualsGetHashCode();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_no_value")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNoValue();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_destination_too_short")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowDestinationTooShort();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_invalid_program")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowInvalidProgramException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_invalid_cast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowInvalidCastException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_array_type_mismatch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArrayTypeMismatchException();

    [DoesNotReturn]
    [RuntimeImport("*", "corelib_fail_entry_point_not_found")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowEntryPointNotFound();
}
