// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>How large objects are, from the one table of the kernel configuration (AL:Z1).</summary>
public static class ObjectSizes
{
    /// <summary>log2 bytes of an object.</summary>
    /// <param name="type">Its number in this configuration.</param>
    /// <param name="sizeBits">As Retype takes it: log2 slots of a CNode, log2 bytes of untyped, ignored otherwise (AL:Z2).</param>
    /// <param name="bits">log2 bytes.</param>
    /// <returns>UnknownType for a number without meaning, BadSize for a size that no untyped can hold; never a size then (AL:Z3).</returns>
    public static AllocationError TryGetBits(ObjectType type, int sizeBits, out int bits)
    {
        bits = 0;
        if (type >= ObjectType.Count) return AllocationError.UnknownType;
        if (ObjectSize.IsChosenByUser(type) && sizeBits is < 1 or > AbiConstants.MaxUntypedBits) return AllocationError.BadSize;
        int found = ObjectSize.Bits(type, sizeBits);
        if (found is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits) return AllocationError.BadSize;
        bits = found;
        return AllocationError.None;
    }

    /// <summary>True for what device memory can become: frames and untypeds (AL:U8).</summary>
    public static bool CanBeDevice(ObjectType type) =>
        type is ObjectType.Untyped or ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage;
}
