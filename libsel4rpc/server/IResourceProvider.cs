// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What the server needs from whoever owns the resources. The server knows no allocator and no kernel call.</summary>
/// <remarks>
/// The four Allocate methods are transactions (RPC:R9): either the object exists, its capability lies in a slot of the
/// provider's, and the record says so; or nothing has changed. Policy is checked here, first; quotas the server has checked
/// before. None of them may block, print, or wait for a client (RPC:R5). A record that was filled stays as it is until
/// <see cref="Release"/>, which is called exactly once for it.
/// </remarks>
public interface IResourceProvider
{
    /// <summary>Makes an object out of a block of untyped memory that stays with the provider (RPC:R10).</summary>
    /// <param name="grant">
    /// Set <c>Capability</c>, <c>Start</c> (physical address), <c>IsDevice</c>, and the two words that are the provider's own.
    /// <c>Capability</c> stays null for an object that exists in the destination slot only.
    /// </param>
    Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant);

    /// <summary>Makes several objects, in the caller's slots or in a CNode that is made for them (RPC:B1).</summary>
    /// <param name="grant">
    /// Set <c>Count</c> to how many were made, <c>Start</c> when they follow each other, <c>IsDevice</c>, the provider's two
    /// words, and <c>Capability</c> to the CNode, unless the objects were placed.
    /// </param>
    Refusal AllocateBatch(Session owner, in BatchRequest request, ref GrantRecord grant);

    /// <summary>Issues an interrupt handler and keeps the original capability (RPC:R10).</summary>
    /// <param name="grant">Set <c>Capability</c>, and the two words that are the provider's own.</param>
    Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant);

    /// <summary>Issues a range of I/O ports and keeps the original capability (RPC:R10).</summary>
    /// <param name="grant">Set <c>Capability</c>, and the two words that are the provider's own.</param>
    Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant);

    /// <summary>Tells that a grant was recorded: it has cookie and owner now, and will come back by <see cref="Release"/>.</summary>
    void Granted(in GrantRecord grant)
    {
    }

    /// <summary>Judges a client that wants to hold what another one holds as shared; None when it may (RPC:R14, RPC:R15).</summary>
    /// <param name="grant">The other one's record; it says what and where.</param>
    Refusal MayShare(Session owner, in GrantRecord grant);

    /// <summary>Copies a capability into a slot of the client's grant window (RPC:P1).</summary>
    /// <remarks>Errors: DestinationOccupied; Unsupported for a client whose CNode is not known.</remarks>
    Refusal Place(Session owner, CapabilityPointer capability, ulong slot);

    /// <summary>
    /// Takes a grant back: revokes, deletes own capabilities, gives the block back, frees the slots (RPC:R8). Afterwards no
    /// copy of the capability exists. It cannot fail: nothing here depends on a client.
    /// </summary>
    void Release(ref GrantRecord grant, ReleaseFlag flags);

    /// <summary>Tells that one of several holders of a shared place has left; the place stays with the others (RPC:R15).</summary>
    void Left(in GrantRecord grant)
    {
    }

    /// <summary>True when the memory at a physical address is a device's.</summary>
    bool IsDevice(ulong physicalAddress);

    /// <summary>The session with this owner id, or null.</summary>
    Session? FindOwner(ulong ownerId);
}
