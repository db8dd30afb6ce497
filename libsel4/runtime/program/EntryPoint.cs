// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;

/// <summary>Compiled into every program: where start-up finds its Main.</summary>
internal static class EntryPoint
{
    [RuntimeExport("program_main")]
    private static int Run(string[] args) => Program.Main(args);
}
