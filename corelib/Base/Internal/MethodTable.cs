// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>The head of what ilc emits for every type whose objects exist.</summary>
/// <remarks>
/// Behind the head come the vtable, the interfaces (both full pointers), then optional fields of four bytes, each the distance
/// from itself to what it names: type manager, writable data, dispatch map, finalizer, sealed vtable, generic definition and
/// arguments. Which of the latter five exist is told by the flags.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MethodTable
{
    private readonly uint _flags;
    private readonly uint _baseSize;
    private readonly MethodTable* _related;
    private readonly ushort _vtableSlotCount;
    private readonly ushort _interfaceCount;
    private readonly uint _hashCode;

    private const uint KindMask = 0x0003_0000;
    private const uint KindParameterized = 0x0002_0000;
    private const uint HasDispatchMap = 0x0004_0000;
    private const uint HasFinalizer = 0x0010_0000;
    private const uint HasSealedVtable = 0x0040_0000;
    private const uint HasVariance = 0x0080_0000;
    private const uint IsGenericInstance = 0x0200_0000;
    private const uint HasComponentSize = 0x8000_0000;
    private const int ElementTypeShift = 26;
    private const uint ElementTypeMask = 31;
    private const int NullableOffsetShift = 8;
    private const uint NullableOffsetMask = 7;

    /// <summary>The table of a type named in the source; folded by ilc.</summary>
    [Intrinsic]
    internal static MethodTable* Of<T>() => Of<T>();

    /// <summary>What sort of type it is.</summary>
    internal readonly ElementType ElementType => (ElementType)((_flags >> ElementTypeShift) & ElementTypeMask);

    /// <summary>Whether values of the type live without an object.</summary>
    internal readonly bool IsValueType => ElementType is > ElementType.Unknown and < ElementType.Class;

    /// <summary>Whether it is an interface.</summary>
    internal readonly bool IsInterface => ElementType == ElementType.Interface;

    /// <summary>Whether it is an array of any rank.</summary>
    internal readonly bool IsArray => ElementType is ElementType.Array or ElementType.SzArray;

    /// <summary>Whether it is <c>T?</c>.</summary>
    internal readonly bool IsNullable => ElementType == ElementType.Nullable;

    /// <summary>Whether it is an array, pointer or reference type; <see cref="Related"/> is then the element type.</summary>
    internal readonly bool IsParameterized => (_flags & KindMask) == KindParameterized;

    /// <summary>Bytes of an object with its header, without array elements.</summary>
    internal readonly uint BaseSize => _baseSize;

    /// <summary>Bytes of an array element or string character.</summary>
    internal readonly uint ComponentSize => (_flags & HasComponentSize) != 0 ? (ushort)_flags : 0u;

    /// <summary>Bytes of a value without the two header words that <see cref="BaseSize"/> counts in.</summary>
    internal readonly uint ValueSize => _baseSize - (2 * (uint)sizeof(nint)) - ((_flags >> 5) & 7);

    /// <summary>Offset of the value within <c>T?</c>.</summary>
    internal readonly uint NullableValueOffset => 1u << (int)((_flags >> NullableOffsetShift) & NullableOffsetMask);

    /// <summary>Base class, or element type of an array.</summary>
    internal readonly MethodTable* Related => _related;

    /// <summary>The base class, or null.</summary>
    internal readonly MethodTable* Base => IsArray ? Of<System.Array>() : IsParameterized ? null : _related;

    /// <summary>Number of entries in the vtable proper.</summary>
    internal readonly ushort VtableSlotCount => _vtableSlotCount;

    /// <summary>Number of interfaces, inherited ones included.</summary>
    internal readonly ushort InterfaceCount => _interfaceCount;

    /// <summary>A number that differs between most types, the same in every build.</summary>
    internal readonly uint HashCode => _hashCode;

    /// <summary>Whether some type parameter is <c>in</c> or <c>out</c>.</summary>
    internal readonly bool IsVariant => (_flags & HasVariance) != 0;

    /// <summary>Whether it is an instance of a generic type.</summary>
    internal readonly bool IsGeneric => (_flags & IsGenericInstance) != 0;

    private readonly byte* Self => (byte*)Unsafe.AsPointer(in this);

    /// <summary>The code of virtual methods.</summary>
    internal readonly nint* Vtable => (nint*)(Self + sizeof(MethodTable));

    /// <summary>The interfaces.</summary>
    internal readonly MethodTable** Interfaces => (MethodTable**)(Vtable + _vtableSlotCount);

    /// <summary>The optional fields; the first two always exist.</summary>
    private readonly int* OptionalFields => (int*)(Interfaces + _interfaceCount);

    /// <summary>A word of memory of the type's own, where its object of class Type is kept.</summary>
    internal readonly nint* WritableData => (nint*)Follow(OptionalFields + 1);

    /// <summary>Which methods implement which interface methods, or null.</summary>
    internal readonly ushort* DispatchMap => (_flags & HasDispatchMap) != 0 ? (ushort*)Follow(OptionalFields + 2) : null;

    /// <summary>Code of virtual methods that nothing overrides.</summary>
    internal readonly int* SealedVtable => (int*)Follow(OptionalFields + 2 + Count(HasDispatchMap) + Count(HasFinalizer));

    private readonly int GenericIndex => 2 + Count(HasDispatchMap) + Count(HasFinalizer) + Count(HasSealedVtable);

    /// <summary>The open generic type of an instance.</summary>
    internal readonly MethodTable* GenericDefinition => (MethodTable*)Follow(OptionalFields + GenericIndex);

    /// <summary>Number of type parameters, of a generic definition.</summary>
    internal readonly int Arity => (ushort)_flags;

    /// <summary>One type argument of an instance: a single one stands in the field itself, several in a table.</summary>
    internal readonly MethodTable* GenericArgument(int index)
    {
        int* field = OptionalFields + GenericIndex + 1;
        if (GenericDefinition->Arity > 1) field = (int*)Follow(field) + index;
        return (MethodTable*)Follow(field);
    }

    /// <summary>How each type parameter of a generic definition varies.</summary>
    internal readonly byte* Variance => (byte*)Follow(OptionalFields + GenericIndex);

    /// <summary>The address that a relative field names.</summary>
    internal static void* Follow(int* field) => (byte*)field + *field;

    private readonly int Count(uint flag) => (_flags & flag) != 0 ? 1 : 0;
}

/// <summary>Sorts of types as ilc writes them into bits 26 to 30 of the flags.</summary>
internal enum ElementType
{
    Unknown = 0x00,
    Void = 0x01,
    Boolean = 0x02,
    Char = 0x03,
    SByte = 0x04,
    Byte = 0x05,
    Int16 = 0x06,
    UInt16 = 0x07,
    Int32 = 0x08,
    UInt32 = 0x09,
    Int64 = 0x0A,
    UInt64 = 0x0B,
    IntPtr = 0x0C,
    UIntPtr = 0x0D,
    Single = 0x0E,
    Double = 0x0F,
    ValueType = 0x10,
    Nullable = 0x12,
    Class = 0x14,
    Interface = 0x15,
    SystemArray = 0x16,
    Array = 0x17,
    SzArray = 0x18,
    ByRef = 0x19,
    Pointer = 0x1A,
    FunctionPointer = 0x1B,
}
