// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Core;

/// <summary>Checks the derivation tree: the links, the nesting of descendants, and that capabilities to one object stay together.</summary>
internal sealed class DerivationInvariants<A>(StateWalk walk) where A : struct, IArch
{
    private readonly StateWalk _walk = walk;
    private readonly Dictionary<ulong, int> _position = [];
    private readonly List<ulong> _order = [];
    private readonly List<int> _runEnd = [];

    /// <summary>Checks everything, and remembers the order for <see cref="Descends"/>; false when there is no order.</summary>
    public bool Check()
    {
        if (!CheckLinks()) return false;
        foreach (ulong address in _walk.Occupied)
        {
            if (StateWalk.Slot(address).Previous.IsNull) OrderList(address);
        }
        if (_order.Count != _walk.Occupied.Count)
        {
            _walk.Problem($"{_walk.Occupied.Count - _order.Count} occupied slots form a ring without a first one");
            return false;
        }
        FindRuns();
        CheckTogether();
        return true;
    }

    /// <summary>Whether the capability in one slot descends from that in another.</summary>
    public bool Descends(ulong child, ulong ancestor) =>
        _position.TryGetValue(child, out int at) && _position.TryGetValue(ancestor, out int from) && from < at && at < _runEnd[from];

    /// <summary>The slots of all descendants, in order.</summary>
    public IEnumerable<ulong> DescendantsOf(ulong ancestor)
    {
        if (!_position.TryGetValue(ancestor, out int from)) yield break;
        for (int i = from + 1; i < _runEnd[from]; i++) yield return _order[i];
    }

    private bool CheckLinks()
    {
        bool isSound = true;
        foreach (ulong address in _walk.Occupied)
        {
            ref CapabilitySlot slot = ref StateWalk.Slot(address);
            isSound &= CheckLink(address, slot.Next.Address, "after", static (ref CapabilitySlot next) => next.Previous.Address);
            isSound &= CheckLink(address, slot.Previous.Address, "before", static (ref CapabilitySlot previous) => previous.Next.Address);
        }
        return isSound;
    }

    private delegate ulong LinkBack(ref CapabilitySlot neighbour);

    private bool CheckLink(ulong address, ulong neighbour, string side, LinkBack back)
    {
        if (neighbour == 0) return true;
        if (!_walk.IsOccupied(neighbour))
        {
            _walk.Problem($"slot {address:x} has the empty slot {neighbour:x} {side} it in the derivation list");
            return false;
        }
        ulong found = back(ref StateWalk.Slot(neighbour));
        if (found == address) return true;
        _walk.Problem($"slot {address:x} has {neighbour:x} {side} it, which points back at {found:x}");
        return false;
    }

    private void OrderList(ulong first)
    {
        for (ulong address = first; address != 0; address = StateWalk.Slot(address).Next.Address)
        {
            if (!_position.TryAdd(address, _order.Count))
            {
                _walk.Problem($"the derivation list from {first:x} meets slot {address:x} twice");
                return;
            }
            _order.Add(address);
        }
    }

    /// <summary>Finds the descendants of each capability and checks that they nest, as in any tree.</summary>
    private void FindRuns()
    {
        Stack<int> open = new();
        for (int i = 0; i < _order.Count; i++)
        {
            int end = i + 1;
            // The next list begins where a slot has nothing before it.
            while (end < _order.Count && !StateWalk.Slot(_order[end]).Previous.IsNull && IsParent(i, end)) end++;
            _runEnd.Add(end);
            while (open.TryPeek(out int above) && _runEnd[above] <= i) open.Pop();
            if (open.TryPeek(out int parent) && end > _runEnd[parent])
            {
                _walk.Problem($"slot {_order[i]:x} has descendants that are not descendants of slot {_order[parent]:x} above it");
            }
            open.Push(i);
        }
    }

    private bool IsParent(int upper, int lower) =>
        MappingDatabase<A>.IsParentOf(new Ref<CapabilitySlot>(_order[upper]), new Ref<CapabilitySlot>(_order[lower]));

    /// <summary>Whether a capability is the last one is judged by its neighbours, so those to one object must be neighbours.</summary>
    private void CheckTogether()
    {
        Dictionary<(CapabilityTag, ulong, ulong), int> last = [];
        for (int i = 0; i < _order.Count; i++)
        {
            Capability capability = StateWalk.Slot(_order[i]).Capability;
            if (!TryIdentify(capability, out (CapabilityTag, ulong, ulong) identity)) continue;
            bool isKnown = last.TryGetValue(identity, out int before);
            if (isKnown && before != i - 1)
            {
                _walk.Problem($"slots {_order[before]:x} and {_order[i]:x} name one {capability.Tag} but are not neighbours");
            }
            bool isDying = capability.Tag == CapabilityTag.Zombie
                || (isKnown && StateWalk.Slot(_order[before]).Tag == CapabilityTag.Zombie);
            if (isDying && isKnown)
            {
                _walk.Problem($"slots {_order[before]:x} and {_order[i]:x} both name a dying object");
            }
            last[identity] = i;
        }
    }

    private static bool TryIdentify(Capability capability, out (CapabilityTag Tag, ulong First, ulong Second) identity)
    {
        identity = default;
        switch (capability.Tag)
        {
            case CapabilityTag.Untyped:
                return false;
            case CapabilityTag.Zombie:
                identity = (capability.ZombieIsTcb ? CapabilityTag.Tcb : CapabilityTag.CNode, capability.ZombieAddress, 0);
                return true;
            case CapabilityTag.IrqHandler:
                identity = (capability.Tag, capability.IrqHandlerVector, 0);
                return true;
            case CapabilityTag.IoPort:
                identity = (capability.Tag, capability.IoPortFirst, capability.IoPortLast);
                return true;
            case CapabilityTag.Reply:
                identity = (capability.Tag, capability.ReplyTcbAddress, 0);
                return true;
            default:
                if (!ObjectRegion<A>.Find(capability, out ulong address, out _)) return false;
                identity = (capability.Tag, address, 0);
                return true;
        }
    }
}
