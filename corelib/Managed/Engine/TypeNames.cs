// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace Internal.Runtime;

/// <summary>Names of types for messages.</summary>
internal static unsafe class TypeNames
{
    internal static void Append(ref Utf8Buffer buffer, object instance)
    {
        buffer.Append("Type ");
    }

    internal static string Get(Type type) => "Type";
}
