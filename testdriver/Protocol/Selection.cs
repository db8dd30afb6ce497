// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

namespace Sel4.Testing;

/// <summary>Which tests a run is about, and how it runs them. TD:F2 to TD:F4.</summary>
/// <remarks>
/// A text that the host writes into the driver's memory before it boots; the first line is <see cref="Header"/>, then a word and its
/// value a line, ended by a line feed. The same text on the host tells the same tests, so that a list needs no machine.
/// </remarks>
public sealed class Selection
{
    public const string Header = "sel4test-selection 1";

    private readonly List<Filter> _includes = new();
    private readonly List<Filter> _excludes = new();
    private readonly List<TagExpression> _tags = new();
    private readonly List<Shard> _shards = new();
    private readonly HashSet<string> _only = new();
    private readonly HashSet<string> _done = new();

    private readonly struct Shard(ulong index, ulong count)
    {
        public readonly ulong Index = index;
        public readonly ulong Count = count;
    }

    /// <summary>Part of the checksum of every record, so that nobody else can make one.</summary>
    public ulong Nonce { get; private set; }

    /// <summary>Order within a type: 0 by name, else shuffled by this seed.</summary>
    public ulong ShuffleSeed { get; private set; }

    /// <summary>What the seeds of tests are made from.</summary>
    public ulong Seed { get; private set; } = 1;

    public int Repeat { get; private set; } = 1;

    /// <summary>Stop after the first failure, however often everything would be repeated.</summary>
    public bool IsUntilFailure { get; private set; }

    /// <summary>Stop after so many failures; 0 = never.</summary>
    public int MaxFailures { get; private set; }

    /// <summary>Percent of the time that tests say they need.</summary>
    public int TimeoutPercent { get; private set; } = 100;

    /// <summary>Whether something that is left behind fails a test, or is only told.</summary>
    public bool IsLeakFailure { get; private set; } = true;

    /// <summary>Whether the lines that older scripts look for are printed.</summary>
    public bool HasPlainLines { get; private set; } = true;

    /// <summary>Whether there may be a timer; false to see what happens without one.</summary>
    public bool HasTimer { get; private set; } = true;

    /// <summary>Whether tests that are switched off run all the same.</summary>
    public bool RunsDisabled { get; private set; }

    /// <summary>Which restart of the driver this is; the first is 0.</summary>
    public int Boot { get; private set; }

    /// <summary>Reads a text; null with a sentence when a line cannot be understood.</summary>
    public static Selection? Parse(string text, out string problem)
    {
        Selection selection = new();
        string[] lines = text.Split('\n');
        problem = lines[0] == Header ? "" : $"the selection does not begin with '{Header}'";
        for (int index = 1; index < lines.Length && problem.Length == 0; index++)
        {
            string line = lines[index];
            if (line.Length == 0) continue;
            int blank = line.IndexOf(' ');
            string word = blank < 0 ? line : line.Substring(0, blank);
            string value = blank < 0 ? "" : line.Substring(blank + 1);
            problem = selection.Read(word, value) ?? "";
            if (problem.Length != 0) problem = $"selection, line {index + 1}: {problem}";
        }

        return problem.Length == 0 ? selection : null;
    }

    /// <summary>Whether the run is about a test: included, not excluded, of the right shard, not done before.</summary>
    public bool Accepts(TestInfo test) => Matches(test) && IsInShard(test.Name) && !_done.Contains(test.Name);

    /// <summary>Whether filters alone accept a test.</summary>
    public bool Matches(TestInfo test)
    {
        if (_only.Count > 0 && !_only.Contains(test.Name)) return false;
        if (_includes.Count > 0 && !AnyOf(_includes, test)) return false;
        foreach (TagExpression tag in _tags)
            if (!tag.Accepts(test.Tags)) return false;
        return !AnyOf(_excludes, test);
    }

