// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What the server remembers of one grant.</summary>
public struct GrantRecord
{
    /// <summary>Who holds it; null while the record is free.</summary>
    public Session? Owner { get; internal set; }

    /// <summary>The handle that the client has (RPC:R6).</summary>
    public uint Cookie { get; internal set; }

    /// <summary>What it is.</summary>
    public GrantKind Kind { get; internal set; }

    /// <summary>Type of the object, when it is memory.</summary>
    public ObjectType Type { get; internal set; }

    /// <summary>Log2 of the object's size in bytes, when it is memory.</summary>
    public int ObjectBits { get; internal set; }

    /// <summary>The capability whose copy is sent. It belongs to the provider and lives as long as the grant.</summary>
    public CapabilityPointer Capability;

    /// <summary>First physical address, port or vector.</summary>
    public ulong Start;

    /// <summary>How many bytes, ports or vectors.</summary>
    public ulong Length { get; internal set; }

    /// <summary>Device memory.</summary>
    public bool IsDevice;

    /// <summary>Asked for by place, so that asking again gives the same grant again (RPC:R15).</summary>
    public bool IsPlaced { get; internal set; }

    /// <summary>Placed in the holder's own slots; there may be no other capability to it (RPC:P1).</summary>
    public bool IsPlacedDirectly { get; internal set; }

    /// <summary>Others may hold the same place (RPC:R15).</summary>
    public bool IsShared { get; internal set; }

    /// <summary>How many objects a batch has.</summary>
    public int Count;

    /// <summary>What it is for, as the holder said.</summary>
    public GrantLabel Label;

    /// <summary>When its lease ends, in milliseconds of the server's clock; 0 when it has none (RPC:R21).</summary>
    public ulong LeaseEnd { get; internal set; }

    /// <summary>How often it was asked for; only the last return takes it back (RPC:R15).</summary>
    public int ReferenceCount { get; internal set; }

    /// <summary>The provider's own: which block, which slot.</summary>
    public ulong ProviderWord0;

    /// <inheritdoc cref="ProviderWord0"/>
    public ulong ProviderWord1;

    internal GrantState State;
    internal uint Generation;

    /// <summary>Grows from grant to grant: an owner's list runs from the highest down, which lets a listing go on where it was.</summary>
    internal ulong Serial;

    /// <summary>The lease had ended when it was taken back.</summary>
    internal bool IsExpired;

    // Ring of those who hold the same shared place, and list of all shared grants. Both end at GrantTable.None.
    internal int NextHolder;
    internal int NextShared;
    internal int PreviousShared;

    // List of all grants with a lease.
    internal int NextLease;
    internal int PreviousLease;

    // The list of the owner's grants; of free records, only the next one.
    internal int Next;
    internal int Previous;
}

/// <summary>Where a record is in its life.</summary>
internal enum GrantState : byte
{
    Free,
    Reserved,
    Live,
}
