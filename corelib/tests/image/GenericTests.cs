// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Generic classes, methods and constraints, over values and references.</summary>
internal static class GenericTests
{
    private class Box<T>(T value)
    {
        internal static int Made;

        internal T Value { get; } = Count(value);

        private static T Count(T value)
        {
            Made++;
            return value;
        }

        internal Box<TOther> Map<TOther>(Func<T, TOther> map) => new(map(Value));

        internal virtual string Describe() => typeof(T) == typeof(int) ? "int box" : typeof(T) == typeof(string) ? "string box" : "box";
    }

    private sealed class LabelledBox<T>(T value, string label) : Box<T>(value)
    {
        internal override string Describe() => label + " " + base.Describe();
    }

    private sealed class Node<T> where T : IComparable<T>
    {
        private readonly T _value;
        private Node<T>? _left;
        private Node<T>? _right;

        internal Node(T value) => _value = value;

        internal void Add(T value)
        {
            ref Node<T>? child = ref (value.CompareTo(_value) < 0 ? ref _left : ref _right);
            if (child is null) child = new Node<T>(value);
            else child.Add(value);
        }

        internal void Walk(Action<T> visit)
        {
            _left?.Walk(visit);
            visit(_value);
            _right?.Walk(visit);
        }
    }

    private struct Defaulted
    {
        public int Number = 5;

        public Defaulted()
        {
        }
    }

    private sealed class Plain
    {
        public int Number = 7;
    }

    private static class PerType<T>
    {
        internal static readonly List<T> Items = [];
    }

    private abstract class Handler<TSelf> where TSelf : Handler<TSelf>
    {
        internal TSelf With(string text)
        {
            Text += text;
            return (TSelf)this;
        }

        internal string Text { get; private set; } = "";
    }

    private sealed class TextHandler : Handler<TextHandler>
    {
        internal int Length => Text.Length;
    }

    internal static void Run()
    {
        Box<int> numbers = new(4);
        Box<string> texts = numbers.Map(number => "n" + number);
        Check.Equal("generic methods on generic classes", texts.Value, "n4");
        Check.Equal("each instance has its own statics", (Box<int>.Made * 10) + Box<string>.Made, 11);
        Check.Equal("typeof a type parameter", numbers.Describe() + ", " + texts.Describe() + ", " + new Box<object>(1).Describe(),
            "int box, string box, box");
        Check.Equal("virtual methods of generic classes", new LabelledBox<string>("x", "my").Describe(), "my string box");
        Check.That("instances differ in type", (object)numbers is Box<int> && (object)numbers is not Box<string>);
        Node<string> tree = new("m");
        foreach (string text in (string[])["q", "a", "z", "c"]) tree.Add(text);
        string walked = "";
        tree.Walk(text => walked += text);
        Check.Equal("constrained type parameters", walked, "acmqz");
        Check.Equal("new T of a class and of structs", Make<Plain>().Number + Make<Defaulted>().Number + Make<int>(), 12);
        PerType<int>.Items.Add(1);
        PerType<string>.Items.Add("a");
        PerType<string>.Items.Add("b");
        PerType<object>.Items.Add(1);
        Check.Equal("statics with references of generic classes", PerType<int>.Items.Count + (10 * PerType<string>.Items.Count)
            + (100 * PerType<object>.Items.Count), 121);
        Check.Equal("a class may take itself as argument", new TextHandler().With("ab").With("c").Length, 3);
        Check.Equal("swap through references", Swapped("a", "b") + Swapped(1, 2), "ba21");
        Check.Equal("extension properties and methods", 4.IsEven ? 4.Times(3) : 0, 12);
        Check.Equal("static extension methods", string.Stars(3), "***");
        Check.Equal("default of a type parameter", (Default<string>() ?? "null") + Default<int>(), "null0");
        Check.Equal("sum over a generic interface", Sum<int, Adding>([1, 2, 3]), 6);
        Check.Equal("and over text", Sum<string, Joining>(["a", "b"]), "ab");
    }

    private static T Make<T>() where T : new() => new();

    private static T? Default<T>() => default;

    private static string Swapped<T>(T left, T right)
    {
        Swap(ref left, ref right);
        return left + "" + right;
    }

    private static void Swap<T>(ref T left, ref T right) => (left, right) = (right, left);

    private interface IMonoid<T>
    {
        static abstract T Zero { get; }

        static abstract T Add(T left, T right);
    }

    private readonly struct Adding : IMonoid<int>
    {
        public static int Zero => 0;

        public static int Add(int left, int right) => left + right;
    }

    private readonly struct Joining : IMonoid<string>
    {
        public static string Zero => "";

        public static string Add(string left, string right) => left + right;
    }

    private static T Sum<T, TMonoid>(ReadOnlySpan<T> items) where TMonoid : struct, IMonoid<T>
    {
        T sum = TMonoid.Zero;
        foreach (T item in items) sum = TMonoid.Add(sum, item);
        return sum;
    }
}
