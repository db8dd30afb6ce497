// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Policies.Catalog;

/// <summary>The one list of policies and their settings. The tool compiles this folder as well, to check descriptions.</summary>
internal static class PolicyTable
{
    private static PolicyParameter Limit(string name, string what) =>
        new(name, ParameterKind.Number, what + "; the owner's own limit when left out") { Default = ulong.MaxValue };

    private static PolicyParameter Memory(string name, string what) =>
        new(name, ParameterKind.Bytes, what + "; the owner's own limit when left out") { Default = ulong.MaxValue };

    private static PolicyParameter Reserve(string name, string who) =>
        new(name, ParameterKind.Bytes, "RAM that requests of " + who + " leave free") { Max = 1ul << 47 };

    /// <summary>What is wrong with settings that are sound one by one; empty when nothing is.</summary>
    public static string CheckTogether(PolicySettings settings)
    {
        if (settings.Policy != "colouring") return "";
        ulong count = settings["count"];
        if ((count & (count - 1)) != 0) return $"policy 'colouring': count={count} is not a power of two";
        return count < 64 && settings["set"] >> (int)count != 0
            ? $"policy 'colouring': set names colours from {count} on, which count={count} does not have"
            : "";
    }

    /// <summary>All of them, by name. Makes a new list.</summary>
    public static PolicyEntry[] All() =>
    [
        new("ask-parent", "asks whoever stands above the server for more when something runs out", []),
        new("audit", "remembers every grant and release",
            [new("entries", ParameterKind.Number, "how many of the last ones") { Min = 1, Max = 65536, Default = 256 }]),
        new("buddy", "spares pieces whose other half is free as well, so that they can be merged", []),
        new("colouring", "gives only pages of certain cache colours",
            [
                new("set", ParameterKind.Number, "bit n: colour n is allowed") { Min = 1, IsRequired = true },
                new("count", ParameterKind.Number, "how many colours the cache has, a power of two") { Min = 2, Max = 64, Default = 64 },
            ]),
        new("dma-zone", "keeps what devices use below an address, and everything else out of there",
            [new("last", ParameterKind.Bytes, "last address that devices reach") { Min = 0xfff, Default = 0xffff_ffff }]),
        new("fail-nth", "refuses the n-th request, to see what the others do then",
            [new("n", ParameterKind.Number, "which one, counted from 1") { Min = 1, IsRequired = true }]),
        new("fit", "chooses among free pieces by size or address",
            [
                new("how", ParameterKind.Choice, "lowest address, smallest or largest piece")
                {
                    Words = ["first", "best", "worst"], Default = 1,
                },
            ]),
        new("lease", "takes everything back after a time",
            [
                new("time", ParameterKind.Time, "how long at most") { Min = 1, Max = 1ul << 40, IsRequired = true },
                new("grants", ParameterKind.Number, "how many at one time at most") { Min = 1, Max = 65536, Default = 1024 },
            ]),
        new("lifetime", "puts what lives long and what lives short into different 2 MiB blocks", []),
        new("numa", "prefers memory near the home node",
            [
                new("home", ParameterKind.Number, "the node that is near") { Max = 255 },
                new("range", ParameterKind.NodeRange, "addresses of a node; may be given several times") { IsRequired = true },
            ]),
        new("quarantine", "never hands out a block again with which the kernel refused something",
            [new("entries", ParameterKind.Number, "how many can wait to be set aside") { Min = 1, Max = 4096, Default = 64 }]),
        new("quota", "refuses what would exceed a limit",
            [
                Memory("ram", "bytes of RAM"),
                Memory("device", "bytes of device memory"),
                Limit("grants", "grants"),
                Limit("slots", "capability slots"),
                Limit("irqs", "interrupts"),
                Limit("ports", "I/O ports"),
            ]),
        new("random", "places everything at random, to find those who rely on where it is",
            [new("seed", ParameterKind.Number, "the same seed, the same places") { Default = 1 }]),
        new("rate-limit", "refuses, or has wait, requests that come too fast",
            [
                new("per-second", ParameterKind.Number, "how many in a second") { Min = 1, Max = 1_000_000, IsRequired = true },
                new("burst", ParameterKind.Number, "how many at once") { Min = 1, Max = 1_000_000, Default = 16 },
            ]),
        new("reserve", "keeps the last memory for requests of higher priority",
            [Reserve("p0", "priority 0"), Reserve("p1", "priority 1"), Reserve("p2", "priority 2")]),
    ];
}
