// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>Where a client gets empty slots from, for capabilities to arrive in.</summary>
public interface ISlotPool
{
    /// <summary>The CNode that the slots are looked up in, with all 64 bits of the pointer.</summary>
    Cap<CNode> Root { get; }

    /// <summary>Takes an empty slot, and says which use of it this is.</summary>
    bool TryAcquire(out CapabilityPointer slot, out ushort stamp);

    /// <summary>Takes empty slots that follow each other, and says which use of the first one this is.</summary>
    bool TryAcquireRun(int count, out CapabilityPointer first, out ushort stamp);

    /// <summary>True while this use of the slot has not ended.</summary>
    bool IsHeld(CapabilityPointer slot, ushort stamp);

    /// <summary>Ends this use; the slot is empty again.</summary>
    void Release(CapabilityPointer slot);
}

/// <summary>A pool over any region of slots.</summary>
public sealed class SlotPool : ISlotPool
{
    private SlotRange _range;

    /// <summary>Takes over a region of empty slots of a CSpace.</summary>
    public SlotPool(Cap<CNode> root, SlotRegion region)
    {
        Root = root;
        _range.Initialize(region);
    }

    /// <inheritdoc/>
    public Cap<CNode> Root { get; }

    /// <summary>How many slots are free.</summary>
    public int FreeCount => _range.FreeCount;

    /// <inheritdoc/>
    public bool TryAcquire(out CapabilityPointer slot, out ushort stamp) => _range.TryAcquire(out slot, out stamp);

    /// <inheritdoc/>
    public bool TryAcquireRun(int count, out CapabilityPointer first, out ushort stamp) =>
        _range.TryAcquireRun(count, out first, out stamp);

    /// <inheritdoc/>
    public bool IsHeld(CapabilityPointer slot, ushort stamp) => _range.IsHeld(slot, stamp);

    /// <inheritdoc/>
    public void Release(CapabilityPointer slot) => _range.Release(slot);
}

/// <summary>The grant window that this program was started with. The heap takes its slots here too.</summary>
public sealed class ProcessSlots : ISlotPool
{
    private static SlotRange s_range;

    /// <inheritdoc/>
    public Cap<CNode> Root => ProcessEnvironment.CNode;

    /// <summary>How many slots of the window are free.</summary>
    public static int FreeCount => Range.FreeCount;

    /// <summary>The window, taken over at first use.</summary>
    internal static ref SlotRange Range
    {
        get
        {
            if (s_range.Count == 0) s_range.Initialize(ProcessEnvironment.GrantWindow);
            return ref s_range;
        }
    }

    /// <summary>Takes slots that follow each other; they are empty.</summary>
    public static bool TryAcquireRun(int count, out CapabilityPointer first) => Range.TryAcquireRun(count, out first);

    /// <inheritdoc/>
    public bool TryAcquire(out CapabilityPointer slot, out ushort stamp) => Range.TryAcquire(out slot, out stamp);

    /// <inheritdoc/>
    public bool TryAcquireRun(int count, out CapabilityPointer first, out ushort stamp) =>
        Range.TryAcquireRun(count, out first, out stamp);

    /// <inheritdoc/>
    public bool IsHeld(CapabilityPointer slot, ushort stamp) => Range.IsHeld(slot, stamp);

    /// <inheritdoc/>
    public void Release(CapabilityPointer slot) => Range.Release(slot);
}
