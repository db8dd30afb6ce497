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
        var printOnly = new Option<bool>("--print-only") { Description = "Print the two commands instead of running them" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("debug", "Boot halted and open gdb with the symbols of kernel and sample") { name, printOnly, noInstall };
        command.SetAction((parsed, _) => RunAsync(
            session, parsed.GetValue(name)!, parsed.GetValue(printOnly), CommonOptions.PermissionOf(parsed, noInstall)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string name, bool printOnly, Installer.Permission permission)
    {
        session.RequireSamples([name]);
        await CommonOptions.EnsureAsync(
            session, printOnly ? Requirement.ForBuilding : [.. Requirement.ForBooting, Requirement.Debugger], permission);
        RepositoryLayout layout = session.Layout;
        using (BuildLock held = await session.LockAsync())
        {
            await ImageCommand.PublishAsync(session, [name]);
        }
        var machine = new MachineOptions(new BootImage(layout.KernelElf, layout.RootServerElf), WaitForDebugger: true);
        IReadOnlyList<string> qemu = machine.Arguments();
        string[] gdb = GdbArguments(layout, name);
        if (printOnly)
        {
            session.Terminal.Line($"(cd {Shell(machine.Folder)} && {MachineOptions.Program} {string.Join(' ', qemu.Select(Shell))})");
            session.Terminal.Line($"gdb {string.Join(' ', gdb.Select(Shell))}");
            return 0;
        }
        return await DebugAsync(session, machine, gdb);
    }

    // The serial output goes to a file, because gdb has the terminal.
    private static async Task<int> DebugAsync(Session session, MachineOptions machine, string[] gdb)
    {
        string log = Path.Combine(machine.Folder, SerialLog);
        string[] arguments = [.. machine.Arguments().Select(argument => argument == "stdio" ? "file:" + SerialLog : argument)];
        using Process qemu = ExternalProcess.Start(MachineOptions.Program, arguments, machine.Folder);
        session.Terminal.Note($"the machine waits for gdb; its serial port goes to {session.Layout.Relative(log)}");
        try
        {
            var start = new ProcessStartInfo(Requirement.Debugger.Program, gdb) { WorkingDirectory = session.Layout.Root };
            using Process debugger = Process.Start(start) ?? throw new BuildException("cannot start gdb", BuildException.Missing);
            // The terminal's interrupt is gdb's business: it stops the guest, not us.
            await debugger.WaitForExitAsync(CancellationToken.None);
            return debugger.ExitCode;
        }
        finally
        {
            ExternalProcess.Kill(qemu);
        }
    }

    /// <summary>Kernel symbols first; user programs share their addresses, so hardware breakpoints and one program at a time.</summary>
    private static string[] GdbArguments(RepositoryLayout layout, string name) =>
    [
        "-q",
        "-ex", $"set substitute-path {ImageBuilder.SourcePrefix} {layout.Root}",
        "-ex", "set confirm off",
        "-ex", $"file \"{layout.KernelElf}\"",
        "-ex", $"add-symbol-file \"{layout.SampleElf(name)}\"",
        "-ex", "target remote :1234",
    ];

    private static string Shell(string word) =>
        word.All(character => char.IsLetterOrDigit(character) || "-_./:=,".Contains(character)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
