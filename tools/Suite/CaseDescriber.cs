// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tools.Suite;

/// <summary>Turns what the driver said of a test into what people read: names for addresses, one text for everything.</summary>
/// <param name="elfOf">The file with the symbols of a program by its number; empty when there is none.</param>
public sealed class CaseDescriber(Func<int, string> elfOf, Symbolizer? symbolizer)
{
    public CaseResult Describe(PendingResult pending)
    {
        SuiteRecord? record = pending.Record;
        var lines = new List<string>();
        if (pending.Note.Length > 0) lines.Add(pending.Note);
        foreach (string text in record?.All("text") ?? []) lines.Add(text.TrimEnd('\n'));
        foreach (string fault in record?.All("fault") ?? []) lines.Add(fault);
        if (pending.Verdict == "timeout") lines.Add($"timed out after {(record?.Number("ns") ?? 0) / 1_000_000} ms");
        foreach (string part in record?.All("case") ?? [])
            if (part.StartsWith("bad ", StringComparison.Ordinal)) lines.Add($"its part '{part[4..]}' failed");
        foreach (string leak in record?.All("leak") ?? []) lines.Add($"left behind: {leak}");
        if (record?["ip"] is { Length: > 0 } ip) lines.Add($"instruction: 0x{ip}");
        foreach (string key in new[] { "note", "registers", "stack", "buffer", "trace" })
            lines.AddRange(record?.All(key).Select(value => $"{key}: {value.TrimEnd()}") ?? []);
        if (record?.Number("dropped") is > 0 and var dropped) lines.Add($"{dropped} log lines were dropped");
        if (record?.Number("strangers") is > 0 and var strangers) lines.Add($"{strangers} messages made no sense");
        if (pending.Verdict == "passed" && pending.Test.KnownFailure.Length > 0)
            lines.Add($"it passed, though it was expected to fail: {pending.Test.KnownFailure}");
        string message = string.Join('\n', lines);
        if (pending.Verdict == "no-result") message += LastLine(pending.Output);
        return new CaseResult(pending.Test, pending.Verdict)
        {
            Message = Annotate(message, pending.Test.Program),
            Output = Annotate(string.Join('\n', pending.Output), pending.Test.Program),
            Duration = TimeSpan.FromMicroseconds((record?.Number("ns") ?? 0) / 1000.0),
            Assertions = record?.Number("assertions") ?? 0,
            Seed = record?.Number("seed") ?? 0,
            Round = pending.Round,
            Figures = [.. (record?.All("measure") ?? []).Select(ReadFigure)],
            Cases = [.. record?.All("case") ?? []],
        };
    }

    // What a program that failed fast says last is why (the runtime prints the exception and where it was thrown).
    private static string LastLine(IReadOnlyList<string> output) => output.Count == 0 ? "" : "\n" + output[^1];

    private static Figure ReadFigure(string text)
    {
        string[] parts = text.Split(' ', 3);
        ulong.TryParse(parts[0], out ulong value);
        return new Figure(parts.ElementAtOrDefault(2) ?? "", value, parts.ElementAtOrDefault(1) ?? "");
    }

    private string Annotate(string text, int program)
    {
        string elf = elfOf(program);
        return symbolizer is null || elf.Length == 0 || text.Length == 0
            ? text
            : symbolizer.AnnotateAsync(text, elf, CancellationToken.None).GetAwaiter().GetResult();
    }
}
