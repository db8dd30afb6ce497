// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>What a piece of untyped memory is doing.</summary>
internal enum NodeState : byte
{
    /// <summary>Not in use as a node.</summary>
    Unused,

    /// <summary>A whole piece, ready to be handed out or split.</summary>
    Free,

    /// <summary>Cut into two halves, the node pair at <see cref="UntypedNode.FirstChild"/>.</summary>
    Split,

    /// <summary>Handed out.</summary>
    Granted,

    /// <summary>Kept for the system itself; never handed out.</summary>
    Reserved,

    /// <summary>The kernel refused something that should work; never handed out again (AL:F2).</summary>
    Quarantined,
}

/// <summary>One piece of untyped memory: 32 bytes, addressed by index, never moved (AL:B6, AL:B8).</summary>
internal struct UntypedNode
{
    /// <summary>Physical address.</summary>
    public ulong Base;

    /// <summary>Slot of the untyped capability of exactly this piece.</summary>
    public uint Slot;

    /// <summary>Index of the parent; zero for the root of a region (index 0 is never a parent).</summary>
    public uint Parent;

    /// <summary>Index of the lower half; the upper half follows. Meaningful in state Split.</summary>
    public uint FirstChild;

    /// <summary>Neighbours in the list that the state selects.</summary>
    public uint Next;
    public uint Previous;

    /// <summary>Size: 2^Order bytes.</summary>
    public byte Order;
    public NodeState State;

    /// <summary>In state Split: how many halves are not completely free, 0…2.</summary>
    public byte BusyHalves;

    /// <summary>1 for device memory.</summary>
    public byte IsDevice;
}
