// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Sel4.Abi;
using Sel4.RootServer;

/// <summary>The root task: sets itself up, runs what its archive's selection names, and says how it went.</summary>
internal static unsafe class Program
{
    private const string SelectionFile = "selection";

    internal static int Main(string[] arguments)
    {
        nuint archiveBytes;
        byte* archive = CarriedArchive.Get(&archiveBytes);
        RootSystem? system = RootSystem.Start(out string problem);
        SelectedProgram[]? programs = system == null ? null : ReadSelection(archive, archiveBytes, out problem);
        if (system == null || programs == null)
        {
            Log.Line($"cannot start: {problem}");
            Log.End(1);
            return 1;
        }

        int status = 0;
        foreach (SelectedProgram program in programs)
            if (!Run(system, program, archive, archiveBytes)) status = 1;
        Log.End(status);
        return status;
    }

    private static SelectedProgram[]? ReadSelection(byte* archive, nuint archiveBytes, out string problem)
    {
        if (!CpioArchive.TryFind(archive, archiveBytes, SelectionFile, out byte* data, out nuint bytes, out problem)) return null;
        return Selection.Parse(Encoding.UTF8.GetString(new System.ReadOnlySpan<byte>(data, (int)bytes)), out problem);
    }

    private static bool Run(RootSystem system, SelectedProgram program, byte* archive, nuint archiveBytes)
    {
        if (!CpioArchive.TryFind(archive, archiveBytes, program.Name, out byte* file, out nuint bytes, out string problem))
        {
            Log.Line($"cannot run {program.Name}: {problem}");
            return false;
        }

        bool isWhole = true;
        for (int turn = 0; turn < program.Repeat; turn++)
            isWhole &= system.Supervisor.Run(system.Child, program.Name, program.Arguments, file, bytes);
        return isWhole;
    }
}
