// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Something that the root server has granted: a capability in a slot, and the handle to give it back with.</summary>
/// <remarks>
/// A value: copies are the same grant, and nothing is allocated for it (RPC:R33). Give it back with <c>using</c> or
/// <see cref="RpcClient.Free"/>, once; every further time, through whatever copy, does nothing (RPC:R32).
/// </remarks>
public readonly struct Grant : IDisposable
{
    private readonly RpcClient? _client;

    internal Grant(
        RpcClient client, CapabilityPointer slot, ushort stamp, in GrantTerms terms, in ReturnMessage reply, bool isSpread = false)
    {
        _client = client;
        Capability = slot;
        Stamp = stamp;
        Kind = terms.Kind;
        Type = terms.Type;
        SizeBits = terms.SizeBits;
        Cookie = reply.Cookie;
        PhysicalAddress = new PhysicalAddress(reply.Paddr);
        Count = reply.Granted == 0 ? 1 : (int)reply.Granted;
        IsSpread = isSpread;
    }

    /// <summary>Where the capability lies.</summary>
    public CapabilityPointer Capability { get; }

    /// <summary>The server's handle; 0 from old servers for interrupts and ports.</summary>
    public ulong Cookie { get; }

    /// <summary>What it is.</summary>
    public GrantKind Kind { get; }

    /// <summary>Type of the object, when it is memory.</summary>
    public ObjectType Type { get; }

    /// <summary>The size that was asked for: log2 bytes of untyped memory, log2 slots of a CNode, else 0.</summary>
    public int SizeBits { get; }

    /// <summary>Where it lies physically, when it is memory and the server has said so.</summary>
    public PhysicalAddress PhysicalAddress { get; }

    /// <summary>How many objects there are; more than one only in a batch.</summary>
    public int Count { get; }

    /// <summary>True for a batch whose objects lie in slots of this program that follow each other.</summary>
    internal bool IsSpread { get; }

    /// <summary>Tells this use of the slot from later ones.</summary>
    internal ushort Stamp { get; }

    /// <summary>True until it is given back.</summary>
    public bool IsHeld => _client is not null && _client.IsHeld(this);

    /// <summary>The capability, believed to be of a type.</summary>
    public Cap<T> As<T>() where T : struct, ICapabilityType => new(Capability);

    /// <summary>
    /// Where one object of a batch lies: in the batch's CNode, from which it can be moved or copied, or in a slot of its own.
    /// </summary>
    public SlotPath SlotOf(int index)
    {
        if (IsSpread) return SlotPath.Of(_client!.Channel.Root, Capability + (ulong)index);
        int radix = 1;
        while (1 << radix < Count) radix++;
        return new SlotPath(As<CNode>(), (ulong)index, radix);
    }

    /// <summary>Gives it back; what the server says to that is dropped.</summary>
    public void Dispose() => _client?.Free(this);
}

/// <summary>What a grant was asked for as.</summary>
internal readonly struct GrantTerms(GrantKind kind, ObjectType type, int sizeBits)
{
    public readonly GrantKind Kind = kind;
    public readonly ObjectType Type = type;
    public readonly int SizeBits = sizeBits;
}
