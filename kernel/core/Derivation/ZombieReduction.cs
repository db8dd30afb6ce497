// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Empties the slots of objects that lost their last capability, whatever shape those objects form together.</summary>
/// <remarks>
/// Design. CNodes can contain the last capabilities to other CNodes and TCBs, to any depth and in cycles, and the slot being
/// deleted can lie inside one of them. The kernel has neither the stack to recurse nor memory for a work list, and it must be
/// able to stop after every step. So the path from the object at hand back to where the deletion began is kept in the objects
/// themselves: on entering an object, the zombie of the outer one goes into the inner one's lowest slot, whose former content
/// takes the place where the inner zombie was found. The lowest slot is emptied last, so the way back is found when all else
/// is done. The slot being deleted thus always holds the zombie of the object at hand.
/// That slot needs care when it lies inside an object to be emptied: the object's memory must stay claimed by a capability
/// until the slot is empty. From then on the slot keeps the zombie of its own object, nothing is entered through it any more,
/// and zombies inside that object are worked on where they are. They cannot lead back into it, because the only capability
/// to it is the one zombie.
/// Bound: each object is entered once and left once, each slot is passed once; one step handles one slot and does at most
/// three exchanges in the derivation tree. Nothing is left behind (R-DEL-05…R-DEL-07).
/// </remarks>
internal static class ZombieReduction<A> where A : struct, IArch
{
    /// <summary>Does one step of work on the zombie in <paramref name="slot"/>; when nothing is left the slot is emptied.</summary>
    internal static void Step(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        if (!FindLast(slot, out Ref<CapabilitySlot> last)) return;
        if (last.Value.Tag == CapabilityTag.Zombie && Zombies.Holds(slot.Value.Capability, slot))
        {
            slot = last;
            if (!FindLast(slot, out last)) return;
        }

        if (last.Value.Tag == CapabilityTag.Zombie)
        {
            Enter(slot, last);
        }
        else
        {
            if (!last.Value.IsEmpty) Deletion<A>.Begin(ref kernel, last);
            if (last.Value.IsEmpty) SetRemaining(slot, slot.Value.Capability.ZombieRemaining - 1);
        }
    }

    /// <summary>Finds the highest slot still to be emptied; false when there was none and the zombie itself has been removed.</summary>
    private static bool FindLast(Ref<CapabilitySlot> slot, out Ref<CapabilitySlot> last)
    {
        Capability zombie = slot.Value.Capability;
        ulong remaining = zombie.ZombieRemaining;
        // The slot at work does not empty itself before all others are empty.
        if (remaining != 0 && slot == Slots.At(zombie.ZombieAddress, remaining - 1)) remaining--;
        if (remaining == 0)
        {
            last = default;
            MappingDatabase<A>.Remove(slot);
            return false;
        }
        SetRemaining(slot, remaining);
        last = Slots.At(zombie.ZombieAddress, remaining - 1);
        return true;
    }

    /// <summary>Goes on with the zombie found in <paramref name="last"/>, the highest slot left of the object at hand.</summary>
    private static void Enter(Ref<CapabilitySlot> slot, Ref<CapabilitySlot> last)
    {
        Capability outer = slot.Value.Capability;
        Capability inner = last.Value.Capability;
        MappingDatabase<A>.Swap(outer, slot, inner, last);
        if (outer.ZombieRemaining == 1)
        {
            // Only the slot that now holds the outer object's own zombie was left of it, so that object is finished.
            MappingDatabase<A>.Remove(last);
            return;
        }

        // Every object has at least two slots, so one besides the slot at work is free to hold the way back.
        ulong index = slot.Address == inner.ZombieAddress ? 1ul : 0;
        MappingDatabase<A>.Exchange(last, Slots.At(inner.ZombieAddress, index));
        if (inner.ZombieRemaining <= index) SetRemaining(slot, index + 1);
    }

    private static void SetRemaining(Ref<CapabilitySlot> slot, ulong remaining) =>
        slot.Value.Word1 = slot.Value.Capability.WithZombieRemaining(remaining).Word1;
}
