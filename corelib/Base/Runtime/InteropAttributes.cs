// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.InteropServices;

/// <summary>How the fields of a type are laid out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class StructLayoutAttribute(LayoutKind layoutKind) : Attribute
{
    /// <summary>As given.</summary>
    public LayoutKind Value { get; } = layoutKind;

    /// <summary>Greatest alignment of a field, in bytes.</summary>
    public int Pack;

    /// <summary>Least size of the whole, in bytes.</summary>
    public int Size;

    /// <summary>Kept for common sources.</summary>
    public CharSet CharSet;
}

/// <summary>The offset of a field of an explicit layout.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class FieldOffsetAttribute(int offset) : Attribute
{
    /// <summary>Bytes from the start.</summary>
    public int Value { get; } = offset;
}

/// <summary>Ways to lay out fields.</summary>
public enum LayoutKind
{
    Sequential = 0,
    Explicit = 2,
    Auto = 3,
}

/// <summary>Encodings of text passed outside; the compiler wants the type.</summary>
public enum CharSet
{
    None = 1,
    Ansi = 2,
    Unicode = 3,
    Auto = 4,
}

/// <summary>Calling conventions of functions outside; the compiler wants the type.</summary>
public enum CallingConvention
{
    Winapi = 1,
    Cdecl = 2,
    StdCall = 3,
    ThisCall = 4,
    FastCall = 5,
}

/// <summary>Marks <c>in</c> parameters; also a modifier type.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InAttribute : Attribute;

/// <summary>Marks <c>out</c> parameters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutAttribute : Attribute;

/// <summary>Marks optional parameters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OptionalAttribute : Attribute;

/// <summary>How a value crosses the border; the name serves as the modifier of <c>unmanaged</c> constraints.</summary>
public enum UnmanagedType
{
    Bool = 2,
    I4 = 7,
    LPStr = 20,
}
