// SPDX-License-Identifier: BSD-2-Clause
using System;

/// <summary>Classes: fields, virtual calls, constructors, records, properties.</summary>
internal static class ObjectTests
{
    private abstract class Shape
    {
        protected readonly string Name;

        protected Shape(string name) => Name = name;

        internal abstract int Area { get; }

        internal virtual string Describe() => Name + " of " + Area;

        public override string ToString() => Describe();
    }

    private class Rectangle(int width, int height) : Shape("rectangle")
    {
        internal override int Area => width * height;
    }

    private sealed class Square(int side) : Rectangle(side, side)
    {
        internal override string Describe() => "square, a " + base.Describe();
    }

    private class Base
    {
        internal string Who() => "base";

        internal virtual object Make() => "object";
    }

    private class Derived : Base
    {
        internal new string Who() => "derived";

        internal override string Make() => "string";
    }

    private record Point(int X, int Y)
    {
        public int Sum => X + Y;
    }

    private sealed record Point3(int X, int Y, int Z) : Point(X, Y);

    private record struct Pair(int Left, string Right);

    private sealed class Settings
    {
        public required string Name { get; init; }

        public int Level
        {
            get;
            set => field = value < 0 ? 0 : value;
        }
    }

    private sealed class Resource(Action onDispose) : IDisposable
    {
        public void Dispose() => onDispose();
    }

    private readonly ref struct Scope(ref int counter)
    {
        private readonly ref int _counter = ref counter;

        public void Dispose() => _counter++;
    }

    internal static void Run()
    {
        Virtuals();
        Records();
        Disposal();
        Identity();
    }

    private static void Virtuals()
    {
        Shape[] shapes = [new Rectangle(2, 3), new Square(4)];
        Check.Equal("a virtual property is that of the object's class", shapes[1].Area, 16);
        Check.Equal("a virtual method falls back to the base class", shapes[0].ToString(), "rectangle of 6");
        Check.Equal("an override reaches the base with base.", shapes[1].ToString(), "square, a rectangle of 16");
        Base derived = new Derived();
        Check.Equal("a method hidden with new is chosen by the static type", derived.Who() + ((Derived)derived).Who(), "basederived");
        Check.Equal("an override may return a narrower type", (string)derived.Make() + new Derived().Make().Length, "string6");
        Settings settings = new() { Name = "n", Level = -5 };
        Check.Equal("required, init and field-backed properties", settings.Name + settings.Level, "n0");
    }

    private static void Records()
    {
        Point point = new(1, 2);
        Check.That("records with equal members are equal", point == new Point(1, 2)
            && point.GetHashCode() == new Point(1, 2).GetHashCode());
        Check.That("records with other members are not", point != new Point(1, 3));
        Check.That("a record is not equal to one of a derived class", !point.Equals(new Point3(1, 2, 3)));
        Check.Equal("with copies a record", (point with { Y = 9 }).Sum, 10);
        Check.Equal("a record writes itself out", point.ToString(), "Point { X = 1, Y = 2, Sum = 3 }");
        (int x, int y) = point;
        Check.Equal("a record comes apart", (x * 10) + y, 12);
        Check.Equal("a record struct too", new Pair(5, "a").ToString(), "Pair { Left = 5, Right = a }");
        Check.That("record structs compare by members", new Pair(5, "a") == new Pair(5, new string('a', 1)));
    }

    private static void Disposal()
    {
        int disposed = 0;
        using (new Resource(() => disposed++)) Check.Equal("using does not dispose early", disposed, 0);
        Check.Equal("using disposes at the end", disposed, 1);
        int scopes = 0;
        {
            using Scope outer = new(ref scopes);
            using Scope inner = new(ref scopes);
        }
        Check.Equal("using works on ref structs", scopes, 2);
        int order = 0;
        try
        {
            order = 1;
        }
        finally
        {
            order = (order * 10) + 2;
        }
        Check.Equal("finally runs after try", order, 12);
    }

    private static void Identity()
    {
        object first = new();
        object second = new();
        Check.That("objects are equal to themselves only", first.Equals(first) && !first.Equals(second) && !Equals(first, null!));
        Check.That("an object keeps its hash code", first!.GetHashCode() == first.GetHashCode());
        Check.That("GetType tells the class", first.GetType() == typeof(object) && new Square(1).GetType() == typeof(Square));
        Check.That("types differ", new Square(1).GetType() != typeof(Rectangle) && typeof(int) != typeof(uint));
        Check.That("types can be keys", typeof(string).Equals("".GetType()) && typeof(string).GetHashCode() == "".GetType().GetHashCode());
    }
}
