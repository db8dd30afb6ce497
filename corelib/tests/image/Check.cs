// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Prints one line for each check and counts those that fail.</summary>
internal static class Check
{
    internal static int Passed { get; private set; }

    internal static int Failed { get; private set; }

    private static string s_group = "";

    /// <summary>Runs a group of checks, whose name goes before theirs.</summary>
    internal static void Run(string group, Action checks)
    {
        s_group = group + ": ";
        checks();
    }

    internal static void That(string name, bool holds)
    {
        if (holds) Passed++;
        else Failed++;
        Console.WriteLine((holds ? "ok " : "FAIL ") + s_group + name);
    }

    internal static void Equal<T>(string name, T actual, T expected)
    {
        bool equal = EqualityComparer<T>.Default.Equals(actual, expected);
        That(equal ? name : name + ": got " + (actual?.ToString() ?? "null") + ", wanted " + (expected?.ToString() ?? "null"), equal);
    }

    internal static void Same<T>(string name, ReadOnlySpan<T> actual, params ReadOnlySpan<T> expected) where T : IEquatable<T>
    {
        bool equal = actual.SequenceEqual(expected);
        That(equal ? name : name + ": got " + Text(actual) + ", wanted " + Text(expected), equal);
    }

    private static string Text<T>(ReadOnlySpan<T> items)
    {
        List<string> parts = [];
        foreach (T item in items) parts.Add(item?.ToString() ?? "null");
        return "[" + string.Join(", ", parts) + "]";
    }
}
