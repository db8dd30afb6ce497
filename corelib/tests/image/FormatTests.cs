// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.IO;
using System.Text;

/// <summary>Interpolated strings, string builders, formats of integers.</summary>
internal static class FormatTests
{
    private readonly struct Celsius(int degrees) : ISpanFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => format + degrees + "C";

        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            string text = ToString(format.ToString(), provider);
            charsWritten = text.Length;
            return text.TryCopyTo(destination);
        }
    }

    private sealed class Named : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => "named:" + format;
    }

    private sealed class Silent
    {
        public override string? ToString() => null;
    }

    internal static void Run()
    {
        Interpolation();
        Integers();
        Enumerations();
        Builders();
    }

    private static void Interpolation()
    {
        int number = 42;
        string? nothing = null;
        Check.Equal("values in text", $"a{number}b{"x"}c{true}d{'e'}", "a42bxcTruede");
        Check.Equal("formats", $"{number:X}|{number:x8}|{number:D5}|{-number:D4}", "2A|0000002a|00042|-0042");
        Check.Equal("alignment", $"[{number,5}][{number,-5}][{"long text",3}]", "[   42][42   ][long text]");
        Check.Equal("alignment with a format", $"[{number,6:X4}]", "[  002A]");
        Check.Equal("null is no text", $"<{nothing}{new Silent()}>", "<>");
        Check.Equal("values that format themselves", $"{new Celsius(5):q} {new Named():w} {new Celsius(7)}", "q5C named:w 7C");
        Check.Equal("long texts grow", $"{new string('x', 300)}{number}".Length, 302);
        Check.Equal("braces", $"{{{number}}}", "{42}");
        ReadOnlySpan<char> part = "part";
        Check.Equal("spans in text", $"{part}{part,6}", "partpart".Insert(4, "  "));
        object boxed = 7;
        Check.Equal("objects in text", $"{boxed:D3}{boxed}", "0077");
        int? optional = 3;
        int? absent = null;
        Check.Equal("optional values in text", $"{optional}{absent}{optional,3}", "3  3");
    }

    private static void Integers()
    {
        Check.Equal("least and greatest long", long.MinValue.ToString() + long.MaxValue, "-92233720368547758089223372036854775807");
        Check.Equal("greatest ulong", ulong.MaxValue.ToString() + " " + ulong.MaxValue.ToString("X"),
            "18446744073709551615 FFFFFFFFFFFFFFFF");
        Check.Equal("small types", ((sbyte)-1).ToString() + byte.MaxValue + short.MinValue + ushort.MaxValue, "-1255-3276865535");
        Check.Equal("hexadecimals show the bits of their type", (-1).ToString("X") + ((sbyte)-1).ToString("x")
            + ((short)-2).ToString("X2"), "FFFFFFFFffFFFE");
        Check.Equal("zero", 0.ToString() + 0.ToString("X") + 0.ToString("D3") + 0ul, "000000");
        Check.Equal("native integers", ((nint)(-5)).ToString() + ((nuint)5).ToString("X4"), "-50005");
        Check.Equal("truth values and characters", true.ToString() + false + 'x'.ToString(), "TrueFalsex");
        Span<char> small = stackalloc char[2];
        Check.That("no room", !123.TryFormat(small, out int written) && written == 0 && 12.TryFormat(small, out written) && written == 2);
    }

    private enum Light : byte
    {
        Off,
        On = 7,
        Bright = 200,
    }

    [Flags]
    private enum Access : long
    {
        None = 0,
        Read = 1,
        Write = 2,
        Both = 3,
        Execute = 8,
        Top = long.MinValue,
    }

    private enum Signed : short
    {
        Minus = -5,
        Plus = 5,
    }

    private static void Enumerations()
    {
        Check.Equal("names of values", $"{Light.On} {Light.Off} {Light.Bright}", "On Off Bright");
        Check.Equal("values without a name", $"{(Light)9} {(Signed)(-1)}", "9 -1");
        Check.Equal("through objects", Light.On.ToString() + (object)Signed.Minus + string.Concat(Signed.Plus), "OnMinusPlus");
        Check.Equal("flags", $"{Access.Read | Access.Execute}|{Access.Both | Access.Execute}|{Access.None}|{Access.Both}",
            "Read, Execute|Both, Execute|None|Both");
        Check.Equal("flags with a bit that has no name", $"{(Access)16}|{Access.Read | (Access)32}|{Access.Top | Access.Write}",
            "16|33|Write, Top");
        Check.Equal("as numbers", $"{Light.Bright:D} {Light.On:X} {Signed.Minus:X} {Access.Read:x} {Signed.Minus:D} {Light.On:G}",
            "200 07 FFFB 0000000000000001 -5 On");
        Check.Equal("in a field", $"[{Light.On,4}][{Light.On,-4}]", "[  On][On  ]");
        Span<char> small = stackalloc char[3];
        Check.That("no room for a name", !Enum.TryFormat(Light.Bright, small, out int written) && written == 0
            && Enum.TryFormat(Light.Off, small, out written) && written == 3);
    }

    private static void Builders()
    {
        StringBuilder builder = new();
        builder.Append("a").Append('b').Append(3).Append(true).Append((object?)null).Append('-', 3).Append(4ul).Append("xyz", 1, 1);
        Check.Equal("appending", builder.ToString(), "ab3True---4y");
        builder.Insert(0, "<<").Remove(2, 1).Replace('-', '+').AppendLine(">").Append($"{5:D2}");
        Check.Equal("inserting and removing", builder.ToString(), "<<b3True+++4y>\n05");
        Check.That("length and indexer", builder.Length == 17 && builder[2] == 'b' && builder.ToString(2, 2) == "b3");
        builder.Length = 2;
        builder[0] = '[';
        Check.Equal("cutting off", builder.ToString(), "[<");
        builder.Clear();
        for (int index = 0; index < 1000; index++) builder.Append(index % 10);
        Check.That("growing", builder.Length == 1000 && builder[999] == '9' && builder.Capacity >= 1000);
        StringWriter writer = new();
        writer.Write("x");
        writer.WriteLine(5);
        writer.Write('c');
        Check.Equal("text writers", writer.ToString(), "x5\nc");
        Check.Equal("joining", new StringBuilder().AppendJoin(", ", "a", "b").ToString(), "a, b");
    }
}
