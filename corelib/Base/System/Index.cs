// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>A position counted from the start or, written <c>^n</c>, from the end.</summary>
public readonly partial struct Index
{
    private readonly int _value;

    /// <summary>A position; <paramref name="fromEnd"/> counts back from the end.</summary>
    public Index(int value, bool fromEnd = false)
    {
        if (value < 0) ThrowHelpers.ThrowArgumentOutOfRangeException();
        _value = fromEnd ? ~value : value;
    }

    /// <summary>The distance from the end it counts from.</summary>
    public int Value => _value < 0 ? ~_value : _value;

    /// <summary>Whether it counts from the end.</summary>
    public bool IsFromEnd => _value < 0;

    /// <summary>The first position.</summary>
    public static Index Start => new(0);

    /// <summary>The position after the last.</summary>
    public static Index End => new(0, true);

    /// <summary>The position from the start in something of <paramref name="length"/> elements.</summary>
    public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;

    /// <summary>A plain number counts from the start.</summary>
    public static implicit operator Index(int value) => new(value);
}

/// <summary>A stretch between two positions.</summary>
public readonly partial struct Range
{
    /// <summary>A stretch from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public Range(Index start, Index end)
    {
        Start = start;
        End = end;
    }

    /// <summary>First position inside.</summary>
    public Index Start { get; }

    /// <summary>First position outside.</summary>
    public Index End { get; }

    /// <summary>Everything.</summary>
    public static Range All => new(Index.Start, Index.End);

    /// <summary>From a position to the end.</summary>
    public static Range StartAt(Index start) => new(start, Index.End);

    /// <summary>From the beginning to a position.</summary>
    public static Range EndAt(Index end) => new(Index.Start, end);

    /// <summary>Offset and length in something of <paramref name="length"/> elements.</summary>
    public (int Offset, int Length) GetOffsetAndLength(int length)
    {
        int start = Start.GetOffset(length);
        int end = End.GetOffset(length);
        if ((uint)end > (uint)length || (uint)start > (uint)end) ThrowHelpers.ThrowArgumentOutOfRangeException();
        return (start, end - start);
    }
}
