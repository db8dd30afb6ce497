// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Which object types and sizes there are, and what can be done with them.</summary>
internal static class ObjectRules
{
    /// <summary>A CNode has at least two slots, and at most as many as the largest untyped has room for.</summary>
    private const int MaxCNodeBits = AbiConstants.MaxUntypedBits - AbiConstants.SlotSizeBits;

    /// <summary>No x86-64 machine has memory above this, SDM 3A §4.1.4.</summary>
    internal const int PhysicalAddressBits = 52;

    /// <summary>The object's size, once type and number are known to be sound.</summary>
    /// <param name="typeField">Field number of the type.</param>
    /// <param name="sizeField">Field number of the size.</param>
    internal static Refusal CheckSize(ulong type, ulong sizeBits, uint typeField, uint sizeField, out int objectBits)
    {
        objectBits = 0;
        if (type >= (ulong)ObjectType.Count) return Refusal.Because(Reason.Malformed, typeField);  // RPC:D20
        var known = (ObjectType)type;
        if (known == ObjectType.Untyped && sizeBits is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits)
        {
            return Refusal.OutOfRange(sizeField, AbiConstants.MinUntypedBits, AbiConstants.MaxUntypedBits);
        }
        if (known == ObjectType.CNode && sizeBits is < 1 or > MaxCNodeBits) return Refusal.OutOfRange(sizeField, 1, MaxCNodeBits);
        // The number of a type of fixed size is ignored and may be anything; it goes no further than here (RPC:D19).
        objectBits = ObjectSize.Bits(known, SizeBitsOf(known, sizeBits));
        return Refusal.None;
    }

    /// <summary>The size as the kernel takes it; 0 for types of fixed size.</summary>
    internal static int SizeBitsOf(ObjectType type, ulong sizeBits) => ObjectSize.IsChosenByUser(type) ? (int)sizeBits : 0;

    /// <summary>RPC:R11: the kernel refuses to copy paging structures that are not mapped, and a new one never is.</summary>
    internal static bool IsTransferable(ObjectType type) =>
        type is not (ObjectType.PageTable or ObjectType.PageDirectory or ObjectType.Pdpt or ObjectType.Pml4);

    /// <summary>RPC:R13: what can be made from device memory.</summary>
    internal static bool IsForDevices(ObjectType type) =>
        type is ObjectType.Untyped or ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage;
}
