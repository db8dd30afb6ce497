// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Build.Description;

/// <summary>Writes a description as text that <see cref="TextParser"/> reads back to the same.</summary>
public static class DescriptionPrinter
{
    public static string Print(TextMessage message)
    {
        StringBuilder text = new();
        Fields(text, message, "");
        return text.ToString();
    }

    private static void Fields(StringBuilder text, TextMessage message, string indent)
    {
        foreach (TextField field in message.Fields.OrderBy(field => field.Schema.Number))
        {
            text.Append(indent).Append(field.Schema.Name);
            if (field.Value is not TextMessage inner)
            {
                text.Append(": ").Append(Scalar(field)).Append('\n');
            }
            else if (inner.Fields.Count > 0 && inner.Fields.All(part => part.Value is not TextMessage) && Line(inner).Length < 60)
            {
                text.Append(" { ").Append(Line(inner)).Append(" }\n");
            }
            else
            {
                text.Append(" {\n");
                Fields(text, inner, indent + "  ");
                text.Append(indent).Append("}\n");
            }
        }
    }

    private static string Line(TextMessage message) => string.Join(
        ' ', message.Fields.OrderBy(field => field.Schema.Number).Select(field => $"{field.Schema.Name}: {Scalar(field)}"));

    private static string Scalar(TextField field) => field.Value switch
    {
        string text => '"' + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t") + '"',
        bool flag => flag ? "true" : "false",
        ulong number when field.Schema.Enum != null => field.Schema.Enum.Values.First(value => (ulong)value.Number == number).Name,
        ulong number when field.Schema.Name is "start" or "first" or "last" && number > 9 => $"0x{number:x}",
        _ => field.Value.ToString()!,
    };
}
