// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.CompilerServices;

/// <summary>Receives the parts of an interpolated string: in memory of the caller while it suffices, then in an array.</summary>
[InterpolatedStringHandler]
public ref struct DefaultInterpolatedStringHandler
{
    private const int LengthPerHole = 11;
    private const int LeastBuffer = 256;

    /// <summary>
    /// A buffer that no handler is using: the next one takes it and gives it back at its end, so that making a string costs the arena
    /// that string alone.
    /// </summary>
    private static char[]? s_spare;

    private Span<char> _characters;
    private char[]? _buffer;
    private int _length;

    /// <summary>Made by the compiler.</summary>
    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
        => _characters = _buffer = Take(literalLength + (formattedCount * LengthPerHole));

    /// <summary>Made by the compiler.</summary>
    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider? provider)
        : this(literalLength, formattedCount)
    {
    }

    /// <summary>Made by the compiler; begins in <paramref name="initialBuffer"/>.</summary>
    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount, IFormatProvider? provider, Span<char> initialBuffer)
        => _characters = initialBuffer;

    /// <summary>The text so far.</summary>
    public readonly ReadOnlySpan<char> Text => _characters.Slice(0, _length);

    /// <summary>Forgets the text; the handler is not used afterwards.</summary>
    public void Clear()
    {
        if (_buffer is not null && (s_spare is null || s_spare.Length < _buffer.Length)) s_spare = _buffer;
        this = default;
    }

    /// <summary>The text as a string.</summary>
    public override readonly string ToString() => new(Text);

    /// <summary>The text as a string; the handler is not used afterwards.</summary>
    public string ToStringAndClear()
    {
        string result = new(Text);
        Clear();
        return result;
    }

    /// <summary>Adds a literal part.</summary>
    public void AppendLiteral(string value) => AppendFormatted((ReadOnlySpan<char>)value);

    /// <summary>Adds characters.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<char> value)
    {
        if (value.Length > _characters.Length - _length) Grow(value.Length);
        value.CopyTo(_characters.Slice(_length));
        _length += value.Length;
    }

    /// <summary>Adds characters in a field of a width; negative means to the left.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<char> value, int alignment = 0, string? format = null)
    {
        int start = _length;
        AppendFormatted(value);
        Align(start, alignment);
    }

    /// <summary>Adds a text.</summary>
    public void AppendFormatted(string? value) => AppendFormatted((ReadOnlySpan<char>)value);

    /// <summary>Adds a text in a field of a width; negative means to the left.</summary>
    public void AppendFormatted(string? value, int alignment = 0, string? format = null)
        => AppendFormatted((ReadOnlySpan<char>)value, alignment);

    /// <summary>Adds the text of an object.</summary>
    public void AppendFormatted(object? value, int alignment = 0, string? format = null)
        => AppendFormatted<object?>(value, alignment, format);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    /// <summary>Adds a value in a format. Values that can write themselves into a span are not turned into strings first.</summary>
    public void AppendFormatted<T>(T value, string? format)
    {
        if (typeof(T).IsValueType && typeof(T).IsEnum)
        {
            AppendEnum(value, format);
        }
        else if (value is ISpanFormattable)
        {
            int written;
            while (!((ISpanFormattable)value).TryFormat(_characters.Slice(_length), out written, format, null)) Grow(1);
            _length += written;
        }
        else if (value is IFormattable)
        {
            AppendFormatted(((IFormattable)value).ToString(format, null));
        }
        else
        {
            AppendFormatted(value?.ToString());
        }
    }

    /// <summary>Adds an enumeration's value without boxing it.</summary>
    private void AppendEnum<T>(T value, string? format)
    {
        int written;
        while (!Enum.TryFormatUnconstrained(value, _characters.Slice(_length), out written, format)) Grow(1);
        _length += written;
    }

    /// <summary>Adds a value in a field of a width; negative means to the left.</summary>
    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, null);

    /// <summary>Adds a value in a field of a width and a format.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        int start = _length;
        AppendFormatted(value, format);
        Align(start, alignment);
    }

    /// <summary>Fills the field that began at <paramref name="start"/> with spaces up to its width.</summary>
    private void Align(int start, int alignment)
    {
        int written = _length - start;
        int padding = Math.Abs(alignment) - written;
        if (padding <= 0) return;
        if (padding > _characters.Length - _length) Grow(padding);
        Span<char> field = _characters.Slice(start, written + padding);
        if (alignment > 0)
        {
            field.Slice(0, written).CopyTo(field.Slice(padding));
            field.Slice(0, padding).Fill(' ');
        }
        else
        {
            field.Slice(written).Fill(' ');
        }
        _length += padding;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        char[] larger = Take(Math.Max(checked(_length + count), 2 * _characters.Length));
        Text.CopyTo(larger);
        _characters = _buffer = larger;
    }

    private static char[] Take(int length)
    {
        char[]? spare = s_spare;
        if (spare is null || spare.Length < length) return new char[Math.Max(length, LeastBuffer)];
        s_spare = null;
        return spare;
    }
}
