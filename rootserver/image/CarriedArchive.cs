// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.RootServer;

/// <summary>The archive of child programs, linked into the image by the build.</summary>
public static unsafe class CarriedArchive
{
    /// <summary>All bytes of the archive.</summary>
    public static ReadOnlySpan<byte> Bytes
    {
        get
        {
            nuint length;
            byte* start = Get(&length);
            // SAFETY: the two symbols that the function reads enclose the archive in read-only data of this image.
            return new ReadOnlySpan<byte>(start, (int)length);
        }
    }

    [RuntimeImport("*", "rootserver_archive")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* Get(nuint* bytes);
}
