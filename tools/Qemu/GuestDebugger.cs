// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Qemu;

/// <summary>How gdb is brought together with a machine that waits for it.</summary>
public sealed record GuestDebugger(RepositoryLayout Layout, string Sample, int Port)
{
    public const string Program = "gdb";
    public const int DefaultPort = 1234;

    /// <summary>What the sample's Main is called in the image.</summary>
    public string MainSymbol => $"Sample_{Sample.Replace('-', '_')}_Program__Main";

    /// <summary>Kernel, root server and child lie at different addresses, so all symbols can be loaded at once.</summary>
    public IReadOnlyList<string> Arguments() =>
    [
        "-q",
        "-ex", "set confirm off",
        "-ex", $"set substitute-path {ImageBuilder.SourcePrefix} {Layout.Root}",
        "-ex", $"file \"{Layout.KernelElf}\"",
        "-ex", $"add-symbol-file \"{Layout.RootServerElf}\"",
        "-ex", $"add-symbol-file \"{Layout.SampleElf(Sample)}\"",
        "-ex", $"target remote 127.0.0.1:{Port}",
        "-ex", $"break {MainSymbol}",
    ];
}
