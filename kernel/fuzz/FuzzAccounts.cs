// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>What a system must be like when everything has been taken back: as after boot.</summary>
internal static class FuzzAccounts
{
    private const int IoPortWords = 1024;

    /// <param name="sim">The system; its initial thread runs.</param>
    /// <param name="atBoot">What was in the initial thread's CNode. Control capabilities that went to players may be lost.</param>
    public static void Check(SimSystem sim, IReadOnlyList<(ulong Slot, CapabilityTag Tag)> atBoot)
    {
        foreach ((ulong slot, CapabilityTag tag) in atBoot)
        {
            CapabilityTag now = sim.SlotAt(slot).Value.Tag;
            bool isLost = now == CapabilityTag.Null && tag is CapabilityTag.IrqControl or CapabilityTag.IoPortControl;
            if (now != tag && !isLost) throw new FuzzException($"slot {slot} of the initial thread held {tag} and holds {now}");
        }

        ref KernelState state = ref sim.State;
        if (state.AllThreads != sim.Root.Tcb || !sim.Root.Tcb.Value.AllNext.IsNull) throw new FuzzException("there are threads left");
        if (state.ReadySummary != 0) throw new FuzzException("there are ready threads left");
        for (int irq = 0; irq < IrqTable.Count; irq++)
            if (state.Irqs[irq].Kind is 1 or 2) throw new FuzzException($"interrupt {irq} is still issued");
        for (int i = 0; i < IoPortWords; i++)
            if (state.IoPorts[i] != 0) throw new FuzzException($"I/O ports from {i * 64:x} are still issued");
        CheckAddressSpaces(sim);
        CheckOwner(sim, state.FpuOwner, "FPU");
        CheckOwner(sim, state.BaseOwner, "thread bases");
    }

    private static void CheckAddressSpaces(SimSystem sim)
    {
        ref KernelState state = ref sim.State;
        for (int pool = 0; pool < AsidPoolTable.Count; pool++)
        {
            bool isBoot = pool == 0;
            if ((state.AsidPools[pool] != 0) != isBoot) throw new FuzzException($"ASID pool {pool} is not as it was after boot");
        }

        for (ulong asid = 0; asid < AbiConstants.AsidPoolEntries; asid++)
        {
            ulong expected = asid == AbiConstants.InitialAsid ? sim.CapabilityAt(InitialSlot.VSpace).Pml4Address : 0;
            ulong found = new Ref<ulong>(state.AsidPools[0] + (8 * asid)).Value;
            if (found != expected) throw new FuzzException($"ASID {asid} is still given out");
        }
    }

    private static void CheckOwner(SimSystem sim, Ref<Tcb> owner, string what)
    {
        bool isAlive = owner.IsNull || owner == sim.Root.Tcb || owner == sim.State.Idle;
        if (!isAlive) throw new FuzzException($"the {what} belong to a thread that is no more");
    }
}
