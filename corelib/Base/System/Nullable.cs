// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>A value or nothing. Field names and order are known to ilc, which boxes it.</summary>
public partial struct Nullable<T> where T : struct
{
    private readonly bool hasValue;
    internal T value;

    /// <summary>Holds <paramref name="value"/>.</summary>
    public Nullable(T value)
    {
        this.value = value;
        hasValue = true;
    }

    /// <summary>Whether there is a value.</summary>
    public readonly bool HasValue => hasValue;

    /// <summary>The value; it is an error to ask when there is none.</summary>
    public readonly T Value
    {
        get
        {
            if (!hasValue) ThrowHelpers.ThrowNoValue();
            return value;
        }
    }

    /// <summary>The value, or zero when there is none.</summary>
    public readonly T GetValueOrDefault() => value;

    /// <summary>The value, or <paramref name="defaultValue"/> when there is none.</summary>
    public readonly T GetValueOrDefault(T defaultValue) => hasValue ? value : defaultValue;

    /// <summary>A value is also an optional value.</summary>
    public static implicit operator T?(T value) => new Nullable<T>(value);

    /// <summary>Takes the value out.</summary>
    public static explicit operator T(T? value) => value!.Value;
}
