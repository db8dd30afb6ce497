// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Diagnostics.CodeAnalysis;

namespace Kernel.Core;

/// <summary>How a kernel bug ends on the host: as an exception that fails the test.</summary>
public static class Epitaph
{
    /// <summary>Throws <see cref="KernelBugException"/>.</summary>
    [DoesNotReturn]
    public static void Stop(string text, int line) => throw new KernelBugException($"the kernel relied on `{text}` (line {line})");
}

/// <summary>The kernel found that one of its own assumptions does not hold.</summary>
public sealed class KernelBugException(string message) : Exception(message);
