// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;

/// <summary>Spans over arrays, stack and text; stack buffers.</summary>
internal static class SpanTests
{
    internal static void Run()
    {
        Views();
        Searches();
        Stack();
        Moves();
    }

    private static void Views()
    {
        int[] array = [1, 2, 3, 4, 5];
        Span<int> span = array;
        span[1] = 20;
        Span<int> part = span[1..4];
        part[0]++;
        Check.Equal("a span sees its array", array[1] + part.Length, 24);
        Check.That("slices know their bounds", part.Slice(3).IsEmpty && span[^1] == 5 && part.ToArray().Length == 3);
        span.Slice(3).Fill(7);
        Check.Same("filling a part", span, 1, 21, 3, 7, 7);
        part.Clear();
        Check.Same("clearing a part", span, 1, 0, 0, 0, 7);
        Span<int> target = stackalloc int[5];
        span.CopyTo(target);
        Check.That("copying", target.SequenceEqual(span) && !target[..3].TryCopyTo(target[..2]));
        ReadOnlySpan<int> table = [10, 20, 30];
        int sum = 0;
        foreach (int value in table) sum += value;
        Check.Equal("constant tables as spans", sum, 60);
        foreach (ref int value in span) value++;
        Check.Same("foreach by reference", span, 2, 1, 1, 1, 8);
        Check.That("a span of nothing", default(Span<int>).IsEmpty && new Span<int>(null).Length == 0);
        Span<byte> bytes = MemoryMarshal.AsBytes(span);
        Check.That("the bytes of numbers", bytes.Length == 20 && bytes[0] == 2 && MemoryMarshal.Cast<byte, short>(bytes)[2] == 1);
        Check.Equal("arguments as a span", Total(1, 2, 3), 6);
        Span<string> strings = new string[] { "b", "a" };
        strings.Sort();
        strings.Reverse();
        Check.Equal("spans of references", strings[0] + strings[1], "ba");
        Check.Equal("a span of characters has text", "hello".AsSpan(1, 3).ToString(), "ell");
    }

    private static int Total(params ReadOnlySpan<int> values)
    {
        int total = 0;
        foreach (int value in values) total += value;
        return total;
    }

    private static void Searches()
    {
        ReadOnlySpan<byte> bytes = "abcabc"u8;
        Check.That("searching for a value", bytes.IndexOf((byte)'c') == 2 && bytes.LastIndexOf((byte)'c') == 5
            && bytes.IndexOf((byte)'x') == -1);
        Check.That("searching for a sequence", bytes.IndexOf("ca"u8) == 2 && bytes.IndexOf("cb"u8) == -1 && bytes.IndexOf(""u8) == 0);
        Check.That("beginnings and ends", bytes.StartsWith("ab"u8) && bytes.EndsWith("bc"u8) && !bytes.StartsWith("b"u8));
        Check.That("any of several", bytes.IndexOfAny((byte)'c', (byte)'b') == 1 && bytes.Contains((byte)'a'));
        Check.That("order of sequences", "ab"u8.SequenceCompareTo("abc"u8) < 0 && "b"u8.SequenceCompareTo("abc"u8) > 0
            && "a"u8.SequenceCompareTo("a"u8) == 0);
        Check.That("anything but", "  x"u8.IndexOfAnyExcept((byte)' ') == 2);
    }

    private static unsafe void Stack()
    {
        Span<char> text = stackalloc char[3];
        text.Fill('z');
        Check.Equal("stackalloc into a span", new string(text), "zzz");
        int* numbers = stackalloc int[4] { 1, 2, 3, 4 };
        Check.Equal("stackalloc with a pointer", numbers[3] + *numbers, 5);
        int[] array = [5, 6];
        fixed (int* pointer = array) Check.Equal("fixed", pointer[1], 6);
        fixed (char* pointer = "hi") Check.Equal("fixed over a string", pointer[1], 'i');
    }

    /// <summary>Every length and overlap around the places where Runtime.S changes its way of copying.</summary>
    private static void Moves()
    {
        byte[] buffer = new byte[256];
        byte[] expected = new byte[256];
        bool moved = true;
        bool set = true;
        for (int length = 0; length <= 80; length++)
        {
            for (int distance = -70; distance <= 70; distance += 7)
            {
                for (int index = 0; index < 256; index++) buffer[index] = expected[index] = (byte)(index * 31);
                for (int index = 0; index < length; index++) expected[80 + distance + index] = (byte)((80 + index) * 31);
                buffer.AsSpan(80, length).CopyTo(buffer.AsSpan(80 + distance));
                moved &= buffer.AsSpan().SequenceEqual(expected);
            }
            expected.CopyTo(buffer, 0);
            for (int index = 0; index < length; index++) expected[9 + index] = 0xA5;
            buffer.AsSpan(9, length).Fill(0xA5);
            set &= buffer.AsSpan().SequenceEqual(expected);
        }
        Check.That("memmove: lengths 0 to 80, overlapping both ways", moved);
        Check.That("memset: lengths 0 to 80", set);
        bool compared = true;
        for (int length = 1; length <= 40; length++)
        {
            for (int place = 0; place < length; place++)
            {
                Array.Fill(buffer, (byte)0x80);
                Array.Fill(expected, (byte)0x80);
                buffer[place] = 0x7F;
                compared &= !buffer.AsSpan(0, length).SequenceEqual(expected.AsSpan(0, length));
                compared &= buffer.AsSpan(0, place).SequenceEqual(expected.AsSpan(0, place));
            }
        }
        Check.That("memcmp: a difference at every place of lengths 1 to 40", compared);
    }
}
