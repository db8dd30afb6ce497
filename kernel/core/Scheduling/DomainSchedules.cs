// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>The list of (domain, duration) entries that decides whose threads may run (R-DOM-05).</summary>
internal static class DomainSchedules
{
    /// <summary>Starts the next entry; behind the last one, or at an end marker, the start entry.</summary>
    public static void Advance(ref KernelState kernel)
    {
        ulong index = kernel.DomainIndex + 1;
        if (index >= DomainSchedule.Count || kernel.DomainSchedule[(int)index].Duration == 0) index = kernel.DomainStart;
        kernel.DomainIndex = index;
        ref DomainScheduleEntry entry = ref kernel.DomainSchedule[(int)index];
        kernel.CurrentDomain = entry.Domain;
        kernel.DomainTicksLeft = entry.Duration;
    }

    /// <summary>Makes <paramref name="index"/> the start entry and ends the present one (R-DOM-13).</summary>
    /// <remarks>Requires: the entry is no end marker. The caller reschedules.</remarks>
    public static void SetStart(ref KernelState kernel, ulong index)
    {
        Require.That(kernel.DomainSchedule[(int)index].Duration != 0);
        kernel.DomainStart = index;

        // One behind the last entry, so that Advance falls back to the start entry.
        kernel.DomainIndex = DomainSchedule.Count - 1;
        kernel.DomainTicksLeft = 0;
    }
}
