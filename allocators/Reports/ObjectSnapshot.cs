// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>What was live at one moment; two of them tell what stayed behind in between (AL:G2). For debugging: it allocates.</summary>
public sealed class ObjectSnapshot
{
    private readonly AddressTree _cookies;

    /// <summary>Remembers all live allocations.</summary>
    public ObjectSnapshot(ObjectTable table)
    {
        _cookies = new AddressTree(table.Count);
        Visit(table, (in ObjectRecord record) => _cookies.TryAdd(record.Cookie, 0));
    }

    /// <summary>How many were live.</summary>
    public int Count => _cookies.Count;

    private delegate void Visitor(in ObjectRecord record);

    /// <summary>Writes a line for each allocation that is live now and was not then: a leak, when all should be as before.</summary>
    /// <returns>How many they are.</returns>
    public int WriteNew(ObjectTable now, ILineSink sink)
    {
        int count = 0;
        Visit(now, (in ObjectRecord record) =>
        {
            if (_cookies.TryGet(record.Cookie, out _)) return;
            count++;
            sink.Line(AllocatorDump.Describe(in record));
        });
        return count;
    }

    private static void Visit(ObjectTable table, Visitor visit)
    {
        ulong from = 0;
        while (table.TryNextOwner(from, out OwnerUse use))
        {
            for (ulong cookie = table.FirstOf(use.Owner); cookie != 0; cookie = table.After(cookie))
                if (table.TryGet(cookie, out ObjectRecord record)) visit(in record);
            if (use.Owner == ulong.MaxValue) return;
            from = use.Owner + 1;
        }
    }
}
