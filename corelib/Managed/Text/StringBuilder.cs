// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Text;

/// <summary>Text that grows. The buffer doubles, so a text made step by step costs at most twice its size in arena.</summary>
public sealed class StringBuilder
{
    private const int DefaultCapacity = 16;
    private char[] _buffer;
    private int _length;

    /// <summary>Starts empty.</summary>
    public StringBuilder() : this(DefaultCapacity)
    {
    }

    /// <summary>Starts empty with room.</summary>
    public StringBuilder(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        _buffer = new char[Math.Max(capacity, DefaultCapacity)];
    }

    /// <summary>Starts with a text.</summary>
    public StringBuilder(string? value) : this(value is null ? DefaultCapacity : value.Length) => Append(value);

    /// <summary>Number of characters; setting it cuts off or fills with zeros.</summary>
    public int Length
    {
        get => _length;
        set
        {
            if (value < 0) throw new ArgumentOutOfRangeException(nameof(value));
            if (value > _length)
            {
                Reserve(value - _length);
                _buffer.AsSpan(_length, value - _length).Clear();
            }
            _length = value;
        }
    }

    /// <summary>Characters that fit without growing.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>One character.</summary>
    [IndexerName("Chars")]
    public char this[int index]
    {
        get => _buffer.AsSpan(0, _length)[index];
        set => _buffer.AsSpan(0, _length)[index] = value;
    }

    /// <summary>Makes room for at least so many characters in all.</summary>
    public int EnsureCapacity(int capacity)
    {
        if (capacity > _buffer.Length) Reserve(capacity - _length);
        return _buffer.Length;
    }

    /// <summary>Adds a character.</summary>
    public StringBuilder Append(char value)
    {
        Reserve(1)[0] = value;
        _length++;
        return this;
    }

    /// <summary>Adds a character several times.</summary>
    public StringBuilder Append(char value, int repeatCount)
    {
        if (repeatCount < 0) throw new ArgumentOutOfRangeException(nameof(repeatCount));
        Reserve(repeatCount).Slice(0, repeatCount).Fill(value);
        _length += repeatCount;
        return this;
    }

    /// <summary>Adds characters.</summary>
    public StringBuilder Append(ReadOnlySpan<char> value)
    {
        value.CopyTo(Reserve(value.Length));
        _length += value.Length;
        return this;
    }

    /// <summary>Adds a text.</summary>
    public StringBuilder Append(string? value) => Append((ReadOnlySpan<char>)value);

    /// <summary>Adds characters.</summary>
    public StringBuilder Append(char[]? value) => Append((ReadOnlySpan<char>)value);

    /// <summary>Adds part of a text.</summary>
    public StringBuilder Append(string? value, int startIndex, int count) => Append(((ReadOnlySpan<char>)value).Slice(startIndex, count));

    /// <summary>Adds the text of another.</summary>
    public StringBuilder Append(StringBuilder? value) => value is null ? this : Append(value._buffer.AsSpan(0, value._length));

