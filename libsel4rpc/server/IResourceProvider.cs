// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What the server needs from whoever owns the resources. The server knows no allocator and no kernel call.</summary>
/// <remarks>
/// The three Allocate methods are transactions (RPC:R9): either the object exists, its capability lies in a slot of the
/// provider's, and the record says so; or nothing has changed. Policy and quota are checked here, first. None of them may
/// block, print, or wait for a client (RPC:R5). A record that was filled stays as it is until
/// <see cref="Release"/>, which is called exactly once for it.
/// </remarks>
public interface IResourceProvider
{
    /// <summary>Makes an object out of a block of untyped memory that stays with the provider (RPC:R10).</summary>
    /// <param name="grant">
    /// Set <c>Capability</c>, <c>Start</c> (physical address), <c>IsDevice</c>, and the two words that are the provider's own.
    /// </param>
    Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant);

    /// <summary>Issues an interrupt handler and keeps the original capability (RPC:R10).</summary>
    /// <param name="grant">Set <c>Capability</c>, and the two words that are the provider's own.</param>
    Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant);

    /// <summary>Issues a range of I/O ports and keeps the original capability (RPC:R10).</summary>
    /// <param name="grant">Set <c>Capability</c>, and the two words that are the provider's own.</param>
    Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant);

    /// <summary>
    /// Takes a grant back: revokes, deletes own capabilities, gives the block back, frees the slots (RPC:R8). Afterwards no
    /// copy of the capability exists. It cannot fail: nothing here depends on a client.
    /// </summary>
    void Release(ref GrantRecord grant, ReleaseFlag flags);

    /// <summary>The session with this owner id, or null.</summary>
    Session? FindOwner(ulong ownerId);
}
