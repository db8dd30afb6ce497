// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Text.RegularExpressions;
using Sel4.Testing;

namespace Sel4.Tests.Driver;

/// <summary>Regular expressions of selections: what they accept, what they refuse, and how long they take.</summary>
public sealed class PatternTests
{
    private static Pattern Compile(string text)
    {
        Pattern? pattern = Pattern.Compile(text, out string problem, out _);
        Assert.True(pattern is not null, problem);
        return pattern;
    }

    [Theory]
    [Rule("TD:F2", "TD:F3")]
    [InlineData("", "anything", true)]
    [InlineData("IPC", "an IPC0001", true)]
    [InlineData("ipc", "IPC0001", false)]
    [InlineData("^IPC", "IPC0001", true)]
    [InlineData("^IPC", "xIPC", false)]
    [InlineData("1$", "IPC0001", true)]
    [InlineData("^$", "", true)]
    [InlineData("^$", "x", false)]
    [InlineData("a|b|c", "xbx", true)]
    [InlineData("^(a|b|c)$", "c", true)]
    [InlineData("^(a|b|c)$", "d", false)]
    [InlineData("^(ab|cd)+$", "abcdab", true)]
    [InlineData("^(ab|cd)+$", "abc", false)]
    [InlineData("^a*$", "", true)]
    [InlineData("^a?b$", "b", true)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^a{2}$", "aaa", false)]
    [InlineData("^a{2,}$", "aaaa", true)]
    [InlineData("^a{1,3}$", "aaaa", false)]
    [InlineData("^a{0}$", "", true)]
    [InlineData("^(a{1,2}b){2}$", "abaab", true)]
    [InlineData("^[a-c]+$", "abc", true)]
    [InlineData("^[^a-c]+$", "xyz", true)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^[[:digit:]]{4}$", "0123", true)]
    [InlineData("^[[:alpha:]_]+$", "ab_C", true)]
    [InlineData(@"^a\.b$", "a.b", true)]
    [InlineData(@"^a\.b$", "axb", false)]
    [InlineData("^.$", "ü", true)]
    [InlineData("^(a*)*b$", "aaaab", true)]
    [InlineData("(^a|b$)", "ab", true)]
    public void A_pattern_accepts_what_posix_says(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Compile(pattern).IsIn(text));

    [Theory]
    [Rule("TD:F3")]
    [InlineData("(", 0)]
    [InlineData("ab)", 2)]
    [InlineData("a(b", 1)]
    [InlineData("*a", 0)]
    [InlineData("a|*", 2)]
    [InlineData("[a", 0)]
    [InlineData("a[[:nothing:]]", 2)]
    [InlineData("[z-a]", 1)]
    [InlineData("a{3,1}", 1)]
    [InlineData("a{300}", 1)]
    [InlineData("a{x}", 1)]
    [InlineData("a\\", 1)]
    [InlineData(@"\d", 0)]
    public void A_bad_pattern_is_refused_with_its_place(string pattern, int place)
    {
        Assert.Null(Pattern.Compile(pattern, out string problem, out int position));
        Assert.NotEmpty(problem);
        Assert.Equal(place, position);
    }

    [Theory]
    [Rule("TD:F3")]
    [InlineData("(a{255}){255}")]
    [InlineData("((((a{20}){20}){20}){20}){20}")]
    public void A_pattern_that_would_grow_too_large_is_refused(string pattern) =>
        Assert.Null(Pattern.Compile(pattern, out _, out _));

    [Fact]
    [Rule("TD:F3")]
    public void Nested_repetition_takes_no_exponential_time()
    {
        Pattern pattern = Compile("^(a|a|aa)*(a*)*b$");
        var clock = Stopwatch.StartNew();
        Assert.False(pattern.IsIn(new string('a', 5000)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [Trait("Kind", "random")]
    [Rule("TD:F3")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_patterns_agree_with_those_of_dotnet(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++)
        {
            string text = Make(random, 3);
            Pattern pattern = Compile(text);
            var other = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(5));
            for (int word = 0; word < 8; word++)
            {
                string subject = new([.. Enumerable.Range(0, random.Next(7)).Select(_ => "abc"[random.Next(3)])]);
                Assert.True(other.IsMatch(subject) == pattern.IsIn(subject), $"'{text}' on '{subject}'");
            }
        }
    }

    private static string Make(Random random, int depth)
    {
        if (depth == 0) return new[] { "a", "b", "c", ".", "[ab]", "[^a]", "^", "$" }[random.Next(8)];
        return random.Next(6) switch
        {
            0 => Make(random, depth - 1) + "|" + Make(random, depth - 1),
            1 => "(" + Make(random, depth - 1) + ")*",
            2 => "(" + Make(random, depth - 1) + ")?",
            3 => "(" + Make(random, depth - 1) + "){1,2}",
            4 => "(" + Make(random, depth - 1) + ")+" + Make(random, depth - 1),
            _ => Make(random, depth - 1) + Make(random, depth - 1),
        };
    }
}
