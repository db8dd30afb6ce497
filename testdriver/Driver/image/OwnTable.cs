// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.TestDriver;

/// <summary>The table of the tests that are part of the driver.</summary>
internal static unsafe class OwnTable
{
    internal static ReadOnlySpan<byte> Bytes
    {
        get
        {
            nuint length;
            byte* start = Get(&length);
            // SAFETY: the two symbols that the function reads enclose the table in read-only data of this image.
            return new ReadOnlySpan<byte>(start, (int)length);
        }
    }

    [RuntimeImport("*", "sel4_test_table")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Get(nuint* bytes);
}
