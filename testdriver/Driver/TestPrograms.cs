// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>The programs with tests that the archive holds, and the tables in them. TD:§1.</summary>
internal sealed class TestPrograms
{
    private const string ListFile = "programs";
    private readonly List<string> _names = new();

    /// <summary>The program's file; it was found before.</summary>
    public ReadOnlySpan<byte> FileOf(int program)
    {
        CpioArchive.TryFind(CarriedArchive.Bytes, _names[program], out ReadOnlySpan<byte> file, out _);
        return file;
    }

    /// <summary>All tests of the image, the driver's own among them, sorted; null with what is wrong.</summary>
    public TestInfo[]? ReadTests(out string problem)
    {
        TestInfo[]? own = TestTable.Read(OwnTable.Bytes, -1, out problem);
        if (own == null) return null;
        List<TestInfo> all = new();
        all.AddRange(own);
        if (!CpioArchive.TryFind(CarriedArchive.Bytes, ListFile, out ReadOnlySpan<byte> list, out problem)) return null;
        foreach (string name in System.Text.Encoding.UTF8.GetString(list).Split('\n'))
        {
            if (name.Length == 0) continue;
            if (!CpioArchive.TryFind(CarriedArchive.Bytes, name, out ReadOnlySpan<byte> file, out problem)) return null;
            TestInfo[]? tests = TestTable.Read(SectionOf(file), _names.Count, out problem);
            if (tests == null)
            {
                problem = name + ": " + problem;
                return null;
            }

            _names.Add(name);
            all.AddRange(tests);
        }

        TestInfo[] sorted = all.ToArray();
        Plan.SortByName(sorted);
        problem = TestTable.FindDuplicate(sorted) ?? "";
        if (problem.Length != 0) return null;
        Plan.Sort(sorted);
        return sorted;
    }

    /// <summary>The section with the table; empty when there is none, or the file is damaged.</summary>
    private static ReadOnlySpan<byte> SectionOf(ReadOnlySpan<byte> file)
    {
        const int HeaderBytes = 64;
        if (file.Length < HeaderBytes) return default;
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(0x28));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(0x3a));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(0x3c));
        int names = BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(0x3e));
        if (size != HeaderBytes || names >= count || table > (ulong)file.Length) return default;
        if ((ulong)file.Length - table < (ulong)count * HeaderBytes) return default;
        ReadOnlySpan<byte> texts = ContentOf(file, file.Slice((int)table + (names * HeaderBytes)));
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> header = file.Slice((int)table + (index * HeaderBytes), HeaderBytes);
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(header);
            if (name < (uint)texts.Length && texts.Slice((int)name).StartsWith(".tests\0"u8)) return ContentOf(file, header);
        }

        return default;
    }

    private static ReadOnlySpan<byte> ContentOf(ReadOnlySpan<byte> file, ReadOnlySpan<byte> header)
    {
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(0x18));
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(0x20));
        bool isInside = offset <= (ulong)file.Length && bytes <= (ulong)file.Length - offset;
        return isInside ? file.Slice((int)offset, (int)bytes) : default;
    }
}
