// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>What several collections complain of.</summary>
internal static class CollectionErrors
{
    [DoesNotReturn]
    internal static void Modified()
        => throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");
}
