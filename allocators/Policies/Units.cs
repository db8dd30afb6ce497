// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Policies;

/// <summary>Numbers with units, for people.</summary>
public static class Units
{
    /// <summary>Width of a table (AL:G2).</summary>
    public const int Columns = 100;

    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Exact when it is a whole number of a unit, else with one decimal, cut off: "64 KiB", "1.5 MiB".</summary>
    public static string Bytes(ulong bytes)
    {
        int unit = 0;
        ulong whole = bytes;
        ulong rest = 0;
        while (whole >= 1024)
        {
            rest = whole & 1023;
            whole >>= 10;
            unit++;
        }

        ulong tenths = rest * 10 >> 10;
        return tenths == 0 ? $"{whole} {s_units[unit]}" : $"{whole}.{tenths} {s_units[unit]}";
    }

    /// <summary>An amount of something, with what it is: "64 KiB RAM", "3 interrupts".</summary>
    public static string Amount(ResourceKind kind, ulong amount) => kind switch
    {
        ResourceKind.Ram => Bytes(amount) + " RAM",
        ResourceKind.Device => Bytes(amount) + " device memory",
        ResourceKind.Bookkeeping => Bytes(amount) + " bookkeeping",
        ResourceKind.Addresses => Bytes(amount) + " addresses",
        ResourceKind.Grants => Plural(amount, "grant"),
        ResourceKind.Slots => Plural(amount, "slot"),
        ResourceKind.Irqs => Plural(amount, "interrupt"),
        ResourceKind.IoPorts => Plural(amount, "port"),
        ResourceKind.Requests => Plural(amount, "request"),
        ResourceKind.AsidPools => Plural(amount, "ASID pool"),
        _ => amount.ToString(),
    };

    private static string Plural(ulong amount, string what) => amount == 1 ? $"1 {what}" : $"{amount} {what}s";
}
