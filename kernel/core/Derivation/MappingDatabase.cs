// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>The derivation tree of all capabilities (ABI §21.2), kept as a list in which descendants follow their ancestor.</summary>
/// <remarks>
/// Design. The tree is not stored as such. All occupied slots form doubly linked lists in preorder; whether a capability
/// descends from one before it follows from what the two cover and from two flags of the earlier one:
/// "revocable" says that it is an original (R-DER-02), "first badged" that it starts a family of its badge, so that equal
/// badges minted apart stay apart (R-DER-07). The descendants of a slot are therefore the unbroken run after it for which
/// <see cref="IsParentOf"/> holds. Every operation here takes constant time. Capabilities that are given at boot, the master
/// reply capabilities of threads, and IRQControl start lists of their own.
/// Kernel name: <c>mdb_node_t</c>.
/// </remarks>
public static class MappingDatabase<A> where A : struct, IArch
{
    private const ulong FlagBits = CapabilitySlot.RevocableFlag | CapabilitySlot.FirstBadgedFlag;

    /// <summary>Stores a capability derived from <paramref name="source"/> in the empty slot <paramref name="target"/>.</summary>
    /// <remarks>It becomes a child when the source is an original, otherwise a sibling (R-DER-01…R-DER-08).</remarks>
    public static void Insert(
        ref KernelState kernel, Capability capability, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        if (CanStartFamily(capability.Tag))
        {
            InsertFamily(source, target, capability);
            return;
        }
        LinkAfter(source, target, capability, 0);
    }

    /// <summary>Stores the capability of a new object as an original child of <paramref name="parent"/> (R-DER-01, R-DER-02).</summary>
    public static void InsertChild(Ref<CapabilitySlot> parent, Ref<CapabilitySlot> target, Capability capability) =>
        LinkAfter(parent, target, capability, FlagBits);

    /// <summary>Links consecutive slots, whose capabilities have been stored, as original children of one parent.</summary>
    /// <remarks>The same as <see cref="InsertChild"/> for each, but every link is written once. Requires: at least one.</remarks>
    public static void LinkChildren(Ref<CapabilitySlot> parent, Ref<CapabilitySlot> first, ulong count)
    {
        Ref<CapabilitySlot> after = parent.Value.Next;
        ulong previous = parent.Address;
        ulong address = first.Address;
        SetNext(parent, first);
        for (ulong i = 0; i < count; i++)
        {
            Ref<CapabilitySlot> slot = new(address);
            address += Slots.Bytes;
            slot.Value.MdbPrevious = previous;
            slot.Value.MdbNextAndFlags = address | FlagBits;
            previous = slot.Address;
        }
        Ref<CapabilitySlot> last = new(previous);
        last.Value.MdbNextAndFlags = after.Address | FlagBits;
        if (!after.IsNull) after.Value.MdbPrevious = previous;
    }

    /// <summary>Stores a capability that has no ancestor as an original: those of boot and master reply capabilities.</summary>
    public static void InsertRoot(Ref<CapabilitySlot> target, Capability capability)
    {
        // Stores to neighbouring words are kept apart so that the compiler does not join them in a vector register.
        target.Value.Word1 = capability.Word1;
        target.Value.MdbNextAndFlags = FlagBits;
        target.Value.Word0 = capability.Word0;
        target.Value.MdbPrevious = 0;
    }

    /// <summary>Moves a capability, possibly changed, to an empty slot; its place in the tree stays (R-DER-13).</summary>
    public static void Move(Capability capability, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        ulong previous = source.Value.MdbPrevious;
        ulong nextAndFlags = source.Value.MdbNextAndFlags;
        target.Value.Word0 = capability.Word0;
        target.Value.Word1 = capability.Word1;
        target.Value.MdbPrevious = previous;
        target.Value.MdbNextAndFlags = nextAndFlags;
        PointNeighboursAt(target);
        Clear(source);
    }

