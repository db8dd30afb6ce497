// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace Sel4.Tools.Gen.Layout;

/// <summary>How the bits of a field are to be understood.</summary>
internal enum FieldKind
{
    /// <summary>An unsigned number.</summary>
    Bits,

    /// <summary>A truth value.</summary>
    Flag,

    /// <summary>A 48-bit address, sign-extended from bit 47.</summary>
    Address,
}

/// <summary>A run of bits in one word of a structure.</summary>
/// <param name="Align">For an address: log2 of what it is a multiple of.</param>
/// <param name="TypeName">C# type seen by callers.</param>
internal sealed record BitField(
    string Name, FieldKind Kind, int Word, int High, int Low, int Align, string TypeName, string Summary)
{
    internal int Width => High - Low + 1;

    /// <summary>The bits of the field, right-aligned.</summary>
    internal ulong ValueMask => Width == 64 ? ulong.MaxValue : (1UL << Width) - 1;

    /// <summary>The bits of the field in place.</summary>
    internal ulong WordMask => ValueMask << Low;

    /// <summary>Low address bits that are not stored.</summary>
    internal int DroppedBits => Kind == FieldKind.Address ? AddressBits - Width : 0;

    internal const int AddressBits = 48;
}

/// <summary>A capability type: its tag and its fields over two words.</summary>
internal sealed record CapabilityLayout(string Name, int Tag, string Summary, List<BitField> Fields);

/// <summary>A one-word structure.</summary>
internal sealed record WordLayout(string Name, string Summary, List<BitField> Fields);

/// <summary>A named value of a set of flags.</summary>
internal sealed record FlagValue(string Name, ulong Value, string Summary);

/// <summary>A one-word set of flags.</summary>
internal sealed record FlagsLayout(string Name, string Summary, List<FlagValue> Values);

/// <summary>Everything that one layout file declares.</summary>
internal sealed class BitfieldFile
{
    internal BitField? Tag { get; set; }

    internal List<CapabilityLayout> Capabilities { get; } = [];

    internal List<WordLayout> Words { get; } = [];

    internal List<FlagsLayout> Flags { get; } = [];
}
