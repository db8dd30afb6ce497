// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Strings.</summary>
internal static class StringTests
{
    internal static void Run()
    {
        Making();
        Comparing();
        Searching();
        Parts();
        Splitting();
    }

    private static void Making()
    {
        string name = new('a', 3);
        Check.Equal("repeating a character", name, "aaa");
        Check.Equal("from characters", new string(['h', 'i']) + new string(['a', 'b', 'c'], 1, 2), "hibc");
        Check.Equal("concatenation of two to five", "a" + name + "b" + name + "c", "aaaabaaac");
        Check.Equal("concatenation with null and values", "x" + null + 5 + 'c' + true + 7L, "x5cTrue7");
        Check.Equal("Concat of an array", string.Concat(["a", null, "b"]), "ab");
        Check.Equal("Join", string.Join(", ", "a", "b", "c") + string.Join('-', ["x", "y"]), "a, b, cx-y");
        Check.Equal("Join of a sequence", string.Join("+", new List<int> { 1, 2, 3 }), "1+2+3");
        Check.Equal("Create fills in place", string.Create(3, 'q', (span, state) => span.Fill(state)), "qqq");
        Check.That("the empty string", string.Empty.Length == 0 && ReferenceEquals(new string('x', 0), string.Empty));
        Check.That("null or nothing", string.IsNullOrEmpty(null) && string.IsNullOrEmpty("") && !string.IsNullOrEmpty(" ")
            && string.IsNullOrWhiteSpace(" \t"));
        Check.Equal("characters of a string", "abc"[1] + new string("abc".ToCharArray()), "babc");
    }

    private static void Comparing()
    {
        string built = new('k', 2);
        Check.That("equal text in other objects", built == "kk" && "kk".Equals(built) && "kk".Equals((object)built)
            && !ReferenceEquals(built, "kk"));
        Check.That("other text", built != "kK" && built != "k" && !built.Equals(null) && !"a".Equals((object)'a'));
        Check.That("equal text has equal hash codes", built!.GetHashCode() == "kk".GetHashCode()
            && "ab".GetHashCode() != "ba".GetHashCode());
        Check.That("ordinal order", string.CompareOrdinal("a", "b") < 0 && string.CompareOrdinal("b", "a") > 0
            && string.CompareOrdinal("a", "a") == 0);
        Check.That("shorter comes first, null before all", string.CompareOrdinal("a", "ab") < 0 && string.CompareOrdinal(null, "") < 0);
        Check.That("ignoring case", "HeLLo".Equals("hEllO", StringComparison.OrdinalIgnoreCase)
            && !"a[".Equals("A{", StringComparison.OrdinalIgnoreCase));
        Check.That("ordering ignoring case", string.Compare("ab", "AC", StringComparison.OrdinalIgnoreCase) < 0);
        Check.That("comparers for collections", StringComparer.OrdinalIgnoreCase.Equals("X", "x")
            && StringComparer.OrdinalIgnoreCase.GetHashCode("X") == StringComparer.OrdinalIgnoreCase.GetHashCode("x"));
    }

    private static void Searching()
    {
        const string text = "one two one";
        Check.That("IndexOf a character", text.IndexOf('o') == 0 && text.IndexOf('o', 1) == 6 && text.IndexOf('z') == -1);
        Check.That("IndexOf a text", text.IndexOf("one", StringComparison.Ordinal) == 0
            && text.IndexOf("one", 1, StringComparison.Ordinal) == 8 && text.IndexOf("three", StringComparison.Ordinal) == -1);
        Check.That("LastIndexOf", text.LastIndexOf('o') == 8 && text.LastIndexOf('n') == 9);
        Check.That("Contains", text.Contains("two") && text.Contains('w') && !text.Contains("TWO")
            && text.Contains("TWO", StringComparison.OrdinalIgnoreCase));
        Check.That("StartsWith", text.StartsWith("one", StringComparison.Ordinal) && text.StartsWith('o')
            && !text.StartsWith("two", StringComparison.Ordinal));
        Check.That("EndsWith", text.EndsWith("one", StringComparison.Ordinal) && text.EndsWith('e')
            && !text.EndsWith("two", StringComparison.Ordinal));
        Check.That("longer than the text", !"a".StartsWith("ab", StringComparison.Ordinal)
            && !"a".EndsWith("ba", StringComparison.Ordinal) && "a".IndexOf("ab", StringComparison.Ordinal) == -1);
        Check.That("any of several", text.IndexOfAny(['w', 'n']) == 1);
    }

    private static void Parts()
    {
        const string text = "  padded text\t";
        Check.Equal("Trim", "[" + text.Trim() + "]" + text.TrimStart().Length + text.TrimEnd().Length, "[padded text]1213");
        Check.Equal("Trim of a character", "--x--".Trim('-') + "--x".TrimStart('-') + "x--".TrimEnd('-'), "xxx");
        Check.Equal("Substring", "abcdef".Substring(2) + "abcdef".Substring(1, 2) + "abc"[1..], "cdefbcbc");
        Check.Equal("Replace a character", "a.b.c".Replace('.', '/'), "a/b/c");
        Check.Equal("Replace a text", "aXXbXXXc".Replace("XX", "-") + "abc".Replace("x", "y") + "abab".Replace("ab", null), "a-b-Xcabc");
        Check.Equal("upper and lower case", "Hello 1".ToUpperInvariant() + "Hello 1".ToLowerInvariant(), "HELLO 1hello 1");
        Check.Equal("padding", "[" + "a".PadLeft(3) + "b".PadRight(3, '.') + "long".PadLeft(2) + "]", "[  ab..long]");
        Check.Equal("Insert and Remove", "abcd".Insert(2, "--").Remove(0, 1).Remove(4), "b--c");
    }

    private static void Splitting()
    {
        Check.Same("Split", "a,b,,c".Split(','), "a", "b", "", "c");
        Check.Same("Split without empty parts",
            " a ,, b ".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), "a", "b");
        Check.Same("Split into at most two", "k=v=w".Split('=', 2), "k", "v=w");
        Check.Same("Split by a text", "a--b--c".Split("--"), "a", "b", "c");
        Check.Same("Split of nothing", "".Split(','), "");
        Check.Same("Split without a separator in it", "abc".Split(';'), "abc");
    }
}
