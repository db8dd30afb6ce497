// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Core;

/// <summary>Checks that objects lie inside what they were made from, apart from each other, and never in memory that is free.</summary>
internal sealed class MemoryInvariants<A>(StateWalk walk, DerivationInvariants<A> derivation) where A : struct, IArch
{
    private readonly StateWalk _walk = walk;
    private readonly DerivationInvariants<A> _derivation = derivation;

    private readonly record struct Region(ulong Address, int SizeBits, ulong Slot)
    {
        public bool Contains(Region other) => other.SizeBits <= SizeBits && (other.Address - Address) >> SizeBits == 0;
    }

    public void Check()
    {
        List<Region> regions = [];
        foreach (ulong slot in _walk.Occupied)
        {
            if (!ObjectRegion<A>.Find(StateWalk.Slot(slot).Capability, out ulong address, out int sizeBits)) continue;
            if ((address & ((1ul << sizeBits) - 1)) != 0)
            {
                _walk.Problem($"slot {slot:x} names an object of 2^{sizeBits} bytes at {address:x}, which is not aligned");
            }
            regions.Add(new Region(address, sizeBits, slot));
        }
        CheckNesting(regions);
        foreach (Region region in regions)
        {
            if (StateWalk.Slot(region.Slot).Tag == CapabilityTag.Untyped) CheckWatermark(region);
        }
    }

    /// <summary>Reports words that are not zero above the watermark of an ordinary untyped.</summary>
    internal static void CheckFree(StateWalk walk)
    {
        foreach (ulong slot in walk.Occupied)
        {
            Capability untyped = StateWalk.Slot(slot).Capability;
            if (untyped.Tag != CapabilityTag.Untyped || untyped.UntypedIsDevice) continue;
            ulong used = UntypedMemory.UsedBytes(untyped);
            ulong size = UntypedMemory.SizeBytes(untyped);
            if (used >= size || !walk.IsReadable(untyped.UntypedAddress, size, "an Untyped capability")) continue;
            while (used < size && new Ref<ulong>(untyped.UntypedAddress + used).Value == 0) used += sizeof(ulong);
            if (used < size) walk.Problem($"untyped in slot {slot:x} is not zero at offset {used:x}, above its watermark");
        }
    }

    /// <summary>
    /// Goes through all regions from low to high with the enclosing ones on a stack. Power-of-two regions are nested or apart.
    /// </summary>
    private void CheckNesting(List<Region> regions)
    {
        regions.Sort(static (first, second) =>
        {
            int byAddress = first.Address.CompareTo(second.Address);
            return byAddress != 0 ? byAddress : second.SizeBits.CompareTo(first.SizeBits);
        });
        List<Region> enclosing = [];
        foreach (Region region in regions)
        {
            while (enclosing.Count != 0 && !enclosing[^1].Contains(region)) enclosing.RemoveAt(enclosing.Count - 1);
            foreach (Region outer in enclosing) CheckPair(outer, region);
            enclosing.Add(region);
        }
    }

    private void CheckPair(Region outer, Region inner)
    {
        CapabilityTag outerTag = StateWalk.Slot(outer.Slot).Tag;
        CapabilityTag innerTag = StateWalk.Slot(inner.Slot).Tag;
        if (outerTag == CapabilityTag.Untyped || innerTag == CapabilityTag.Untyped)
        {
            if (_derivation.Descends(inner.Slot, outer.Slot) || _derivation.Descends(outer.Slot, inner.Slot)) return;
            _walk.Problem(
                $"slot {inner.Slot:x} has a {innerTag} at {inner.Address:x}, in {outerTag} slot {outer.Slot:x} but not made from it");
            return;
        }
        if (outerTag == innerTag && outer.Address == inner.Address && outer.SizeBits == inner.SizeBits) return;
        _walk.Problem($"the {outerTag} of slot {outer.Slot:x} and the {innerTag} of slot {inner.Slot:x} share memory at {inner.Address:x}");
    }

    private void CheckWatermark(Region region)
    {
        Capability untyped = StateWalk.Slot(region.Slot).Capability;
        ulong used = UntypedMemory.UsedBytes(untyped);
        if (used > UntypedMemory.SizeBytes(untyped))
        {
            _walk.Problem($"untyped in slot {region.Slot:x} has its watermark at {used:x}, beyond its end");
        }
        foreach (ulong child in _derivation.DescendantsOf(region.Slot))
        {
            if (!ObjectRegion<A>.Find(StateWalk.Slot(child).Capability, out ulong address, out int sizeBits)) continue;
            ulong end = address - untyped.UntypedAddress + (1ul << sizeBits);
            if (end > used)
            {
                _walk.Problem(
                    $"slot {child:x} has an object that ends at offset {end:x} of the untyped in slot {region.Slot:x}, above {used:x}");
            }
        }
    }
}
