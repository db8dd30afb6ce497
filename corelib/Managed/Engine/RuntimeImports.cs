// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>A check that ilc calls by name.</summary>
internal static unsafe class RuntimeImports
{
    /// <summary>Whether an object may be stored into an array of several dimensions.</summary>
    internal static void RhCheckArrayStore(object array, object? obj)
    {
        if (obj is null || TypeRelations.IsAssignable(obj.m_pEEType, array.m_pEEType->Related)) return;
        ThrowHelpers.ThrowArrayTypeMismatchException();
    }
}
