// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Internal.Runtime;

/// <summary>Names of the values of enumerations, from a table that the build links in.</summary>
/// <remarks>
/// ilc leaves no names in the image. The table <c>corelib_enum_names</c> has three words for each enumeration: method table, list of
/// values, and 1 if it is one of flags; a zero method table ends it. A list has pairs of words, value (widened by its sign) and name as
/// UTF-8 with a zero behind it, in the order of unsigned values; a zero name ends it. Without the table numbers are written.
/// </remarks>
internal static unsafe class EnumNames
{
    private struct Entry
    {
        internal MethodTable* Type;
        internal Value* Values;
        internal ulong IsFlags;
    }

    private struct Value
    {
        internal ulong Bits;
        internal byte* Name;
    }

    /// <summary>Whether the value, or for flags each of its bits, has a name.</summary>
    internal static bool HasName(MethodTable* type, ulong bits)
    {
        Entry* entry = Find(type);
        if (entry is null) return false;
        return NameOf(entry, bits) is not null || (entry->IsFlags != 0 && bits != 0 && Remainder(entry, bits) == 0);
    }

    /// <summary>Writes the name or, for flags, names with commas between them; there must be one.</summary>
    internal static bool TryFormat(MethodTable* type, ulong bits, Span<char> destination, out int written)
    {
        written = 0;
        Entry* entry = Find(type);
        byte* name = NameOf(entry, bits);
        if (name is not null) return TryAppend(name, destination, ref written);
        // The greatest values come off first but stand last: written backwards from the least would need them all before.
        int count = 0;
        ulong rest = bits;
        for (Value* value = Last(entry); value >= entry->Values && rest != 0; value--)
        {
            if (value->Bits == 0 || (rest & value->Bits) != value->Bits) continue;
            rest &= ~value->Bits;
            count++;
        }
        for (int index = count - 1; index >= 0; index--)
        {
            if (!TryAppend(Taken(entry, bits, index), destination, ref written)) return false;
            if (index > 0 && !(TryAppend(',', destination, ref written) && TryAppend(' ', destination, ref written))) return false;
        }
        return true;
    }

    /// <summary>The name that comes off after <paramref name="before"/> others.</summary>
    private static byte* Taken(Entry* entry, ulong bits, int before)
    {
        Value* value = Last(entry);
        for (; ; value--)
        {
            if (value->Bits == 0 || (bits & value->Bits) != value->Bits) continue;
            bits &= ~value->Bits;
            if (before-- == 0) return value->Name;
        }
    }

    private static ulong Remainder(Entry* entry, ulong bits)
    {
        for (Value* value = Last(entry); value >= entry->Values; value--)
        {
            if ((bits & value->Bits) == value->Bits) bits &= ~value->Bits;
        }
        return bits;
    }

    private static Value* Last(Entry* entry)
    {
        Value* value = entry->Values;
        while (value->Name is not null) value++;
        return value - 1;
    }

    private static byte* NameOf(Entry* entry, ulong bits)
    {
        for (Value* value = entry->Values; value->Name is not null; value++)
        {
            if (value->Bits == bits) return value->Name;
        }
        return null;
    }

    private static bool TryAppend(byte* name, Span<char> destination, ref int written)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        while (bytes.Length > 0)
        {
            // C# names are within 16 bits but for a few scripts, whose names then show the replacement character.
            uint rune = Utf8.Decode(bytes, out int length);
            if (!TryAppend(rune > char.MaxValue ? Utf8.Replacement : (char)rune, destination, ref written)) return false;
            bytes = bytes.Slice(length);
        }
        return true;
    }

    private static bool TryAppend(char character, Span<char> destination, ref int written)
    {
        if (written >= destination.Length) return false;
        destination[written++] = character;
        return true;
    }

    private static Entry* Find(MethodTable* type)
    {
        Entry* entry = Table();
        if (entry is null) return null;
        for (; entry->Type is not null; entry++)
        {
            if (entry->Type == type) return entry;
        }
        return null;
    }

    [RuntimeImport("*", "corelib_enum_names_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Entry* Table();
}
