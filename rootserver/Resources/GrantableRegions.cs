// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>The ranges of physical addresses that the kernel has handed over as untyped memory, neighbours joined.</summary>
public sealed class GrantableRegions
{
    private readonly GrantableRegion[] _regions;

    /// <summary>Takes down what BootInfo lists.</summary>
    public GrantableRegions(BootInfo info)
    {
        _regions = new GrantableRegion[info.UntypedCount];
        for (int index = 0; index < info.UntypedCount; index++)
        {
            UntypedDescriptor untyped = info.Untyped(index);
            Add(untyped.PhysicalAddress, 1ul << untyped.SizeBits, untyped.IsDevice ? MemorySource.Device : MemorySource.Ram);
        }
    }

    /// <summary>How many ranges there are.</summary>
    public int Count { get; private set; }

    /// <summary>One range; in the order in which the kernel lists them.</summary>
    public GrantableRegion this[int index] => _regions[index];

    /// <summary>True when a byte belongs to a device.</summary>
    public bool IsDevice(ulong address)
    {
        for (int index = 0; index < Count; index++)
        {
            if (address - _regions[index].Start < _regions[index].Bytes) return _regions[index].Source == MemorySource.Device;
        }

        return false;
    }

    private void Add(ulong start, ulong bytes, MemorySource source)
    {
        ref GrantableRegion last = ref _regions[Count == 0 ? 0 : Count - 1];
        if (Count != 0 && last.Source == source && last.Start + last.Bytes == start)
            last = new GrantableRegion(last.Start, last.Bytes + bytes, source);
        else
            _regions[Count++] = new GrantableRegion(start, bytes, source);
    }
}
