// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Where a long operation asks whether it should let an interrupt through (R-SYS-16, R-DEL-16).</summary>
/// <remarks>
/// Latency bound: from an interrupt's arrival to the end of the running operation pass at most
/// <see cref="PreemptionLimits.UnitsBetweenPolls"/> units. One unit is one step of a deletion (a slot emptied or passed over,
/// an object turned into a zombie), one capability revoked, or one chunk of
/// 2^<see cref="PreemptionLimits.ResetChunkBits"/> bytes zeroed, hence at most 25,600 bytes. Not divided into units are the
/// creation of up to 256 objects by one Retype and the restart of all threads queued on one endpoint or notification.
/// </remarks>
public static class PreemptionPoint<A> where A : struct, IArch
{
    /// <summary>How many of the units that are left to do fit in before the next look for an interrupt; at least one.</summary>
    public static ulong UnitsUntilCheck(ref KernelState kernel, ulong left)
    {
        ulong units = PreemptionLimits.UnitsBetweenPolls - kernel.WorkUnits;
        return left < units ? left : units;
    }

    /// <summary>Counts one unit of work; now and then asks for a pending interrupt.</summary>
    public static Progress Check(ref KernelState kernel)
    {
        ulong units = kernel.WorkUnits + 1;
        if (units < PreemptionLimits.UnitsBetweenPolls)
        {
            kernel.WorkUnits = units;
            return Progress.Done;
        }
        kernel.WorkUnits = 0;
        return A.IsInterruptPending(ref kernel) ? Progress.Preempted : Progress.Done;
    }
}

/// <summary>The numbers behind the latency bound of <see cref="PreemptionPoint{A}"/> (ABI §1).</summary>
public static class PreemptionLimits
{
    /// <summary>Units of work between two looks at the interrupt controller.</summary>
    public const ulong UnitsBetweenPolls = 100;

    /// <summary>log2 of the bytes that the reset of an untyped zeroes in one unit.</summary>
    public const int ResetChunkBits = 8;
}
