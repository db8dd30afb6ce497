// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;

/// <summary>A child that sends the root server whatever comes to its mind, and insists on one sound reply to each of it.</summary>
/// <remarks>Arguments: a seed, and how many requests. It prints what it did in one line, or the first reply that was wrong.</remarks>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        ulong seed = Argument(arguments, 1, 1);
        ulong count = Argument(arguments, 2, 2000);
        Attack attack = new(new Dice(seed), ProcessEnvironment.RpcEndpoint.Pointer, ProcessEnvironment.RpcMagic);
        for (ulong step = 0; step < count; step++)
        {
            if (attack.Once()) continue;
            Console.WriteLine($"seed {seed}, request {step}: {attack.Complaint}");
            return 1;
        }

        Console.WriteLine($"seed {seed}: {count} requests, {attack.Granted} granted, {attack.Refused} refused, each with one reply");
        return 0;
    }

    private static ulong Argument(string[] arguments, int index, ulong otherwise) =>
        arguments.Length > index && int.TryParse(arguments[index], out int value) && value > 0 ? (ulong)value : otherwise;
}
