// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using System.Xml.Linq;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Elf;
using Sel4.Tools.Cli;
using Sel4.Tools.Doctor;
using Sel4.Tools.Testing;

namespace Sel4.Tests.Tooling;

/// <summary>The parts of the build that can be tried without compilers.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly RepositoryLayout _layout = new(Directory.CreateTempSubdirectory("a b").FullName);

    public void Dispose() => Directory.Delete(_layout.Root, recursive: true);

    private string Write(string path, string text)
    {
        string full = _layout.Absolute(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    [Fact]
    public void An_archive_is_newc_aligned_and_the_same_each_time()
    {
        byte[] archive = CpioArchive.Write([("a", [1, 2, 3, 4, 5])]);
        string text = Encoding.Latin1.GetString(archive);
        Assert.StartsWith("070701" + "00000001" + "00008124", text);
        Assert.Equal(0, archive.Length % 4);
        Assert.Equal(5u, Convert.ToUInt32(text[54..62], 16));     // data size
        Assert.Equal(2u, Convert.ToUInt32(text[94..102], 16));    // name size with its zero
        Assert.Equal([1, 2, 3, 4, 5], archive[112..117]);         // 110 of header, 2 of name
        Assert.Contains("TRAILER!!!", text);
        Assert.Equal(archive, CpioArchive.Write([("a", [1, 2, 3, 4, 5])]));
    }

    [Fact]
    public void Sources_leave_out_tests_host_files_and_other_layers()
    {
        foreach (string file in new[] { "l/A.cs", "l/b/B.cs", "l/tests/T.cs", "l/host/H.cs", "l/other/O.cs", "l/image/I.cs" })
        {
            Write(file, "");
        }
        Assert.Equal(["l/A.cs", "l/b/B.cs", "l/image/I.cs"], Sources.Find(_layout, "l", "*.cs", ["l/other"]));
    }

    [Fact]
    public void Every_row_of_the_image_graph_refers_to_rows_above_it()
    {
        var above = new HashSet<(string, Flavour)>();
        foreach (ImageAssembly row in ImageGraph.FixedAssemblies)
        {
            Assert.All(row.References, reference => Assert.Contains((reference, row.Flavour), above));
            Assert.True(above.Add((row.Name, row.Flavour)), $"{row.Name} is there twice");
        }
    }

    [Fact]
    public void A_sample_brings_its_assembly_and_its_program()
    {
        Write("samples/x/Program.cs", "");
        Write("samples/notes.md", "");
        var graph = new ImageGraph(_layout);
        Assert.Equal(["x"], graph.Samples);
        Assert.Equal(ProgramKind.Child, graph.Program("x").Kind);
        Assert.Contains("samples/x/Program.cs", graph.SourcesOf(graph.Assembly("Sample.x", Flavour.User), "*.cs"));
    }

    [Fact]
    public void A_sample_name_that_cannot_be_selected_is_refused()
    {
        Write("samples/two words/Program.cs", "");
        Assert.Contains("samples/two words", Assert.Throws<BuildException>(() => new ImageGraph(_layout)).Message);
    }

    [Fact]
    public void A_program_is_linked_with_the_start_up_code_of_its_kind()
    {
        Write("libsel4/runtime/image/RootStart.S", "");
        Write("libsel4/runtime/image/ChildStart.S", "");
        Write("libsel4/runtime/image/Syscalls.S", "");
        Write("samples/x/Program.cs", "");
        var graph = new ImageGraph(_layout);
        Assert.Equal(
            ["libsel4/runtime/image/ChildStart.S", "libsel4/runtime/image/Syscalls.S"], graph.AssemblyFilesOf(graph.Program("x")));
        Assert.Equal(
            ["libsel4/runtime/image/RootStart.S", "libsel4/runtime/image/Syscalls.S"], graph.AssemblyFilesOf(graph.Program("rootserver")));
    }

    [Theory]
    [InlineData("x", "x", 1)]
    [InlineData("x", "y", 2)]
    public async Task A_step_runs_again_only_when_content_changed(string first, string second, int expected)
    {
        int runs = 0;
        string output = _layout.Absolute("out");
        foreach (string content in new[] { first, second })
        {
            string input = Write("in", content);
            await RunStepAsync(input, output, () =>
            {
                runs++;
                File.WriteAllText(output, "made");
            });
        }
        Assert.Equal(expected, runs);
    }

    [Fact]
    public async Task A_step_that_many_ask_for_at_once_runs_once()
    {
        int runs = 0;
        string input = Write("in", "x");
        string output = _layout.Absolute("out");
        for (int round = 0; round < 200; round++)
        {
            var cache = new StepCache(_layout, new Quiet());
            var step = new BuildStep("step", [input], [round.ToString()], [output])
            {
                Run = async _ =>
                {
                    Interlocked.Increment(ref runs);
                    await File.WriteAllTextAsync(output, "made");
                },
            };
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cache.RunAsync(step, CancellationToken.None))));
        }
        Assert.Equal(200, runs);
    }

    [Fact]
    public async Task A_session_has_one_builder_however_many_ask_at_once()
    {
        using var interrupts = new Interrupts();
        var session = new Session(RepositoryLayout.Find(), new Terminal(), interrupts);
        ImageBuilder[] builders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(session.BuilderAsync)));
        Assert.Single(builders.Distinct());
    }

    [Fact]
    public async Task A_step_that_failed_runs_again()
    {
        int runs = 0;
        string input = Write("in", "x");
        string output = Write("out", "left over");
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<BuildException>(() => RunStepAsync(input, output, () =>
            {
                runs++;
                throw new BuildException("no");
            }));
        }
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_step_that_leaves_no_output_is_an_error() =>
        await Assert.ThrowsAsync<BuildException>(() => RunStepAsync(Write("in", "x"), _layout.Absolute("never"), () => { }));

    private Task RunStepAsync(string input, string output, Action action)
    {
        var step = new BuildStep("step", [input], ["argument"], [output])
        {
            Run = _ =>
            {
                action();
                return Task.CompletedTask;
            },
        };
        return new StepCache(_layout, new Quiet()).RunAsync(step, CancellationToken.None);
    }

    [Fact]
    public async Task The_build_lock_is_held_by_one_and_announced_to_the_other()
    {
        var said = new List<string>();
        Task<BuildLock> second;
        using (await BuildLock.TakeAsync(_layout, said.Add, CancellationToken.None))
        {
            second = BuildLock.TakeAsync(_layout, said.Add, CancellationToken.None);
            await Task.Delay(300);
            Assert.False(second.IsCompleted);
        }
        (await second).Dispose();
        Assert.Single(said);
    }

    [Fact]
    public async Task A_process_that_runs_too_long_is_killed_and_named()
    {
        BuildException error = await Assert.ThrowsAsync<BuildException>(() => ExternalProcess.RunAsync(
            "/bin/sh", ["-c", "echo begun; exec sleep 60"], "/", TimeSpan.FromMilliseconds(400), CancellationToken.None));
        Assert.Contains("sh did not finish", error.Message);
        Assert.Contains("begun", error.Message);
    }

    [Fact]
    public async Task A_process_is_not_waited_for_longer_than_it_lives_even_when_a_daemon_keeps_its_pipe()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        ProcessResult result = await ExternalProcess.RunAsync(
            "/bin/sh", ["-c", "sleep 20 & echo done"], "/", TimeSpan.FromSeconds(15), CancellationToken.None);
        Assert.True(result.Succeeded);
        Assert.Contains("done", result.Output);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Comments_of_assembly_files_go_and_lines_stay() =>
        Assert.Equal(
            "# 1 \"a/B.S\"\n\nmov rax, rbx \n.ascii \"http://x\" \n",
            AssemblySource.WithoutLineComments("a/B.S", "// licence\nmov rax, rbx // why\n.ascii \"http://x\" // text\n"));

    [Fact]
    public void Something_that_is_no_ELF_file_is_refused()
    {
        Assert.Throws<BuildException>(() => new ElfFile([1, 2, 3]));
        byte[] cut = new byte[64];
        "\u007fELF"u8.CopyTo(cut);
        cut[4] = 2;
        cut[5] = 1;
        cut[0x28] = 0xF0;   // section headers beyond the end
        cut[0x3C] = 3;
        Assert.Throws<BuildException>(() => new ElfFile(cut));
    }

    [Theory]
    [InlineData("tset", "test")]
    [InlineData("che", "check")]
    [InlineData("xyzzy", null)]
    public void A_slip_is_guessed_and_nonsense_is_not(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(word, ["run", "test", "check", "image"]));

    [Fact]
    public async Task What_is_missing_and_may_not_be_installed_is_told_with_the_command()
    {
        var nowhere = new Requirement("no-such-program-anywhere", "some-package", "test this");
        BuildException error = await Assert.ThrowsAsync<BuildException>(() => Installer.EnsureAsync(
            [nowhere], Installer.Permission.Refuse, _ => { }, "/", CancellationToken.None));
        Assert.Equal(BuildException.Missing, error.ExitCode);
        Assert.Contains("apt-get install -y --no-install-recommends some-package", error.Message);
    }

    [Fact]
    public void A_report_counts_and_survives_control_characters()
    {
        TestResult[] results =
        [
            new(new TestIdentity("s", "good", []), TestOutcome.Passed, TimeSpan.FromSeconds(1)),
            new(new TestIdentity("s", "bad", []), TestOutcome.Failed, TimeSpan.Zero, "bell \a <&>\nmore"),
            new(new TestIdentity("s", "not here", []), TestOutcome.Skipped, TimeSpan.Zero, "why"),
        ];
        XElement suite = XDocument.Parse(JunitReport.Format(results)).Root!.Element("testsuite")!;
        Assert.Equal(
            ("3", "1", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Contains("<&>", suite.Descendants("failure").Single().Value);
    }

    [Fact]
    public void Rules_are_listed_with_their_tests_and_those_without()
    {
        IReadOnlyList<string> rules =
            RuleIndex.Parse(["| `R-UT-07` | text |", "- **AL:U11a** text", "text `R-NO-1` inside", "| `TD:F2` | x |"]);
        Assert.Equal(["R-UT-07", "AL:U11a", "TD:F2"], rules);
        IReadOnlyList<UntestedRule> reasons = RuleIndex.ParseReasons(["# x", "- `TD:*` Later.", "- `R-NO-*` Nowhere.", "- `AL:U11a` Hm."]);
        TestIdentity[] tests = [new("host", "T", ["AL:U11a", "X-1"])];
        Assert.Equal(
            [
                "R-UT-07: NO TEST AND NO REASON", "AL:U11a", "    host: T", "TD:F2: not tested: Later.",
                "R: 1 rules, 0 with a test, 0 with a reason, 1 with neither: R-UT-07", "AL: 1 rules, 1 with a test, 0 with a reason",
                "TD: 1 rules, 0 with a test, 1 with a reason",
            ], RuleIndex.Describe(rules, tests, reasons));
        Assert.Equal(
            [
                "R-UT-07 has neither a test nor a line in docs/rules-untested.md",
                "docs/rules-untested.md: R-NO-* is no rule of docs/rules.md", "docs/rules-untested.md: AL:U11a has a test: host: T",
                "host: T cites X-1, which is not in docs/rules.md",
            ], RuleIndex.Defects(rules, tests, reasons));
    }

    private sealed class Quiet : IBuildObserver
    {
        public void StepStarted(string name) { }

        public void StepFinished(string name) { }

        public void StepSkipped(string name) { }
    }
}