    /// <summary>A number that a name keeps as long as it is called so: FNV-1a, 64 bits, folded.</summary>
    public static ulong StableHash(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char character in name)
        {
            hash = (hash ^ (byte)character) * 1099511628211;
            hash = (hash ^ (byte)(character >> 8)) * 1099511628211;
        }

        return hash ^ (hash >> 32);
    }

    /// <summary>Shards of shards: each takes its share of what the one before leaves (TD:F4).</summary>
    private bool IsInShard(string name)
    {
        ulong hash = StableHash(name);
        foreach (Shard shard in _shards)
        {
            if (hash % shard.Count != shard.Index) return false;
            hash /= shard.Count;
        }

        return true;
    }

    private static bool AnyOf(List<Filter> filters, TestInfo test)
    {
        foreach (Filter filter in filters)
            if (filter.Accepts(test)) return true;
        return false;
    }

    private string? Read(string word, string value)
    {
        switch (word)
        {
            case "include":
                return AddFilter(_includes, value);
            case "exclude":
                return AddFilter(_excludes, value);
            case "tag":
                TagExpression? tag = TagExpression.Parse(value, out string problem);
                if (tag != null) _tags.Add(tag);
                return tag == null ? problem : null;
            case "only":
                _only.Add(value);
                return null;
            case "done":
                _done.Add(value);
                return null;
            case "shard":
                return AddShard(value);
            default:
                return ReadNumber(word, value);
        }
    }

    private string? ReadNumber(string word, string value)
    {
        if (!ulong.TryParse(value, out ulong number)) return $"'{word} {value}' is not understood";
        bool isYes = number != 0;
        switch (word)
        {
            case "nonce": Nonce = number; break;
            case "shuffle": ShuffleSeed = number; break;
            case "seed": Seed = number; break;
            case "repeat": Repeat = (int)number; break;
            case "until-fail": IsUntilFailure = isYes; break;
            case "max-fail": MaxFailures = (int)number; break;
            case "timeout-percent": TimeoutPercent = (int)number; break;
            case "leak-fails": IsLeakFailure = isYes; break;
            case "plain": HasPlainLines = isYes; break;
            case "timer": HasTimer = isYes; break;
            case "disabled": RunsDisabled = isYes; break;
            case "boot": Boot = (int)number; break;
            default: return $"'{word}' is no word of a selection";
        }

        return null;
    }

    private static string? AddFilter(List<Filter> filters, string value)
    {
        Filter? filter = Filter.Parse(value, out string problem);
        if (filter != null) filters.Add(filter);
        return filter == null ? problem : null;
    }

    private string? AddShard(string value)
    {
        int slash = value.IndexOf('/');
        bool isGood = slash > 0 && ulong.TryParse(value.Substring(0, slash), out ulong index)
            & ulong.TryParse(value.Substring(slash + 1), out ulong count) && index >= 1 && index <= count;
        if (!isGood) return $"'{value}' is no shard: INDEX/COUNT with 1 <= INDEX <= COUNT";
        _shards.Add(new Shard(
            ulong.Parse(value.Substring(0, slash)) - 1, ulong.Parse(value.Substring(slash + 1))));
        return null;
    }

    /// <summary>A pattern over names, or <c>@</c> and an expression of tags.</summary>
    private sealed class Filter
    {
        private Pattern? _pattern;
        private TagExpression? _tags;

        internal static Filter? Parse(string text, out string problem)
        {
            Filter filter = new();
            if (text.Length > 0 && text[0] == '@')
            {
                filter._tags = TagExpression.Parse(text.Substring(1), out problem);
                return filter._tags == null ? null : filter;
            }

            filter._pattern = Pattern.Compile(text, out problem, out int position);
            if (filter._pattern == null) problem = $"'{text}' at {position + 1}: {problem}";
            return filter._pattern == null ? null : filter;
        }

        internal bool Accepts(TestInfo test) =>
            _pattern != null ? _pattern.IsIn(test.Name) : _tags != null && _tags.Accepts(test.Tags);
    }
}
