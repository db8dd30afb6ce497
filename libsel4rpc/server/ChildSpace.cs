// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>The capability space of a client that the server has made, and the part of it where grants may be placed (RPC:P2).</summary>
/// <remarks>Slots are counted as the client counts them: the index in its one CNode.</remarks>
public readonly struct ChildSpace(CapabilityPointer cnode, int cnodeBits, ulong firstSlot, ulong endSlot)
{
    /// <summary>The server's capability to the client's CNode; null for a client without one that the server knows.</summary>
    public readonly CapabilityPointer CNode = cnode;

    /// <summary>log2 of the CNode's slots.</summary>
    public readonly int CNodeBits = cnodeBits;

    /// <summary>First slot of the grant window.</summary>
    public readonly ulong FirstSlot = firstSlot;

    /// <summary>The slot after the window's last one.</summary>
    public readonly ulong EndSlot = endSlot;

    /// <summary>True when so many slots from <paramref name="slot"/> on lie in the window.</summary>
    public bool Holds(ulong slot, int count) =>
        !CNode.IsNull && slot >= FirstSlot && slot < EndSlot && (ulong)count <= EndSlot - slot;
}
