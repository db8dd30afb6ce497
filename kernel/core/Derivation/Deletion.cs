// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Deletes and revokes capabilities, preemptibly and with bounded stack.</summary>
/// <remarks>
/// The last capability to a CNode or TCB becomes a zombie, and <see cref="ZombieReduction{A}"/> works through the slots of the
/// object. Everything that is known about the progress lies in capabilities, so a preempted operation is continued by doing
/// it again (R-SYS-16), or by deleting the zombie from elsewhere.
/// </remarks>
public static class Deletion<A> where A : struct, IArch
{
    /// <summary>Empties a slot and destroys whatever loses its last capability by that, recursively (R-DEL-05…R-DEL-07).</summary>
    public static Progress Delete(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        CapabilityTag tag = slot.Value.Tag;
        if (tag == CapabilityTag.Null) return Progress.Done;
        if (tag != CapabilityTag.Zombie) Begin(ref kernel, slot);
        return slot.Value.IsEmpty ? Progress.Done : Finish(ref kernel, slot);
    }

    private static Progress Finish(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        while (slot.Value.Tag == CapabilityTag.Zombie)
        {
            ZombieReduction<A>.Step(ref kernel, slot);
            if (PreemptionPoint<A>.Check(ref kernel) == Progress.Preempted) return Progress.Preempted;
        }
        Require.That(slot.Value.IsEmpty);
        return Progress.Done;
    }

    /// <summary>Empties a slot whose capability cannot be long to delete: replies, copies of notifications, frames.</summary>
    public static void DeleteOne(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        if (slot.Value.IsEmpty) return;
        Begin(ref kernel, slot);
        Require.That(slot.Value.IsEmpty);
    }

    /// <summary>Deletes everything derived from a capability, but not the capability itself (R-DER-09, R-DER-10).</summary>
    /// <remarks>
    /// The slot may disappear on the way: an untyped capability can lie in a CNode made from it. Then nothing is left to do.
    /// </remarks>
    public static Progress Revoke(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        while (MappingDatabase<A>.HasChildren(slot))
        {
            if (Delete(ref kernel, slot.Value.Next) == Progress.Preempted) return Progress.Preempted;
            if (PreemptionPoint<A>.Check(ref kernel) == Progress.Preempted) return Progress.Preempted;
        }
        return Progress.Done;
    }

    /// <summary>Whether deleting this capability can take long: the last one to a CNode or TCB, or a zombie (ABI §10.2).</summary>
    public static bool IsLongRunning(Ref<CapabilitySlot> slot) => slot.Value.Tag switch
    {
        CapabilityTag.Zombie => true,
        CapabilityTag.CNode or CapabilityTag.Tcb => MappingDatabase<A>.IsFinal(slot),
        _ => false,
    };

    /// <summary>Deletes a capability as far as that goes in one step: afterwards the slot is empty or holds a zombie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Begin(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Capability capability = slot.Value.Capability;
        Capability remainder = Finalization<A>.Run(ref kernel, capability, MappingDatabase<A>.IsFinal(slot));
        if (remainder.IsNull)
        {
            MappingDatabase<A>.Remove(slot);
            return;
        }
        slot.Value.Word0 = remainder.Word0;
        slot.Value.Word1 = remainder.Word1;
    }
}
