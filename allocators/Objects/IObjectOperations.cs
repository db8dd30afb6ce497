// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>What the object allocator asks of the kernel. Slots are slot numbers of its own CSpace.</summary>
public interface IObjectOperations : IUntypedOperations
{
    /// <summary>Makes objects in adjacent slots (AL:U4). <paramref name="sizeBits"/> is as Retype takes it.</summary>
    ErrorCode Make(uint untypedSlot, ObjectType type, int sizeBits, uint firstSlot, int count);

    /// <summary>Makes a CNode of 2^<paramref name="sizeBits"/> slots in a slot of the root, as a second level (AL:L6).</summary>
    ErrorCode MakeLeaf(uint untypedSlot, int sizeBits, uint leaf);
}
