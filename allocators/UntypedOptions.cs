// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>What an untyped allocator does beyond the ordinary; the default value is the ordinary.</summary>
public readonly struct UntypedOptions
{
    /// <summary>How many freed blocks rest before they are used again, so that a stale address is found out (AL:G3).</summary>
    public int ReuseDelay { get; init; }

    /// <summary>Compare books and trees after every operation; slow (AL:G3).</summary>
    public bool ChecksEachOperation { get; init; }

    /// <summary>Room for so many node pairs that are added later (AL:B6).</summary>
    public int MoreNodePairs { get; init; }
}
