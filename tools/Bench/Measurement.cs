// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sel4.Tools.Build;

namespace Sel4.Tools.Bench;

/// <summary>One line of a benchmark's output: <c>[bench] name=… min=… median=… p99=…</c>, in guest instructions.</summary>
public sealed record Measurement(string Name, ulong Minimum, ulong Median, ulong Percentile99)
{
    private const string Prefix = "[bench] ";

    /// <summary>Null when the line is not a measurement.</summary>
    /// <remarks>Errors: BuildException when it begins like one and is malformed, so that a figure is never lost in silence.</remarks>
    public static Measurement? Parse(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var fields = new Dictionary<string, string>();
        foreach (string word in line[Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.Split('=', 2);
            if (parts.Length == 2) fields[parts[0]] = parts[1];
        }
        ulong Number(string key) =>
            ulong.TryParse(fields.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
                ? value
                : throw new BuildException($"malformed measurement, {key} is missing or no number: {line}");
        if (!fields.TryGetValue("name", out string? name)) throw new BuildException($"malformed measurement without a name: {line}");
        return new Measurement(name, Number("min"), Number("median"), Number("p99"));
    }
}

/// <summary>What a figure should be, and what the C original needs for the same.</summary>
public sealed record Goal(string Name, string What, ulong Reference, [property: JsonPropertyName("goal")] ulong Limit)
{
    public const string File = "tools/Bench/goals.json";
    private static readonly JsonSerializerOptions s_format = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<Goal> Read(RepositoryLayout layout)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(layout.Absolute(File)));
        return document.RootElement.GetProperty("goals").Deserialize<Goal[]>(s_format) ?? [];
    }
}
