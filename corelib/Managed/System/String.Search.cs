// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>Searching.</summary>
public sealed partial class String
{
    /// <summary>Whether the character occurs.</summary>
    public bool Contains(char value) => IndexOf(value) >= 0;

    /// <summary>Whether the text occurs.</summary>
    public bool Contains(string value) => ((ReadOnlySpan<char>)this).IndexOf((ReadOnlySpan<char>)value) >= 0;

    /// <summary>Whether the text occurs, compared in the given way.</summary>
    public bool Contains(string value, StringComparison comparisonType)
        => ((ReadOnlySpan<char>)this).IndexOf((ReadOnlySpan<char>)value, comparisonType) >= 0;

    /// <summary>Where the character occurs first, or -1.</summary>
    public int IndexOf(char value) => ((ReadOnlySpan<char>)this).IndexOf(value);

    /// <summary>Where the character occurs first at or after <paramref name="startIndex"/>, or -1.</summary>
    public int IndexOf(char value, int startIndex) => From(startIndex, ((ReadOnlySpan<char>)this).Slice(startIndex).IndexOf(value));

    /// <summary>Where the text occurs first, by code units, or -1.</summary>
    public int IndexOf(string value) => ((ReadOnlySpan<char>)this).IndexOf((ReadOnlySpan<char>)value);

    /// <summary>Where the text occurs first, or -1.</summary>
    public int IndexOf(string value, StringComparison comparisonType)
        => ((ReadOnlySpan<char>)this).IndexOf((ReadOnlySpan<char>)value, comparisonType);

    /// <summary>Where the text occurs first at or after <paramref name="startIndex"/>, by code units, or -1.</summary>
    public int IndexOf(string value, int startIndex)
        => From(startIndex, ((ReadOnlySpan<char>)this).Slice(startIndex).IndexOf((ReadOnlySpan<char>)value));

    /// <summary>Where the text occurs first at or after <paramref name="startIndex"/>, or -1.</summary>
    public int IndexOf(string value, int startIndex, StringComparison comparisonType)
        => From(startIndex, ((ReadOnlySpan<char>)this).Slice(startIndex).IndexOf((ReadOnlySpan<char>)value, comparisonType));

    /// <summary>Where one of the characters occurs first, or -1.</summary>
    public int IndexOfAny(char[] anyOf) => ((ReadOnlySpan<char>)this).IndexOfAny((ReadOnlySpan<char>)anyOf);

    /// <summary>Where the character occurs last, or -1.</summary>
    public int LastIndexOf(char value) => ((ReadOnlySpan<char>)this).LastIndexOf(value);

    /// <summary>Where the text occurs last, by code units, or -1.</summary>
    public int LastIndexOf(string value) => ((ReadOnlySpan<char>)this).LastIndexOf((ReadOnlySpan<char>)value);

    /// <summary>Whether the text begins so.</summary>
    public bool StartsWith(char value) => Length > 0 && _firstChar == value;

    /// <summary>Whether the text begins so, by code units.</summary>
    public bool StartsWith(string value) => ((ReadOnlySpan<char>)this).StartsWith((ReadOnlySpan<char>)value);

    /// <summary>Whether the text begins so.</summary>
    public bool StartsWith(string value, StringComparison comparisonType)
        => ((ReadOnlySpan<char>)this).StartsWith((ReadOnlySpan<char>)value, comparisonType);

    /// <summary>Whether the text ends so.</summary>
    public bool EndsWith(char value) => Length > 0 && this[Length - 1] == value;

    /// <summary>Whether the text ends so, by code units.</summary>
    public bool EndsWith(string value) => ((ReadOnlySpan<char>)this).EndsWith((ReadOnlySpan<char>)value);

    /// <summary>Whether the text ends so.</summary>
    public bool EndsWith(string value, StringComparison comparisonType)
        => ((ReadOnlySpan<char>)this).EndsWith((ReadOnlySpan<char>)value, comparisonType);

    private static int From(int start, int found) => found < 0 ? -1 : start + found;
}
