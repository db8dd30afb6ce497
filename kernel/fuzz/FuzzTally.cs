// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using System.Linq;
using System.Text;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>How often each method was answered with which error: shows whether the games reach what they are to test.</summary>
public sealed class FuzzTally
{
    private const int Errors = 16;
    private readonly Dictionary<(CapabilityTag Tag, ulong Method), long[]> _counts = [];

    public long Successes { get; private set; }

    public long Refusals { get; private set; }

    public void Count(CapabilityTag tag, ulong method, ErrorCode error)
    {
        if (error == ErrorCode.None) Successes++;
        else Refusals++;
        // The label means nothing to these, and is no method's.
        bool isMessage = tag is CapabilityTag.Endpoint or CapabilityTag.Reply or CapabilityTag.Notification;
        if (isMessage || method >= (ulong)InvocationLabel.Count || (int)error >= Errors) return;
        if (!_counts.TryGetValue((tag, method), out long[]? counts)) _counts[(tag, method)] = counts = new long[Errors];
        counts[(int)error]++;
    }

    public void Add(FuzzTally other)
    {
        Successes += other.Successes;
        Refusals += other.Refusals;
        foreach ((var key, long[] counts) in other._counts)
        {
            if (!_counts.TryGetValue(key, out long[]? sums)) _counts[key] = sums = new long[Errors];
            for (int i = 0; i < Errors; i++) sums[i] += counts[i];
        }
    }

    /// <summary>The methods that never succeeded.</summary>
    public IEnumerable<InvocationLabel> NeverSucceeded()
    {
        HashSet<ulong> done = [.. _counts.Where(entry => entry.Value[0] != 0).Select(entry => entry.Key.Method)];
        for (ulong method = 1; method < (ulong)InvocationLabel.Count; method++)
            if (!done.Contains(method)) yield return (InvocationLabel)method;
    }

    /// <summary>One line for each method: how often it succeeded, and its errors.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        foreach (IGrouping<ulong, KeyValuePair<(CapabilityTag Tag, ulong Method), long[]>> method in
            _counts.GroupBy(entry => entry.Key.Method).OrderBy(group => group.Key))
        {
            long[] sums = new long[Errors];
            foreach (KeyValuePair<(CapabilityTag, ulong), long[]> entry in method)
                for (int i = 0; i < Errors; i++) sums[i] += entry.Value[i];
            IEnumerable<string> errors = Enumerable.Range(1, Errors - 1).Where(i => sums[i] != 0).Select(i => $"{(ErrorCode)i} {sums[i]}");
            text.AppendLine($"  {(InvocationLabel)method.Key}: {sums[0]} done; {string.Join(", ", errors)}");
        }

        return text.ToString();
    }
}
