// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Text;
using Sel4.Abi;
using Sel4.RootServer;

/// <summary>The root task: sets itself up, runs what its archive's selection names, and says how it went.</summary>
internal static class Program
{
    private const string SelectionFile = "selection";

    internal static int Main(string[] arguments)
    {
        ReadOnlySpan<byte> archive = CarriedArchive.Bytes;
        RootSystem? system = RootSystem.Start(out string problem);
        SelectedProgram[]? programs = system == null ? null : ReadSelection(archive, out problem);
        if (system == null || programs == null)
        {
            Log.Line($"cannot start: {problem}");
            Log.End(1);
            return 1;
        }

        int status = 0;
        foreach (SelectedProgram program in programs)
            if (!Run(system, program, archive)) status = 1;
        Log.End(status);
        return status;
    }

    private static SelectedProgram[]? ReadSelection(ReadOnlySpan<byte> archive, out string problem)
    {
        if (!CpioArchive.TryFind(archive, SelectionFile, out ReadOnlySpan<byte> text, out problem)) return null;
        return Selection.Parse(Encoding.UTF8.GetString(text), out problem);
    }

    private static bool Run(RootSystem system, SelectedProgram program, ReadOnlySpan<byte> archive)
    {
        if (!CpioArchive.TryFind(archive, program.Name, out ReadOnlySpan<byte> file, out string problem))
        {
            Log.Line($"cannot run {program.Name}: {problem}");
            return false;
        }

        bool isWhole = true;
        for (int turn = 0; turn < program.Repeat; turn++)
            isWhole &= system.Supervisor.Run(system.Child, program.Name, program.Arguments, file);
        return isWhole;
    }
}
