// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;

/// <summary>UTF-8.</summary>
internal static class TextTests
{
    internal static void Run()
    {
        const string text = "aé€😀";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Check.Same("to UTF-8", bytes, "aé€😀"u8.ToArray());
        Check.Equal("and back", Encoding.UTF8.GetString(bytes), text);
        Check.Equal("counting", Encoding.UTF8.GetByteCount(text) + Encoding.UTF8.GetCharCount(bytes), 10 + 5);
        Check.Equal("half a pair is replaced", Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("x\uD800y")), "x\uFFFDy");
        Check.Equal("damaged bytes are replaced", Encoding.UTF8.GetString([0x61, 0xFF, 0x62, 0xE2, 0x82, 0x63, 0xC0, 0x80]),
            "a\uFFFDb\uFFFDc\uFFFD\uFFFD");
        Check.Equal("a surrogate in UTF-8 is damage", Encoding.UTF8.GetString([0xED, 0xA0, 0x80]), "\uFFFD\uFFFD\uFFFD");
        Check.Equal("a cut-off sequence is one", Encoding.UTF8.GetString([0xF0, 0x9F, 0x98]), "\uFFFD");
        Console.WriteLine("ok UTF-8: the console takes it: é€😀");
    }
}
