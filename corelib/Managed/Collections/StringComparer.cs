// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>Equality and order of text, for collections.</summary>
public abstract class StringComparer : IComparer<string?>, IEqualityComparer<string?>
{
    /// <summary>By code units.</summary>
    public static StringComparer Ordinal { get; } = new OrdinalComparer(StringComparison.Ordinal);

    /// <summary>By code units, the case of ASCII letters aside.</summary>
    public static StringComparer OrdinalIgnoreCase { get; } = new OrdinalComparer(StringComparison.OrdinalIgnoreCase);

    /// <summary>Negative when the first comes first, zero when equal, positive otherwise.</summary>
    public abstract int Compare(string? x, string? y);

    /// <summary>Whether both are the same text.</summary>
    public abstract bool Equals(string? x, string? y);

    /// <summary>The same for equal text.</summary>
    public abstract int GetHashCode([DisallowNull] string obj);

    private sealed class OrdinalComparer(StringComparison comparison) : StringComparer
    {
        public override int Compare(string? x, string? y) => string.Compare(x, y, comparison);

        public override bool Equals(string? x, string? y) => string.Equals(x, y, comparison);

        public override int GetHashCode(string obj)
        {
            if (comparison == StringComparison.Ordinal) return obj.GetHashCode();
            HashCode hash = default;
            foreach (char character in obj) hash.Add(char.ToUpperInvariant(character));
            return hash.ToHashCode();
        }
    }
}
