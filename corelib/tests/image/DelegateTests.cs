// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

/// <summary>Delegates of every make, lists of them, closures, events, function pointers.</summary>
internal static class DelegateTests
{
    private delegate int Operation(int left, int right);

    private sealed class Counter
    {
        internal int Count;

        internal event Action<int>? Changed;

        internal void Add(int amount)
        {
            Count += amount;
            Changed?.Invoke(Count);
        }

        internal Accumulate Bound => AddAndGet;

        internal delegate int Accumulate(int amount);

        private int AddAndGet(int amount)
        {
            Count += amount;
            return Count;
        }
    }

    private sealed class Maker(string name)
    {
        internal string Make<T>()
            => name + (typeof(T) == typeof(string) ? " text " : typeof(T) == typeof(List<string>) ? " list " : " number ");
    }

    private static int Multiply(int left, int right) => left * right;

    private static string s_log = "";

    private static void LogA() => s_log += "a";

    private static void LogB() => s_log += "b";

    private static void LogC() => s_log += "c";

    internal static void Run()
    {
        Kinds();
        Lists();
        Closures();
    }

    private static void Kinds()
    {
        Operation multiply = Multiply;
        Check.Equal("a delegate to a static method", multiply(6, 7), 42);
        Counter counter = new();
        Counter.Accumulate add = counter.Bound;
        add(3);
        Check.Equal("a delegate to an instance method", add(4), 7);
        Check.That("it knows its target", ReferenceEquals(add.Target, counter) && multiply.Target is null);
        Func<string, int> length = text => text.Length;
        Check.Equal("a lambda", length("four"), 4);
        Func<object, string> extension = Extensions.Describe;
        Check.Equal("a delegate to an extension method taken statically", extension("x"), "<x>");
        Func<string> closed = "y".Describe;
        Check.Equal("and bound to its receiver", closed(), "<y>");
        Operation same = Multiply;
        Check.That("delegates to the same method are equal", multiply == same && multiply.GetHashCode() == same.GetHashCode());
        Check.That("to other objects are not", counter.Bound == counter.Bound && counter.Bound != new Counter().Bound);
        Func<object> newObject = Create<List<int>>;
        Check.That("a delegate to a generic method", newObject() is List<int>);
        Maker maker = new("made");
        Func<string> ofText = maker.Make<string>;
        Func<string> ofList = maker.Make<List<string>>;
        Func<string> ofNumber = maker.Make<int>;
        Check.Equal("a delegate to a generic method of an object", ofText() + ofList() + ofNumber(), "made text made list made number ");
        Check.That("and it knows its target", ReferenceEquals(ofText.Target, maker) && ofText == maker.Make<string> && ofText != ofList);
        Check.Equal("a struct's method", new Func<string>(5.ToString)(), "5");
        unsafe
        {
            delegate*<int, int, int> pointer = &Multiply;
            Check.Equal("a function pointer", pointer(5, 5), 25);
        }
    }

    private static object Create<T>() where T : new() => new T();

    private static void Lists()
    {
        Action log = LogA;
        log += LogB;
        log += LogC;
        log();
        Check.Equal("a list calls all in order", s_log, "abc");
        s_log = "";
        log = (Action)(log - LogB)!;
        log();
        Check.Equal("one is taken out", s_log, "ac");
        Action twice = (Action)log + LogA + LogC;
        s_log = "";
        twice = (Action)(twice - log)!;
        twice();
        Check.Equal("the last occurrence of a list is taken out", s_log, "ac");
        Check.Equal("a list can be taken apart", log.GetInvocationList().Length, 2);
        Check.That("lists compare by their entries", log == (Action)LogA + LogC && log != (Action)LogC + LogA);
        Check.That("nothing left is null", (Action?)LogA - LogA is null && ((Action?)LogA - LogB) == LogA);
        Func<int> values = () => 1;
        values += () => 2;
        Check.Equal("the result is that of the last", values(), 2);
        Counter counter = new();
        int seen = 0;
        counter.Add(1);
        counter.Changed += value => seen += value;
        counter.Changed += value => seen += 100 * value;
        counter.Add(1);
        Check.Equal("events", seen, 202);
    }

    private static void Closures()
    {
        List<Func<int>> functions = [];
        for (int index = 0; index < 3; index++)
        {
            int copy = index;
            functions.Add(() => copy * 10);
        }
        int sum = 0;
        foreach (Func<int> function in functions) sum += function();
        Check.Equal("each closure has its own variables", sum, 30);
        int shared = 0;
        Action increment = () => shared++;
        increment();
        increment();
        Check.Equal("a closure shares its variables", shared, 2);
        Func<int, Func<int, int>> adder = left => right => left + right;
        Check.Equal("closures nest", adder(3)(4), 7);
        Check.Equal("local functions recurse", Factorial(5), 120);

        static int Factorial(int number) => number <= 1 ? 1 : number * Factorial(number - 1);
    }
}

internal static class Extensions
{
    internal static string Describe(this object value) => "<" + value + ">";

    extension(int number)
    {
        internal bool IsEven => number % 2 == 0;

        internal int Times(int factor) => number * factor;
    }

    extension(string)
    {
        internal static string Stars(int count) => new('*', count);
    }
}
