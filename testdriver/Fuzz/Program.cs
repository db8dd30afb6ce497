// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Fuzz;

/// <summary>Lets threads in ring 3 do random things, and looks after each few thousand calls whether the kernel is still whole.</summary>
internal static class Program
{
    private const ulong CallsOfOneWorld = 5000;
    private const ulong WorldsBetweenFigures = 20;

    internal static int Main(string[] arguments)
    {
        ulong seed = VictimImage.Seed;
        ulong calls = VictimImage.Calls;
        Console.WriteLine($"fuzz: seed {seed}, {calls} system calls");
        Ground.Prepare();
        Supervisor supervisor = new(new Kernel.Fuzz.FuzzRandom(seed));
        ulong worlds = 0;
        while (supervisor.Calls < calls)
        {
            supervisor.RunWorld(Math.Min(CallsOfOneWorld, calls - supervisor.Calls));
            worlds++;
            if (worlds % WorldsBetweenFigures == 0) Print(supervisor, worlds);
        }

        Print(supervisor, worlds);
        Ground.End(0);
        return 0;
    }

    private static void Print(Supervisor supervisor, ulong worlds) => Console.WriteLine(
        $"\nfuzz: {supervisor.Calls} system calls ({supervisor.Done} done, {supervisor.Refused} refused), "
        + $"{supervisor.Others} other instructions, {supervisor.Faults} faults, {worlds} worlds");
}
