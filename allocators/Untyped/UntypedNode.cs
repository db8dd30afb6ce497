// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

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

    /// <summary>Free, but not to be used again yet (AL:G3).</summary>
    Resting,
}

/// <summary>One piece of untyped memory: 32 bytes, addressed by index, never moved (AL:B6, AL:B8).</summary>
internal struct UntypedNode
{
    private const int KindMask = 3;
    private const int BusyShift = 2;
    private const int LifetimeShift = 4;
    private const int PinnedBit = 0x80;

    /// <summary>Physical address.</summary>
    public ulong Base;

    /// <summary>Slot of the untyped capability of exactly this piece.</summary>
    public uint Slot;

    /// <summary>Index of the parent; zero for the root of a region (index 0 is never a parent).</summary>
    public uint Parent;

    /// <summary>In state Split the lower half, which the upper half follows; in state Free the first child in the heap.</summary>
    public uint FirstChild;

    /// <summary>Neighbours in the list or heap that the state selects.</summary>
    public uint Next;
    public uint Previous;

    /// <summary>Size: 2^Order bytes.</summary>
    public byte Order;
    public NodeState State;

    /// <summary>Order of the largest completely free piece in here; zero when there is none.</summary>
    public byte Largest;

    // Bits 0–1 kind, 2–3 busy halves, 4–6 life time + 1 of the first taken here, 7 pinned.
    private byte _bits;

    /// <summary>Sets kind, and clears everything else that is kept in bits.</summary>
    public void Reset(MemoryKind kind) => _bits = (byte)kind;

    public readonly MemoryKind Kind => (MemoryKind)(_bits & KindMask);

    /// <summary>In state Split: how many halves are not completely free, 0…2; one more when <see cref="IsPinned"/>.</summary>
    public int BusyHalves
    {
        readonly get => _bits >> BusyShift & 3;
        set => _bits = (byte)((_bits & ~(3 << BusyShift)) | (value << BusyShift));
    }

    /// <summary>Split for good, because the halves lie in different zones (AL:U19).</summary>
    public bool IsPinned
    {
        readonly get => (_bits & PinnedBit) != 0;
        set => _bits = (byte)(value ? _bits | PinnedBit : _bits & ~PinnedBit);
    }

    /// <summary>True when something in here was taken since it was last completely free.</summary>
    public readonly bool HasLifetime => (_bits >> LifetimeShift & 7) != 0;

    /// <summary>Life time of the first that was taken; meaningful when <see cref="HasLifetime"/>.</summary>
    public MemoryLifetime Lifetime
    {
        readonly get => HasLifetime ? (MemoryLifetime)((_bits >> LifetimeShift & 7) - 1) : MemoryLifetime.Unknown;
        set => _bits = (byte)((_bits & ~(7 << LifetimeShift)) | (((int)value + 1) << LifetimeShift));
    }

    public void ClearLifetime() => _bits = (byte)(_bits & ~(7 << LifetimeShift));
}
