// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

namespace Sel4.Testing;

/// <summary>The tests of a run in the order in which they run. TD:T3.</summary>
public static class Plan
{
    /// <summary>What a selection takes of the tests: types by number, then names by their bytes, or shuffled within each type.</summary>
    public static TestInfo[] Make(TestInfo[] tests, Selection selection)
    {
        List<TestInfo> chosen = new();
        foreach (TestInfo test in tests)
            if (selection.Accepts(test)) chosen.Add(test);
        TestInfo[] plan = chosen.ToArray();
        Sort(plan);
        if (selection.ShuffleSeed != 0) Shuffle(plan, selection.ShuffleSeed);
        return plan;
    }

    /// <summary>Sorts by type and name.</summary>
    public static void Sort(TestInfo[] tests) => tests.AsSpan().Sort(
        (first, second) => first.Type != second.Type ? first.Type - second.Type : string.CompareOrdinal(first.Name, second.Name));

    /// <summary>Sorts by name alone, to find those that are there twice.</summary>
    public static void SortByName(TestInfo[] tests) =>
        tests.AsSpan().Sort((first, second) => string.CompareOrdinal(first.Name, second.Name));

    /// <summary>The seed of one test of a run: it stays the same wherever the test stands in the order.</summary>
    public static ulong SeedOf(TestInfo test, ulong seed)
    {
        ulong state = seed ^ Selection.StableHash(test.Name);
        return NextRandom(ref state);
    }

    /// <summary>Steele's SplitMix64.</summary>
    private static ulong NextRandom(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Fisher and Yates' shuffle of each type by itself.</summary>
    private static void Shuffle(TestInfo[] plan, ulong seed)
    {
        ulong state = seed;
        for (int start = 0; start < plan.Length;)
        {
            int end = start;
            while (end < plan.Length && plan[end].Type == plan[start].Type) end++;
            for (int left = end - start; left > 1; left--)
            {
                int chosen = start + (int)(NextRandom(ref state) % (ulong)left);
                int last = start + left - 1;
                (plan[chosen], plan[last]) = (plan[last], plan[chosen]);
            }

            start = end;
        }
    }
}
