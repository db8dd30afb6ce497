// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Address arithmetic on references. ilc replaces the bodies marked intrinsic by a few instructions.</summary>
/// <remarks>The bodies here never run; they call themselves so that a compiler that ignores the mark fails visibly.</remarks>
public static unsafe class Unsafe
{
    /// <summary>The address of a reference.</summary>
    [Intrinsic]
    public static void* AsPointer<T>(ref readonly T value) where T : allows ref struct => AsPointer(in value);

    /// <summary>Bytes in a value of the type.</summary>
    [Intrinsic]
    public static int SizeOf<T>() where T : allows ref struct => SizeOf<T>();

    /// <summary>Takes an object for one of another class, unchecked.</summary>
    [Intrinsic]
    [return: NotNullIfNotNull(nameof(o))]
    public static T? As<T>(object? o) where T : class? => As<T>(o);

    /// <summary>Takes a reference for one to another type, unchecked.</summary>
    [Intrinsic]
    public static ref TTo As<TFrom, TTo>(ref TFrom source) where TFrom : allows ref struct where TTo : allows ref struct
        => ref As<TFrom, TTo>(ref source);

    /// <summary>The reference to what a pointer points at.</summary>
    [Intrinsic]
    public static ref T AsRef<T>(void* source) where T : allows ref struct => ref AsRef<T>(source);

    /// <summary>Takes the read-only away.</summary>
    [Intrinsic]
    public static ref T AsRef<T>(scoped ref readonly T source) where T : allows ref struct => ref AsRef(in source);

    /// <summary>A reference further by elements.</summary>
    [Intrinsic]
    public static ref T Add<T>(ref T source, int elementOffset) where T : allows ref struct => ref Add(ref source, elementOffset);

    /// <summary>A reference further by elements.</summary>
    [Intrinsic]
    public static ref T Add<T>(ref T source, nint elementOffset) where T : allows ref struct => ref Add(ref source, elementOffset);

    /// <summary>A reference further by elements.</summary>
    [Intrinsic]
    public static ref T Add<T>(ref T source, nuint elementOffset) where T : allows ref struct => ref Add(ref source, elementOffset);

    /// <summary>A pointer further by elements.</summary>
    [Intrinsic]
    public static void* Add<T>(void* source, int elementOffset) where T : allows ref struct => Add<T>(source, elementOffset);

    /// <summary>A reference further by bytes.</summary>
    [Intrinsic]
    public static ref T AddByteOffset<T>(ref T source, nint byteOffset) where T : allows ref struct
        => ref AddByteOffset(ref source, byteOffset);

    /// <summary>A reference further by bytes.</summary>
    [Intrinsic]
    public static ref T AddByteOffset<T>(ref T source, nuint byteOffset) where T : allows ref struct
        => ref AddByteOffset(ref source, byteOffset);

    /// <summary>A reference back by elements.</summary>
    [Intrinsic]
    public static ref T Subtract<T>(ref T source, int elementOffset) where T : allows ref struct => ref Subtract(ref source, elementOffset);

    /// <summary>The distance of two references in bytes.</summary>
    [Intrinsic]
    public static nint ByteOffset<T>(ref readonly T origin, ref readonly T target) where T : allows ref struct
        => ByteOffset(in origin, in target);

    /// <summary>Whether both refer to the same place.</summary>
    [Intrinsic]
    public static bool AreSame<T>(ref readonly T left, ref readonly T right) where T : allows ref struct => AreSame(in left, in right);

    /// <summary>Whether the first place is above the second.</summary>
    [Intrinsic]
    public static bool IsAddressGreaterThan<T>(ref readonly T left, ref readonly T right) where T : allows ref struct
        => IsAddressGreaterThan(in left, in right);

    /// <summary>Whether the first place is below the second.</summary>
    [Intrinsic]
    public static bool IsAddressLessThan<T>(ref readonly T left, ref readonly T right) where T : allows ref struct
        => IsAddressLessThan(in left, in right);

    /// <summary>Whether the reference is to nothing.</summary>
    [Intrinsic]
    public static bool IsNullRef<T>(ref readonly T source) where T : allows ref struct => IsNullRef(in source);

    /// <summary>A reference to nothing.</summary>
    [Intrinsic]
    public static ref T NullRef<T>() where T : allows ref struct => ref NullRef<T>();

    /// <summary>Leaves an <c>out</c> parameter as it is, saving the clearing.</summary>
    [Intrinsic]
    public static void SkipInit<T>(out T value) where T : allows ref struct => SkipInit(out value);

    /// <summary>Takes the bits of a value for another type of the same size.</summary>
    [Intrinsic]
    public static TTo BitCast<TFrom, TTo>(TFrom source) where TFrom : allows ref struct where TTo : allows ref struct
        => BitCast<TFrom, TTo>(source);

    /// <summary>Reads a value at any address.</summary>
    [Intrinsic]
    public static T ReadUnaligned<T>(void* source) where T : allows ref struct => ReadUnaligned<T>(source);

    /// <summary>Reads a value at any address.</summary>
    [Intrinsic]
    public static T ReadUnaligned<T>(scoped ref readonly byte source) where T : allows ref struct => ReadUnaligned<T>(in source);

    /// <summary>Writes a value at any address.</summary>
    [Intrinsic]
    public static void WriteUnaligned<T>(void* destination, T value) where T : allows ref struct => WriteUnaligned(destination, value);

    /// <summary>Writes a value at any address.</summary>
    [Intrinsic]
    public static void WriteUnaligned<T>(ref byte destination, T value) where T : allows ref struct
        => WriteUnaligned(ref destination, value);

    /// <summary>Reads the value at an aligned address.</summary>
    public static T Read<T>(void* source) where T : allows ref struct => AsRef<T>(source);

    /// <summary>Writes the value at an aligned address.</summary>
    public static void Write<T>(void* destination, T value) where T : allows ref struct => AsRef<T>(destination) = value;

    /// <summary>The reference inside a box, unchecked.</summary>
    public static ref T Unbox<T>(object box) where T : struct => ref As<byte, T>(ref As<RawData>(box).Data);

    /// <summary>Copies bytes between places that do not overlap.</summary>
    public static void CopyBlock(void* destination, void* source, uint byteCount) => MemoryOperations.Move(destination, source, byteCount);

    /// <summary>Copies bytes between places that do not overlap, at any address.</summary>
    public static void CopyBlockUnaligned(void* destination, void* source, uint byteCount)
        => MemoryOperations.Move(destination, source, byteCount);

    /// <summary>Sets bytes.</summary>
    public static void InitBlock(void* startAddress, byte value, uint byteCount) => MemoryOperations.Set(startAddress, value, byteCount);

    /// <summary>Sets bytes, at any address.</summary>
    public static void InitBlockUnaligned(void* startAddress, byte value, uint byteCount)
        => MemoryOperations.Set(startAddress, value, byteCount);
}

/// <summary>A boxed value seen as bytes.</summary>
internal sealed class RawData
{
    internal byte Data;
}

/// <summary>The string instructions of Runtime.S.</summary>
internal static unsafe class MemoryOperations
{
    [RuntimeImport("*", "memmove")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void* Move(void* destination, void* source, nuint count);

    [RuntimeImport("*", "memset")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void* Set(void* destination, int value, nuint count);

    [RuntimeImport("*", "memcmp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int Compare(void* left, void* right, nuint count);
}