    /// <summary>Exchanges the contents of two occupied slots; each capability, possibly changed, keeps its place in the tree.</summary>
    /// <param name="firstCapability">What was in <paramref name="first"/> and goes to <paramref name="second"/>.</param>
    /// <param name="first">One slot.</param>
    /// <param name="secondCapability">What was in <paramref name="second"/> and goes to <paramref name="first"/>.</param>
    /// <param name="second">The other slot.</param>
    public static void Swap(
        Capability firstCapability, Ref<CapabilitySlot> first, Capability secondCapability, Ref<CapabilitySlot> second)
    {
        ulong previous = first.Value.MdbPrevious;
        ulong nextAndFlags = first.Value.MdbNextAndFlags;
        first.Value.Word0 = secondCapability.Word0;
        first.Value.Word1 = secondCapability.Word1;
        second.Value.Word0 = firstCapability.Word0;
        second.Value.Word1 = firstCapability.Word1;

        // When the two are neighbours, one of them gets a link to itself here, which the last line puts right.
        Ref<CapabilitySlot> before = new(previous);
        Ref<CapabilitySlot> after = new(nextAndFlags & ~FlagBits);
        if (!before.IsNull) SetNext(before, second);
        if (!after.IsNull) after.Value.MdbPrevious = second.Address;
        first.Value.MdbPrevious = second.Value.MdbPrevious;
        first.Value.MdbNextAndFlags = second.Value.MdbNextAndFlags;
        second.Value.MdbPrevious = previous;
        second.Value.MdbNextAndFlags = nextAndFlags;
        PointNeighboursAt(first);
    }

    /// <summary>Exchanges the contents of two slots of which the second may be empty.</summary>
    public static void Exchange(Ref<CapabilitySlot> first, Ref<CapabilitySlot> second)
    {
        if (second.Value.IsEmpty)
        {
            Move(first.Value.Capability, first, second);
            return;
        }
        Swap(first.Value.Capability, first, second.Value.Capability, second);
    }

    /// <summary>Takes a capability out of the tree and empties its slot; children move up to the next ancestor (R-DER-12).</summary>
    public static void Remove(Ref<CapabilitySlot> slot)
    {
        Ref<CapabilitySlot> before = slot.Value.Previous;
        Ref<CapabilitySlot> after = slot.Value.Next;
        if (!before.IsNull) SetNext(before, after);
        if (!after.IsNull)
        {
            after.Value.MdbPrevious = before.Address;
            // A copy that follows the first of a badge takes over as first, or an older family of that badge would adopt it.
            after.Value.MdbNextAndFlags |= slot.Value.MdbNextAndFlags & CapabilitySlot.FirstBadgedFlag;
        }
        Clear(slot);
    }

    /// <summary>Whether no other capability names the object of this one.</summary>
    /// <remarks>Capabilities to one object are never separated in the list, so the two neighbours tell.</remarks>
    public static bool IsFinal(Ref<CapabilitySlot> slot)
    {
        Capability capability = slot.Value.Capability;
        Ref<CapabilitySlot> before = slot.Value.Previous;
        if (!before.IsNull && CapabilityRelation<A>.SameObject(before.Value.Capability, capability)) return false;
        Ref<CapabilitySlot> after = slot.Value.Next;
        return after.IsNull || !CapabilityRelation<A>.SameObject(capability, after.Value.Capability);
    }

    /// <summary>Whether anything was derived from this capability and still exists.</summary>
    public static bool HasChildren(Ref<CapabilitySlot> slot)
    {
        Ref<CapabilitySlot> after = slot.Value.Next;
        return !after.IsNull && IsParentOf(slot, after);
    }

    /// <summary>Whether <paramref name="child"/>, known to stand in the run after <paramref name="parent"/>, descends from it.</summary>
    public static bool IsParentOf(Ref<CapabilitySlot> parent, Ref<CapabilitySlot> child)
    {
        if ((parent.Value.MdbNextAndFlags & CapabilitySlot.RevocableFlag) == 0) return false;
        // Untypeds, which every Retype asks about, have no badges.
        return parent.Value.Tag == CapabilityTag.Untyped
            ? CapabilityRelation<A>.Contains(parent.Value.Capability, child.Value.Capability)
            : IsInFamily(parent, child);
    }

