// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Elf;

namespace Sel4.Tools.Build.Gates;

/// <summary>What a gate looks at: the object file that ilc made, and what ilc said about it.</summary>
public sealed record GateSubject(ElfFile Object, string CompilerLog)
{
    public static GateSubject Of(string objectFile, string compilerLog) => new(ElfFile.Open(objectFile), compilerLog);
}

/// <summary>A property that every kernel build must have.</summary>
public interface IGate
{
    /// <summary>What holds when the gate is passed, as a sentence.</summary>
    string Promise { get; }

    /// <summary>What breaks the promise, one line each; empty when nothing does.</summary>
    IReadOnlyList<string> Violations(GateSubject subject);
}
