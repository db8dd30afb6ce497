// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Takes the lines of a report.</summary>
public interface ILineSink
{
    /// <summary>A line of at most 100 columns, without its end.</summary>
    void Line(string text);
}

/// <summary>Reports for people: memory by kind and size of block, regions, live objects by owner (AL:G2).</summary>
public static class AllocatorDump
{
    /// <summary>The books, and free memory by size of block.</summary>
    public static void WriteMemory(UntypedAllocator memory, ILineSink sink)
    {
        sink.Line(Row("memory", "total", "free", "granted", "reserved", "set aside", "largest"));
        for (MemoryKind kind = MemoryKind.Ram; kind <= MemoryKind.FarRam; kind++)
        {
            UntypedTotals totals = memory.Totals(kind);
            if (totals.TotalBytes == 0) continue;
            int largest = memory.LargestFree(kind);
            sink.Line(Row(
                NameOf(kind), Units.Bytes(totals.TotalBytes), Units.Bytes(totals.FreeBytes), Units.Bytes(totals.GrantedBytes),
                Units.Bytes(totals.ReservedBytes), Units.Bytes(totals.QuarantinedBytes), largest < 0 ? "-" : Units.Bytes(1ul << largest)));
        }

        WriteHistogram(new FreeHistogram(memory, MemoryKind.Ram), sink);
        sink.Line($"{memory.SlotsOfPieces} slots hold pieces, {memory.FreeNodePairs} splits can still be written down, "
            + $"{Units.Bytes(memory.BookkeepingBytes)} of bookkeeping");
    }

    /// <summary>Free blocks by size, and which share of free memory could be had in blocks of at least that size.</summary>
    public static void WriteHistogram(FreeHistogram histogram, ILineSink sink)
    {
        sink.Line("block size    free blocks      free bytes   usable at this size");
        for (int order = 0; order < 64; order++)
        {
            if (histogram[order] == 0) continue;
            string count = histogram[order].ToString().PadLeft(13);
            string bytes = Units.Bytes((ulong)histogram[order] << order).PadLeft(16);
            int share = histogram.UsablePerMille(order);
            sink.Line($"{Units.Bytes(1ul << order),-12}{count}{bytes}{share / 10,17}.{share % 10} %");
        }
    }

    /// <summary>Every region: where, what, how much of it is free.</summary>
    public static void WriteRegions(UntypedAllocator memory, ILineSink sink)
    {
        sink.Line("first address        last address         kind            size        free     largest");
        ulong from = 0;
        while (memory.TryNextRegion(from, out RegionView region))
        {
            string largest = region.LargestFreeBits < 0 ? "-" : Units.Bytes(1ul << region.LargestFreeBits);
            sink.Line($"{Hex(region.Base),-21}{Hex(region.Last),-21}{NameOf(region.Kind),-8}{Units.Bytes(1ul << region.SizeBits),12}"
                + $"{Units.Bytes(region.FreeBytes),12}{largest,12}{(region.IsWhole ? " whole" : "")}");
            if (region.Last == ulong.MaxValue) break;
            from = region.Last + 1;
        }
    }

    /// <summary>Every live object, by owner, with what it is for.</summary>
    public static void WriteObjects(ObjectTable table, ILineSink sink)
    {
        sink.Line("owner        cookie          what                bytes  physical address    slot      label");
        ulong from = 0;
        while (table.TryNextOwner(from, out OwnerUse use))
        {
            for (ulong cookie = table.FirstOf(use.Owner); cookie != 0; cookie = table.After(cookie))
                if (table.TryGet(cookie, out ObjectRecord record)) sink.Line(Describe(in record));
            sink.Line($"{use.Owner,-12} {use.Objects} allocations, {Units.Bytes(use.Bytes)}");
            if (use.Owner == ulong.MaxValue) break;
            from = use.Owner + 1;
        }
    }

    /// <summary>One allocation on one line.</summary>
    public static string Describe(in ObjectRecord record)
    {
        string name = Encoding.UTF8.GetString(ObjectTypeNames.Of(record.Type));
        string what = record.Count == 1 ? name : $"{record.Count} x {name}";
        string text = $"{record.Owner,-12} {record.Cookie,-15} {what,-18}{Units.Bytes(record.Bytes),7}  "
            + $"{Hex(record.Block.PhysicalAddress),-19} {record.FirstSlot,-9} {record.Label}";
        return text.Length <= Units.Columns ? text : text.Substring(0, Units.Columns - 1) + "…";
    }

    private static string NameOf(MemoryKind kind) => kind switch
    {
        MemoryKind.Ram => "RAM",
        MemoryKind.Device => "device",
        _ => "far RAM",
    };

    private static string Hex(ulong value) => "0x" + value.ToString("x");

    private static string Row(string kind, string total, string free, string granted, string reserved, string aside, string largest) =>
        $"{kind,-10}{total,12}{free,12}{granted,12}{reserved,12}{aside,12}{largest,12}";
}
