// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Sizes of kernel objects. ABI-11.1.</summary>
public static class ObjectSize
{
    /// <summary>log2 bytes of an object; sizeBits is Retype's argument, and counts only for types with a size of their own.</summary>
    public static int Bits(ObjectType type, int sizeBits) => type switch
    {
        ObjectType.Untyped => sizeBits,
        ObjectType.Tcb => 11,
        ObjectType.Endpoint => 4,
        ObjectType.Notification => 5,
        ObjectType.CNode => sizeBits + 5,
        ObjectType.Pdpt => 12,
        ObjectType.Pml4 => 12,
        ObjectType.HugePage => 30,
        ObjectType.SmallPage => 12,
        ObjectType.LargePage => 21,
        ObjectType.PageTable => 12,
        ObjectType.PageDirectory => 12,
        _ => 0,
    };

    /// <summary>Whether the type takes its size from Retype's argument.</summary>
    public static bool IsChosenByUser(ObjectType type) => type is ObjectType.Untyped or ObjectType.CNode;
}
