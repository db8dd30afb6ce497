// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.CompilerServices;

/// <summary>Services that compiled code asks for by name.</summary>
public static unsafe partial class RuntimeHelpers
{
    /// <summary>Whether values of the type hold object references; a constant at compile time.</summary>
    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>() where T : allows ref struct => IsReferenceOrContainsReferences<T>();

    /// <summary>Whether equal values of the type are those with equal bytes; a constant at compile time.</summary>
    [Intrinsic]
    internal static bool IsBitwiseEquatable<T>() => IsBitwiseEquatable<T>();

    /// <summary>Whether the argument is a constant at this call; folded at compile time.</summary>
    [Intrinsic]
    internal static bool IsKnownConstant<T>(T value) => false;

    /// <summary>A span over a constant table in the image.</summary>
    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle handle) => CreateSpan<T>(handle);

    /// <summary>A number by identity. Objects never move, so it is made from the address.</summary>
    public static int GetHashCode(object? o)
    {
        ulong address = (ulong)Unsafe.As<object?, nint>(ref o);
        return (int)((address >> 3) ^ (address >> 35));
    }

    /// <summary>Offset of the characters within a string.</summary>
    public static int OffsetToStringData => 12;
}
