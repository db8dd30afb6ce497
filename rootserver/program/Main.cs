// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.RootServer;

/// <summary>The root task: sets itself up, runs the system that its archive describes, and says how it went.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        ReadOnlySpan<byte> archive = CarriedArchive.Bytes;
        SystemDescription? description = ReadDescription(archive, out string problem);
        RootSystem? system = description == null ? null : RootSystem.Start(description, out problem);
        int status = 1;
        if (system == null) Log.Line($"cannot start: {problem}");
        else if (system.Supervisor.Run(archive)) status = 0;
        Log.End(status);
        return status;
    }

    private static SystemDescription? ReadDescription(ReadOnlySpan<byte> archive, out string problem) =>
        CpioArchive.TryFind(archive, DescriptionReader.FileName, out ReadOnlySpan<byte> bytes, out problem)
            ? DescriptionReader.Read(bytes, out problem)
            : null;
}
