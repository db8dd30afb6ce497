// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Fuzz;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 fuzz</c>: random programs against the kernel or the resource server, at length.</summary>
internal static class FuzzCommand
{
    private const string Qemu = "qemu";
    private const long UsualSteps = 1_000_000;
    private const int Violation = 1;
    private static readonly string[] s_modes = ["structured", "wild", "model", "model-wild", Qemu, RpcFuzzRunner.Mode];

    internal static Command Create(Session session)
    {
        var mode = new Option<string>("--mode")
        {
            Description = "structured: nearly right calls; wild: garbage as well; model: beside kernel/model; qemu: in ring 3; "
                + "rpc: clients of the resource server",
            DefaultValueFactory = _ => s_modes[0], HelpName = string.Join('|', s_modes),
        };
        mode.AcceptOnlyFromAmong(s_modes);
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same seed gives the same run", DefaultValueFactory = _ => 1, HelpName = "N",
        };
        var steps = new Option<long>("--steps")
        {
            Description = "Steps to play; system calls with --mode qemu", DefaultValueFactory = _ => UsualSteps, HelpName = "N",
        };
        var minutes = new Option<double>("--minutes") { Description = "Stop after so long; 0 = when the steps are played", HelpName = "N" };
        var fastpath = new Option<string>("--fastpath")
        {
            Description = "Whether calls take the kernel's short cuts; both: every game twice, with the same outcome",
            DefaultValueFactory = _ => "on", HelpName = "on|off|both",
        };
        fastpath.AcceptOnlyFromAmong("on", "off", "both");
        var everything = new Option<bool>("--check-every-step") { Description = "Check the whole state after each entry: slow" };
        var game = new Option<long?>("--game") { Description = "Play this game of the seed only, with every check", HelpName = "N" };
        var replay = new Option<string?>("--replay") { Description = "Play the steps of a file that a violation left", HelpName = "FILE" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("fuzz", "Play random programs against the kernel or its resource server; ends with 1 after a violation")
        {
            mode, seed, steps, minutes, fastpath, everything, game, replay, noInstall,
        };
        command.SetAction(async (parsed, _) =>
        {
            string chosen = parsed.GetValue(mode)!;
            var limit = TimeSpan.FromMinutes(parsed.GetValue(minutes));
            if (chosen == Qemu)
            {
                await CommonOptions.EnsureAsync(session, Requirement.ForBooting, CommonOptions.PermissionOf(parsed, noInstall));
                return await BootAsync(session, parsed.GetValue(seed), (ulong)parsed.GetValue(steps), limit);
            }

            if (chosen == RpcFuzzRunner.Mode)
            {
                return await PlayClientsAsync(
                    session, parsed.GetValue(seed), parsed.GetValue(steps), limit, parsed.GetValue(everything), parsed.GetValue(game),
                    parsed.GetValue(replay)) ? 0 : Violation;
            }

            var host = new HostFuzzer(session.Layout, session.Terminal.Line, session.Cancel);
            using (BuildLock held = await session.LockAsync()) await host.BuildAsync();
            string paths = parsed.GetValue(fastpath)!;
            ulong first = parsed.GetValue(seed);
            bool isSound = parsed.GetValue(replay) is { } file ? await host.ReplayAsync(chosen, file, paths)
                : parsed.GetValue(game) is { } number ? await host.GameAsync(chosen, first, number, paths)
                : await host.RunAsync(chosen, first, parsed.GetValue(steps), limit, parsed.GetValue(everything), paths);
            return isSound ? 0 : Violation;
        });
        return command;
    }

    private static async Task<bool> PlayClientsAsync(
        Session session, ulong seed, long steps, TimeSpan limit, bool checksAll, long? game, string? replay)
    {
        var clients = new RpcFuzzRunner(session.Layout, session.Terminal.Line, session.Cancel);
        using (BuildLock held = await session.LockAsync()) await clients.BuildAsync();
        if (replay is not null) return await clients.ReplayAsync(replay);
        return game is { } number ? await clients.GameAsync(seed, number) : await clients.RunAsync(seed, steps, limit, checksAll);
    }

    private static async Task<int> BootAsync(Session session, ulong seed, ulong calls, TimeSpan limit)
    {
        using BootFolder boot = await BootImages.PrepareRootTaskAsync(session, ImageGraph.FuzzProgram);
        RingThree.SetParameters(boot.Image.RootServer, seed, calls);
        TimeSpan longest = limit > TimeSpan.Zero ? limit : TimeSpan.FromDays(1);
        BootResult result = await Machine.RunAsync(
            RingThree.Quietly(new MachineOptions(boot.Image)), longest, Console.Out.Write, session.Cancel);
        session.Terminal.Line($"{result.Reason}, after {result.Duration.TotalSeconds:0} s");
        return result.Succeeded ? 0 : Violation;
    }
}
