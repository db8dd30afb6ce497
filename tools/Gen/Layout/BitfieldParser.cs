// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Globalization;

namespace Sel4.Tools.Gen.Layout;

/// <summary>Reads <c>*.bf</c> files. Their form is described at the head of each of them.</summary>
internal sealed class BitfieldParser
{
    private readonly BitfieldFile _file = new();
    private List<BitField>? _fields;
    private FlagsLayout? _flags;
    private bool _inCapability;

    internal static BitfieldFile Parse(IEnumerable<SpecLine> lines)
    {
        BitfieldParser parser = new();
        foreach (SpecLine line in lines)
        {
            parser.Take(line);
            line.End();
        }

        return parser._file;
    }

    private void Take(SpecLine line)
    {
        switch (line.Keyword)
        {
            case "tag": TakeTag(line); break;
            case "capability": TakeCapability(line); break;
            case "word": TakeWord(line); break;
            case "flags": TakeFlags(line); break;
            case "address": TakeField(line, FieldKind.Address); break;
            case "bits": TakeField(line, FieldKind.Bits); break;
            case "flag" when _flags != null: TakeFlagValue(line, isMask: false); break;
            case "mask" when _flags != null: TakeFlagValue(line, isMask: true); break;
            case "flag": TakeField(line, FieldKind.Flag); break;
            default: throw line.Error($"'{line.Keyword}' is not known here");
        }
    }

    private void TakeTag(SpecLine line)
    {
        (int word, int high, int low) = Position(line);
        _file.Tag = new BitField("Tag", FieldKind.Bits, word, high, low, 0, "CapabilityTag", "The type of the capability.");
    }

    private void TakeCapability(SpecLine line)
    {
        BitField tag = _file.Tag ?? throw line.Error("capability: the position of the tag must be declared first");
        string name = line.Name("the capability's name");
        int number = line.SmallNumber("the tag", 0, (int)tag.ValueMask);
        foreach (CapabilityLayout other in _file.Capabilities)
        {
            if (other.Name == name || other.Tag == number)
            {
                throw line.Error($"capability {name}: name or tag {number} is already used by {other.Name}");
            }
        }

        _fields = [];
        _flags = null;
        _inCapability = true;
        _file.Capabilities.Add(new CapabilityLayout(name, number, line.Sentence("what it is"), _fields));
    }

    private void TakeWord(SpecLine line)
    {
        _fields = [];
        _flags = null;
        _inCapability = false;
        _file.Words.Add(new WordLayout(line.Name("the word's name"), line.Sentence("what it is"), _fields));
    }

    private void TakeFlags(SpecLine line)
    {
        _fields = null;
        _flags = new FlagsLayout(line.Name("the set's name"), line.Sentence("what it is"), []);
        _file.Flags.Add(_flags);
    }

    private void TakeFlagValue(SpecLine line, bool isMask)
    {
        string name = line.Name("the flag's name");
        ulong value = isMask ? (ulong)line.Number("the value") : 1UL << line.SmallNumber("the bit", 0, 63);
        _flags!.Values.Add(new FlagValue(name, value, line.Sentence("what it means")));
    }

    private void TakeField(SpecLine line, FieldKind kind)
    {
        List<BitField> fields = _fields ?? throw line.Error($"{line.Keyword}: there is no structure that it could belong to");
        string name = line.Name("the field's name");
        (int word, int high, int low) = Position(line);
        int align = kind == FieldKind.Address && Expect(line, "align") ? line.SmallNumber("the alignment", 0, 47) : 0;
        string typeName = kind == FieldKind.Flag ? "bool" : _inCapability ? "ulong" : line.Word("the field's type");
        BitField field = new(name, kind, word, high, low, align, typeName, line.Sentence("what the field means"));
        Check(line, field, fields);
        fields.Add(field);
    }

    private void Check(SpecLine line, BitField field, List<BitField> fields)
    {
        if (field.Kind == FieldKind.Address && field.DroppedBits != 0 && field.DroppedBits != field.Align)
        {
            throw line.Error($"{field.Name}: {field.Width} bits cannot hold a 48-bit address aligned to 2^{field.Align}");
        }

        if (_inCapability && Overlap(field, _file.Tag!))
        {
            throw line.Error($"{field.Name} lies over the tag");
        }

        foreach (BitField other in fields)
        {
            if (other.Name == field.Name || Overlap(field, other))
            {
                throw line.Error($"{field.Name} has the name or bits of {other.Name}");
            }
        }
    }

    private static bool Overlap(BitField left, BitField right) =>
        left.Word == right.Word && (left.WordMask & right.WordMask) != 0;

    private static bool Expect(SpecLine line, string word) =>
        line.TryWord(word) ? true : throw line.Error($"{line.Keyword}: '{word}' is missing");

    /// <summary>Reads <c>WORD[HIGH:LOW]</c>, <c>WORD[BIT]</c>, or the same without the word for word 0.</summary>
    private static (int Word, int High, int Low) Position(SpecLine line)
    {
        string text = line.Word("the position");
        int open = text.IndexOf('[');
        if (open < 0 || !text.EndsWith(']'))
        {
            throw line.Error($"'{text}' is no position; write WORD[HIGH:LOW]");
        }

        string[] ends = text[(open + 1)..^1].Split(':');
        int word = open == 0 ? 0 : Number(line, text[..open]);
        int high = Number(line, ends[0]);
        int low = ends.Length == 1 ? high : Number(line, ends[1]);
        if (ends.Length > 2 || word > 1 || high > 63 || low > high)
        {
            throw line.Error($"'{text}' is no range inside two 64-bit words");
        }

        return (word, high, low);
    }

    private static int Number(SpecLine line, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw line.Error($"'{text}' is not a number");
}
