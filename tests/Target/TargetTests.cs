// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Text.Json;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Suite.Tables;
using Xunit;

namespace Sel4.TargetTests;

/// <summary>What the suite said, from one run of <c>./sel4 suite</c> for all tests.</summary>
public sealed class SuiteRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);
    private readonly Dictionary<string, JsonElement> _results = [];

    public SuiteRun()
    {
        RepositoryLayout layout = RepositoryLayout.Find();
        string file = Path.GetTempFileName();
        var start = new ProcessStartInfo(Path.Combine(layout.Root, "sel4"), ["suite", "--json", file])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("./sel4 cannot be started");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit)) process.Kill(entireProcessTree: true);
        foreach (string line in File.ReadLines(file))
        {
            JsonElement root = JsonDocument.Parse(line).RootElement;
            if (root.TryGetProperty("test", out JsonElement name)) _results[name.GetString()!] = root;
        }
        File.Delete(file);
        Problem = $"{output.Result}\n{errors.Result}";
    }

    /// <summary>What the run printed, for tests that have no result.</summary>
    public string Problem { get; }

    public JsonElement? this[string name] => _results.TryGetValue(name, out JsonElement result) ? result : null;
}

/// <summary>Every test of <c>tests/Suite</c> and of the driver, by its name.</summary>
public sealed class TargetTests(SuiteRun run) : IClassFixture<SuiteRun>
{
    public static TheoryData<string, string> All()
    {
        RepositoryLayout layout = RepositoryLayout.Find();
        var graph = new ImageGraph(layout);
        var data = new TheoryData<string, string>();
        foreach (string assembly in new[] { "TestDriver", "Suite" })
        {
            IReadOnlyList<string> sources = graph.SourcesOf(graph.Assembly(assembly, Flavour.User), "*.cs");
            foreach (TestInfo test in TestSources.Read(layout, sources).Select(found => found.Info).Where(test => test.IsEnabled))
                data.Add(test.Name, test.Description);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void On_the_machine(string name, string description)
    {
        JsonElement result = run[name] ?? throw new InvalidOperationException($"{name} has no result:\n{run.Problem}");
        string outcome = result.GetProperty("outcome").GetString()!;
        bool isGood = outcome is "passed" or "skipped" or "known-failure";
        Assert.True(isGood, $"{description}\n{result.GetProperty("verdict")}: {result.GetProperty("message").GetString()}"
            + $"\nat {result.GetProperty("file")}:{result.GetProperty("line")}\n{result.GetProperty("output").GetString()}");
    }
}
