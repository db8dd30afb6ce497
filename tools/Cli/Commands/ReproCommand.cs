// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 repro</c>: the same sources give the same bytes wherever they lie.</summary>
internal static class ReproCommand
{
    internal static Command Create(Session session)
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the two builds in artifacts/repro" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("repro", "Build twice in different folders and compare the hashes") { keep, noInstall };
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBuilding, CommonOptions.PermissionOf(parsed, noInstall));
            return await RunAsync(session, parsed.GetValue(keep));
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, bool keep)
    {
        using BuildLock held = await session.LockAsync();
        IReadOnlyList<ReproducedFile> files = await Reproduction.BuildTwiceAsync(session);
        foreach (ReproducedFile file in files)
        {
            if (file.IsSame) session.Terminal.Good($"same       {file.Name}  {file.First}");
            else session.Terminal.Bad($"DIFFERENT  {file.Name}  {file.First}  {file.Second}");
        }
        bool allSame = files.All(file => file.IsSame);
        if (allSame && !keep) Reproduction.Clean(session.Layout);
        return allSame ? 0 : BuildException.Failure;
    }
}
