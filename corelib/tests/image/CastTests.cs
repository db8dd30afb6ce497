// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Type tests, casts, boxing, arrays seen as arrays of a base class.</summary>
internal static class CastTests
{
    private class Animal
    {
    }

    private class Dog : Animal, IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class Puppy : Dog
    {
    }

    private enum Small : byte
    {
        One = 1,
        Two = 2,
    }

    private enum Wide : long
    {
        Minus = -1,
        Big = 1L << 40,
    }

    internal static void Run()
    {
        Classes();
        Arrays();
        Boxes();
        Patterns();
    }

    private static void Classes()
    {
        object puppy = new Puppy();
        object animal = new Animal();
        Check.That("is: the class itself and its bases", puppy is Puppy && puppy is Dog && puppy is Animal);
        Check.That("is: not a derived class", animal is not Dog && animal is not Puppy);
        Check.That("is: an interface of a base class", puppy is IDisposable && animal is not IDisposable);
        Check.That("is: null is nothing", (Absent() as Dog) is null && Absent() is not object);
        Check.That("as gives the object or null", (puppy as Dog) is not null && (animal as Dog) is null);
        Check.That("a cast gives the same object", ReferenceEquals((Dog)puppy, puppy) && ReferenceEquals((IDisposable)puppy, puppy));
        Check.That("a cast of null is null", (Dog?)Absent() is null && (IDisposable?)Absent() is null);
    }

    private static object? Absent() => null;

    private static void Arrays()
    {
        object dogs = new Dog[] { new Puppy(), new Dog() };
        Check.That("an array of a derived class is one of the base class", dogs is Animal[] && dogs is object[] && dogs is IDisposable[]);
        Check.That("but not the other way", dogs is not Puppy[] && new Animal[1] is not Dog[]);
        Animal[] animals = (Animal[])dogs;
        animals[1] = new Puppy();
        Check.That("a store of a fitting object is allowed", animals[1] is Puppy);
        animals[0] = null!;
        Check.That("a store of null is allowed", animals[0] is null);
        object[][] nested = new string[][] { ["a"], ["b"] };
        Check.That("arrays of arrays too", nested.Length == 2 && nested is string[][] && (object)nested is not Array[][]);
        object bytes = new byte[1];
        Check.That("integers of one size are one element type at run time", bytes is sbyte[] && bytes is not bool[]
            && bytes is not short[]);
        Check.That("an enumeration counts as its integer", new Small[1] is Array && (object)new Small[1] is byte[]);
        Check.That("arrays of values are not arrays of objects", (object)new int[1] is not object[] && bytes is Array
            && bytes is IList<byte>);
        IList<Animal> list = (IList<Animal>)dogs;
        Check.That("an array is a list of a base class", list.Count == 2 && list[1] is Puppy && dogs is not IList<Puppy>);
        Check.That("ranks differ", (object)new int[1, 1] is not int[] && (object)new int[1, 1] is int[,]
            && (object)new int[1, 1, 1] is not int[,]);
    }

    private static void Boxes()
    {
        object number = 5;
        Check.That("a boxed int is an int and no long", number is int && number is not long && number is not uint && number is ValueType);
        Check.Equal("unboxing gives the value", (int)number + 1, 6);
        object copy = number;
        Check.That("boxes compare by value", number.Equals(5) && copy.Equals(number) && !number.Equals(5L));
        object small = Small.Two;
        Check.That("an enumeration unboxes as its integer", (byte)small == 2 && (Small)(object)(byte)1 == Small.One);
        int? some = 7;
        int? none = NoNumber();
        Check.That("an optional value boxes as the value or null", (object?)some is int and 7 && (object?)none is null);
        Check.That("and unboxes back", (int?)number == 5 && (int?)Absent() is null && number is int and > 4);
        Check.That("optional values compare", some == 7 && some > 6 && none != 7 && !(none > 0) && some.Equals(7) && none.Equals(null));
        Check.Equal("operators lift over optional values", (some + 1).GetValueOrDefault() + (none + 1 ?? 100), 108);
        Check.Equal("an optional value has text", some.ToString() + none, "7");
        Labelled pair = new(1, "x");
        object boxedPair = pair;
        Check.That("structs with references box", ((Labelled)boxedPair).Text == "x" && boxedPair.Equals(new Labelled(1, "x")));
    }

    private static int? NoNumber() => null;

    private readonly struct Labelled(int number, string text)
    {
        internal readonly int Number = number;
        internal readonly string Text = text;
    }

    private static void Patterns()
    {
        Check.Equal("patterns on types", Kind(1) + Kind("s") + Kind(new Puppy()) + Kind(Wide.Big) + Kind(null) + Kind('c'),
            "int str dog wide nul any ");
        Check.Equal("patterns on properties and ranges", Size([1, 2, 3]) + Size([]) + Size([9]) + Size([1, 7, 9, 9]),
            "threenonesmallends 1 9");
        Check.Equal("switch over strings", Word("alpha") + Word("gamma") + Word("zeta") + Word("none"), 1 + 3 + 6 - 1);
        Check.That("enumerations have bits", (Wide.Big | Wide.Minus) == Wide.Minus && Wide.Minus.HasFlag(Wide.Big)
            && !Small.One.HasFlag(Small.Two));
        Check.That("enumerations compare", Small.One.CompareTo(Small.Two) < 0 && Wide.Minus.CompareTo(Wide.Big) < 0
            && Small.One.Equals(Small.One));
    }

    private static string Kind(object? value) => value switch
    {
        int => "int ",
        string => "str ",
        Dog => "dog ",
        Wide.Big => "wide ",
        null => "nul ",
        _ => "any ",
    };

    private static string Size(int[] items) => items switch
    {
        [] => "none",
        [_] => "small",
        [_, _, _] => "three",
        [int first, .., int last] => $"ends {first} {last}",
    };

    private static int Word(string word) => word switch
    {
        "alpha" => 1,
        "beta" => 2,
        "gamma" => 3,
        "delta" => 4,
        "epsilon" => 5,
        "zeta" => 6,
        "eta" => 7,
        "theta" => 8,
        _ => -1,
    };
}
