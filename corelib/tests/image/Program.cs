// SPDX-License-Identifier: BSD-2-Clause
using System;

/// <summary>Corelib's self-test: without arguments every check; "failures" lists, "fail NAME" runs, ways to end badly.</summary>
internal static class Program
{
    internal static int Main(string[] args)
    {
        if (args.Length == 1 && args[0] == "failures") return Failures.List();
        if (args.Length == 2 && args[0] == "fail") return Failures.Run(args[1]);
        ObjectTests.Run();
        InterfaceTests.Run();
        CastTests.Run();
        ValueTests.Run();
        DelegateTests.Run();
        GenericTests.Run();
        IteratorTests.Run();
        ArrayTests.Run();
        SpanTests.Run();
        StringTests.Run();
        FormatTests.Run();
        NumberTests.Run();
        CollectionTests.Run();
        DictionaryTests.Run();
        StaticTests.Run();
        MemoryTests.Run();
        BitTests.Run();
        TextTests.Run();
        Console.WriteLine($"{Check.Passed} passed, {Check.Failed} failed");
        return Check.Failed == 0 ? 0 : 1;
    }
}
