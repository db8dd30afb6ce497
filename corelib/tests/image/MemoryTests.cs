// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>The arena: zeroed, aligned, growing past its first segment, and used by what makes objects only.</summary>
internal static class MemoryTests
{
    private sealed class Leaf
    {
        internal long First;
        internal object? Second;
        internal long Third;
    }

    internal static void Run()
    {
        bool zero = true;
        List<Leaf> leaves = [];
        for (int index = 0; index < 20000; index++)
        {
            Leaf leaf = new();
            zero &= leaf.First == 0 && leaf.Second is null && leaf.Third == 0;
            leaf.First = index;
            leaf.Second = leaf;
            leaf.Third = -index;
            leaves.Add(leaf);
        }
        bool intact = true;
        for (int index = 0; index < leaves.Count; index++)
        {
            intact &= leaves[index].First == index && leaves[index].Third == -index && ReferenceEquals(leaves[index].Second, leaves[index]);
        }
        Check.That("20,000 new objects are zero", zero);
        Check.That("and do not overlap", intact);
        byte[] large = new byte[3_000_000];
        byte[] small = new byte[3];
        large[^1] = 1;
        small[2] = 2;
        Check.That("an object larger than a segment", large.Length == 3_000_000 && large[0] == 0 && large[1_500_000] == 0 && small[0] == 0);
        NothingAllocated();
        OnlyTheResult();
    }

    private enum Color
    {
        Red,
        Green,
    }

    /// <summary>What makes an object takes memory for that one and no other.</summary>
    private static void OnlyTheResult()
    {
        Comparison<int> downwards = (left, right) => right.CompareTo(left);
        int[] numbers = [3, 1, 2];
        Dictionary<int, int> table = new() { [1] = 2 };
        int number = 5;
        int sum = 0;
        string made = $"{number}";
        sum += table.Keys.Count + table.Values.Count + number.GetType().GetHashCode() + made.Length;
        Check.That("a type is one object",
            ReferenceEquals(made.GetType(), typeof(string)) && ReferenceEquals(table.GetType(), table.GetType()));
        long before = GC.GetAllocatedBytesForCurrentThread();
        made = $"{number:X4} of {made} in {Color.Green} {number,6}";
        long interpolated = GC.GetAllocatedBytesForCurrentThread() - before;
        Check.That("an interpolated string takes its own size", made.Length == 25 && interpolated is >= 48 and <= 96);
        before = GC.GetAllocatedBytesForCurrentThread();
        string[] parts = "a,b,c".Split(',');
        Check.That("Split takes its parts and their array",
            parts.Length == 3 && GC.GetAllocatedBytesForCurrentThread() - before <= 3 * 32 + 64);
        before = GC.GetAllocatedBytesForCurrentThread();
        made = "a-b-c".Replace("-", "+++");
        Check.That("Replace takes its own size", made == "a+++b+++c" && GC.GetAllocatedBytesForCurrentThread() - before <= 48);
        before = GC.GetAllocatedBytesForCurrentThread();
        Array.Sort(numbers);
        Array.Sort(numbers, downwards);
        foreach (int key in table.Keys) sum += key;
        sum += table.Values.Count + made.GetType().GetHashCode();
        Check.Equal("sorting, keys and types take nothing", GC.GetAllocatedBytesForCurrentThread() - before, 0L);
        Check.That("and were done", numbers[0] == 3 && sum != 0);
    }

    private static void NothingAllocated()
    {
        List<int> list = [1, 2, 3, 4];
        Dictionary<int, int> dictionary = new(16) { [1] = 1 };
        Queue<int> queue = new(4);
        Span<char> text = stackalloc char[64];
        int sum = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            foreach (int value in list) sum += value;
            foreach ((int key, int value) in dictionary) sum += key + value;
            dictionary[2] = round;
            dictionary.Remove(2);
            queue.Enqueue(round);
            sum += queue.Dequeue();
            if (text.TryWrite(round)) sum++;
            sum += int.Parse("12".AsSpan()) + "abc".IndexOf('c') + list.IndexOf(3);
        }
        Check.Equal("walking, changing in place, parsing and formatting allocate nothing",
            GC.GetAllocatedBytesForCurrentThread() - before, 0L);
        Check.That("and it was done", sum > 0);
    }

    private static bool TryWrite(this Span<char> text, int value) => value.TryFormat(text, out _, "X4");
}
