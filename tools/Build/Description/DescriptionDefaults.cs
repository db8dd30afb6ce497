// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>Fills in what a description leaves out, so that the root server finds every number in place.</summary>
/// <remarks>The one place that has these values; system.proto says them in words, and a test compares.</remarks>
public static class DescriptionDefaults
{
    private static readonly (string Field, ulong Value)[] s_child =
    [
        ("priority", 100), ("stack_bytes", 65536), ("cnode_bits", 12), ("repeat", 1),
    ];

    private static readonly (string Field, ulong Value)[] s_quota =
    [
        ("ram_kib", 65536), ("device_kib", 1048576), ("grants", 1024), ("slots", 4096), ("irqs", 16), ("port_ranges", 16),
        ("bookkeeping_bytes", 1048576),
    ];

    private static readonly (string Field, ulong Value)[] s_restart = [("max_restarts", 3)];

    public static void Apply(TextMessage system)
    {
        foreach (TextMessage child in system.Messages("child"))
        {
            child.SetDefaultFrom("program", "name");
            Apply(child, s_child);
            child.SetDefault("max_priority", child.Number("priority"));
            Apply(child.Require("quota"), s_quota);
            Apply(child.Require("restart"), s_restart);
        }
    }

    private static void Apply(TextMessage message, (string Field, ulong Value)[] defaults)
    {
        foreach ((string field, ulong value) in defaults) message.SetDefault(field, value);
    }
}
