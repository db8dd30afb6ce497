// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using System.Diagnostics;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 debug NAME</c>: the machine halted at its first instruction, and gdb with symbols.</summary>
internal static class DebugCommand
{
    private const string SerialLog = "serial.txt";

    internal static Command Create(Session session)
    {
        var name = new Argument<string>("NAME") { Description = "The sample to debug" };
        var port = new Option<int>("--port")
        {
            Description = "Where QEMU waits for gdb", HelpName = "PORT", DefaultValueFactory = _ => GuestDebugger.DefaultPort,
        };
        var printOnly = new Option<bool>("--print-only") { Description = "Print the two commands instead of running them" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command(
            "debug", "Boot halted and open gdb with the symbols of kernel and sample") { name, port, printOnly, noInstall };
        command.SetAction((parsed, _) =>
        {
            string sample = parsed.GetValue(name)!;
            session.RequireSamples([sample]);
            var debugger = new GuestDebugger(session.Layout, sample, parsed.GetValue(port));
            return RunAsync(session, debugger, parsed.GetValue(printOnly), CommonOptions.PermissionOf(parsed, noInstall));
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, GuestDebugger debugger, bool printOnly, Installer.Permission permission)
    {
        IReadOnlyList<Requirement> needed = printOnly ? Requirement.ForBuilding : [.. Requirement.ForBooting, Requirement.Debugger];
        await CommonOptions.EnsureAsync(session, needed, permission);
        RepositoryLayout layout = session.Layout;
        using (BuildLock held = await session.LockAsync())
        {
            await ImageCommand.PublishAsync(session, [debugger.Sample]);
        }
        var machine = new MachineOptions(new BootImage(layout.KernelElf, layout.RootServerElf), DebugPort: debugger.Port);
        if (!printOnly) return await DebugAsync(session, machine, debugger);
        session.Terminal.Line(
            $"(cd {Shell(machine.Folder)} && {MachineOptions.Program} {string.Join(' ', machine.Arguments().Select(Shell))})");
        session.Terminal.Line($"{GuestDebugger.Program} {string.Join(' ', debugger.Arguments().Select(Shell))}");
        return 0;
    }

    // The serial output goes to a file, because gdb has the terminal. In a session of its own, QEMU does not get the
    // terminal's interrupt, with which one stops the guest.
    private static async Task<int> DebugAsync(Session session, MachineOptions machine, GuestDebugger debugger)
    {
        string log = Path.Combine(machine.Folder, SerialLog);
        string[] arguments =
            [MachineOptions.Program, .. machine.Arguments().Select(argument => argument == "stdio" ? "file:" + SerialLog : argument)];
        using IDisposable interrupts = session.Interrupts.LeaveInterruptToChild();
        using Process qemu = ExternalProcess.Start("setsid", arguments, machine.Folder);
        session.Terminal.Note($"The machine waits for gdb; its serial port goes to {session.Layout.Relative(log)}.");
        session.Terminal.Note($"Type 'continue' to run to the Main of {debugger.Sample}.");
        try
        {
            var start = new ProcessStartInfo(GuestDebugger.Program, debugger.Arguments()) { WorkingDirectory = session.Layout.Root };
            using Process gdb = Process.Start(start) ?? throw new BuildException("cannot start gdb", BuildException.Missing);
            await gdb.WaitForExitAsync(CancellationToken.None);
            return gdb.ExitCode;
        }
        finally
        {
            ExternalProcess.Kill(qemu);
        }
    }

    private static string Shell(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || "-_./:=,".Contains(character)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
