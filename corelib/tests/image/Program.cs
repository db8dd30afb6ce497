// SPDX-License-Identifier: BSD-2-Clause
using System;

/// <summary>Corelib's self-test: without arguments every check; "failures" lists, "fail NAME" runs, ways to end badly.</summary>
internal static class Program
{
    internal static int Main(string[] args)
    {
        if (args.Length == 1 && args[0] == "failures") return Failures.List();
        if (args.Length == 2 && args[0] == "fail") return Failures.Run(args[1]);
        Check.Run("objects", ObjectTests.Run);
        Check.Run("interfaces", InterfaceTests.Run);
        Check.Run("types", CastTests.Run);
        Check.Run("values", ValueTests.Run);
        Check.Run("delegates", DelegateTests.Run);
        Check.Run("generics", GenericTests.Run);
        Check.Run("iterators", IteratorTests.Run);
        Check.Run("arrays", ArrayTests.Run);
        Check.Run("spans", SpanTests.Run);
        Check.Run("strings", StringTests.Run);
        Check.Run("formatting", FormatTests.Run);
        Check.Run("numbers", NumberTests.Run);
        Check.Run("collections", CollectionTests.Run);
        Check.Run("tables", DictionaryTests.Run);
        Check.Run("statics", StaticTests.Run);
        Check.Run("heap", MemoryTests.Run);
        Check.Run("bits", BitTests.Run);
        Check.Run("UTF-8", TextTests.Run);
        Console.WriteLine($"{Check.Passed} passed, {Check.Failed} failed");
        return Check.Failed == 0 ? 0 : 1;
    }
}
