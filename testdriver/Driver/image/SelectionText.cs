// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sel4.TestDriver;

/// <summary>The text that the host has written into this image: which tests to run, and how.</summary>
internal static unsafe class SelectionText
{
    /// <summary>The text without the zeros behind it; empty when nothing was written.</summary>
    internal static string Read()
    {
        nuint bytes;
        byte* start = Get(&bytes);
        // SAFETY: the function tells where in this image the room lies, and how large it is.
        ReadOnlySpan<byte> room = new(start, (int)bytes);
        int end = room.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? room : room.Slice(0, end));
    }

    [RuntimeImport("*", "driver_selection")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Get(nuint* bytes);
}
