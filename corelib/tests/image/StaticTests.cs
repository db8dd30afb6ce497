// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Static fields: constants of the image, objects made at first use, constructors, one value for each thread.</summary>
internal static class StaticTests
{
    private static readonly string[] s_names = ["x", "y", "z"];
    private static readonly Dictionary<string, int> s_table = new() { ["a"] = 1 };
    private static readonly int[] s_primes = [2, 3, 5, 7];
    private static int s_counter = 5;
    private static object? s_reference;

    [ThreadStatic]
    private static int t_number;

    [ThreadStatic]
    private static string? t_text;

    private static class Lazy
    {
        internal static readonly int Value = Trace("lazy");

        static Lazy() => Trace("constructor");
    }

    private static class First
    {
        internal static int Value = Second.Value + 1;
    }

    private static class Second
    {
        internal static int Value = First.Value + 10;
    }

    private static string s_trace = "";

    private static int Trace(string text)
    {
        s_trace += text + " ";
        return s_trace.Length;
    }

    internal static void Run()
    {
        Check.Equal("arrays of references", s_names[2] + s_names.Length, "z3");
        Check.Equal("objects", s_table["a"], 1);
        Check.Equal("constant arrays", s_primes[3] + s_primes.Length, 11);
        s_counter++;
        Check.Equal("numbers", s_counter, 6);
        Check.That("references begin as null", s_reference is null);
        s_reference = "set";
        Check.That("a reference keeps what is set", (string?)s_reference == "set");
        Check.Equal("a static constructor has not run", s_trace, "");
        int value = Lazy.Value;
        Check.Equal("it runs at first use, initialisers first", s_trace + value, "lazy constructor 5");
        Check.Equal("two classes that need each other", First.Value + (100 * Second.Value), 11 + 1000);
        Check.That("thread statics begin as zero", t_number == 0 && t_text is null);
        t_number = 4;
        t_text = "t";
        Check.Equal("and keep what is set", t_text + t_number, "t4");
    }
}
