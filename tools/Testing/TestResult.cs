// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Testing;

/// <summary>How a test ended.</summary>
public enum TestOutcome { Passed, Failed, Skipped }

/// <summary>A test that could run: where it belongs, what it is called, and the rules that it cites.</summary>
public sealed record TestIdentity(string Suite, string Name, IReadOnlyList<string> Rules)
{
    /// <summary>The name that filters and lists use.</summary>
    public string FullName => $"{Suite}: {Name}";
}

/// <summary>What came of one test.</summary>
/// <param name="Message">Why it failed or was skipped; empty when it passed.</param>
public sealed record TestResult(TestIdentity Test, TestOutcome Outcome, TimeSpan Duration, string Message = "");

/// <summary>A group of tests that is built and run in its own way.</summary>
public interface ITestSuite
{
    string Name { get; }

    /// <summary>The tests of the suite, without running them.</summary>
    Task<IReadOnlyList<TestIdentity>> ListAsync(CancellationToken cancel);

    /// <summary>Runs those that the filter accepts and reports each as it ends.</summary>
    Task RunAsync(TestFilter filter, Action<TestResult> report, CancellationToken cancel);
}

/// <summary>Decides by a regular expression over full names which tests run.</summary>
public sealed class TestFilter
{
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private readonly System.Text.RegularExpressions.Regex _pattern;

    /// <remarks>Errors: BuildException when the text is no regular expression.</remarks>
    public TestFilter(string pattern)
    {
        Pattern = pattern;
        try
        {
            _pattern = new(pattern, System.Text.RegularExpressions.RegexOptions.CultureInvariant, s_matchLimit);
        }
        catch (ArgumentException error)
        {
            throw new Build.BuildException($"--filter: {error.Message}", Build.BuildException.Usage);
        }
    }

    public static TestFilter Everything { get; } = new("");

    public string Pattern { get; }

    public bool Accepts(TestIdentity test) => _pattern.IsMatch(test.FullName);
}
