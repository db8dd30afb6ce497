// SPDX-License-Identifier: BSD-2-Clause
using System.Buffers.Binary;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Fuzz;

/// <summary>The fuzzer that runs in ring 3 (testdriver/Fuzz): how it is told what to do, and how it is booted.</summary>
internal static class RingThree
{
    /// <summary>What the program has before its parameters: seed and number of calls, a word each.</summary>
    private static ReadOnlySpan<byte> Marker => "fuzz parameters:"u8;

    /// <summary>
    /// How the kernel is booted: refusals and faults of victims are what is wanted, and not worth a line each. Time is counted in
    /// instructions, so that timer interrupts come at the same places each time, too.
    /// </summary>
    internal static MachineOptions Quietly(MachineOptions machine) => machine with { CommandLine = "loglevel=0", CountInstructions = true };

    /// <summary>Writes the parameters into a copy of the program.</summary>
    internal static void SetParameters(string elf, ulong seed, ulong calls)
    {
        byte[] file = File.ReadAllBytes(elf);
        int place = file.AsSpan().IndexOf(Marker);
        if (place < 0) throw new BuildException($"{elf} has no parameters");
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(place + Marker.Length), seed);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(place + Marker.Length + sizeof(ulong)), calls);
        File.WriteAllBytes(elf, file);
    }
}
