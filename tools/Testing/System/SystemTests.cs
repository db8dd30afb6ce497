// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Cli;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>The list of whole-system tests.</summary>
internal static class SystemTests
{
    /// <summary>A leak of one object in a child's life shows after this many.</summary>
    private const int SoakRepeats = 200;

    private static IEnumerable<ISystemTest> List(Session session) =>
    [
        new CRootTaskTest(
            "tests/RootTask", "A root task in C finds what the boot sheet promises",
            "BOOT-1.2", "BOOT-2.1", "BOOT-2.3", "BOOT-2.4", "BOOT-4", "BOOT-4.1", "BOOT-5.1", "BOOT-5.2", "BOOT-6", "BOOT-7",
            "BOOT-8.1", "BOOT-8.2", "BOOT-8.3", "BOOT-8.4", "BOOT-9"),
        new CRootTaskTest(
            "tests/RootTaskCalls", "The calls of a root task in C have the effects and answers of the ABI sheet",
            "ABI-3.1", "ABI-3.2", "ABI-3.5", "ABI-3.6", "ABI-4.3", "ABI-4.4", "ABI-4.5", "ABI-5", "ABI-6.1", "ABI-6.2", "ABI-8.2",
            "ABI-8.4", "ABI-10.5", "ABI-11.2", "ABI-12", "ABI-13", "ABI-14.1", "ABI-14.4", "ABI-17.1", "ABI-17.4", "ABI-17.5", "ABI-17.6",
            "ABI-19", "ABI-20", "ABI-23", "R-IOP-08"),
        new CRootTaskTest("kernel/tests/image", "A root task in C meets traps, faults, interrupts and time slices"),
        new RefusalTest("A processor without long mode is refused with its name", "the processor lacks: SYSCALL long-mode")
        {
            Change = machine => machine with { Cpu = "qemu32" },
        },
        new RefusalTest("A kernel without a root task says what is missing", "the loader gave no root task", "BOOT-2.1")
        {
            Change = machine => machine with { HasRootTask = false },
        },
        new MultibootHeaderTest(),
        new RefusalTest("A machine without ACPI tables is refused", "the firmware has no ACPI tables", "BOOT-2.3")
        {
            Change = machine => machine with { Machine = "pc,acpi=off" },
        },
        new RefusalTest("A root task that is no ELF file is refused", "the root task is not a 64-bit ELF file"),
        .. session.Graph.Samples.Select(name => new SampleTest(name)),
        new TourTest(),
        new SoakTest("hello", SoakRepeats),
        .. Enumerable.Range(1, 4).Select(seed => new HostileTest((ulong)seed, 3000)),
        new SideBySideTest(),
        new ChurnTest(),
        new ConsoleTest(),
        new SweepTest(),
        new StubbornTest(),
        new RequestsTest(),
        new PolicyTest("fail-nth:n=1", "Refused: fail-nth: refused on purpose.", "1"),
        new PolicyTest("quota:ram=8KiB", "Refused: quota: the limit of RAM would be exceeded.", "1"),
        new PolicyTest("rate-limit:per-second=1,burst=2", "There is no page table for it.", "1"),
        new PolicyTest("lease:time=1s", "Gave it back.", "0"),
        new PolicyTest("random:seed=7", "The screen says", "0"),
        new DebuggerTest("hello"),
        new FuzzTest(),
        new SuiteBadTest(session),
        new BenchTest(),
        new ReproductionTest(session),
    ];

    internal static ITestSuite Create(Session session)
    {
        var bench = new SystemTestBench(session);
        return new CaseSuite(
            "system", [.. List(session).Select(test => new TestCase(test.Name, test.Rules, cancel => test.RunAsync(bench, cancel)))]);
    }
}
