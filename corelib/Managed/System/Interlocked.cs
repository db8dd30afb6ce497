// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Threading;

public static partial class Interlocked
{
    /// <summary>Stores a reference and returns the one that was there. No collector, so a reference is a word like others.</summary>
    public static T Exchange<T>(ref T location1, T value) where T : class?
    {
        nint previous = Exchange(ref Unsafe.As<T, nint>(ref location1), Unsafe.As<T, nint>(ref value));
        return Unsafe.As<nint, T>(ref previous);
    }

    /// <summary>Stores a reference if the expected one is there; returns the one that was.</summary>
    public static T CompareExchange<T>(ref T location1, T value, T comparand) where T : class?
    {
        nint previous = CompareExchange(
            ref Unsafe.As<T, nint>(ref location1), Unsafe.As<T, nint>(ref value), Unsafe.As<T, nint>(ref comparand));
        return Unsafe.As<nint, T>(ref previous);
    }
}
