// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.InteropServices
{
    using System.Collections.Generic;

    /// <summary>The insides of collections.</summary>
    public static class CollectionsMarshal
    {
        /// <summary>The values of a list in place; the list must not change meanwhile.</summary>
        public static Span<T> AsSpan<T>(List<T>? list) => list is null ? default : new Span<T>(list._items, 0, list._size);

        /// <summary>Makes a list have so many values; new ones are whatever was there.</summary>
        public static void SetCount<T>(List<T> list, int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            list.EnsureCapacity(count);
            list._size = count;
        }
    }
}
