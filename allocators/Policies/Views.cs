// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>Who asks, and what it has (AL:X6). Use and limits are indexed by <see cref="ResourceKind"/>.</summary>
public readonly ref struct OwnerView(ulong id, ReadOnlySpan<ulong> used, ReadOnlySpan<ulong> limits)
{
    private readonly ReadOnlySpan<ulong> _used = used;
    private readonly ReadOnlySpan<ulong> _limits = limits;

    /// <summary>The number that stands for this owner.</summary>
    public readonly ulong Id = id;

    /// <summary>What it holds; zero for a kind that is not counted.</summary>
    public ulong Used(ResourceKind kind) => (int)kind < _used.Length ? _used[(int)kind] : 0;

    /// <summary>What it may hold; the largest number for a kind without limit.</summary>
    public ulong Limit(ResourceKind kind) => (int)kind < _limits.Length ? _limits[(int)kind] : ulong.MaxValue;

    /// <summary>What it may still ask for.</summary>
    public ulong Left(ResourceKind kind) => Limit(kind) > Used(kind) ? Limit(kind) - Used(kind) : 0;
}

/// <summary>What there is, at the moment of the request (AL:X6).</summary>
public readonly struct PoolView(ulong freeRam, ulong totalRam, int largestRamBits, ulong freeDevice, int freeSlots)
{
    public readonly ulong FreeRamBytes = freeRam;
    public readonly ulong TotalRamBytes = totalRam;

    /// <summary>log2 bytes of the largest block of RAM; −1 when there is none.</summary>
    public readonly int LargestRamBits = largestRamBits;
    public readonly ulong FreeDeviceBytes = freeDevice;
    public readonly int FreeSlots = freeSlots;

    /// <summary>What is free of a kind; the largest number where the pool does not know.</summary>
    public ulong Free(ResourceKind kind) => kind switch
    {
        ResourceKind.Ram => FreeRamBytes,
        ResourceKind.Device => FreeDeviceBytes,
        ResourceKind.Slots => (ulong)FreeSlots,
        _ => ulong.MaxValue,
    };
}

/// <summary>A place that would do: the block that would be given, and the free piece that it would be cut from.</summary>
/// <remarks>
/// The neighbourhood is the 2 MiB around the block (or the region, when that is smaller): what decides whether it can ever
/// be a large page again.
/// </remarks>
public readonly struct Candidate
{
    /// <summary>Physical address of the block.</summary>
    public ulong Base { get; init; }

    /// <summary>log2 bytes of the piece that it would be cut from.</summary>
    public int Order { get; init; }

    /// <summary>Physical address of that piece.</summary>
    public ulong PieceBase { get; init; }

    /// <summary>The other half of the piece's parent is free as well: taking this one breaks a pair (AL:U11).</summary>
    public bool IsSiblingFree { get; init; }

    /// <summary>The piece would have to be merged first, which costs a Revoke and clearing (AL:U7).</summary>
    public bool NeedsMerge { get; init; }

    public MemoryKind Kind { get; init; }

    /// <summary>Which scarce range the block lies in (AL:U19).</summary>
    public MemoryZone Zone { get; init; }

    /// <summary>First address of the untyped of the boot information that it lies in.</summary>
    public ulong RegionBase { get; init; }

    /// <summary>log2 bytes of that untyped.</summary>
    public int RegionBits { get; init; }

    /// <summary>Nothing in the neighbourhood is in use.</summary>
    public bool IsBlockEmpty { get; init; }

    /// <summary>Life time of the first that was taken in the neighbourhood since it was empty.</summary>
    public MemoryLifetime BlockLifetime { get; init; }
}

/// <summary>What could not be had (AL:G1).</summary>
public readonly struct Shortage(AllocationError error, ResourceKind kind, ulong wanted, ulong free, int largestBits)
{
    public readonly AllocationError Error = error;
    public readonly ResourceKind Kind = kind;

    /// <summary>Bytes, or what <see cref="Kind"/> counts.</summary>
    public readonly ulong Wanted = wanted;
    public readonly ulong Free = free;

    /// <summary>log2 of the largest block; −1 when there is none or it means nothing.</summary>
    public readonly int LargestBits = largestBits;
}

/// <summary>Something that was granted.</summary>
public readonly struct GrantView
{
    public ulong Owner { get; init; }

    /// <summary>The handle that stands for the grant.</summary>
    public ulong Cookie { get; init; }

    public ResourceKind Kind { get; init; }

    public ObjectType Type { get; init; }

    /// <summary>First physical address, port or line.</summary>
    public ulong Start { get; init; }

    /// <summary>Bytes, or what <see cref="Kind"/> counts.</summary>
    public ulong Amount { get; init; }

    public int Priority { get; init; }

    /// <summary>Milliseconds until it ends; 0 for never.</summary>
    public ulong LeaseMs { get; init; }
}

/// <summary>Why a grant ended.</summary>
public enum ReleaseReason : byte
{
    /// <summary>Its owner gave it back.</summary>
    Asked,

    /// <summary>Its owner ended.</summary>
    OwnerEnded,

    /// <summary>Its time was over.</summary>
    LeaseExpired,

    /// <summary>A policy took it for somebody else.</summary>
    Reclaimed,

    /// <summary>The operation that made it failed later on.</summary>
    Undone,

    /// <summary>The kernel refused what should have worked with it (AL:F2).</summary>
    Corrupt,
}
