// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Testing;

/// <summary>One test as its table describes it. TD:T1.</summary>
public sealed class TestInfo
{
    /// <summary>Id of its type; see <see cref="TestTypes"/>.</summary>
    public int Type { get; init; }

    /// <summary>Unique among all tests of the image.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it shows, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Words to select by, each between blanks.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What it needs to run, each between blanks; without it the test is skipped.</summary>
    public string Requirements { get; init; } = "";

    /// <summary>Why it is expected to fail; empty for a test that is expected to pass (TD:F5).</summary>
    public string KnownFailure { get; init; } = "";

    /// <summary>The rules that it cites, each between blanks.</summary>
    public string Rules { get; init; } = "";

    /// <summary>Where it is, relative to the top folder.</summary>
    public string File { get; init; } = "";

    public int Line { get; init; }

    /// <summary>Milliseconds until it counts as hung.</summary>
    public uint TimeoutMilliseconds { get; init; }

    public bool IsEnabled { get; init; }

    /// <summary>The program that it is in; -1 for the driver itself.</summary>
    public int Program { get; set; }

    /// <summary>Its place in the table of its program.</summary>
    public int Index { get; init; }

    /// <summary>Whether a word stands among tags or requirements.</summary>
    public static bool HasWord(string words, string word)
    {
        int start = 0;
        for (int end = 0; end <= words.Length; end++)
        {
            if (end < words.Length && words[end] != ' ') continue;
            if (end - start == word.Length && IsAt(words, start, word)) return true;
            start = end + 1;
        }

        return false;
    }

    private static bool IsAt(string words, int start, string word)
    {
        for (int index = 0; index < word.Length; index++)
            if (words[start + index] != word[index]) return false;
        return true;
    }
}

/// <summary>The types that the driver knows from the start; users add their own with higher numbers. TD:T2.</summary>
public static class TestTypes
{
    /// <summary>Runs within the driver, before any process exists.</summary>
    public const int Bootstrap = 0;

    /// <summary>Runs in a process of its own.</summary>
    public const int Process = 1;

    /// <summary>Runs in a process of its own and has to measure something.</summary>
    public const int Benchmark = 2;

    /// <summary>One past the highest number.</summary>
    public const int Count = 3;

    public static string NameOf(int type) => type switch
    {
        Bootstrap => "bootstrap",
        Process => "process",
        Benchmark => "benchmark",
        _ => "unknown",
    };
}
