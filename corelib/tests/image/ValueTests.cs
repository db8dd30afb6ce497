// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

/// <summary>Structs: default equality and hash codes, tuples, inline arrays, ref returns.</summary>
internal static class ValueTests
{
    private struct Plain
    {
        internal int A;
        internal long B;
    }

    private struct Mixed
    {
        internal string? Name;
        internal int Number;
        internal Inner Nested;
    }

    private struct Inner
    {
        internal double Value;
        internal object? Reference;
    }

    private struct Padded
    {
        internal byte Small;
        internal long Large;
    }

    private readonly struct Money(int cents) : IEquatable<Money>, IComparable<Money>
    {
        internal int Cents { get; } = cents;

        public bool Equals(Money other) => Cents == other.Cents;

        public override bool Equals(object? obj) => obj is Money other && Equals(other);

        public override int GetHashCode() => Cents;

        public int CompareTo(Money other) => Cents.CompareTo(other.Cents);

        public static Money operator +(Money left, Money right) => new(left.Cents + right.Cents);

        public override string ToString() => $"{Cents / 100}.{Cents % 100:D2}";
    }

    [InlineArray(4)]
    private struct Four
    {
        private int _first;
    }

    private enum Color
    {
        Red,
        Green,
    }

    internal static void Run()
    {
        Equality();
        Tuples();
        Layouts();
    }

    private static void Equality()
    {
        Plain plain = new() { A = 1, B = 2 };
        Check.That("structs of numbers compare by content", plain.Equals(new Plain { A = 1, B = 2 })
            && !plain.Equals(new Plain { A = 1, B = 3 }));
        Check.That("and hash by content", plain.GetHashCode() == new Plain { A = 1, B = 2 }.GetHashCode());
        Mixed mixed = new() { Name = new string('x', 3), Number = 5, Nested = new Inner { Value = 1.5, Reference = "r" } };
        Mixed same = new() { Name = "xxx", Number = 5, Nested = new Inner { Value = 1.5, Reference = new string('r', 1) } };
        Check.That("structs with references compare by equality of fields", mixed.Equals(same));
        Check.That("structs with references hash by equality of fields", mixed.GetHashCode() == same.GetHashCode());
        same.Nested.Reference = null;
        Check.That("a nested difference counts", !mixed.Equals(same) && !same.Equals(mixed));
        Padded padded = new() { Small = 1, Large = 2 };
        Check.That("padding does not count", padded.Equals(new Padded { Small = 1, Large = 2 }));
        Inner zero = new() { Value = 0.0 };
        Inner minusZero = new() { Value = -0.0 };
        Check.That("zeros of both signs are equal", zero.Equals(minusZero) && zero.GetHashCode() == minusZero.GetHashCode());
        Check.That("a struct is not equal to another type", !plain.Equals(padded) && !plain.Equals(null));
        Check.That("its own equality is used", EqualityComparer<Money>.Default.Equals(new Money(5), new Money(5)));
        Check.That("operators of structs", (new Money(150) + new Money(7)).ToString() == "1.57");
        Check.That("enumerations compare by default", EqualityComparer<Color>.Default.Equals(Color.Green, Color.Green));
        Check.That("enumerations order by default", Comparer<Color>.Default.Compare(Color.Red, Color.Green) < 0);
        Check.That("optional values compare by default", EqualityComparer<int?>.Default.Equals(3, 3)
            && !EqualityComparer<int?>.Default.Equals(3, null));
        Check.That("and order by default", Comparer<int?>.Default.Compare(null, 3) < 0
            && Comparer<Money>.Default.Compare(new(2), new(1)) > 0);
    }

    private static void Tuples()
    {
        (int Number, string Text) tuple = (1, "one");
        Check.That("tuples compare by value", tuple == (1, "one") && tuple.Equals((1, "one")) && tuple != (2, "one"));
        Check.That("and hash so", tuple.GetHashCode() == (1, new string("one".AsSpan())).GetHashCode());
        Check.Equal("tuples have text", (1, "a", 'c').ToString(), "(1, a, c)");
        (int a, int b) = (1, 2);
        (a, b) = (b, a);
        Check.Equal("tuples swap", (a * 10) + b, 21);
        Check.That("tuples order by their first difference", (1, "b").CompareTo((1, "c")) < 0 && (2, "a").CompareTo((1, "z")) > 0);
        Check.That("tuple classes compare by value", Tuple.Create(1, "x").Equals(Tuple.Create(1, "x")) && Tuple.Create(1, 2).Item2 == 2);
        Dictionary<(int, string), int> keyed = new() { [(1, "a")] = 5 };
        Check.Equal("tuples are keys", keyed[(1, new string('a', 1))], 5);
    }

    private static void Layouts()
    {
        Four four = default;
        for (int index = 0; index < 4; index++) four[index] = index * index;
        int sum = 0;
        foreach (int value in four) sum += value;
        Check.Equal("inline arrays hold their elements", sum + four[^1], 23);
        Span<int> view = four;
        view[0] = 100;
        Check.Equal("inline arrays are seen as spans", four[0] + view[1..3].Length, 102);
        int[] numbers = [1, 2, 3];
        ref int largest = ref Largest(numbers);
        largest = 0;
        Check.Equal("references are returned", numbers[2], 0);
        Plain copy = new() { A = 3 };
        Change(copy);
        Check.Equal("structs are passed by value", copy.A, 3);
        Change(ref copy);
        Check.Equal("or by reference", copy.A, 4);
        Check.Equal("sizes", Unsafe.SizeOf<Plain>() + Unsafe.SizeOf<Padded>() + Unsafe.SizeOf<Four>(), 16 + 16 + 16);
    }

    private static ref int Largest(int[] numbers)
    {
        int best = 0;
        for (int index = 1; index < numbers.Length; index++)
        {
            if (numbers[index] > numbers[best]) best = index;
        }
        return ref numbers[best];
    }

    private static void Change(Plain plain) => plain.A++;

    private static void Change(ref Plain plain) => plain.A++;
}
