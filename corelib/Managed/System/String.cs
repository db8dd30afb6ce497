// SPDX-License-Identifier: BSD-2-Clause
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public sealed partial class String : IEnumerable<char>, IEquatable<string>, IComparable<string>, IComparable
{
    /// <summary>The text of no characters.</summary>
    public static readonly string Empty = "";

    /// <summary>Allocates; the caller fills it in before anyone else sees it.</summary>
    internal static string Allocate(int length)
    {
        unsafe
        {
            return length == 0 ? "" : Unsafe.As<string>(Heap.NewArray(MethodTable.Of<string>(), length));
        }
    }

    /// <summary>The characters for writing, while the string is being made.</summary>
    internal Span<char> Characters => new(ref _firstChar, _stringLength);

    /// <summary>Repeats a character.</summary>
    public extern String(char c, int count);

    /// <summary>Copies characters.</summary>
    public extern String(ReadOnlySpan<char> value);

    /// <summary>Copies characters.</summary>
    public extern String(char[]? value);

    /// <summary>Copies part of an array.</summary>
    public extern String(char[] value, int startIndex, int length);

    /// <summary>Copies characters up to a zero.</summary>
    public extern unsafe String(char* value);

    // ilc turns each constructor above into a call of the method Ctor with the same parameters.
    private static string Ctor(char c, int count)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count));
        string result = Allocate(count);
        result.Characters.Fill(c);
        return result;
    }

    private static string Ctor(ReadOnlySpan<char> value)
    {
        string result = Allocate(value.Length);
        value.CopyTo(result.Characters);
        return result;
    }

    private static string Ctor(char[]? value) => Ctor((ReadOnlySpan<char>)value);

    private static string Ctor(char[] value, int startIndex, int length) => Ctor(new ReadOnlySpan<char>(value, startIndex, length));

    private static unsafe string Ctor(char* value)
    {
        int length = 0;
        while (value[length] != 0) length++;
        return Ctor(new ReadOnlySpan<char>(value, length));
    }

    /// <summary>The characters as a span.</summary>
    public static implicit operator ReadOnlySpan<char>(string? value) => value.AsSpan();

    /// <summary>Makes a string of known length by filling it in place.</summary>
    public static string Create<TState>(int length, TState state, Buffers.SpanAction<char, TState> action)
    {
        string result = Allocate(length);
        action(result.Characters, state);
        return result;
    }

    /// <summary>Makes a string from an interpolated one.</summary>
    public static string Create(
        IFormatProvider? provider, [InterpolatedStringHandlerArgument(nameof(provider))] ref DefaultInterpolatedStringHandler handler)
        => handler.ToStringAndClear();

    /// <summary>Whether there is no text.</summary>
    public static bool IsNullOrEmpty([NotNullWhen(false)] string? value) => value is null || value.Length == 0;

    /// <summary>Whether there is no text but spaces.</summary>
    public static bool IsNullOrWhiteSpace([NotNullWhen(false)] string? value)
        => value is null || ((ReadOnlySpan<char>)value).Trim().IsEmpty;

    /// <summary>The text itself.</summary>
    public override string ToString() => this;

    /// <summary>The characters in a new array.</summary>
    public char[] ToCharArray() => ((ReadOnlySpan<char>)this).ToArray();

    /// <summary>Copies the characters.</summary>
    public void CopyTo(Span<char> destination) => ((ReadOnlySpan<char>)this).CopyTo(destination);

    /// <summary>Copies the characters if there is room.</summary>
    public bool TryCopyTo(Span<char> destination) => ((ReadOnlySpan<char>)this).TryCopyTo(destination);

    /// <summary>For <c>foreach</c> through the interface.</summary>
    public CharEnumerator GetEnumerator() => new(this);

    IEnumerator<char> IEnumerable<char>.GetEnumerator() => new CharEnumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new CharEnumerator(this);

    /// <summary>Whether both are the same text.</summary>
    public static bool operator ==(string? a, string? b) => Equals(a, b);

    /// <summary>Whether the texts differ.</summary>
    public static bool operator !=(string? a, string? b) => !Equals(a, b);

    /// <summary>Whether both are the same text.</summary>
    public static bool Equals(string? a, string? b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a is null || b is null || a.Length != b.Length) return false;
        return SpanHelpers.SequenceEqual(
            ref Unsafe.As<char, byte>(ref a._firstChar), ref Unsafe.As<char, byte>(ref b._firstChar), (nuint)a.Length * sizeof(char));
    }

    /// <summary>Whether both are the same text, in the given way.</summary>
    public static bool Equals(string? a, string? b, StringComparison comparisonType)
        => a is null || b is null ? ReferenceEquals(a, b) : ((ReadOnlySpan<char>)a).Equals(b, comparisonType);

    /// <summary>Whether the other is the same text.</summary>
    public bool Equals([NotNullWhen(true)] string? value) => Equals(this, value);

    /// <summary>Whether the other is the same text, in the given way.</summary>
    public bool Equals([NotNullWhen(true)] string? value, StringComparison comparisonType) => Equals(this, value, comparisonType);

    /// <summary>Whether the object is the same text.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is string other && Equals(this, other);

    /// <summary>The same for equal text, and in every run.</summary>
    public override int GetHashCode() => GetHashCode((ReadOnlySpan<char>)this);

    /// <summary>The hash code the text would have as a string.</summary>
    public static int GetHashCode(ReadOnlySpan<char> value)
    {
        // FNV-1a over code units, then a mix so that the low bits depend on all of them.
        uint hash = 2166136261;
        foreach (char character in value) hash = (hash ^ character) * 16777619;
        hash ^= hash >> 15;
        return (int)(hash * 0x2C1B3C6D);
    }

    /// <summary>Order by code units.</summary>
    public static int CompareOrdinal(string? strA, string? strB) => ((ReadOnlySpan<char>)strA).SequenceCompareTo(strB) switch
    {
        0 => (strA is null ? 0 : 1) - (strB is null ? 0 : 1),
        int order => order,
    };

    /// <summary>Order by code units, in the given way; null comes first.</summary>
    public static int Compare(string? strA, string? strB, StringComparison comparisonType)
        => strA is null || strB is null ? CompareOrdinal(strA, strB) : ((ReadOnlySpan<char>)strA).CompareTo(strB, comparisonType);

    /// <summary>Order by code units; null comes first.</summary>
    public int CompareTo(string? strB) => CompareOrdinal(this, strB);

    /// <summary>Order by code units; null comes first.</summary>
    public int CompareTo(object? value)
        => value is null ? 1 : value is string other ? CompareTo(other) : throw new ArgumentException("Object must be of type String.");
}

/// <summary>Walks the characters of a string.</summary>
public sealed class CharEnumerator : IEnumerator<char>
{
    private readonly string _text;
    private int _index = -1;

    internal CharEnumerator(string text) => _text = text;

    /// <summary>The character reached.</summary>
    public char Current => _text[_index];

    object IEnumerator.Current => Current;

    /// <summary>Goes on; false at the end.</summary>
    public bool MoveNext() => ++_index < _text.Length;

    /// <summary>Back before the first.</summary>
    public void Reset() => _index = -1;

    /// <summary>Nothing to give back.</summary>
    public void Dispose()
    {
    }
}
