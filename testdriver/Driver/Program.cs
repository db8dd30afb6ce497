// SPDX-License-Identifier: BSD-2-Clause
using Sel4.RootServer;
using Sel4.TestDriver;
using Sel4.Testing;

/// <summary>The test driver: a root task that runs each test in a process of its own and tells how it ended. TD:§1.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        Reporter reporter = new();
        string text = SelectionText.Read();
        Selection? selection = Selection.Parse(text.Length == 0 ? Selection.Header : text, out string problem);
        if (selection == null) DriverEnd.Fatal(reporter, problem);
        reporter.Nonce = selection.Nonce;
        reporter.HasPlainLines = selection.HasPlainLines;

        OwnResources? own = OwnResources.Take(out problem);
        if (own == null) DriverEnd.Fatal(reporter, problem);
        DriverClock clock = selection.HasTimer ? DriverClock.Start(own) : new DriverClock(null);
        TestPrograms programs = new();
        TestInfo[]? tests = programs.ReadTests(out problem);
        if (tests == null) DriverEnd.Fatal(reporter, problem);
        problem = FaultWatch.Start(own, reporter) ?? "";
        if (problem.Length > 0) DriverEnd.Fatal(reporter, problem);

        TestChild child = new(own);
        problem = child.Prepare() ?? "";
        if (problem.Length > 0) DriverEnd.Fatal(reporter, problem);
        ResourceServer server = new(own.Space, own.Memory);
        if (clock.Hardware != null) server.UseClock(clock.Hardware);
        Books books = new(own.Memory, own.Space.Slots, server);
        TestLife life = new(own, child, clock, server, books, reporter);
        TestType[] types = [new BootstrapType(reporter, clock), new ProcessType(life, programs), new BenchmarkType(life, programs)];
        SuiteRun run = new(tests, selection, types, reporter, clock);
        reporter.Record.Begin("suite");
        reporter.Record.Add("tests", (ulong)tests.Length);
        reporter.Record.Add("selected", (ulong)run.Selected);
        reporter.Record.Add("boot", (ulong)selection.Boot);
        reporter.Record.Add("timer", clock.IsThere ? "hpet" : "none");
        reporter.Record.Add("tsc-mhz", Sel4.ProcessEnvironment.BootInfo.TscMegahertz);
        reporter.Send();
        Sel4.IpcBuffer.Current.ClearReceiveSlot();
        string reason = run.Run();
        DriverEnd.Stop(reporter, reason, run.Status);
        return 0;
    }
}
