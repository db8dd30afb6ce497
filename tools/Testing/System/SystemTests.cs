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
        new CRootTaskTest("tests/RootTask", "A root task in C finds what the boot sheet promises"),
        new CRootTaskTest("tests/RootTaskCalls", "The calls of a root task in C have the effects and answers of the ABI sheet"),
        new CRootTaskTest("kernel/tests/image", "A root task in C meets traps, faults, interrupts and time slices"),
        .. session.Graph.Samples.Select(name => new SampleTest(name)),
        new SoakTest("hello", SoakRepeats),
        new DebuggerTest("hello"),
    ];

    internal static ITestSuite Create(Session session)
    {
        var bench = new SystemTestBench(session);
        return new CaseSuite(
            "system", [.. List(session).Select(test => new TestCase(test.Name, test.Rules, cancel => test.RunAsync(bench, cancel)))]);
    }
}
