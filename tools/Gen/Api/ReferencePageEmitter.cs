// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sel4.Tools.Gen.Api;

/// <summary>Writes the reference page of the interface.</summary>
internal sealed class ReferencePageEmitter
{
    private readonly StringBuilder _page = new();

    internal static string Emit(ApiFile file, string source)
    {
        ReferencePageEmitter page = new();
        page.Line("# The kernel's interface");
        page.Line();
        page.Line($"Generated from `{source}` by `./sel4 gen`: change that file, not this page.");
        page.Line("Numbers are those of the default profile: x86_64, one core, without scheduling contexts (non-MCS).");
        page.Line("The column MCS gives the number in a build with scheduling contexts; – means that it does not exist there.");
        page.Calls(file);
        page.Kinds(file);
        page.Labels(file);
        foreach (ObjectInterface type in file.Objects.Where(type => type.NonMcsMethods.Any()))
        {
            page.Object(type);
        }

        page.Line();
        page.Line("## Numbers and names");
        foreach (EnumType type in file.Enums)
        {
            page.Enum(type);
        }

        foreach (ConstantClass constants in file.ConstantClasses)
        {
            page.Constants(constants);
        }

        return page._page.ToString();
    }

    private void Calls(ApiFile file)
    {
        Line();
        Line("## System calls");
        Table("Number", "MCS", "Name", "What it does", "Exists");
        foreach (SystemCallEntry call in file.Calls.OrderByDescending(call => call.Number ?? call.McsNumber))
        {
            Row(Number(call.Number), Number(call.McsNumber), call.Name, call.Summary, call.Condition);
        }
    }

    private void Kinds(ApiFile file)
    {
        Line();
        Line("## Object types");
        Table("Number", "MCS", "Type", "log2 bytes", "What it is");
        foreach (ObjectKind kind in file.Kinds)
        {
            string size = !kind.HasUserSize
                ? kind.SizeBits.ToString(CultureInfo.InvariantCulture)
                : kind.SizeBits == 0 ? "the argument" : $"the argument + {kind.SizeBits}";
            Row(Number(kind.Number), Number(kind.McsNumber), kind.Name, size, kind.Summary);
        }
    }

    private void Labels(ApiFile file)
    {
        Line();
        Line("## Invocation labels");
        Table("Label", "MCS", "Method");
        foreach ((Method method, ObjectInterface type) in file.Objects
            .SelectMany(type => type.Methods.Select(method => (method, type)))
            .OrderBy(entry => entry.method.Label ?? long.MaxValue)
            .ThenBy(entry => entry.method.McsLabel))
        {
            Row(Number(method.Label), Number(method.McsLabel), $"{type.Name}.{method.Name}");
        }
    }

    private void Object(ObjectInterface type)
    {
        Line();
        Line($"## {type.Name}");
        Line();
        Line(type.Summary);
        foreach (Method method in type.NonMcsMethods)
        {
            Line();
            Line($"### {type.Name}.{method.Name} ({method.Label})");
            Line();
            Line(method.Summary);
            Arguments(method);
            Errors(method);
        }
    }

    private void Arguments(Method method)
    {
        List<(string Place, string Name, string Type, string Summary)> rows = [];
        Number("MR", method.Words, method.TrailingWords, rows);
        rows.AddRange(method.Capabilities.Select((capability, i) =>
            ($"cap {i + 1}", capability.Name, capability.Marker, capability.Summary)));
        Number("result MR", method.Results, method.TrailingResults, rows);
        if (rows.Count == 0)
        {
            return;
        }

        Table("Place", "Name", "Type", "Meaning");
        foreach ((string place, string name, string type, string summary) in rows)
        {
            Row(place, name, type, summary);
        }
    }

    private static void Number(
        string place, List<WordArgument> words, WordArgument? trailing, List<(string, string, string, string)> rows)
    {
        for (int i = 0; i < words.Count; i++)
        {
            rows.Add(($"{place} {i}", words[i].Name, words[i].TypeName, words[i].Summary));
        }

        if (trailing != null)
        {
            rows.Add(($"{place} {words.Count}…", trailing.Name, "words", trailing.Summary));
        }
    }

    private void Errors(Method method)
    {
        if (method.Errors.Count == 0)
        {
            return;
        }

        Line();
        Line("Errors in order of check:");
        Line();
        for (int i = 0; i < method.Errors.Count; i++)
        {
            Line($"{i + 1}. `{InvocationEmitter.ErrorText(method.Errors[i])}`: {method.Errors[i].Condition}");
        }
    }

    private void Enum(EnumType type)
    {
        Line();
        Line($"### {type.Name}");
        Line();
        Line(type.Summary);
        Table("Number", "Name", "Meaning");
        foreach (EnumValue value in type.Values)
        {
            Row(Number(value.Number), value.Name, value.Summary);
        }
    }

    private void Constants(ConstantClass constants)
    {
        Line();
        Line($"### {constants.Name}");
        Line();
        Line(constants.Summary);
        Table("Value", "Name", "Meaning");
        foreach (Constant constant in constants.Constants)
        {
            Row(constant.Value.ToString(CultureInfo.InvariantCulture), constant.Name, constant.Summary);
        }
    }

    private void Table(params ReadOnlySpan<string> headings)
    {
        Line();
        Row(headings);
        Line("|" + string.Concat(Enumerable.Repeat(" --- |", headings.Length)));
    }

    private void Row(params ReadOnlySpan<string> cells)
    {
        _page.Append('|');
        foreach (string cell in cells)
        {
            _page.Append(' ').Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(cell.Length == 0 ? "|" : " |");
        }

        _page.Append('\n');
    }

    private void Line(string text = "") => _page.Append(text).Append('\n');

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
