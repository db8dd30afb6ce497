// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Testing;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 check</c>: the inner loop, all that can be known without booting.</summary>
internal static class CheckCommand
{
    internal static Command Create(Session session)
    {
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("check", "The inner loop: compile everything, run gates and host tests, boot nothing") { noInstall };
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBuilding, CommonOptions.PermissionOf(parsed, noInstall));
            using BuildLock held = await session.LockAsync();
            string junit = Path.Combine(session.Layout.Artifacts, "check-results.xml");
            return await TestRun.RunAsync(session, TestSuites.Quick(session), TestFilter.Everything, junit, TestRun.Order.SideBySide);
        });
        return command;
    }
}
