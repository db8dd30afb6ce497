// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.Tests.Support;

/// <summary>What a deletion must leave, worked out the simple way: with sets and a work list.</summary>
/// <remarks>Knows CNodes and TCBs as objects with slots; all other capabilities are just gone when they are deleted.</remarks>
internal sealed class DeletionModel
{
    private readonly Dictionary<ulong, Capability> _slots = [];

    /// <summary>Notes what every slot of the world holds, found by walking from some slots.</summary>
    public DeletionModel(IEnumerable<Ref<CapabilitySlot>> start)
    {
        Stack<Ref<CapabilitySlot>> pending = new(start);
        HashSet<ulong> seen = [];
        while (pending.TryPop(out Ref<CapabilitySlot> slot))
        {
            if (!seen.Add(slot.Address) || slot.Value.IsEmpty) continue;
            _slots.Add(slot.Address, slot.Value.Capability);
            foreach (ulong inner in SlotsOf(slot.Value.Capability)) pending.Push(new Ref<CapabilitySlot>(inner));
            if (!slot.Value.Next.IsNull) pending.Push(slot.Value.Next);
            if (!slot.Value.Previous.IsNull) pending.Push(slot.Value.Previous);
        }
    }

    /// <summary>Occupied slots, for comparison with another state.</summary>
    public IReadOnlyDictionary<ulong, (ulong, ulong)> Contents =>
        _slots.ToDictionary(entry => entry.Key, entry => (entry.Value.Word0, entry.Value.Word1));

    /// <summary>Addresses of occupied slots.</summary>
    public IEnumerable<ulong> Occupied => _slots.Keys;

    /// <summary>Deletes the capability in a slot, and the contents of every object that loses its last one.</summary>
    public void Delete(ulong slot)
    {
        Queue<ulong> pending = new([slot]);
        while (pending.TryDequeue(out ulong address))
        {
            if (!_slots.Remove(address, out Capability capability)) continue;
            ulong holder = HolderOf(capability);
            if (holder == 0 || _slots.Values.Any(other => HolderOf(other) == holder)) continue;
            foreach (ulong inner in SlotsOf(capability)) pending.Enqueue(inner);
        }
    }

    private static ulong HolderOf(Capability capability) => capability.Tag switch
    {
        CapabilityTag.CNode => capability.CNodeAddress,
        CapabilityTag.Tcb => capability.TcbAddress,
        CapabilityTag.Zombie => capability.ZombieAddress,
        _ => 0,
    };

    private static IEnumerable<ulong> SlotsOf(Capability capability)
    {
        ulong count = capability.Tag switch
        {
            CapabilityTag.CNode => 1ul << (int)capability.CNodeRadix,
            CapabilityTag.Tcb => TcbSlots.Count,
            CapabilityTag.Zombie => capability.ZombieIsTcb ? TcbSlots.Count : 1ul << (int)capability.ZombieRadix,
            _ => 0,
        };
        for (ulong i = 0; i < count; i++) yield return HolderOf(capability) + (i * Slots.Bytes);
    }
}
