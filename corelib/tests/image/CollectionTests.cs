// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

/// <summary>Lists, queues, stacks.</summary>
internal static class CollectionTests
{
    internal static void Run()
    {
        Lists();
        ListSearches();
        Queues();
        Stacks();
        Interfaces();
    }

    private static void Lists()
    {
        List<int> list = [3, 1, 2];
        list.Add(5);
        list.Insert(1, 9);
        list.AddRange([7, 8]);
        Check.Same("adding and inserting", list.ToArray(), 3, 9, 1, 2, 5, 7, 8);
        list.RemoveAt(0);
        Check.That("removing", list.Remove(5) && !list.Remove(55) && list.Count == 5);
        list.RemoveRange(1, 2);
        Check.Same("removing a range", list.ToArray(), 9, 7, 8);
        list.InsertRange(1, [1, 2]);
        List<int> turned = [1, 2, 3, 4];
        turned.InsertRange(1, turned);
        turned.InsertRange(2, Upwards(2));
        Check.Same("inserting a list into itself, and a sequence", turned.ToArray(), 1, 1, 0, 1, 2, 3, 4, 2, 3, 4);
        list.Sort();
        Check.Same("sorting", list.ToArray(), 1, 2, 7, 8, 9);
        list.Reverse();
        list[0] = 0;
        Check.Same("reversing and setting", list.ToArray(), 0, 8, 7, 2, 1);
        list.Sort((left, right) => right - left);
        Check.Same("sorting by a comparison", list.ToArray(), 8, 7, 2, 1, 0);
        Check.Equal("removing by a test", list.RemoveAll(value => value > 5), 2);
        Check.Same("ranges", list.GetRange(1, 2).ToArray(), 1, 0);
        Check.Equal("from the end", list[^1] + list[^3], 2);
        foreach (ref int value in CollectionsMarshal.AsSpan(list)) value += 10;
        Check.Same("in place", list.ToArray(), 12, 11, 10);
        list.Clear();
        Check.That("clearing", list.Count == 0 && list.Capacity > 0 && list.ToArray().Length == 0);
        for (int index = 0; index < 10000; index++) list.Add(index);
        Check.That("growing", list.Count == 10000 && list[9999] == 9999 && list.Capacity >= 10000);
        List<string> copy = new(new[] { "a", "b" });
        copy.AddRange(copy);
        Check.Equal("adding a list to itself", string.Concat(copy), "abab");
    }

    private static IEnumerable<int> Upwards(int count)
    {
        for (int index = 0; index < count; index++) yield return index;
    }

    private static void ListSearches()
    {
        List<string> words = ["one", "two", "three", "two"];
        Check.That("searching", words.IndexOf("two") == 1 && words.LastIndexOf("two") == 3 && words.Contains("three")
            && !words.Contains("four"));
        Check.That("finding", words.Find(word => word.Length == 5) == "three" && words.FindIndex(word => word == "x") == -1
            && words.Exists(word => word[0] == 'o'));
        Check.Equal("finding all", words.FindAll(word => word == "two").Count, 2);
        Check.That("testing all", words.TrueForAll(word => word.Length > 2));
        string joined = "";
        words.ForEach(word => joined += word[0]);
        Check.Equal("each", joined, "ottt");
        words.Sort();
        Check.That("binary search", words.BinarySearch("three") == 1 && words.BinarySearch("a") == ~0);
        string[] target = new string[6];
        words.CopyTo(target, 1);
        Check.That("copying out", target[0] is null && target[1] == "one" && target[4] == "two");
    }

    private static void Queues()
    {
        Queue<int> queue = new();
        int expected = 0;
        bool inOrder = true;
        for (int index = 0; index < 1000; index++)
        {
            queue.Enqueue(2 * index);
            queue.Enqueue((2 * index) + 1);
            inOrder &= queue.Dequeue() == expected++;
        }
        Check.That("first in, first out, around the ring", inOrder && queue.Count == 1000 && queue.Peek() == 1000);
        int sum = 0;
        foreach (int value in queue) sum += value - 1000;
        Check.Equal("walking a queue", sum, 999 * 1000 / 2);
        Check.That("to an array", queue.ToArray()[999] == 1999 && queue.Contains(1500) && !queue.Contains(5));
        queue.Clear();
        Check.That("an empty queue", !queue.TryDequeue(out _) && !queue.TryPeek(out _) && queue.Count == 0);
    }

    private static void Stacks()
    {
        Stack<string> stack = new(["a", "b"]);
        stack.Push("c");
        Check.Equal("last in, first out", stack.Pop() + stack.Peek() + stack.Count, "cb2");
        Check.Equal("walking from the top", string.Join("", stack), "ba");
        Check.Same("a stack to an array", stack.ToArray(), "b", "a");
        Check.That("to the end", stack.TryPop(out string? top) && top == "b" && stack.TryPop(out _) && !stack.TryPop(out _));
    }

    private static void Interfaces()
    {
        ICollection<int> collection = new List<int> { 1, 2 };
        collection.Add(3);
        Check.That("as a collection", collection.Count == 3 && collection.Contains(3) && !collection.IsReadOnly && collection.Remove(1));
        IReadOnlyList<int> readOnly = new List<int> { 4, 5 };
        Check.Equal("as a read-only list", readOnly[1] + readOnly.Count, 7);
        IList<int> array = new[] { 1, 2, 3 };
        array[0] = 9;
        Check.That("an array as a list", array.Contains(9) && array.Count == 3 && array.IsReadOnly);
        List<int> fromArray = new(array);
        Check.Same("a list of an array", fromArray.ToArray(), 9, 2, 3);
        int walked = 0;
        foreach (int value in (IEnumerable<int>)fromArray) walked += value;
        Check.Equal("as a sequence", walked, 14);
    }
}
