// SPDX-License-Identifier: BSD-2-Clause
namespace System.Buffers
{
    /// <summary>Fills a span from a state.</summary>
    public delegate void SpanAction<T, in TArg>(Span<T> span, TArg arg) where TArg : allows ref struct;
}

namespace System.Runtime.CompilerServices
{
    public static partial class RuntimeHelpers
    {
        /// <summary>Part of an array as a new one; C# calls it for ranges.</summary>
        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            (int offset, int length) = range.GetOffsetAndLength(array.Length);
            return new ReadOnlySpan<T>(array, offset, length).ToArray();
        }

        /// <summary>Fills a new array from a constant table.</summary>
        [Intrinsic]
        public static void InitializeArray(Array array, RuntimeFieldHandle fldHandle) => InitializeArray(array, fldHandle);
    }
}

namespace System.Runtime.InteropServices
{
    public static unsafe partial class MemoryMarshal
    {
        /// <summary>The first element of an array, or where it would be; no check of the element type.</summary>
        public static ref T GetArrayDataReference<T>(T[] array)
            => ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(
                ref System.Runtime.CompilerServices.Unsafe.As<RawArrayData>(array).Data);
    }
}
