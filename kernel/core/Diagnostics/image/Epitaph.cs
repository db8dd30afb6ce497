// SPDX-License-Identifier: BSD-2-Clause

using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>How a kernel bug ends on the machine: the image prints the text and stops for good.</summary>
public static class Epitaph
{
    /// <summary>Never returns. Supplied by the image as <c>kernel_panic</c>, which knows the console and the epitaph buffer.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("*", "kernel_panic")]
    public static extern void Stop(string text, int line);
}
