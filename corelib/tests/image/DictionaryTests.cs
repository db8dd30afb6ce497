// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Dictionaries and sets, against what a plain list would say.</summary>
internal static class DictionaryTests
{
    private sealed class Key(int number)
    {
        internal int Number { get; } = number;

        public override bool Equals(object? obj) => obj is Key other && other.Number == Number;

        public override int GetHashCode() => Number % 3;
    }

    private enum Level
    {
        Low,
        High,
    }

    internal static void Run()
    {
        Basics();
        Keys();
        Random();
        Sets();
    }

    private static void Basics()
    {
        Dictionary<string, int> ages = new() { ["ann"] = 30, ["bob"] = 40 };
        ages["ann"]++;
        Check.That("reading and writing", ages["ann"] == 31 && ages.Count == 2 && ages.ContainsKey("bob") && !ages.ContainsKey("cat"));
        Check.That("trying", ages.TryGetValue("bob", out int age) && age == 40 && !ages.TryGetValue("dan", out age) && age == 0);
        Check.That("adding once", ages.TryAdd("cat", 5) && !ages.TryAdd("cat", 6) && ages["cat"] == 5);
        Check.That("removing", ages.Remove("bob", out age) && age == 40 && !ages.Remove("bob") && ages.Count == 2);
        string walked = "";
        foreach ((string name, int value) in ages) walked += name + value;
        Check.Equal("walking in the order of addition", walked, "ann31cat5");
        Check.Equal("keys and values", string.Join(",", ages.Keys) + string.Join(",", ages.Values), "ann,cat31,5");
        int total = 0;
        foreach (int value in ages.Values) total += value;
        Check.That("values walked without the interface", total == 36 && ages.Keys.Count == 2);
        Check.That("values are found", ages.ContainsValue(5) && !ages.ContainsValue(6));
        ages.Clear();
        Check.That("clearing", ages.Count == 0 && !ages.ContainsKey("ann") && ages.TryAdd("ann", 1));
        IReadOnlyDictionary<string, int> readOnly = ages;
        Check.Equal("through the interface", readOnly["ann"] + readOnly.Count, 2);
        IDictionary<string, int> general = ages;
        general.Add("eve", 7);
        Check.That("changing through the interface", general.Keys.Count == 2 && general.Values.Contains(7) && general.Remove("eve"));
    }

    private static void Keys()
    {
        Dictionary<Key, int> collisions = [];
        for (int number = 0; number < 50; number++) collisions[new Key(number)] = number;
        bool found = true;
        for (int number = 0; number < 50; number++) found &= collisions[new Key(number)] == number;
        Check.That("keys with the same hash code", found && collisions.Count == 50);
        Dictionary<Level, string> levels = new() { [Level.Low] = "l", [Level.High] = "h" };
        Check.Equal("enumerations as keys", levels[Level.High] + levels[Level.Low], "hl");
        Dictionary<object, int> objects = new() { ["s"] = 1, [5] = 2, [Level.High] = 3 };
        Check.Equal("objects as keys", objects[new string('s', 1)] + objects[5] + objects[Level.High], 6);
        Dictionary<string, int> insensitive = new(StringComparer.OrdinalIgnoreCase) { ["Key"] = 1 };
        Check.Equal("a comparer of its own", insensitive["kEY"], 1);
        Dictionary<Type, string> types = new() { [typeof(int)] = "int", [typeof(string)] = "string" };
        Check.Equal("types as keys", types["x".GetType()] + types[5.GetType()], "stringint");
        Dictionary<long, int> spread = [];
        for (long key = 0; key < 64; key++) spread[key << 32] = (int)key;
        Check.Equal("keys that differ in their high bits only", spread[63L << 32] + spread.Count, 127);
    }

    /// <summary>Random operations on a dictionary and on two plain arrays must agree at every step.</summary>
    private static void Random()
    {
        Random random = new(42);
        Dictionary<int, int> dictionary = [];
        int[] values = new int[64];
        bool[] present = new bool[64];
        bool agrees = true;
        int count = 0;
        for (int step = 0; step < 20000; step++)
        {
            int key = random.Next(64);
            switch (random.Next(3))
            {
                case 0:
                    if (!present[key]) count++;
                    present[key] = true;
                    dictionary[key] = values[key] = step;
                    break;
                case 1:
                    agrees &= dictionary.Remove(key) == present[key];
                    if (present[key]) count--;
                    present[key] = false;
                    break;
                default:
                    agrees &= dictionary.TryGetValue(key, out int value) == present[key] && (!present[key] || value == values[key]);
                    break;
            }
            agrees &= dictionary.Count == count;
        }
        int walked = 0;
        foreach ((int key, int value) in dictionary)
        {
            walked++;
            agrees &= present[key] && values[key] == value;
        }
        Check.That("20,000 random operations", agrees && walked == count);
    }

    private static void Sets()
    {
        HashSet<int> set = [1, 2, 3];
        Check.That("adding once to a set", !set.Add(2) && set.Add(4) && set.Count == 4);
        Check.That("membership", set.Contains(4) && !set.Contains(5) && set.Remove(4) && !set.Remove(4));
        set.UnionWith([3, 4, 5]);
        set.ExceptWith([1]);
        set.IntersectWith([2, 3, 4, 99]);
        Check.That("set operations", set.SetEquals([4, 3, 2]) && set.IsSubsetOf([1, 2, 3, 4]) && set.IsSupersetOf([2])
            && set.Overlaps([4, 8]));
        Check.Equal("removing by a test", set.RemoveWhere(value => value % 2 == 0), 2);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "A", "a", "b" };
        Check.Equal("a set with a comparer of its own", names.Count, 2);
        HashSet<string?> withNull = [null, "x"];
        Check.That("null is a member like others", withNull.Contains(null) && !withNull.Add(null) && withNull.Count == 2);
        int sum = 0;
        foreach (int value in set) sum += value;
        Check.Equal("walking a set", sum, 3);
    }
}
