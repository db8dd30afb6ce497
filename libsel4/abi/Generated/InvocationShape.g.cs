// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>How many words and capabilities the message of an invocation must have at least.</summary>
public static class InvocationShape
{
    private static ReadOnlySpan<byte> WordsByLabel =>
        [0, 6, 2, 2, 1, 4, 1, 1, 2, 1, 3, 0, 0, 0, 0, 1, 2, 2, 2, 2, 5, 6, 4, 5, 8, 2, 3, 0, 0, 0, 1, 3, 1, 2, 0, 2, 0, 2, 0, 3, 0, 0, 2, 0, 4, 1, 1, 1, 2, 2, 2, 7, 7];

    /// <summary>Message words that the method needs; 0 for a label that means nothing.</summary>
    public static int Words(InvocationLabel label) =>
        label < InvocationLabel.Count ? WordsByLabel[(int)label] : 0;

    private static ReadOnlySpan<byte> CapabilitiesByLabel =>
        [0, 1, 0, 0, 1, 3, 1, 1, 1, 1, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1];

    /// <summary>Extra capabilities that the method needs; 0 for a label that means nothing.</summary>
    public static int Capabilities(InvocationLabel label) =>
        label < InvocationLabel.Count ? CapabilitiesByLabel[(int)label] : 0;
}
