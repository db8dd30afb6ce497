// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Arrays of one and more dimensions and the methods of Array.</summary>
internal static class ArrayTests
{
    internal static void Run()
    {
        Basics();
        Copies();
        Orders();
        Dimensions();
    }

    private static void Basics()
    {
        int[] fresh = new int[100];
        bool zero = true;
        foreach (int value in fresh) zero &= value == 0;
        Check.That("a new array is zero", zero && fresh.Length == 100 && fresh.Rank == 1 && fresh.GetLength(0) == 100);
        Check.That("an empty array is one object", ReferenceEquals(Array.Empty<int>(), Array.Empty<int>())
            && Array.Empty<string>().Length == 0);
        long[] table = [1, 2, 4, 8, 16, 32, 64, 128];
        Check.Equal("a constant table", table[7] + table.Length, 136L);
        Check.Same("ranges of arrays", table[2..5], 4L, 8L, 16L);
        Check.Equal("counting from the end", table[^2], 64L);
        string?[] texts = new string[3];
        texts[1] = "x";
        Check.That("arrays of references begin as null", texts[0] is null && texts[1] == "x");
        int[][] jagged = [[1], [2, 3], []];
        Check.Equal("arrays of arrays", jagged[1][1] + jagged[2].Length, 3);
        int[] spread = [.. jagged[0], .. jagged[1], 9];
        Check.Same("spreads", spread, 1, 2, 3, 9);
    }

    private static void Copies()
    {
        int[] items = [1, 2, 3, 4, 5];
        Array.Copy(items, 0, items, 1, 4);
        Check.Same("an overlapping copy upwards", items, 1, 1, 2, 3, 4);
        Array.Copy(items, 1, items, 0, 4);
        Check.Same("an overlapping copy downwards", items, 1, 2, 3, 4, 4);
        object[] objects = new object[2];
        Array.Copy(new[] { "a", "b" }, objects, 2);
        Check.Equal("a copy into an array of the base class", (string)objects[1], "b");
        string[] strings = new string[2];
        Array.Copy(objects, strings, 2);
        Check.Equal("and back, each element checked", strings[0], "a");
        int[] clone = (int[])items.Clone();
        clone[0] = 99;
        Check.That("a clone is another array", items[0] == 1 && clone.Length == 5);
        Array.Resize(ref items, 7);
        Check.Same("resizing keeps the elements", items, 1, 2, 3, 4, 4, 0, 0);
        Array.Fill(items, 6);
        Array.Clear(items, 1, 2);
        Check.Same("filling and clearing", items, 6, 0, 0, 6, 6, 6, 6);
        Array.Clear(items);
        Check.Same("clearing all", items, 0, 0, 0, 0, 0, 0, 0);
    }

    private static void Orders()
    {
        Random random = new(1);
        bool sorted = true;
        for (int length = 0; length < 200; length += 7)
        {
            int[] numbers = new int[length];
            for (int index = 0; index < length; index++) numbers[index] = random.Next(-50, 50);
            long before = Sum(numbers);
            Array.Sort(numbers);
            for (int index = 1; index < length; index++) sorted &= numbers[index - 1] <= numbers[index];
            sorted &= before == Sum(numbers);
        }
        Check.That("sorting numbers of many lengths", sorted);
        string[] words = ["pear", "apple", "fig", "banana"];
        Array.Sort(words);
        Check.Equal("sorting strings", string.Join(' ', words), "apple banana fig pear");
        Array.Sort(words, (left, right) => left.Length - right.Length);
        Check.Equal("sorting by a comparison", words[0] + words[3], "figbanana");
        Array.Sort(words, StringComparer.Ordinal);
        Check.Equal("sorting by a comparer", words[0], "apple");
        Array.Reverse(words);
        Check.Equal("reversing", string.Join(' ', words), "pear fig banana apple");
        Check.That("searching", Array.IndexOf(words, "fig") == 1 && Array.IndexOf(words, "kiwi") == -1
            && Array.LastIndexOf(words, "apple") == 3);
        int[] ordered = [1, 3, 5, 7];
        Check.That("binary search", Array.BinarySearch(ordered, 5) == 2 && Array.BinarySearch(ordered, 4) == ~2
            && Array.BinarySearch(ordered, 9) == ~4);
        Check.That("finding by a test", Array.Find(ordered, value => value > 3) == 5
            && Array.FindIndex(ordered, value => value > 8) == -1 && Array.Exists(ordered, value => value == 7));
        Check.Same("converting", Array.ConvertAll(ordered, value => value * 2), 2, 6, 10, 14);
        Check.That("all and each", Array.TrueForAll(ordered, value => value % 2 == 1));
    }

    private static long Sum(int[] numbers)
    {
        long sum = 0;
        foreach (int number in numbers) sum += number;
        return sum;
    }

    private static void Dimensions()
    {
        int[,] grid = new int[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++) grid[row, column] = (row * 10) + column;
        }
        Check.Equal("two dimensions", grid[2, 3] + grid[1, 0], 33);
        Check.That("their lengths", grid.Length == 12 && grid.GetLength(0) == 3 && grid.GetLength(1) == 4 && grid.Rank == 2
            && grid.GetUpperBound(1) == 3);
        string[,,] cube = new string[2, 2, 2];
        cube[1, 0, 1] = "x";
        Check.That("three dimensions of references", cube[1, 0, 1] == "x" && cube[0, 0, 0] is null && cube.Rank == 3);
        double[,] table = { { 1, 2 }, { 3, 4 } };
        Check.Equal("constants in two dimensions", (int)(table[1, 0] * table[1, 1]), 12);
        int[,] copy = (int[,])grid.Clone();
        Check.Equal("a clone in two dimensions", copy[2, 1], 21);
        Array.Clear(copy);
        Check.Equal("clearing in two dimensions", copy[2, 1] + copy.GetLength(0), 3);
    }
}
