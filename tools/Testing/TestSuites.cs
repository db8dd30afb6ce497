// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Cli;

namespace Sel4.Tools.Testing;

/// <summary>The suites, quickest first, so that a mistake shows early.</summary>
internal static class TestSuites
{
    internal static IReadOnlyList<ITestSuite> All(Session session)
    {
        ITestSuite[] suites =
        [
            .. WithoutQemu(session, HostSuite.Depth.Full), new TargetSuite(session), WholeSystem.SystemTests.Create(session),
        ];
        return [.. suites, RuleSuite.Create(session.Layout, suites)];
    }

    /// <summary>What <c>./sel4 check</c> runs: all that needs no QEMU, and one seed of each random test.</summary>
    internal static IReadOnlyList<ITestSuite> Quick(Session session) => WithoutQemu(session, HostSuite.Depth.OneSeed);

    private static IReadOnlyList<ITestSuite> WithoutQemu(Session session, HostSuite.Depth depth) =>
    [
        new ImageSuite(session).Create(),
        new GateSuite(session.Layout, session.Graph, session.BuilderAsync).Create(),
        new CorelibSuite(session.Graph, session.BuilderAsync),
        new HostSuite(session.Layout, session.Terminal.Note, depth),
    ];
}
