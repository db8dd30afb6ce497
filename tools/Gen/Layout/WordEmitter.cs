// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Layout;

/// <summary>Writes the one-word structures and flag sets of <c>shared.bf</c>.</summary>
internal static class WordEmitter
{
    private const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    internal static string EmitWord(WordLayout layout, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi", "System.Runtime.CompilerServices");
        code.Line();
        code.Summary(layout.Summary);
        code.Open($"public readonly struct {layout.Name}");
        code.Summary("The word as it travels.");
        code.Line("public readonly ulong Word;");
        code.Line();
        string parameters = string.Join(", ", layout.Fields.Select(field => $"{field.TypeName} {Names.Parameter(field.Name)}"));
        code.Summary("Packs the fields; bits that do not fit a field are cut off.");
        code.Line(Inline);
        code.Line($"public {layout.Name}({parameters}) => Word =");
        IEnumerable<string> placed = layout.Fields.Select(field => BitExpressions.Place(field, Names.Parameter(field.Name)));
        code.Line($"    {string.Join("\n        | ", placed)};");
        code.Line();
        code.Line(Inline);
        code.Line($"private {layout.Name}(ulong word) => Word = word;");
        code.Line();
        code.Summary("Takes a word as it arrived.");
        code.Line(Inline);
        code.Line($"public static {layout.Name} FromWord(ulong word) => new(word);");
        foreach (BitField field in layout.Fields)
        {
            code.Line();
            code.Summary(field.Summary);
            code.Open($"public {field.TypeName} {field.Name}");
            code.Line(Inline);
            code.Line($"get => {BitExpressions.Read(field, "Word")};");
            code.Close();
        }

        code.Close();
        return code.ToString();
    }

    internal static string EmitFlags(FlagsLayout layout, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi", "System");
        code.Line();
        code.Summary(layout.Summary);
        code.Line("[Flags]");
        code.Open($"public enum {layout.Name} : ulong");
        foreach (FlagValue value in layout.Values)
        {
            code.Summary(value.Summary);
            code.Line($"{value.Name} = {value.Value},");
        }

        code.Close();
        return code.ToString();
    }
}
