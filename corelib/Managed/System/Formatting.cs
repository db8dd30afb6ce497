// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System
{
    /// <summary>Gives culture information on other platforms; here every format is invariant.</summary>
    public interface IFormatProvider
    {
        /// <summary>A service by type, or null.</summary>
        object? GetFormat(Type? formatType);
    }

    /// <summary>Something with text in several formats.</summary>
    public interface IFormattable
    {
        /// <summary>The text in a format.</summary>
        string ToString(string? format, IFormatProvider? formatProvider);
    }

    /// <summary>Something that writes its text into a span.</summary>
    public interface ISpanFormattable : IFormattable
    {
        /// <summary>Writes the text; false when there is no room.</summary>
        bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider);
    }
}

namespace System.Globalization
{
    /// <summary>What a number's text may look like.</summary>
    [Flags]
    public enum NumberStyles
    {
        None = 0,
        AllowLeadingWhite = 1,
        AllowTrailingWhite = 2,
        AllowLeadingSign = 4,
        Integer = 7,
        AllowHexSpecifier = 512,
        HexNumber = 515,
    }

    /// <summary>There is one culture: the invariant one.</summary>
    public sealed class CultureInfo : IFormatProvider
    {
        private CultureInfo()
        {
        }

        /// <summary>The only one.</summary>
        public static CultureInfo InvariantCulture { get; } = new();

        /// <summary>The only one.</summary>
        public static CultureInfo CurrentCulture => InvariantCulture;

        /// <summary>Offers nothing.</summary>
        public object? GetFormat(Type? formatType) => null;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells editors what a string parameter holds.</summary>
    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property)]
    public sealed class StringSyntaxAttribute(string syntax) : Attribute
    {
        /// <summary>A format of numbers.</summary>
        public const string NumericFormat = nameof(NumericFormat);

        /// <summary>As given.</summary>
        public string Syntax { get; } = syntax;
    }
}
