// SPDX-License-Identifier: BSD-2-Clause

using System;

/// <summary>The smallest child: says hello and ends.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        Console.WriteLine($"Hello from {arguments[0]}.");
        return 0;
    }
}
