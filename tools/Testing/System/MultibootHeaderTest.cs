// SPDX-License-Identifier: BSD-2-Clause
using System.Buffers.Binary;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>The kernel's file has a multiboot 1 header where loaders look for it.</summary>
internal sealed class MultibootHeaderTest : ISystemTest
{
    // Multiboot Specification 0.6.96 §3.1.1: within the first 8192 bytes, aligned to 4.
    private const int Searched = 8192;
    private const uint Magic = 0x1badb002;
    private const uint AlignedModules = 1;
    private const uint MemoryInformation = 2;

    public string Name => "The kernel image has a multiboot 1 header that asks for aligned modules and memory sizes";

    public IReadOnlyList<string> Rules => ["BOOT-1.3"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        BuiltProgram kernel = await (await bench.BuilderAsync()).BuildProgramAsync(bench.Graph.Program(ImageGraph.KernelProgram), cancel);
        byte[] bytes = await File.ReadAllBytesAsync(kernel.Elf, cancel);
        int at = 0;
        while (at < Searched && Word(bytes, at) != Magic) at += 4;
        if (at >= Searched) throw new BuildException($"there is no multiboot header in the first {Searched} bytes of {kernel.Elf}");
        uint flags = Word(bytes, at + 4);
        if (unchecked(Magic + flags + Word(bytes, at + 8)) != 0) throw new BuildException("the multiboot header's checksum is wrong");
        const uint Wanted = AlignedModules | MemoryInformation;
        if ((flags & Wanted) != Wanted) throw new BuildException($"the multiboot header's flags are 0x{flags:x}, without 0x{Wanted:x}");
    }

    private static uint Word(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}
