// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>What a zombie stands for: an object without capabilities to it, whose own slots are being emptied (R-DEL-08).</summary>
/// <remarks>Slots 0 … remaining − 1 may be occupied; those above are empty, except perhaps the one that holds the zombie.</remarks>
public static class Zombies
{
    /// <summary>The zombie of a CNode of which nothing has been deleted yet.</summary>
    public static Capability OfCNode(Capability cnode) =>
        Capability.NewZombie(cnode.CNodeAddress, 1ul << (int)cnode.CNodeRadix, cnode.CNodeRadix, isTcb: false);

    /// <summary>The zombie of a thread that still holds its root and reply capabilities.</summary>
    public static Capability OfTcb(Capability tcb) =>
        Capability.NewZombie(tcb.TcbAddress, TcbSlots.Count, 0, isTcb: true);

    /// <summary>Number of slots that the object has, empty or not.</summary>
    public static ulong SlotCount(Capability zombie) =>
        zombie.ZombieIsTcb ? TcbSlots.Count : 1ul << (int)zombie.ZombieRadix;

    /// <summary>Whether a slot is one of the object's.</summary>
    public static bool Holds(Capability zombie, Ref<CapabilitySlot> slot) =>
        slot.Address >= zombie.ZombieAddress
        && (slot.Address - zombie.ZombieAddress) >> AbiConstants.SlotSizeBits < SlotCount(zombie);
}