    private static bool IsInFamily(Ref<CapabilitySlot> parent, Ref<CapabilitySlot> child)
    {
        Capability upper = parent.Value.Capability;
        Capability lower = child.Value.Capability;
        if (!CapabilityRelation<A>.SameRegion(upper, lower)) return false;
        ulong badge = BadgeOf(upper);
        // An unbadged original is above all; a badged one only above copies of its own family (R-DER-05…R-DER-07).
        return badge == 0
            || (badge == BadgeOf(lower) && (child.Value.MdbNextAndFlags & CapabilitySlot.FirstBadgedFlag) == 0);
    }

    /// <summary>Whether some copies of this type are originals; frames and most others never are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CanStartFamily(CapabilityTag tag) => tag is CapabilityTag.Endpoint or CapabilityTag.Notification
        or CapabilityTag.Untyped or CapabilityTag.IrqHandler or CapabilityTag.IoPort;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InsertFamily(Ref<CapabilitySlot> source, Ref<CapabilitySlot> target, Capability capability)
    {
        Capability from = source.Value.Capability;
        ulong flags = StartsFamily(capability, from) ? FlagBits : 0;
        MarkFullyUsed(source, from, capability);
        LinkAfter(source, target, capability, flags);
    }

    /// <summary>Whether a capability made from <paramref name="source"/> is an original of its own (ABI §21.2).</summary>
    private static bool StartsFamily(Capability capability, Capability source) => capability.Tag switch
    {
        CapabilityTag.Endpoint => capability.EndpointBadge != source.EndpointBadge,
        CapabilityTag.Notification => capability.NotificationBadge != source.NotificationBadge,
        CapabilityTag.Untyped => true,
        CapabilityTag.IrqHandler => source.Tag == CapabilityTag.IrqControl,
        CapabilityTag.IoPort => source.Tag == CapabilityTag.IoPortControl,
        _ => false,
    };

    /// <summary>A copied untyped may hand out its memory; the source must never again (R-DER-08).</summary>
    private static void MarkFullyUsed(Ref<CapabilitySlot> slot, Capability source, Capability copy)
    {
        if (source.Tag != CapabilityTag.Untyped || copy.Tag != CapabilityTag.Untyped) return;
        if (source.UntypedAddress != copy.UntypedAddress || source.UntypedSizeBits != copy.UntypedSizeBits) return;
        slot.Value.Word1 = source.WithUntypedFreeIndex(UntypedMemory.FullIndex(source)).Word1;
    }

    private static ulong BadgeOf(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Endpoint => capability.EndpointBadge,
        CapabilityTag.Notification => capability.NotificationBadge,
        _ => 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LinkAfter(Ref<CapabilitySlot> before, Ref<CapabilitySlot> slot, Capability capability, ulong flags)
    {
        Ref<CapabilitySlot> after = before.Value.Next;
        slot.Value.Word0 = capability.Word0;
        slot.Value.Word1 = capability.Word1;
        slot.Value.MdbPrevious = before.Address;
        slot.Value.MdbNextAndFlags = after.Address | flags;
        SetNext(before, slot);
        if (!after.IsNull) after.Value.MdbPrevious = slot.Address;
    }

    private static void PointNeighboursAt(Ref<CapabilitySlot> slot)
    {
        Ref<CapabilitySlot> before = slot.Value.Previous;
        Ref<CapabilitySlot> after = slot.Value.Next;
        if (!before.IsNull) SetNext(before, slot);
        if (!after.IsNull) after.Value.MdbPrevious = slot.Address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetNext(Ref<CapabilitySlot> slot, Ref<CapabilitySlot> next) =>
        slot.Value.MdbNextAndFlags = next.Address | (slot.Value.MdbNextAndFlags & FlagBits);

    /// <summary>Empties a slot.</summary>
    private static void Clear(Ref<CapabilitySlot> slot)
    {
        // In this order no two stores in a row are neighbours; the compiler would join them in a vector register.
        slot.Value.Word1 = 0;
        slot.Value.MdbNextAndFlags = 0;
        slot.Value.Word0 = 0;
        slot.Value.MdbPrevious = 0;
    }
}
