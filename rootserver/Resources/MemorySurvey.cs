// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Tells children what memory there is: how much is free, in which sizes, and which places they may name.</summary>
internal sealed class MemorySurvey(UntypedAllocator memory, GrantableRegions regions) : IResourceSurvey
{
    private readonly UntypedAllocator _memory = memory;
    private readonly GrantableRegions _regions = regions;

    /// <inheritdoc/>
    public ulong FreeBytes(MemorySource source) => _memory.Totals(KindOf(source)).FreeBytes;

    /// <inheritdoc/>
    public ulong FreeBlocks(MemorySource source, int order) => (ulong)_memory.FreeBlocks(KindOf(source), order);

    /// <inheritdoc/>
    /// <remarks>RAM for everybody, because anybody gets it by asking; of devices what the child may name (RPC:R14).</remarks>
    public bool TryGetRegion(Session owner, ref int position, out GrantableRegion region)
    {
        HardwareManifest hardware = ((ChildSession)owner).Hardware;
        while (position < _regions.Count)
        {
            region = _regions[position++];
            bool isVisible = region.Source == MemorySource.Ram || owner.IsPrivileged || hardware.AllowsSome(region.Start, region.Bytes);
            if (isVisible) return true;
        }

        region = default;
        return false;
    }

    private static MemoryKind KindOf(MemorySource source) => source == MemorySource.Ram ? MemoryKind.Ram : MemoryKind.Device;
}
