// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using System.Globalization;
using Sel4.Tools.Bench;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;
using Spectre.Console;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 bench</c>: guest instructions of the paths that matter, beside their goals.</summary>
internal static class BenchCommand
{
    internal static Command Create(Session session)
    {
        var timeout = CommonOptions.TimeoutSeconds(300);
        var noInstall = CommonOptions.NoInstall();
        var allocators = new Option<bool>("--allocators")
        {
            Description = "Measure the allocators instead, on the host against a model of the kernel",
        };
        var command = new Command("bench", "Measure in guest instructions and print the figures beside their goals")
        {
            timeout, noInstall, allocators,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(allocators))
                return await new AllocatorBench(session.Layout, session.Terminal.Line, session.Cancel).RunAsync() ? 0 : 1;
            TimeSpan limit = TimeSpan.FromSeconds(parsed.GetValue(timeout));
            return await RunAsync(session, limit, CommonOptions.PermissionOf(parsed, noInstall));
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, TimeSpan limit, Installer.Permission permission)
    {
        await CommonOptions.EnsureAsync(session, Requirement.ForBooting, permission);
        session.Terminal.Note("booting the benchmarks; QEMU counts instructions, which is slow");
        List<Measurement> measured = [];
        using BootFolder kernel = await BootImages.PrepareRootTaskAsync(session, ImageGraph.KernelBenchProgram);
        await MeasureAsync(session, kernel, limit, measured);
        using BootFolder rpc = await BootImages.PrepareAsync(session, session.Systems.OfPrograms([ImageGraph.RpcBenchProgram]));
        await MeasureAsync(session, rpc, limit, measured);
        session.Terminal.Out.Write(TableOf(measured, Goal.Read(session.Layout)));
        return 0;
    }

    /// <summary>Boots one program and adds its figures.</summary>
    /// <remarks>Errors: BuildException when it did not end well or measured nothing, after its last lines were shown.</remarks>
    private static async Task MeasureAsync(Session session, BootFolder boot, TimeSpan limit, List<Measurement> measured)
    {
        BootResult result = await Machine.RunAsync(new MachineOptions(boot.Image, CountInstructions: true), limit, null, session.Cancel);
        int before = measured.Count;
        measured.AddRange(result.Transcript.Lines.Select(Measurement.Parse).OfType<Measurement>());
        if (result.Succeeded && measured.Count > before) return;
        foreach (string line in result.Transcript.Lines.TakeLast(20)) session.Terminal.Line("| " + line);
        throw new BuildException(measured.Count == before ? $"no measurement came: {result.Reason}" : result.Reason);
    }

    private static Table TableOf(IReadOnlyList<Measurement> measured, IReadOnlyList<Goal> goals)
    {
        Table table = new Table().Title("guest instructions").Border(TableBorder.Simple);
        foreach (string column in new[] { "name", "what", "min", "median", "p99", "C", "goal", "" }) table.AddColumn(column);
        foreach (int number in new[] { 2, 3, 4, 5, 6 }) table.Columns[number].RightAligned();
        foreach (Measurement figure in measured)
        {
            Goal? goal = goals.FirstOrDefault(candidate => candidate.Name == figure.Name);
            string verdict = goal is null ? ""
                : figure.Median <= goal.Limit ? "[green]met[/]"
                : $"[yellow]{Ratio(figure.Median, goal.Limit)} of goal[/]";
            table.AddRow(
                Markup.Escape(figure.Name), Markup.Escape(goal?.What ?? ""), $"{figure.Minimum:N0}", $"{figure.Median:N0}",
                $"{figure.Percentile99:N0}", goal is null ? "" : $"{goal.Reference:N0}", goal is null ? "" : $"{goal.Limit:N0}", verdict);
        }
        return table;
    }

    private static string Ratio(ulong figure, ulong goal) => ((double)figure / goal).ToString("0.00", CultureInfo.InvariantCulture) + "×";
}
