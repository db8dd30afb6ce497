// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Putting strings together.</summary>
public sealed partial class String
{
    /// <summary>The text of an object, or no text.</summary>
    public static string Concat(object? arg0) => arg0?.ToString() ?? "";

    /// <summary>The texts of two objects.</summary>
    public static string Concat(object? arg0, object? arg1) => Concat(arg0?.ToString(), arg1?.ToString());

    /// <summary>The texts of three objects.</summary>
    public static string Concat(object? arg0, object? arg1, object? arg2) => Concat(arg0?.ToString(), arg1?.ToString(), arg2?.ToString());

    /// <summary>Two texts.</summary>
    public static string Concat(string? str0, string? str1)
        => IsNullOrEmpty(str0) ? str1 ?? "" : IsNullOrEmpty(str1) ? str0 : Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1);

    /// <summary>Three texts.</summary>
    public static string Concat(string? str0, string? str1, string? str2)
        => Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1, (ReadOnlySpan<char>)str2);

    /// <summary>Four texts.</summary>
    public static string Concat(string? str0, string? str1, string? str2, string? str3)
        => Concat((ReadOnlySpan<char>)str0, (ReadOnlySpan<char>)str1, (ReadOnlySpan<char>)str2, (ReadOnlySpan<char>)str3);

    /// <summary>Two texts.</summary>
    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1) => Concat(str0, str1, default, default);

    /// <summary>Three texts.</summary>
    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2)
        => Concat(str0, str1, str2, default);

    /// <summary>Four texts.</summary>
    public static string Concat(ReadOnlySpan<char> str0, ReadOnlySpan<char> str1, ReadOnlySpan<char> str2, ReadOnlySpan<char> str3)
    {
        string result = Allocate(checked(str0.Length + str1.Length + str2.Length + str3.Length));
        Span<char> target = result.Characters;
        str0.CopyTo(target);
        target = target.Slice(str0.Length);
        str1.CopyTo(target);
        target = target.Slice(str1.Length);
        str2.CopyTo(target);
        str3.CopyTo(target.Slice(str2.Length));
        return result;
    }

    /// <summary>All the texts.</summary>
    public static string Concat(params string?[] values) => Concat((ReadOnlySpan<string?>)values);

    /// <summary>All the texts.</summary>
    public static string Concat(params ReadOnlySpan<string?> values) => Join((ReadOnlySpan<char>)default, values);

    /// <summary>All the texts.</summary>
    public static string Concat(IEnumerable<string?> values) => Join("", values);

    /// <summary>The texts of all values.</summary>
    public static string Concat<T>(IEnumerable<T> values) => Join("", values);

    /// <summary>All the texts with a separator between them.</summary>
    public static string Join(char separator, params string?[] value) => Join(new ReadOnlySpan<char>(in separator), value);

    /// <summary>All the texts with a separator between them.</summary>
    public static string Join(char separator, params ReadOnlySpan<string?> value) => Join(new ReadOnlySpan<char>(in separator), value);

    /// <summary>All the texts with a separator between them.</summary>
    public static string Join(string? separator, params string?[] value) => Join((ReadOnlySpan<char>)separator, value);

    /// <summary>All the texts with a separator between them.</summary>
    public static string Join(string? separator, params ReadOnlySpan<string?> value) => Join((ReadOnlySpan<char>)separator, value);

    /// <summary>All the texts with a separator between them.</summary>
    public static string Join(string? separator, IEnumerable<string?> values) => Join<string?>(separator, values);

    /// <summary>The texts of all values with a separator between them.</summary>
    public static string Join<T>(string? separator, IEnumerable<T> values)
    {
        DefaultInterpolatedStringHandler result = new(0, 0);
        bool first = true;
        foreach (T value in values)
        {
            if (!first) result.AppendFormatted(separator);
            first = false;
            result.AppendFormatted(value);
        }
        return result.ToStringAndClear();
    }

    private static string Join(ReadOnlySpan<char> separator, ReadOnlySpan<string?> values)
    {
        if (values.IsEmpty) return "";
        int length = checked((values.Length - 1) * separator.Length);
        foreach (string? value in values) length = checked(length + (value is null ? 0 : value.Length));
        string result = Allocate(length);
        Span<char> target = result.Characters;
        for (int index = 0; index < values.Length; index++)
        {
            if (index > 0)
            {
                separator.CopyTo(target);
                target = target.Slice(separator.Length);
            }
            ReadOnlySpan<char> value = values[index];
            value.CopyTo(target);
            target = target.Slice(value.Length);
        }
        return result;
    }
}
