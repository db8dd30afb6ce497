// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Internal.Runtime;

/// <summary>Names of exceptions, from a table that the build links in.</summary>
/// <remarks>
/// ilc leaves no names in the image. The table <c>corelib_type_names</c> has pairs of words: method table, and name as UTF-8 with a
/// zero behind it; a zero method table ends it. Exceptions of this library know their own name; one that is not in the table is called
/// by the nearest class of this library.
/// </remarks>
internal static unsafe class TypeNames
{
    private struct Entry
    {
        internal MethodTable* Type;
        internal byte* Name;
    }

    internal static void Append(ref Utf8Buffer buffer, Exception exception)
    {
        byte* name = Find(exception.m_pEEType);
        if (name is not null)
        {
            buffer.Append(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
            return;
        }
        KnownClass known = exception.NearestKnownClass;
        if (known.Table != exception.m_pEEType) buffer.Append("a class derived from ");
        buffer.Append(known.Name);
    }

    internal static string Get(Exception exception)
    {
        byte* name = Find(exception.m_pEEType);
        if (name is not null) return Text(name);
        KnownClass known = exception.NearestKnownClass;
        return known.Table == exception.m_pEEType ? known.Name : "a class derived from " + known.Name;
    }

    private static string Text(byte* name) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));

    private static byte* Find(MethodTable* type)
    {
        Entry* entry = Table();
        if (entry is null) return null;
        for (; entry->Type is not null; entry++)
        {
            if (entry->Type == type) return entry->Name;
        }
        return null;
    }

    [RuntimeImport("*", "corelib_type_names_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Entry* Table();
}

/// <summary>A class whose name is written in the source.</summary>
internal readonly unsafe struct KnownClass(MethodTable* table, string name)
{
    internal readonly MethodTable* Table = table;
    internal readonly string Name = name;
}
