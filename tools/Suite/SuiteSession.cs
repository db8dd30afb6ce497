// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Cli;
using Sel4.Tools.Cli.Commands;
using Sel4.Tools.Qemu;
using Sel4.Tools.Suite.Reports;

namespace Sel4.Tools.Suite;

/// <summary>One command's run of the suite: machines, a view for people, and the reports.</summary>
internal sealed class SuiteSession(Session session, SuiteImage image, TestInfo[] tests, SuiteOptions options)
{
    private const string MonitorSocket = "monitor";

    /// <summary>Runs, shows, writes; the exit code (TD:X6).</summary>
    internal async Task<int> RunAsync(ReportFiles files)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        SuiteReport report = await RunMachinesAsync(new LiveView(session.Terminal));
        string Path(string file) => System.IO.Path.GetFullPath(file, session.Layout.Root);
        void Write(string? file, Func<string> text)
        {
            if (!string.IsNullOrEmpty(file)) AtomicFile.WriteText(Path(file), text());
        }
        Write(files.Junit, () => JunitSuite.Format(report, started, Environment.MachineName));
        Write(files.Tap, () => TapSuite.Format(report));
        Write(files.Json, () => JsonLines.Format(report));
        Write(files.Plain, () => PlainLines.Format(report));
        if (files.Baseline is { } baseline && files.RecordBaseline) Write(baseline, () => Baseline.Format(report));
        else if (files.Baseline is not null) Baseline.Show(session.Terminal, Path(files.Baseline), report);
        return report.ExitCode;
    }

    /// <summary>Runs the machines.</summary>
    internal async Task<SuiteReport> RunMachinesAsync(LiveView? view)
    {
        var describer = new CaseDescriber(
            program => program < 0 ? image.Driver : image.Programs[program], new Symbolizer(session.Layout));
        var runner = new SuiteRunner(options, tests, Boot, describer);
        if (view is not null)
        {
            view.Begin(runner.SelectedBy(options.ToSelection(0, 0, 0, [])).Length * options.Repeat);
            runner.Started += view.Started;
            runner.Reported += view.Reported;
        }
        SuiteReport report = (await runner.RunAsync(session.Cancel)) with { Properties = PropertiesOfRun() };
        view?.End(report);
        return report;
    }

    private (SuiteMachine Machine, IDisposable Folder) Boot(string selection, int machine)
    {
        var folder = new BootFolder(session.Layout, new BootImage(image.Kernel, image.Driver));
        SuiteImage.WriteSelection(folder.Image.RootServer, selection);
        var qemu = new MachineOptions(folder.Image, options.CountInstructions)
        {
            CommandLine = string.Create(CultureInfo.InvariantCulture, $"loglevel={options.KernelLog}"),
            Monitor = MonitorSocket,
        };
        var made = new SuiteMachine(MachineOptions.Program, qemu.Arguments(), qemu.Folder)
        {
            Monitor = MonitorSocket, Silence = options.Silence, Limit = options.Limit,
        };
        return (made, folder);
    }

    private Dictionary<string, string> PropertiesOfRun() => new()
    {
        ["seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
        ["shuffle"] = options.ShuffleSeed.ToString(CultureInfo.InvariantCulture),
        ["shard"] = options.Shard.Length > 0 ? options.Shard : "1/1",
        ["machines"] = options.Machines.ToString(CultureInfo.InvariantCulture),
        ["cores"] = "1",
        ["machine"] = "qemu pc, TCG",
        ["clock"] = options.CountInstructions ? "instructions" : "host",
        ["timeout-percent"] = options.TimeoutPercent.ToString(CultureInfo.InvariantCulture),
        ["kernel"] = ContentHash.OfFile(image.Kernel)[..16],
    };
}
