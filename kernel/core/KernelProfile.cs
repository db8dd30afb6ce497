// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>What is fixed when a kernel is built (design D4). Properties of constants: the compiler folds every use.</summary>
public static class KernelProfile
{
    /// <summary>True when the debug system calls and console output exist (ABI §3.1, §25).</summary>
    public static bool HasDebugCalls => true;

    /// <summary>Number of scheduling domains. There is one set of ready queues for each; <see cref="KernelState"/> holds one.</summary>
    public static int DomainCount => AbiConstants.DomainCount;

    /// <summary>Ticks of a fresh time slice (R-SCHED-03).</summary>
    public static ulong TimeSliceTicks => AbiConstants.TimeSliceTicks;

    /// <summary>Longest duration of an entry of the domain schedule, in ticks (R-DOM-08).</summary>
    public static ulong MaximumDomainTicks => (1ul << AbiConstants.DomainDurationBits) - 1;
}
