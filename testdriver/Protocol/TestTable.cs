// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Buffers.Binary;
using System.Text;

namespace Sel4.Testing;

/// <summary>The table of tests that a program carries in its section <c>.tests</c>, for the driver and for the host. TD:T1.</summary>
/// <remarks>
/// Little-endian. Head: eight bytes of <see cref="Magic"/>, number of entries, bytes of the table (both 32 bits). An entry: its bytes
/// (32 bits), type and flags (16 bits each; flag 1 = enabled), time-out in ms and line (32 bits each), then seven texts, each 16 bits
/// of length and UTF-8: name, description, tags, requirements, known failure, rules, file. Entries are sorted by type and name.
/// </remarks>
public static class TestTable
{
    public const string SectionName = ".tests";
    public const int HeaderBytes = 16;
    public const int EnabledFlag = 1;
    public const int Texts = 7;

    /// <summary>Bytes of an entry before its texts.</summary>
    public const int EntryBytes = 16;

    /// <summary>The first bytes of a table.</summary>
    public static ReadOnlySpan<byte> Magic => "s4tests1"u8;

    /// <summary>All entries; null with a sentence when the bytes are no table.</summary>
    public static TestInfo[]? Read(ReadOnlySpan<byte> table, int program, out string problem)
    {
        problem = "the table of tests is damaged";
        if (table.Length < HeaderBytes || !table.Slice(0, Magic.Length).SequenceEqual(Magic)) return null;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(8));
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(12));
        if (bytes > (uint)table.Length || count > bytes / EntryBytes) return null;
        TestInfo[] tests = new TestInfo[count];
        int position = HeaderBytes;
        for (int index = 0; index < tests.Length; index++)
        {
            ReadOnlySpan<byte> rest = table.Slice(0, (int)bytes).Slice(position);
            if (rest.Length < EntryBytes) return null;
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            if (size < EntryBytes || size > (uint)rest.Length) return null;
            TestInfo? test = ReadEntry(rest.Slice(0, (int)size), program, index);
            if (test == null) return null;
            tests[index] = test;
            position += (int)size;
        }

        problem = "";
        return tests;
    }

    /// <summary>The place of a test in the table; -1 when it is not there. Allocates nothing.</summary>
    public static int IndexOf(ReadOnlySpan<byte> table, ReadOnlySpan<byte> name)
    {
        if (table.Length < HeaderBytes) return -1;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(8));
        int position = HeaderBytes;
        for (int index = 0; index < (int)count; index++)
        {
            ReadOnlySpan<byte> entry = table.Slice(position);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(EntryBytes));
            if (entry.Slice(EntryBytes + 2, length).SequenceEqual(name)) return index;
            position += (int)BinaryPrimitives.ReadUInt32LittleEndian(entry);
        }

        return -1;
    }

    /// <summary>The first two tests of one name (TD:T3); null when every name is there once. Needs an array sorted by name.</summary>
    public static string? FindDuplicate(TestInfo[] sorted)
    {
        for (int index = 1; index < sorted.Length; index++)
        {
            TestInfo first = sorted[index - 1];
            TestInfo second = sorted[index];
            if (first.Name != second.Name) continue;
            return $"two tests are called {first.Name}: {first.File}:{first.Line} and {second.File}:{second.Line}";
        }

        return null;
    }

    private static TestInfo? ReadEntry(ReadOnlySpan<byte> entry, int program, int index)
    {
        string[] texts = new string[Texts];
        int position = EntryBytes;
        for (int text = 0; text < Texts; text++)
        {
            if (entry.Length - position < 2) return null;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(position));
            position += 2;
            if (entry.Length - position < length) return null;
            texts[text] = length == 0 ? "" : Encoding.UTF8.GetString(entry.Slice(position, length));
            position += length;
        }

        return new TestInfo
        {
            Type = BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(4)),
            IsEnabled = (BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(6)) & EnabledFlag) != 0,
            TimeoutMilliseconds = BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(8)),
            Line = (int)BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(12)),
            Program = program,
            Index = index,
            Name = texts[0],
            Description = texts[1],
            Tags = texts[2],
            Requirements = texts[3],
            KnownFailure = texts[4],
            Rules = texts[5],
            File = texts[6],
        };
    }
}
