// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Doctor;

/// <summary>A program that the machine has to offer, and the Debian package that brings it.</summary>
/// <param name="NeededFor">Completes the sentence "needed to …".</param>
/// <param name="IsOptional">True when only some commands need it.</param>
public sealed record Requirement(string Program, string Package, string NeededFor, bool IsOptional = false)
{
    public static readonly Requirement Qemu = new("qemu-system-x86_64", "qemu-system-x86", "boot an image");
    public static readonly Requirement Linker = new("ld", "binutils", "link an image");
    public static readonly Requirement Assembler = new("as", "binutils", "assemble entry code");
    public static readonly Requirement Strip = new("strip", "binutils", "pack children into the archive");
    public static readonly Requirement C = new("gcc", "gcc", "test the kernel with a root task written in C", IsOptional: true);
    public static readonly Requirement Debugger = new("gdb", "gdb", "use ./sel4 debug", IsOptional: true);

    /// <summary>What it takes to build an image.</summary>
    public static readonly IReadOnlyList<Requirement> ForBuilding = [Linker, Assembler, Strip];

    /// <summary>What it takes to build and boot one.</summary>
    public static readonly IReadOnlyList<Requirement> ForBooting = [.. ForBuilding, Qemu];

    public static readonly IReadOnlyList<Requirement> All = [.. ForBooting, C, Debugger];

    /// <summary>Where the program is, or null.</summary>
    public string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Program))
            .FirstOrDefault(File.Exists);
}
