// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Sel4.RootServer;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>What somebody types, and what he then sees: a terminal that knows carriage return, line feed and backspace.</summary>
public sealed class LineEditorTests
{
    private const string Up = "\x1b[A";
    private const string Down = "\x1b[B";
    private const string Right = "\x1b[C";
    private const string Left = "\x1b[D";

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abx\bc", "abc")]
    [InlineData("abx\x7f" + "c", "abc")]
    [InlineData("bc\x01" + "a", "abc")]
    [InlineData("ac" + Left + "b", "abc")]
    [InlineData("ac" + Left + Left + Left + Left + Right + "b", "abc")]
    [InlineData("bc\x1b[Ha\x05" + "d", "abcd")]
    [InlineData("bc\x1bOHa\x1b[Fd", "abcd")]
    [InlineData("abxc" + Left + Left + "\x1b[3~", "abc")]
    [InlineData("abc\x1b[3~", "abc")]
    [InlineData("junk\x15" + "abc", "abc")]
    [InlineData("ab junk \x17" + "c", "ab c")]
    [InlineData("junk\x03" + "abc", "abc")]
    [InlineData("a\x00\x02\x1b[99~\x1bxbc", "abc")]
    [InlineData("\b\b\x17\x15" + Left + "abc", "abc")]
    public void Keys_edit_the_line(string keys, string line)
    {
        Terminal terminal = new();
        Assert.Null(terminal.Type(keys));
        Assert.Equal("> " + line, terminal.Screen.TrimEnd());
        Assert.Equal(line, terminal.Type("\r"));
    }

    [Fact]
    public void A_line_has_an_end()
    {
        Terminal terminal = new();
        Assert.Null(terminal.Type(new string('x', LineEditor.MaxLength + 5) + Left + "y"));
        Assert.Equal(new string('x', LineEditor.MaxLength), terminal.Type("\r"));
    }

    [Fact]
    public void Return_and_line_feed_together_end_one_line()
    {
        Terminal terminal = new();
        Assert.Equal("a", terminal.Type("a\r"));
        Assert.Null(terminal.Type("\nb"));
        Assert.Equal("b", terminal.Type("\n"));
        Assert.Equal("", terminal.Type("\n"));
    }

    [Fact]
    public void Up_and_down_walk_through_the_last_lines()
    {
        Terminal terminal = new();
        foreach (string line in (string[])["one", "two", "two", "", "three"]) terminal.Type(line + "\r");
        Assert.Equal("one", terminal.Type(Up + Up + Up + Up + "\r"));
        Assert.Equal("three", terminal.Type(Up + Up + Up + Down + "\r"));
        Assert.Equal("typed", terminal.Type("typed" + Up + Down + Down + "\r"));
        Assert.Equal("three!", terminal.Type(Up + Up + Up + Up + "!\r"));
    }

    [Fact]
    public void Tab_completes_what_is_clear_and_shows_what_is_not()
    {
        Terminal terminal = new();
        terminal.Type("a\t");
        Assert.Equal("> al", terminal.Screen.TrimEnd());
        terminal.Type("\t");
        Assert.Contains("alpha  alto", terminal.All);
        Assert.Equal("alpha second ", terminal.Type("p\tse\t\r"));
        Assert.Equal("zz", terminal.Type("zz\t\r"));
    }

    [Fact]
    public void Something_else_can_be_printed_in_between()
    {
        Terminal terminal = new();
        terminal.Type("half" + Left);
        terminal.Editor.Hide();
        Assert.Equal("", terminal.Screen.TrimEnd());
        terminal.Show("a line\r\n");
        terminal.Editor.Show();
        Assert.Equal("> half", terminal.Screen.TrimEnd());
        Assert.Equal("halxf", terminal.Type("x\r"));
    }

    /// <summary>Feeds keys, and keeps what a screen would show.</summary>
    private sealed class Terminal : IEditorSink
    {
        private static readonly string[] s_first = ["alpha", "alto", "beta"];
        private readonly StringBuilder _line = new();
        private readonly StringBuilder _all = new();
        private int _column;

        public Terminal()
        {
            Editor = new LineEditor("> ", this);
            Editor.Begin();
        }

        public LineEditor Editor { get; }

        /// <summary>The last line.</summary>
        public string Screen => _line.ToString();

        /// <summary>All lines.</summary>
        public string All => _all.ToString() + Screen;

        /// <summary>Types; the last line that was ended on the way, if any.</summary>
        public string? Type(string keys)
        {
            string? line = null;
            foreach (char key in keys)
            {
                if (!Editor.Feed((byte)key)) continue;
                line = Editor.Line.ToString();
                Editor.Begin();
            }

            return line;
        }

        public void Show(ReadOnlySpan<char> text)
        {
            foreach (char character in text)
            {
                switch (character)
                {
                    case '\r':
                        _column = 0;
                        break;
                    case '\n':
                        _all.AppendLine(_line.ToString());
                        _line.Clear();
                        _column = 0;
                        break;
                    case '\b':
                        Assert.True(_column-- > 0);
                        break;
                    default:
                        Assert.True(character is >= ' ' and < '\x7f', "only what every terminal knows");
                        if (_column < _line.Length) _line[_column] = character;
                        else _line.Append(character);
                        _column++;
                        break;
                }
            }
        }

        public string? Candidate(ReadOnlySpan<char> line, int number) =>
            line.Length == 0 ? number < s_first.Length ? s_first[number] : null : number == 0 ? "second" : null;
    }
}
