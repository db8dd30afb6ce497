// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What one grant costs its holder, kind by kind (RPC:Q4).</summary>
/// <remarks>
/// It follows from the grant's record alone, so that what is given back is what was charged. Slots are the server's own: one for
/// each capability that it keeps, the blocks behind objects included. What is placed into the holder's slots costs none for that.
/// </remarks>
public readonly struct QuotaCharge
{
    /// <summary>Books that any grant needs: its record, and the provider's.</summary>
    public const uint BytesPerGrant = 256;

    /// <summary>Books that each further object of a batch needs.</summary>
    public const uint BytesPerPiece = 16;

    /// <summary>Bytes of RAM.</summary>
    public readonly ulong RamBytes;

    /// <summary>Bytes of device memory.</summary>
    public readonly ulong DeviceBytes;

    /// <summary>Slots of the server.</summary>
    public readonly uint Slots;

    /// <summary>Bytes of the server's books.</summary>
    public readonly uint ServerBytes;

    /// <summary>Interrupt or ports; None for memory.</summary>
    public readonly QuotaKind Line;

    private QuotaCharge(ulong ramBytes, ulong deviceBytes, uint slots, uint serverBytes, QuotaKind line)
    {
        RamBytes = ramBytes;
        DeviceBytes = deviceBytes;
        Slots = slots;
        ServerBytes = serverBytes;
        Line = line;
    }

    /// <summary>One object of memory: its block, and the capability that is sent.</summary>
    public static QuotaCharge OfMemory(ulong bytes, bool isDevice) =>
        new(isDevice ? 0 : bytes, isDevice ? bytes : 0, 2, BytesPerGrant, QuotaKind.None);

    /// <summary>An interrupt or a range of ports: one original.</summary>
    public static QuotaCharge OfLine(GrantKind kind) =>
        new(0, 0, 1, BytesPerGrant, kind == GrantKind.Irq ? QuotaKind.Irqs : QuotaKind.IoPorts);

    /// <summary>Several objects, each of which may need a block of its own, and the CNode in which they are sent (RPC:B1).</summary>
    public static QuotaCharge OfBatch(int count, int objectBits, bool isDevice, bool isPlaced)
    {
        ulong bytes = (ulong)count << objectBits;
        ulong cnodeBytes = isPlaced ? 0 : 1ul << (BatchRequest.RadixFor(count) + AbiConstants.SlotSizeBits);
        uint slots = (uint)count + (isPlaced ? 0u : 2u);
        uint serverBytes = BytesPerGrant + ((uint)count * BytesPerPiece);
        return new(cnodeBytes + (isDevice ? 0 : bytes), isDevice ? bytes : 0, slots, serverBytes, QuotaKind.None);
    }

    /// <summary>What a grant was charged with.</summary>
    public static QuotaCharge Of(in GrantRecord grant) => grant.Kind switch
    {
        GrantKind.Memory => OfMemory(grant.Length, grant.IsDevice),
        GrantKind.Batch => OfBatch(grant.Count, grant.ObjectBits, grant.IsDevice, grant.IsPlacedDirectly),
        _ => OfLine(grant.Kind),
    };
}
