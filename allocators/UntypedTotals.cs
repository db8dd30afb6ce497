// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>A snapshot of the allocator's books; Free + Granted + Reserved + Quarantined is constant (AL:A3).</summary>
public readonly struct UntypedTotals(ulong freeBytes, ulong grantedBytes, ulong reservedBytes, ulong quarantinedBytes, int grantedBlocks)
{
    public readonly ulong FreeBytes = freeBytes;
    public readonly ulong GrantedBytes = grantedBytes;
    public readonly ulong ReservedBytes = reservedBytes;
    public readonly ulong QuarantinedBytes = quarantinedBytes;
    public readonly int GrantedBlocks = grantedBlocks;

    /// <summary>All bytes ever adopted.</summary>
    public ulong TotalBytes => FreeBytes + GrantedBytes + ReservedBytes + QuarantinedBytes;
}
