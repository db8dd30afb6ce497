// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections;
using System.Collections.Generic;

/// <summary>yield, foreach over everything, enumerators by hand.</summary>
internal static class IteratorTests
{
    private static string s_trace = "";

    private static IEnumerable<int> Squares(int count)
    {
        for (int index = 1; index <= count; index++) yield return index * index;
    }

    private static IEnumerable<T> Where<T>(IEnumerable<T> source, Func<T, bool> keep)
    {
        foreach (T item in source)
        {
            if (keep(item)) yield return item;
        }
    }

    private static IEnumerable<string> Traced()
    {
        try
        {
            s_trace += "[";
            yield return "one";
            yield return "two";
        }
        finally
        {
            s_trace += "]";
        }
    }

    private sealed class Countdown(int from) : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator()
        {
            for (int value = from; value > 0; value--) yield return value;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private ref struct Digits(int number)
    {
        private int _rest = number;

        public int Current { get; private set; }

        public readonly Digits GetEnumerator() => this;

        public bool MoveNext()
        {
            Current = _rest % 10;
            bool more = _rest > 0;
            _rest /= 10;
            return more;
        }
    }

    internal static void Run()
    {
        int sum = 0;
        foreach (int square in Squares(4)) sum += square;
        Check.Equal("yield return in a loop", sum, 30);
        Check.Equal("iterators over iterators", Join(Where(Squares(6), square => square % 2 == 0)), "4 16 36");
        IEnumerable<int> twice = Squares(2);
        Check.Equal("an iterator starts anew each time", Join(twice) + "|" + Join(twice), "1 4|1 4");
        foreach (string text in Traced())
        {
            s_trace += text;
            break;
        }
        Check.Equal("leaving early runs finally", s_trace, "[one]");
        Check.Equal("a class with an iterator", Join(new Countdown(3)), "3 2 1");
        IEnumerable untyped = new Countdown(2);
        int count = 0;
        foreach (object? item in untyped) count += (int)item!;
        Check.Equal("foreach over the untyped interface", count, 3);
        int digits = 0;
        foreach (int digit in new Digits(123)) digits = (digits * 10) + digit;
        Check.Equal("foreach by pattern over a ref struct", digits, 321);
        string reversed = "";
        foreach (char character in "abc") reversed = character + reversed;
        Check.Equal("foreach over a string", reversed, "cba");
        Check.Equal("a string as a sequence", Join((IEnumerable<char>)"xyz"), "x y z");
        Check.Equal("an array as a sequence", Join((IEnumerable<int>)new[] { 1, 2 }), "1 2");
        Check.Equal("an array as a list", ((IList<string>)new[] { "p", "q" }).IndexOf("q"), 1);
        int total = 0;
        foreach (int value in new int[,] { { 1, 2 }, { 3, 4 } }) total = (total * 10) + value;
        Check.Equal("foreach over two dimensions", total, 1234);
        using IEnumerator<int> byHand = Squares(2).GetEnumerator();
        Check.That("an enumerator by hand", byHand.MoveNext() && byHand.Current == 1 && byHand.MoveNext() && !byHand.MoveNext());
    }

    private static string Join<T>(IEnumerable<T> items)
    {
        List<string> parts = [];
        foreach (T item in items) parts.Add(item?.ToString() ?? "");
        return string.Join(' ', parts.ToArray());
    }
}
