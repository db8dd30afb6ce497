// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>Makes lines of what somebody types on a terminal: editing, history, completion. Allocates nothing.</summary>
/// <remarks>Keys: arrows, Home, End, Backspace, Delete, Tab, Ctrl-A, -E, -U (clears), -W (word), -C (forgets the line).</remarks>
public sealed class LineEditor(string prompt, IEditorSink sink)
{
    public const int MaxLength = 96;

    private const int HistoryLines = 8;
    private const byte Escape = 27;

    private readonly string _prompt = prompt;
    private readonly IEditorSink _sink = sink;
    private readonly EditHistory _history = new(HistoryLines, MaxLength);
    private readonly char[] _line = new char[MaxLength];
    private int _length;
    private int _cursor;
    private int _shown;
    private byte _escape;
    private byte _parameter;
    private bool _wasReturn;

    /// <summary>The line that was completed last; valid until the next byte.</summary>
    public ReadOnlySpan<char> Line => new(_line, 0, _length);

    /// <summary>Shows an empty line, ready to be typed on.</summary>
    public void Begin()
    {
        _length = 0;
        _cursor = 0;
        _shown = 0;
        _history.Leave();
        _sink.Show(_prompt);
    }

    /// <summary>Takes prompt and line off the screen, so that something else can be printed in their place.</summary>
    public void Hide()
    {
        _sink.Show("\r");
        Blank(_prompt.Length + _shown);
        _sink.Show("\r");
    }

    /// <summary>Shows prompt and line again after <see cref="Hide"/>.</summary>
    public void Show()
    {
        _shown = 0;
        Redraw();
    }

    /// <summary>Takes a byte. True when it ended the line, see <see cref="Line"/>; then call <see cref="Begin"/>.</summary>
    public bool Feed(byte key)
    {
        bool followsReturn = _wasReturn;
        _wasReturn = key == '\r';
        if (_escape != 0)
        {
            FeedEscape(key);
            return false;
        }

        switch (key)
        {
            case (byte)'\n' when followsReturn:
                return false;
            case (byte)'\r' or (byte)'\n':
                _sink.Show("\r\n");
                _history.Add(Line);
                return true;
            case Escape:
                _escape = Escape;
                return false;
            case (byte)'\t':
                Complete();
                return false;
            default:
                Edit(key);
                return false;
        }
    }

    private void Edit(byte key)
    {
        switch (key)
        {
            case 8 or 127:
                if (_cursor > 0) Remove(_cursor - 1, 1);
                break;
            case 1:
                MoveTo(0);
                break;
            case 5:
                MoveTo(_length);
                break;
            case 3:
                _sink.Show("^C\r\n");
                Begin();
                break;
            case 21:
                Remove(0, _cursor);
                break;
            case 23:
                int start = _cursor;
                while (start > 0 && _line[start - 1] == ' ') start--;
                while (start > 0 && _line[start - 1] != ' ') start--;
                Remove(start, _cursor - start);
                break;
            case >= 32 and < 127:
                Insert((char)key);
                break;
            default:
                break;
        }
    }

    /// <summary>ESC [ letter, or ESC [ digit ~ (ECMA-48 §5.4).</summary>
    private void FeedEscape(byte key)
    {
        if (_escape == Escape)
        {
            _escape = key is (byte)'[' or (byte)'O' ? (byte)'[' : (byte)0;
            _parameter = 0;
            return;
        }

        if (key is >= (byte)'0' and <= (byte)'9' or (byte)';')
        {
            _parameter = key;
            return;
        }

        _escape = 0;
        switch ((char)key)
        {
            case 'A':
                Replace(_history.Older(Line));
                break;
            case 'B':
                Replace(_history.Newer(Line));
                break;
            case 'C':
                MoveTo(_cursor + 1);
                break;
            case 'D':
                MoveTo(_cursor - 1);
                break;
            case 'H':
                MoveTo(0);
                break;
            case 'F':
                MoveTo(_length);
                break;
            case '~' when _parameter == '3' && _cursor < _length:
                Remove(_cursor, 1);
                break;
            default:
                break;
        }
    }

    private void Insert(char character)
    {
        if (_length == MaxLength) return;
        for (int index = _length; index > _cursor; index--) _line[index] = _line[index - 1];
        _line[_cursor] = character;
        _length++;
        _cursor++;
        if (_cursor != _length)
        {
            Redraw();
            return;
        }

        _sink.Show(new ReadOnlySpan<char>(_line, _cursor - 1, 1));
        _shown = _length;
    }

    private void Remove(int start, int count)
    {
        if (count == 0) return;
        for (int index = start; index + count < _length; index++) _line[index] = _line[index + count];
        _length -= count;
        _cursor = _cursor > start + count ? _cursor - count : _cursor > start ? start : _cursor;
        Redraw();
    }

    private void Replace(ReadOnlySpan<char> line)
    {
        line.CopyTo(_line);
        _length = line.Length;
        _cursor = _length;
        Redraw();
    }

    private void MoveTo(int position)
    {
        if (position < 0 || position > _length) return;
        _cursor = position;
        Redraw();
    }

    /// <summary>The whole line again, and the cursor where it belongs. Needs nothing of the terminal but \r and \b.</summary>
    private void Redraw()
    {
        _sink.Show("\r");
        _sink.Show(_prompt);
        _sink.Show(Line);
        int blanks = _shown > _length ? _shown - _length : 0;
        Blank(blanks);
        for (int position = _length + blanks; position > _cursor; position--) _sink.Show("\b");
        _shown = _length;
    }

    private void Blank(int count)
    {
        for (; count > 0; count--) _sink.Show(" ");
    }

    /// <summary>Completes the word before the cursor as far as all candidates agree; shows them when there are several.</summary>
    private void Complete()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] != ' ') start--;
        int matches = CountMatches(start, out string first, out int common);
        if (matches == 0) return;
        int typed = _cursor - start;
        for (int index = typed; index < common; index++) Insert(first[index]);
        if (matches == 1) Insert(' ');
        else if (common == typed) ShowMatches(start);
    }

    private int CountMatches(int start, out string first, out int common)
    {
        first = "";
        common = 0;
        int matches = 0;
        for (int number = 0; CandidateAt(start, number) is { } candidate; number++)
        {
            if (!StartsWithWord(candidate, start)) continue;
            if (matches++ == 0)
            {
                first = candidate;
                common = candidate.Length;
            }

            int same = 0;
            while (same < common && same < candidate.Length && candidate[same] == first[same]) same++;
            common = same;
        }

        return matches;
    }

    private void ShowMatches(int start)
    {
        _sink.Show("\r\n");
        for (int number = 0; CandidateAt(start, number) is { } candidate; number++)
        {
            if (!StartsWithWord(candidate, start)) continue;
            _sink.Show(candidate);
            _sink.Show("  ");
        }

        _sink.Show("\r\n");
        Show();
    }

    private string? CandidateAt(int start, int number) => _sink.Candidate(new ReadOnlySpan<char>(_line, 0, start), number);

    private bool StartsWithWord(string candidate, int start)
    {
        int typed = _cursor - start;
        if (candidate.Length < typed) return false;
        for (int index = 0; index < typed; index++)
            if (candidate[index] != _line[start + index]) return false;
        return true;
    }
}
