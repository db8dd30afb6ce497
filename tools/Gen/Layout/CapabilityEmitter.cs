// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Layout;

/// <summary>Writes the kernel's capability accessors from <c>capability.bf</c>.</summary>
internal static class CapabilityEmitter
{
    private const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    internal static string Emit(BitfieldFile file, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Kernel.Core", "System.Runtime.CompilerServices");
        code.Line();
        EmitTags(code, file);
        code.Line();
        code.Open("public readonly partial struct Capability");
        bool isFirst = true;
        foreach (CapabilityLayout layout in file.Capabilities)
        {
            if (!isFirst)
            {
                code.Line();
            }

            isFirst = false;
            EmitConstructor(code, file.Tag!, layout);
            foreach (BitField field in layout.Fields)
            {
                EmitField(code, layout, field);
            }
        }

        code.Close();
        return code.ToString();
    }

    private static void EmitTags(CodeWriter code, BitfieldFile file)
    {
        code.Summary("The type of a capability, in its top five bits. DebugCapIdentify reports these numbers (ABI-11.2).");
        code.Open("public enum CapabilityTag : byte");
        foreach (CapabilityLayout layout in file.Capabilities)
        {
            code.Summary(layout.Summary);
            code.Line($"{layout.Name} = {layout.Tag},");
        }

        code.Close();
    }

    private static void EmitConstructor(CodeWriter code, BitField tag, CapabilityLayout layout)
    {
        string parameters = string.Join(", ", layout.Fields.Select(field => $"{field.TypeName} {Names.Parameter(field.Name)}"));
        code.Summary(layout.Summary);
        code.Line(Inline);
        code.Line($"public static Capability New{layout.Name}({parameters}) => new(");
        code.Line($"    {WordExpression(tag, layout, 0)},");
        code.Line($"    {WordExpression(tag, layout, 1)});");
    }

    private static string WordExpression(BitField tag, CapabilityLayout layout, int word)
    {
        List<string> parts = [];
        if (tag.Word == word && layout.Tag != 0)
        {
            parts.Add(BitExpressions.Hex((ulong)layout.Tag << tag.Low));
        }

        parts.AddRange(layout.Fields
            .Where(field => field.Word == word)
            .Select(field => BitExpressions.Place(field, Names.Parameter(field.Name))));
        return parts.Count == 0 ? "0UL" : string.Join(" | ", parts);
    }

    private static void EmitField(CodeWriter code, CapabilityLayout layout, BitField field)
    {
        string word = $"Word{field.Word}";
        string name = layout.Name + field.Name;
        code.Line();
        code.Summary(Describe(field));
        code.Open($"public {field.TypeName} {name}");
        code.Line(Inline);
        code.Line($"get => {BitExpressions.Read(field, word)};");
        code.Close();
        code.Line();
        code.Summary($"The same capability with another {name}.");
        code.Line(Inline);
        code.Line($"public Capability With{name}({field.TypeName} value) =>");
        code.Line($"    new({Replaced(field, 0)}, {Replaced(field, 1)});");
    }

    private static string Describe(BitField field) =>
        field.Kind == FieldKind.Address ? $"{field.Summary} A multiple of 2^{field.Align}." : field.Summary;

    private static string Replaced(BitField field, int word)
    {
        if (field.Word != word)
        {
            return $"Word{word}";
        }

        string placed = BitExpressions.Place(field, "value");
        return field.Width == 64 ? placed : $"(Word{word} & {BitExpressions.Hex(~field.WordMask)}) | {placed}";
    }
}
