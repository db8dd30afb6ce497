// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Bench;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;
using Sel4.Tools.Testing;

namespace Sel4.Tests.Tooling;

/// <summary>The tool reads the serial port right, and a machine always ends with the right reason. A shell stands in for QEMU.</summary>
public sealed class SerialTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static Task<BootResult> BootAsync(string script, TimeSpan? limit = null) =>
        Machine.RunAsync("/bin/sh", ["-c", script], "/", limit ?? s_limit, null, CancellationToken.None);

    private static Transcript Follow(params string[] lines)
    {
        var transcript = new Transcript();
        foreach (string line in lines) transcript.Add(line);
        return transcript;
    }

    [Fact]
    public void Output_is_sorted_by_child_and_log_lines_belong_to_none()
    {
        Transcript transcript = Follow(
            "[kernel] boot", "free text", "[sel4rpc] start name=a", "one", "[rootserver] a asks", "two",
            "[sel4rpc] stop name=a outcome=exited status=0 reclaimed=yes", "[sel4rpc] start name=b", "three", "[sel4rpc] end status=1");
        Assert.Equal(["free text"], transcript.RootOutput);
        Assert.Equal(["a", "b"], transcript.Children.Select(run => run.Name));
        Assert.Equal(["one", "two"], transcript.Children[0].Output);
        Assert.Equal("exited", transcript.Children[0].Stop!["outcome"]);
        Assert.Null(transcript.Children[1].Stop);
        Assert.Equal("1", transcript.End!["status"]);
    }

    [Fact]
    public void A_child_that_could_not_start_is_listed_by_its_stop_record() =>
        Assert.Equal("refused", Follow("[sel4rpc] stop name=a outcome=refused").Children.Single().Stop!["outcome"]);

    [Fact]
    public void A_child_cannot_end_the_boot_by_printing_a_record_in_the_middle_of_a_line() =>
        Assert.False(Follow("say [sel4rpc] end status=0").IsOver);

    [Fact]
    public async Task The_end_record_ends_a_machine_that_would_go_on()
    {
        BootResult result = await BootAsync("printf 'hi\\r\\n[sel4rpc] end status=0\\r\\n'; exec sleep 60");
        Assert.True(result.Succeeded);
        Assert.Equal(["hi", "[sel4rpc] end status=0"], result.Transcript.Lines);
        Assert.True(result.Duration < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_bad_status_is_a_failure_with_its_number()
    {
        BootResult result = await BootAsync("echo '[sel4rpc] end status=3'");
        Assert.False(result.Succeeded);
        Assert.Equal("the root task ended with status 3", result.Reason);
    }

    [Fact]
    public async Task A_panic_a_reset_a_crash_and_a_hang_have_words_of_their_own()
    {
        Assert.Equal("the kernel stopped: KERNEL PANIC: broken", (await BootAsync("echo 'KERNEL PANIC: broken'; exec sleep 60")).Reason);
        Assert.Equal(
            "the machine reset itself (triple fault or reboot); its last line was: last", (
                await BootAsync("echo first; echo last")).Reason);
        Assert.Equal("QEMU ended with 7: no such file", (await BootAsync("echo 'no such file' >&2; exit 7")).Reason);
        BootResult hang = await BootAsync("exec sleep 60", TimeSpan.FromMilliseconds(300));
        Assert.Equal(BootOutcome.TimedOut, hang.Outcome);
        Assert.EndsWith("it printed nothing", hang.Reason);
    }

    [Fact]
    public void Control_characters_are_shown_instead_of_obeyed() =>
        Assert.Equal("a\\x1b[2Jb\tc\n", Machine.Harmless("a\e[2Jb\tc\r\n"));

    [Theory]
    [InlineData("one\n~ t.o\n", null)]
    [InlineData("one\ntwo\nthree\n", "its output ends before line 3")]
    [InlineData("one\n", "line 2 of its output is too many")]
    [InlineData("one\n~ x.*\n", "line 2 of its output differs")]
    [InlineData("!outcome=faulted\none\ntwo\n", "it ended otherwise")]
    public void Expected_output_is_compared_line_by_line(string expected, string? difference)
    {
        ChildRun run = Follow(
            "[sel4rpc] start name=a", "one", "two", "[sel4rpc] stop name=a outcome=exited status=0 reclaimed=yes").Children[0];
        Assert.Equal(difference, new ExpectedOutput(expected).Difference(run)?.Split('\n')[0]);
    }

    [Fact]
    public void Accepted_output_is_expected_from_then_on_and_keeps_its_patterns()
    {
        const string Stop = "[sel4rpc] stop name=a outcome=faulted reclaimed=yes";
        ChildRun run = Follow("[sel4rpc] start name=a", "at 12:00", "~ tilde", "!", Stop).Children[0];
        string text = new ExpectedOutput("~ at .*\nold\n").Accepting(run);
        Assert.StartsWith("!outcome=faulted\n~ at .*\n~ ", text);
        Assert.Null(new ExpectedOutput(text).Difference(run));
    }

    [Fact]
    public void A_broken_pattern_is_a_sentence()
    {
        ChildRun run = Follow("[sel4rpc] start name=a", "x", "[sel4rpc] stop name=a outcome=exited status=0 reclaimed=yes").Children[0];
        var error = Assert.Throws<BuildException>(() => new ExpectedOutput("~ (\n").Difference(run));
        Assert.Contains("is no regular expression", error.Message);
    }

    [Fact]
    public void A_child_that_leaks_fails_whatever_it_printed()
    {
        ChildRun run = Follow("[sel4rpc] start name=a", "x", "[sel4rpc] stop name=a outcome=exited status=0 reclaimed=no").Children[0];
        Assert.StartsWith("its resources did not all come back", new ExpectedOutput("x\n").Difference(run));
    }

    [Fact]
    public void A_child_that_prints_nothing_may_expect_nothing()
    {
        ChildRun run = Follow("[sel4rpc] start name=a", "[sel4rpc] stop name=a outcome=exited status=0 reclaimed=yes").Children[0];
        Assert.Null(new ExpectedOutput("").Difference(run));
    }

    [Fact]
    public void A_measurement_is_read_and_a_malformed_one_refused()
    {
        Assert.Equal(new Measurement("null-call", 1, 2, 3), Measurement.Parse("[bench] name=null-call min=1 median=2 p99=3"));
        Assert.Null(Measurement.Parse("name=x min=1"));
        Assert.Throws<BuildException>(() => Measurement.Parse("[bench] name=x min=1 median=many p99=3"));
    }
}
