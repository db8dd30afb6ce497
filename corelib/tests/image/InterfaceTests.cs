// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Calls through interfaces: many classes at one call, bodies in interfaces, variance, structs, delegates.</summary>
internal static class InterfaceTests
{
    private interface INumber
    {
        int Value { get; }

        int Doubled() => 2 * Value;
    }

    private interface INamedNumber : INumber
    {
        string Name => "number " + Value;

        int INumber.Doubled() => 1000 + Value;
    }

    private sealed class One : INumber
    {
        public int Value => 1;
    }

    private sealed class Two : INumber
    {
        public int Value => 2;

        public int Doubled() => 4444;
    }

    private class Three : INumber
    {
        public virtual int Value => 3;
    }

    private sealed class Four : Three
    {
        public override int Value => 4;
    }

    private sealed class Five : INamedNumber
    {
        int INumber.Value => 5;
    }

    private struct Six : INumber
    {
        internal int Calls;

        public int Value => 6 + Calls++;
    }

    private class Seven : Three, INumber
    {
        int INumber.Value => 7;
    }

    private interface ISource<out T>
    {
        T Get();
    }

    private interface ISink<in T>
    {
        string Put(T value);
    }

    private sealed class TextSource : ISource<string>
    {
        public string Get() => "text";
    }

    private sealed class ObjectSink : ISink<object>
    {
        public string Put(object value) => "put " + value;
    }

    private interface IMany
    {
        long Sum(int a, long b, byte c, int d, int e, long f, long g, double h);
    }

    private sealed class Many : IMany
    {
        public long Sum(int a, long b, byte c, int d, int e, long f, long g, double h) => a + b + c + d + e + f + g + (long)h;
    }

    private sealed class OtherMany : IMany
    {
        public long Sum(int a, long b, byte c, int d, int e, long f, long g, double h) => -(a + b + c + d + e + f + g + (long)h);
    }

    private interface IFactory<TSelf> where TSelf : IFactory<TSelf>
    {
        static abstract TSelf Make(int seed);

        static virtual string Kind => "plain";
    }

    private sealed class Made : IFactory<Made>
    {
        internal int Seed;

        public static Made Make(int seed) => new() { Seed = seed };
    }

    private struct Special : IFactory<Special>
    {
        internal int Seed;

        public static Special Make(int seed) => new() { Seed = seed + 1 };

        public static string Kind => "special";
    }

    internal static void Run()
    {
        Calls();
        Variance();
        Statics();
    }

    private static void Calls()
    {
        INumber[] numbers = [new One(), new Two(), new Three(), new Four(), new Five(), new Six(), new Seven()];
        int sum = 0;
        int doubled = 0;
        for (int round = 0; round < 3; round++)
        {
            foreach (INumber number in numbers) sum = (sum * 2) + number.Value;
            foreach (INumber number in numbers) doubled += number.Doubled();
        }
        Check.Equal("seven classes at one call, three times over", sum, ExpectedSum());
        Check.Equal("bodies in interfaces, overridden or not", doubled, ExpectedDoubled());
        Check.Equal("a more derived interface's body wins", ((INumber)new Five()).Doubled(), 1005);
        Check.Equal("an explicit implementation in a derived class wins", ((INumber)new Seven()).Value, 7);
        Check.Equal("a default property of a derived interface", ((INamedNumber)new Five()).Name, "number 5");
        INumber boxed = new Six();
        Check.Equal("a boxed struct keeps its changes", boxed.Value + boxed.Value, 13);
        Check.Equal("a constrained call on a struct does not box", Twice(new Six()), 13);
        ManyClasses();
        IMany[] many = [new Many(), new OtherMany(), new Many()];
        long total = 0;
        foreach (IMany item in many) total += item.Sum(1, 2, 3, 4, 5, 6, 7, 8.5);
        Check.Equal("arguments in registers and on the stack survive the first call", total, 36L);
        Func<int> closed = numbers[3].Doubled;
        Check.Equal("a delegate to an interface method", closed(), 8);
    }

    private interface ITag
    {
        int Tag { get; }
    }

    private class Tagged<T> : ITag
    {
        internal int Number;

        public int Tag => Number;
    }

    /// <summary>More classes at one call than it can remember: every arity of nesting is a class of its own.</summary>
    private static void ManyClasses()
    {
        ITag[] tags = new ITag[60];
        Nest<byte>(tags, 0);
        Nest<short>(tags, 20);
        Nest<int>(tags, 40);
        int sum = 0;
        for (int round = 0; round < 4; round++)
        {
            foreach (ITag tag in tags) sum += tag.Tag;
        }
        Check.Equal("sixty classes at one call", sum, 4 * 59 * 60 / 2);
    }

    private static void Nest<T>(ITag[] tags, int start)
    {
        Add<T>(tags, start);
        Add<(T, T)>(tags, start + 5);
        Add<(T, (T, T))>(tags, start + 10);
        Add<((T, T), T)>(tags, start + 15);
    }

    private static void Add<T>(ITag[] tags, int start)
    {
        tags[start] = new Tagged<T> { Number = start };
        tags[start + 1] = new Tagged<T[]> { Number = start + 1 };
        tags[start + 2] = new Tagged<(T, byte)> { Number = start + 2 };
        tags[start + 3] = new Tagged<(byte, T)> { Number = start + 3 };
        tags[start + 4] = new Tagged<List<T>> { Number = start + 4 };
    }

    private static int ExpectedSum()
    {
        int sum = 0;
        for (int round = 0; round < 3; round++)
        {
            ReadOnlySpan<int> values = [1, 2, 3, 4, 5, 6 + (2 * round), 7];
            foreach (int value in values) sum = (sum * 2) + value;
        }
        return sum;
    }

    private static int ExpectedDoubled() => (3 * (2 + 4444 + 6 + 8 + 1005 + 14)) + (2 * (7 + 9 + 11));

    private static int Twice<T>(T number) where T : INumber => number.Value + number.Value;

    private static void Variance()
    {
        ISource<object> source = new TextSource();
        Check.Equal("an interface may be covariant", (string)source.Get(), "text");
        ISink<string> sink = new ObjectSink();
        Check.Equal("an interface may be contravariant", sink.Put("x"), "put x");
        object asObject = new TextSource();
        Check.That("a type test knows variance", asObject is ISource<object> && asObject is not ISource<Array>);
        IEnumerable<object> objects = new List<string> { "a", "b" };
        Check.Equal("a list of strings is a sequence of objects", string.Concat(objects), "ab");
        IReadOnlyList<object> array = new[] { "x", "y" };
        Check.Equal("an array of strings is a list of objects", (string)array[1] + array.Count, "y2");
        Func<string> narrow = () => "f";
        Func<object> wide = narrow;
        Check.Equal("a delegate may be covariant", (string)wide(), "f");
        Action<object> takesAny = _ => { };
        Action<string> takesText = takesAny;
        Check.That("a delegate may be contravariant", ReferenceEquals(takesAny, takesText) && (object)takesAny is Action<string>);
    }

    private static void Statics()
    {
        Check.Equal("a static abstract method of a class", Make<Made>(3).Seed, 3);
        Check.Equal("a static abstract method of a struct", Make<Special>(3).Seed, 4);
        Check.Equal("static virtual members", Kind<Special>() + Kind<Made>(), "specialplain");
    }

    private static T Make<T>(int seed) where T : IFactory<T> => T.Make(seed);

    private static string Kind<T>() where T : IFactory<T> => T.Kind;
}