    /// <summary>Adds True or False.</summary>
    public StringBuilder Append(bool value) => Append(value.ToString());

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(byte value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(short value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(ushort value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(int value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(uint value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(long value) => AppendFormatted(value);

    /// <summary>Adds digits.</summary>
    public StringBuilder Append(ulong value) => AppendFormatted(value);

    /// <summary>Adds the text of an object.</summary>
    public StringBuilder Append(object? value) => Append(value?.ToString());

    /// <summary>Adds an interpolated text in place.</summary>
    public StringBuilder Append([InterpolatedStringHandlerArgument("")] ref AppendInterpolatedStringHandler handler) => this;

    /// <summary>Adds an interpolated text in place, and ends the line.</summary>
    public StringBuilder AppendLine([InterpolatedStringHandlerArgument("")] ref AppendInterpolatedStringHandler handler) => AppendLine();

    /// <summary>Ends the line.</summary>
    public StringBuilder AppendLine() => Append('\n');

    /// <summary>Adds a text and ends the line.</summary>
    public StringBuilder AppendLine(string? value) => Append(value).Append('\n');

    /// <summary>Adds texts with a separator between them.</summary>
    public StringBuilder AppendJoin(string? separator, params ReadOnlySpan<string?> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            if (index > 0) Append(separator);
            Append(values[index]);
        }
        return this;
    }

    /// <summary>Puts a text in.</summary>
    public StringBuilder Insert(int index, string? value)
    {
        if ((uint)index > (uint)_length) throw new ArgumentOutOfRangeException(nameof(index));
        if (value is null) return this;
        Reserve(value.Length);
        _buffer.AsSpan(index, _length - index).CopyTo(_buffer.AsSpan(index + value.Length));
        value.CopyTo(_buffer.AsSpan(index));
        _length += value.Length;
        return this;
    }

    /// <summary>Takes a part out.</summary>
    public StringBuilder Remove(int startIndex, int length)
    {
        Span<char> tail = _buffer.AsSpan(0, _length).Slice(startIndex);
        tail.Slice(length).CopyTo(tail);
        _length -= length;
        return this;
    }

    /// <summary>One character for another.</summary>
    public StringBuilder Replace(char oldChar, char newChar)
    {
        foreach (ref char character in _buffer.AsSpan(0, _length))
        {
            if (character == oldChar) character = newChar;
        }
        return this;
    }

    /// <summary>Back to no text; the room stays.</summary>
    public StringBuilder Clear()
    {
        _length = 0;
        return this;
    }

    /// <summary>The text as a string.</summary>
    public override string ToString() => new(_buffer.AsSpan(0, _length));

    /// <summary>Part of the text as a string.</summary>
    public string ToString(int startIndex, int length) => new(_buffer.AsSpan(0, _length).Slice(startIndex, length));

    private StringBuilder AppendFormatted<T>(T value) where T : ISpanFormattable
    {
        value.TryFormat(Reserve(Number.MaxDecimalDigits), out int written, default, null);
        _length += written;
        return this;
    }

    /// <summary>Makes room behind the text.</summary>
    private Span<char> Reserve(int count)
    {
        int needed = checked(_length + count);
        if (needed > _buffer.Length)
        {
            char[] larger = new char[Math.Max(needed, 2 * _buffer.Length)];
            _buffer.AsSpan(0, _length).CopyTo(larger);
            _buffer = larger;
        }
        return _buffer.AsSpan(_length);
    }

    /// <summary>Receives the parts of a string interpolated into a builder.</summary>
    [InterpolatedStringHandler]
    public struct AppendInterpolatedStringHandler
    {
        private readonly StringBuilder _target;

        /// <summary>Made by the compiler.</summary>
        public AppendInterpolatedStringHandler(int literalLength, int formattedCount, StringBuilder stringBuilder)
            => _target = stringBuilder;

        /// <summary>Adds a literal part.</summary>
        public void AppendLiteral(string value) => _target.Append(value);

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T value) => AppendFormatted(value, 0, null);

        /// <summary>Adds a value in a format.</summary>
        public void AppendFormatted<T>(T value, string? format) => AppendFormatted(value, 0, format);

        /// <summary>Adds a value in a field of a width; negative means to the left.</summary>
        public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

        /// <summary>Adds a value in a field of a width and a format.</summary>
        public void AppendFormatted<T>(T value, int alignment, string? format)
        {
            DefaultInterpolatedStringHandler part = new(0, 1, null, stackalloc char[Number.MaxDigits]);
            part.AppendFormatted(value, alignment, format);
            _target.Append(part.Text);
            part.Clear();
        }

        /// <summary>Adds characters.</summary>
        public void AppendFormatted(ReadOnlySpan<char> value) => _target.Append(value);

        /// <summary>Adds a text.</summary>
        public void AppendFormatted(string? value) => _target.Append(value);
    }
}
