// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using Sel4.Allocators.Policies;
using Sel4.Policies.Catalog;

namespace Sel4.Policies;

/// <summary>Policies by name, as system descriptions and <c>--policy</c> write them.</summary>
public static class PolicyCatalog
{
    /// <summary>Makes a policy.</summary>
    /// <param name="name">Its name in the catalogue.</param>
    /// <param name="settings">Each KEY=VALUE.</param>
    /// <param name="services">What it may need.</param>
    /// <param name="problem">What is wrong and what would do, a sentence; empty when nothing is.</param>
    /// <returns>Null when there is a problem.</returns>
    public static Policy? Create(string name, IReadOnlyList<string> settings, in PolicyServices services, out string problem)
    {
        PolicySettings? read = PolicySettings.Read(name, settings, out problem);
        return read is null ? null : Make(read, in services);
    }

    /// <summary>Null when such a policy can be made, else a sentence.</summary>
    public static string? Check(string name, IReadOnlyList<string> settings)
    {
        PolicySettings.Read(name, settings, out string problem);
        return problem.Length == 0 ? null : problem;
    }

    /// <summary>The names, sorted.</summary>
    public static string[] Names()
    {
        PolicyEntry[] all = PolicyTable.All();
        string[] names = new string[all.Length];
        for (int index = 0; index < all.Length; index++) names[index] = all[index].Name;
        return names;
    }

    private static Policy Make(PolicySettings settings, in PolicyServices services) => settings.Policy switch
    {
        "ask-parent" => new AskParentPolicy(services.Parent),
        "audit" => new AuditPolicy((int)settings["entries"]),
        "buddy" => new BuddyPolicy(),
        "colouring" => new ColouringPolicy(settings["set"], settings["count"]),
        "dma-zone" => new DmaZonePolicy(settings["last"]),
        "fail-nth" => new FailNthPolicy(settings["n"]),
        "fit" => new FitPolicy((Fit)settings["how"]),
        "lease" => new LeasePolicy(settings["time"], (int)settings["grants"]),
        "lifetime" => new LifetimePolicy(),
        "numa" => new NumaPolicy(settings["home"], settings.Ranges.ToArray()),
        "quarantine" => new QuarantinePolicy((int)settings["entries"]),
        "quota" => new QuotaPolicy(
            settings["ram"], settings["device"], settings["grants"], settings["slots"], settings["irqs"], settings["ports"]),
        "random" => new RandomPolicy(settings["seed"]),
        "rate-limit" => new RateLimitPolicy(settings["per-second"], settings["burst"]),
        _ => new ReservePolicy(settings["p0"], settings["p1"], settings["p2"]),
    };
}
