// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

/// <summary>Ways to end badly: each with the status and the beginning of the message that it must end with.</summary>
internal static class Failures
{
    private const int Failed = 134;
    private const string Unhandled = "Unhandled exception: System.";

    private sealed class OwnException(string message) : InvalidOperationException(message);

    private sealed record Case(string Name, int Status, string Message, Action Action);

    private static readonly int[] s_three = [1, 2, 3];
    private static readonly int[,] s_grid = new int[2, 2];
    private static int s_five = 5;
    private static object s_text = "text";
    private static int? s_none = s_five == 5 ? null : 1;

    private static Case[] Cases() =>
    [
        new("index-above", Failed, Unhandled + "IndexOutOfRangeException: Index was outside the bounds of the array.",
            () => Use(s_three[s_five])),
        new("index-below", Failed, Unhandled + "IndexOutOfRangeException", () => Use(s_three[s_five - 6])),
        new("index-span", Failed, Unhandled + "IndexOutOfRangeException", () => Use(s_three.AsSpan(1)[s_five - 3])),
        new("index-string", Failed, Unhandled + "IndexOutOfRangeException", () => Use("abc"[s_five])),
        new("index-two-dimensions", Failed, Unhandled + "IndexOutOfRangeException", () => Use(s_grid[1, s_five])),
        new("index-list", Failed, Unhandled + "ArgumentOutOfRangeException: Index was out of range.",
            () => Use(new List<int> { 1 }[s_five])),
        new("slice", Failed, Unhandled + "ArgumentOutOfRangeException", () => Use(s_three.AsSpan(1, s_five).Length)),
        new("substring", Failed, Unhandled + "ArgumentOutOfRangeException", () => Use("abc".Substring(s_five).Length)),
        new("copy-too-long", Failed, Unhandled + "ArgumentException: Destination is too short.", () => s_three.AsSpan().CopyTo(new int[2])),
        new("overflow-add", Failed, Unhandled + "OverflowException: Arithmetic operation resulted in an overflow.",
            () => Use(checked(s_five + int.MaxValue))),
        new("overflow-convert", Failed, Unhandled + "OverflowException", () => Use(checked((byte)(s_five * 100)))),
        new("overflow-multiply", Failed, Unhandled + "OverflowException", () => Use((int)checked((ulong)s_five * ulong.MaxValue))),
        new("overflow-array-length", Failed, Unhandled + "OverflowException", () => Use(new int[s_five - 10].Length)),
        new("overflow-parse", Failed, Unhandled + "OverflowException: Value was either too large or too small",
            () => Use(byte.Parse("256"))),
        new("format", Failed, Unhandled + "FormatException: The input string was not in a correct format.", () => Use(int.Parse("x"))),
        new("cast-class", Failed, Unhandled + "InvalidCastException: Specified cast is not valid.",
            () => Use(((Exception)s_text).Message.Length)),
        new("cast-interface", Failed, Unhandled + "InvalidCastException", () => ((IDisposable)s_text).Dispose()),
        new("cast-sealed", Failed, Unhandled + "InvalidCastException", () => Use(((int[])s_text).Length)),
        new("unbox", Failed, Unhandled + "InvalidCastException", () => Use((int)(object)(uint)s_five)),
        new("unbox-optional", Failed, Unhandled + "InvalidCastException", () => Use(((int?)s_text).GetValueOrDefault())),
        new("array-store", Failed, Unhandled + "ArrayTypeMismatchException", StoreWrong),
        new("array-span", Failed, Unhandled + "ArrayTypeMismatchException", () => Use(new Span<object>(new string[1]).Length)),
        new("no-value", Failed, Unhandled + "InvalidOperationException: Nullable object must have a value.", () => Use(s_none!.Value)),
        new("throw", Failed, Unhandled + "InvalidOperationException: said so", () => throw new InvalidOperationException("said so")),
        new("throw-default", Failed, Unhandled + "NotSupportedException: Specified method is not supported.",
            () => throw new NotSupportedException()),
        new("throw-argument", Failed, Unhandled + "ArgumentNullException: Value cannot be null. (Parameter 'x')",
            () => ArgumentNullException.ThrowIfNull(None(), "x")),
        new("throw-own", Failed, "Unhandled exception: Failures.OwnException: of my own: é",
            () => throw new OwnException("of my own: é")),
        new("throw-inner", Failed, Unhandled + "Exception: outer ---> System.FormatException: inner",
            () => throw new Exception("outer", new FormatException("inner"))),
        new("throw-null", Failed, Unhandled + "NullReferenceException", () => throw (Exception?)None()!),
        new("catch-never-runs", Failed, Unhandled + "Exception: passes the catch", Caught),
        new("switch", Failed, Unhandled + "Runtime.CompilerServices.SwitchExpressionException", Unmatched),
        new("key-not-found", Failed, Unhandled + "Collections.Generic.KeyNotFoundException: The given key 'k' was not present",
            () => Use(new Dictionary<string, int>()["k"])),
        new("key-twice", Failed, Unhandled + "ArgumentException: An item with the same key",
            () => new Dictionary<int, int> { { 1, 1 } }.Add(1, 2)),
        new("changed-while-walked", Failed, Unhandled + "InvalidOperationException: Collection was modified", ChangeWhileWalked),
        new("queue-empty", Failed, Unhandled + "InvalidOperationException: Queue empty.", () => Use(new Queue<int>().Dequeue())),
        new("out-of-memory", Failed, Unhandled + "OutOfMemoryException: The heap is used up", UseUpMemory),
        new("out-of-memory-at-once", Failed, Unhandled + "OutOfMemoryException", () => Use(new long[s_five * 100_000_000].Length)),
        new("stack-overrun", Failed, "Stack overrun", OverrunStack),
        new("fail-fast", Failed, "gave up", () => Environment.FailFast("gave up")),
        new("exit", 77, "", () => Environment.Exit(77)),
    ];

    internal static int List()
    {
        foreach (Case item in Cases()) Console.WriteLine(item.Name + "\t" + item.Status + "\t" + item.Message);
        return 0;
    }

    internal static int Run(string name)
    {
        foreach (Case item in Cases())
        {
            if (item.Name != name) continue;
            item.Action();
            Console.WriteLine("FAIL " + name + ": the program went on");
            return 2;
        }
        Console.WriteLine("FAIL no case of the name " + name);
        return 3;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(int value) => s_five = value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object? None() => null;

#pragma warning disable CS8509 // the missing arm is the point
    private static void Unmatched() => Use(s_five switch { 1 => 2, 2 => 3 });
#pragma warning restore CS8509

    private static void StoreWrong()
    {
        object[] objects = new string[1];
        objects[0] = s_three;
    }

    private static void Caught()
    {
        try
        {
            throw new Exception("passes the catch");
        }
        catch (Exception)
        {
            Console.WriteLine("caught");
        }
    }

    private static void ChangeWhileWalked()
    {
        List<int> list = [1, 2];
        foreach (int item in list) list.Add(item);
    }

    private static void UseUpMemory()
    {
        List<byte[]> all = [];
        while (true) all.Add(new byte[100_000]);
    }

    private static unsafe void OverrunStack()
    {
        byte* buffer = stackalloc byte[16];
        Scribble(buffer);
        Use(buffer[3]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void Scribble(byte* buffer)
    {
        for (int index = 0; index < 16 + 12; index++) buffer[index] = 0x55;
    }
}
