// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Suite;

/// <summary>One record of the driver: what it is about, and its fields, which may come several times.</summary>
public sealed record SuiteRecord(string Kind, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>The first value of a key; empty when there is none.</summary>
    public string this[string key] => Fields.FirstOrDefault(field => field.Key == key).Value ?? "";

    public IEnumerable<string> All(string key) => Fields.Where(field => field.Key == key).Select(field => field.Value);

    /// <summary>A number; 0 when it is missing or none.</summary>
    public ulong Number(string key) => ulong.TryParse(this[key], out ulong value) ? value : 0;

    /// <summary>Reads the text of a record: its kind, then a line for each field.</summary>
    public static SuiteRecord Parse(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new SuiteRecord(lines.FirstOrDefault() ?? "", [.. lines.Skip(1).Select(FieldOf)]);
    }

    private static KeyValuePair<string, string> FieldOf(string line)
    {
        int blank = line.IndexOf(' ');
        return blank < 0 ? new(line, "") : new(line[..blank], Unescape(line[(blank + 1)..]));
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('\\')) return value;
        var result = new System.Text.StringBuilder();
        for (int index = 0; index < value.Length; index++)
        {
            bool isEscape = value[index] == '\\' && index + 1 < value.Length;
            if (isEscape) index++;
            result.Append(isEscape && value[index] == 'n' ? '\n' : value[index]);
        }
        return result.ToString();
    }
}
