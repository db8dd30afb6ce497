// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The root CNode while boot fills it (boot sheet §5). Every capability in it is an original without ancestor.</summary>
public static class RootCSpace<A> where A : struct, IArch
{
    private const ulong SlotCount = 1ul << AbiConstants.RootCNodeRadix;

    /// <summary>Stores a capability in a fixed slot.</summary>
    public static void Provide(ref RootTaskPlan plan, ulong slot, Capability capability)
    {
        Require.That(slot < SlotCount);
        MappingDatabase<A>.InsertRoot(SlotOf(ref plan, slot), capability);
    }

    /// <summary>Stores a capability in the next dynamic slot.</summary>
    public static void Append(ref RootTaskPlan plan, Capability capability)
    {
        Provide(ref plan, plan.NextSlot, capability);
        plan.NextSlot++;
    }

    /// <summary>Fills the fixed slots that name no architecture object, the root CNode itself among them.</summary>
    public static void ProvideFixed(ref RootTaskPlan plan)
    {
        plan.NextSlot = InitialSlot.FirstDynamic;
        Provide(ref plan, InitialSlot.Tcb, Capability.NewTcb(plan.Threads));
        // A guard of zeros for all bits above the index: CPtrs are slot numbers.
        Provide(ref plan, InitialSlot.CNode, Capability.NewCNode(
            plan.CNode, AbiConstants.RootCNodeRadix, AbiConstants.WordBits - AbiConstants.RootCNodeRadix, 0));
        Provide(ref plan, InitialSlot.IrqControl, Capability.NewIrqControl());
        Provide(ref plan, InitialSlot.Domain, Capability.NewDomain());
    }

    /// <summary>True when the dynamic slots suffice for tables and pages, with some left for untypeds.</summary>
    public static bool HasRoom(ref RootTaskPlan plan) =>
        plan.Image.Pages < SlotCount
        && InitialSlot.FirstDynamic + plan.TableCount + plan.ExtraPages + plan.Image.Pages + AbiConstants.MaxBootUntypeds < SlotCount;

    public static Ref<CapabilitySlot> SlotOf(ref RootTaskPlan plan, ulong slot) => Slots.At(plan.CNode, slot);

    /// <summary>One past the last slot.</summary>
    public static ulong End => SlotCount;
}
