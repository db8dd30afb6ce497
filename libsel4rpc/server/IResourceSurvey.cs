// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What there is, for those who ask before they ask for it. A server without one does not list it.</summary>
public interface IResourceSurvey
{
    /// <summary>Bytes that are free.</summary>
    ulong FreeBytes(MemorySource source);

    /// <summary>How many blocks of 2^<paramref name="order"/> bytes are free.</summary>
    ulong FreeBlocks(MemorySource source, int order);

    /// <summary>A range of memory that this client may name in requests; false when there is none from this position on.</summary>
    /// <param name="position">Where to look; afterwards where to go on.</param>
    bool TryGetRegion(Session owner, ref int position, out GrantableRegion region);
}

/// <summary>A range of physical addresses that untyped memory covers.</summary>
public readonly struct GrantableRegion(ulong start, ulong bytes, MemorySource source)
{
    /// <summary>First address.</summary>
    public readonly ulong Start = start;

    /// <summary>How many bytes.</summary>
    public readonly ulong Bytes = bytes;

    /// <summary>RAM or device.</summary>
    public readonly MemorySource Source = source;
}
