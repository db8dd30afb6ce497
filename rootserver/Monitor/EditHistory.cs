// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>The last lines, for going back to them. Fixed room; the oldest makes place.</summary>
public sealed class EditHistory(int lines, int maxLength)
{
    private readonly char[] _text = new char[(lines + 1) * maxLength];
    private readonly int[] _lengths = new int[lines + 1];
    private readonly int _lines = lines;
    private readonly int _maxLength = maxLength;
    private int _count;
    private int _next;

    /// <summary>How far back the editor is; 0 is the line that is being typed.</summary>
    private int _back;

    /// <summary>Remembers a line, unless it is empty or was the last one.</summary>
    public void Add(ReadOnlySpan<char> line)
    {
        if (line.Length == 0 || (_count > 0 && Equal(line, At(1)))) return;
        Store(_next, line);
        _next = (_next + 1) % _lines;
        if (_count < _lines) _count++;
    }

    /// <summary>Back at the line that is being typed, which is new.</summary>
    public void Leave()
    {
        _back = 0;
        _lengths[_lines] = 0;
    }

    /// <summary>One line further back; the oldest stays.</summary>
    /// <param name="typed">What is being typed: kept for the way back.</param>
    public ReadOnlySpan<char> Older(ReadOnlySpan<char> typed)
    {
        if (_back == 0) Store(_lines, typed);
        if (_back < _count) _back++;
        return Current;
    }

    /// <summary>One line forward, in the end what was being typed.</summary>
    public ReadOnlySpan<char> Newer(ReadOnlySpan<char> typed)
    {
        if (_back == 0) return typed;
        _back--;
        return Current;
    }

    private ReadOnlySpan<char> Current => _back == 0 ? TextOf(_lines) : At(_back);

    private ReadOnlySpan<char> At(int back) => TextOf((_next + _lines - back) % _lines);

    private ReadOnlySpan<char> TextOf(int index) => new(_text, index * _maxLength, _lengths[index]);

    private void Store(int index, ReadOnlySpan<char> line)
    {
        line.CopyTo(new Span<char>(_text, index * _maxLength, _maxLength));
        _lengths[index] = line.Length;
    }

    private static bool Equal(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length) return false;
        for (int index = 0; index < one.Length; index++)
            if (one[index] != other[index]) return false;
        return true;
    }
}
