// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>gdb stops at the first line of a sample's Main and knows file, line and caller.</summary>
internal sealed class DebuggerTest(string sample) : ISystemTest
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public string Name => $"gdb stops in the Main of {sample} and shows its source";

    public IReadOnlyList<string> Rules => [];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        if (Requirement.Debugger.Find() is null) throw new SkipException("there is no gdb on this machine");
        BootImage image = await bench.PublishAsync([sample]);
        var debugger = new GuestDebugger(bench.Layout, sample, FreePort());
        var machine = new MachineOptions(image, DebugPort: debugger.Port);
        using Process qemu = ExternalProcess.Start(MachineOptions.Program, machine.Arguments(), machine.Folder);
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(
                GuestDebugger.Program, ["-batch", "-nx", .. debugger.Arguments(), "-ex", "continue", "-ex", "backtrace", "-ex", "list"],
                bench.Layout.Root, s_limit, cancel);
            foreach (
                string clue in new[]
                {
                    $"{debugger.MainSymbol} (", $"samples/{sample}/Program.cs:", "Startup.cs:", "internal static int Main"
                })
            {
                if (!result.Output.Contains(clue, StringComparison.Ordinal))
                {
                    throw new BuildException($"gdb does not say '{clue}':\n{result.Output}");
                }
            }
        }
        finally
        {
            ExternalProcess.Kill(qemu);
        }
    }

    // Another debugger on this machine may hold the usual port.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
