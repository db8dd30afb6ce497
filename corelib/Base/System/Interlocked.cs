// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Threading;

/// <summary>Indivisible changes of memory. ilc replaces the bodies by one locked instruction.</summary>
public static partial class Interlocked
{
    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static int Exchange(ref int location1, int value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static int CompareExchange(ref int location1, int value, int comparand) => CompareExchange(ref location1, value, comparand);

    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static long Exchange(ref long location1, long value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static long CompareExchange(ref long location1, long value, long comparand) => CompareExchange(ref location1, value, comparand);

    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static uint Exchange(ref uint location1, uint value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static uint CompareExchange(ref uint location1, uint value, uint comparand) => CompareExchange(ref location1, value, comparand);

    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static ulong Exchange(ref ulong location1, ulong value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static ulong CompareExchange(ref ulong location1, ulong value, ulong comparand)
        => CompareExchange(ref location1, value, comparand);

    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static nint Exchange(ref nint location1, nint value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static nint CompareExchange(ref nint location1, nint value, nint comparand) => CompareExchange(ref location1, value, comparand);

    /// <summary>Stores <paramref name="value"/> and returns what was there.</summary>
    [Intrinsic]
    public static nuint Exchange(ref nuint location1, nuint value) => Exchange(ref location1, value);

    /// <summary>Stores <paramref name="value"/> if <paramref name="comparand"/> is there; returns what was there.</summary>
    [Intrinsic]
    public static nuint CompareExchange(ref nuint location1, nuint value, nuint comparand)
        => CompareExchange(ref location1, value, comparand);

    /// <summary>Adds and returns the sum.</summary>
    public static int Add(ref int location1, int value) => ExchangeAdd(ref location1, value) + value;

    /// <summary>Adds one and returns the sum.</summary>
    public static int Increment(ref int location) => ExchangeAdd(ref location, 1) + 1;

    /// <summary>Takes one away and returns the difference.</summary>
    public static int Decrement(ref int location) => ExchangeAdd(ref location, -1) - 1;

    [Intrinsic]
    private static int ExchangeAdd(ref int location1, int value) => ExchangeAdd(ref location1, value);

    /// <summary>Leaves the common bits; returns what was there.</summary>
    [Intrinsic]
    public static int And(ref int location1, int value)
    {
        int current = location1;
        while (true)
        {
            int seen = CompareExchange(ref location1, current & value, current);
            if (seen == current) return seen;
            current = seen;
        }
    }

    /// <summary>Adds bits; returns what was there.</summary>
    [Intrinsic]
    public static int Or(ref int location1, int value)
    {
        int current = location1;
        while (true)
        {
            int seen = CompareExchange(ref location1, current | value, current);
            if (seen == current) return seen;
            current = seen;
        }
    }

    /// <summary>Adds and returns the sum.</summary>
    public static long Add(ref long location1, long value) => ExchangeAdd(ref location1, value) + value;

    /// <summary>Adds one and returns the sum.</summary>
    public static long Increment(ref long location) => ExchangeAdd(ref location, 1) + 1;

    /// <summary>Takes one away and returns the difference.</summary>
    public static long Decrement(ref long location) => ExchangeAdd(ref location, -1) - 1;

    [Intrinsic]
    private static long ExchangeAdd(ref long location1, long value) => ExchangeAdd(ref location1, value);

    /// <summary>Leaves the common bits; returns what was there.</summary>
    [Intrinsic]
    public static long And(ref long location1, long value)
    {
        long current = location1;
        while (true)
        {
            long seen = CompareExchange(ref location1, current & value, current);
            if (seen == current) return seen;
            current = seen;
        }
    }

    /// <summary>Adds bits; returns what was there.</summary>
    [Intrinsic]
    public static long Or(ref long location1, long value)
    {
        long current = location1;
        while (true)
        {
            long seen = CompareExchange(ref location1, current | value, current);
            if (seen == current) return seen;
            current = seen;
        }
    }

    /// <summary>Adds and returns the sum.</summary>
    public static uint Add(ref uint location1, uint value) => (uint)Add(ref Unsafe.As<uint, int>(ref location1), (int)value);

    /// <summary>Adds one and returns the sum.</summary>
    public static uint Increment(ref uint location) => Add(ref location, 1);

    /// <summary>Takes one away and returns the difference.</summary>
    public static uint Decrement(ref uint location) => (uint)Add(ref Unsafe.As<uint, int>(ref location), -1);

    /// <summary>Leaves the common bits; returns what was there.</summary>
    public static uint And(ref uint location1, uint value) => (uint)And(ref Unsafe.As<uint, int>(ref location1), (int)value);

    /// <summary>Adds bits; returns what was there.</summary>
    public static uint Or(ref uint location1, uint value) => (uint)Or(ref Unsafe.As<uint, int>(ref location1), (int)value);

    /// <summary>Adds and returns the sum.</summary>
    public static ulong Add(ref ulong location1, ulong value) => (ulong)Add(ref Unsafe.As<ulong, long>(ref location1), (long)value);

    /// <summary>Adds one and returns the sum.</summary>
    public static ulong Increment(ref ulong location) => Add(ref location, 1);

    /// <summary>Takes one away and returns the difference.</summary>
    public static ulong Decrement(ref ulong location) => (ulong)Add(ref Unsafe.As<ulong, long>(ref location), -1);

    /// <summary>Leaves the common bits; returns what was there.</summary>
    public static ulong And(ref ulong location1, ulong value) => (ulong)And(ref Unsafe.As<ulong, long>(ref location1), (long)value);

    /// <summary>Adds bits; returns what was there.</summary>
    public static ulong Or(ref ulong location1, ulong value) => (ulong)Or(ref Unsafe.As<ulong, long>(ref location1), (long)value);

    /// <summary>Everything before is visible before everything after.</summary>
    [Intrinsic]
    public static void MemoryBarrier() => MemoryBarrier();
}
