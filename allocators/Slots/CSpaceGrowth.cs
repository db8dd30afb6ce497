// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>Puts a new root above a full one-level CSpace, so that every capability pointer keeps its meaning (AL:L10).</summary>
/// <remarks>
/// The old root becomes entry 0 of the new one: its 2^b slots are then 0 &lt;&lt; b | j, which is j as before. The new root's
/// guard of zeros takes what is left of the 64 bits. A thread is moved by one call; until then nothing has changed for it.
/// </remarks>
public static class CSpaceGrowth
{
    /// <summary>Makes the new root and mounts the old one in it.</summary>
    /// <param name="untyped">Untyped memory of exactly the new root's size, without children.</param>
    /// <param name="oldRoot">The CNode whose slots are to stay where they are; it has 2^LeafBits of them.</param>
    /// <param name="shape">The two levels.</param>
    /// <param name="scratch">An empty slot of the old root.</param>
    /// <param name="newRoot">An empty slot of the old root; afterwards the new root, with its guard: for Retype, Copy and Delete.</param>
    public static Sel4Error Mount(CapabilityPointer untyped, Cap<CNode> oldRoot, CSpaceShape shape, uint scratch, uint newRoot)
    {
        const ulong WordBits = AbiConstants.WordBits;
        Sel4Error error = UntypedInvocation.Retype(
            untyped, ObjectType.CNode, (ulong)shape.RootBits, 0, 0, scratch, 1, oldRoot.Pointer);
        if (!error.IsOk) return error;
        // The old root as an entry has no guard: the new root's bits come before it.
        CapabilityPointer bare = new(scratch);
        error = CNodeInvocation.Mint(
            bare, 0, (ulong)shape.RootBits, oldRoot.Pointer.Value, WordBits, CapRights.All, new CNodeGuard(0, 0).Word, oldRoot.Pointer);
        if (error.IsOk)
        {
            error = CNodeInvocation.Mint(
                oldRoot.Pointer, newRoot, WordBits, scratch, WordBits, CapRights.All, Guard(shape).Word, oldRoot.Pointer);
        }

        if (!error.IsOk) CNodeInvocation.Delete(oldRoot.Pointer, scratch, WordBits);
        return error;
    }

    /// <summary>Lets a thread live in the new CSpace; all its capability pointers mean what they did.</summary>
    public static Sel4Error Move(
        Cap<Tcb> thread, CapabilityPointer faultHandler, uint newRoot, CSpaceShape shape, Cap<Pml4> vspace) =>
        TcbInvocation.SetSpace(thread.Pointer, faultHandler, Guard(shape), 0, new CapabilityPointer(newRoot), vspace.Pointer);

    private static CNodeGuard Guard(CSpaceShape shape) => new(0, AbiConstants.WordBits - shape.Bits);
}
