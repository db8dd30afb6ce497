// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The two things that the untyped allocator asks of the kernel.</summary>
/// <remarks>
/// A separate interface so that the allocator runs on the host against a model of untyped memory as well as against the
/// kernel. Slots are slot numbers of the allocator's own CNode.
/// </remarks>
public interface IUntypedOperations
{
    /// <summary>Makes <paramref name="count"/> child untypeds of 2^<paramref name="sizeBits"/> bytes in adjacent slots.</summary>
    ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count);

    /// <summary>Removes every capability derived from the one in <paramref name="slot"/> (AL:U6, AL:F1).</summary>
    ErrorCode Revoke(uint slot);
}
