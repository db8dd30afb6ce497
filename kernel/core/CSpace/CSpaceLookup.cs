// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Resolves addresses in a capability space: the decision table of ABI §22.3.</summary>
public static class CSpaceLookup
{
    /// <summary>Follows the low <paramref name="depth"/> bits of <paramref name="pointer"/> from a root capability.</summary>
    /// <param name="root">Where to begin; anything but a CNode gives InvalidRoot (R-CSP-10, R-CSP-13).</param>
    /// <param name="pointer">The address; bits above the depth are ignored (R-CSP-14).</param>
    /// <param name="depth">1…64.</param>
    /// <param name="slot">The slot found, which may be empty (R-CSP-06).</param>
    /// <param name="bitsLeft">Bits not used because the slot holds no CNode (R-CSP-08, R-CSP-09).</param>
    /// <returns>A failure of kind None when a slot was found.</returns>
    /// <remarks>Each level uses at least one bit, so there are at most 64 levels, also in a CNode inside itself (R-CSP-16).</remarks>
    public static LookupFailure Find(
        Capability root, ulong pointer, int depth, out Ref<CapabilitySlot> slot, out int bitsLeft)
    {
        slot = default;
        bitsLeft = depth;
        if (root.Tag != CapabilityTag.CNode) return LookupFailure.InvalidRoot;

        Capability node = root;
        int bits = depth;
        while (true)
        {
            int guardSize = (int)node.CNodeGuardSize;
            int levelBits = guardSize + (int)node.CNodeRadix;
            // The guard is judged before the depth (R-CSP-04).
            if (!GuardMatches(node, pointer, bits, guardSize))
            {
                return LookupFailure.GuardMismatch((ulong)bits, node.CNodeGuard, (ulong)guardSize);
            }
            if (levelBits > bits) return LookupFailure.DepthMismatch((ulong)bits, (ulong)levelBits);

            bits -= levelBits;
            ulong index = (pointer >> bits) & ((1ul << (int)node.CNodeRadix) - 1);
            slot = Slots.At(node.CNodeAddress, index);
            if (bits == 0) break;
            node = slot.Value.Capability;
            if (node.Tag != CapabilityTag.CNode) break;
        }
        bitsLeft = bits;
        return new LookupFailure(0, 0);
    }

    /// <summary>Resolves a capability address of a thread: all 64 bits, leftover bits ignored (R-CSP-08).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LookupFailure FindCapability(ref Tcb thread, ulong pointer, out Ref<CapabilitySlot> slot)
    {
        Capability root = thread.Slots[(int)TcbSlot.CSpaceRoot].Capability;
        slot = FindWord(root.Word0, root.Word1, pointer);
        return slot.IsNull ? Find(root, pointer, AbiConstants.WordBits, out slot, out _) : new LookupFailure(0, 0);
    }

    /// <summary>The slot in the usual case that guard and index of one CNode take all 64 bits; null in all other cases.</summary>
    /// <remarks>As <see cref="FindInOneStep"/>, for the depth of system calls, from the words of the root.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ref<CapabilitySlot> FindWord(ulong rootWord0, ulong guard, ulong pointer)
    {
        Capability root = new(rootWord0, guard);
        int radix = (int)root.CNodeRadix;
        if (root.Tag != CapabilityTag.CNode || radix + (int)root.CNodeGuardSize != AbiConstants.WordBits) return default;
        // A guard has no bits above its size (CapabilityDerivation.UpdateData): all that is left of the pointer must equal it.
        if (pointer >> radix != guard) return default;
        return Slots.At(root.CNodeAddress, pointer ^ (guard << radix));
    }

    /// <summary>The slot in the usual case that guard and index of one CNode take all bits; null in all other cases.</summary>
    /// <remarks>
    /// The usual CSpace is one CNode whose guard fills the word (R-CSP-17). What this finds is what <see cref="Find"/> finds;
    /// it is for callers who go on at once when it succeeds, and know no more than before when it does not.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ref<CapabilitySlot> FindInOneStep(Capability root, ulong pointer, ulong depth)
    {
        int radix = (int)root.CNodeRadix;
        int guardSize = (int)root.CNodeGuardSize;
        bool takesAll = root.Tag == CapabilityTag.CNode && (ulong)(radix + guardSize) == depth;
        if (!takesAll || ((pointer >> radix) & ((1ul << guardSize) - 1)) != root.CNodeGuard) return default;
        return Slots.At(root.CNodeAddress, pointer & ((1ul << radix) - 1));
    }

    /// <summary>Resolves the slot that a CNode operation names by root, index and depth.</summary>
    /// <remarks>
    /// Errors in order: FailedLookup(InvalidRoot) (R-CSP-12), RangeError(1, 64) (R-CSP-11), FailedLookup with the failure of
    /// the walk, FailedLookup(DepthMismatch(rest, 0)) when bits are left (R-CSP-09).
    /// </remarks>
    public static SyscallError FindForOperation(
        Capability root, ulong index, ulong depth, bool isSource, out Ref<CapabilitySlot> slot)
    {
        slot = FindInOneStep(root, index, depth);
        if (!slot.IsNull) return SyscallError.None;
        if (root.Tag != CapabilityTag.CNode) return SyscallError.FailedLookup(LookupFailure.InvalidRoot, isSource);
        if (depth < 1 || depth > AbiConstants.WordBits) return SyscallError.Range(1, AbiConstants.WordBits);

        LookupFailure failure = Find(root, index, (int)depth, out slot, out int bitsLeft);
        if (failure.Kind != LookupFailureKind.None) return SyscallError.FailedLookup(failure, isSource);
        if (bitsLeft != 0)
        {
            return SyscallError.FailedLookup(LookupFailure.DepthMismatch((ulong)bitsLeft, 0), isSource);
        }
        return SyscallError.None;
    }

    /// <summary>Whether the top <paramref name="guardSize"/> of the remaining bits are the guard (R-CSP-02, R-CSP-03).</summary>
    private static bool GuardMatches(Capability node, ulong pointer, int bits, int guardSize)
    {
        if (guardSize > bits) return false;
        // Without a guard the shift may be by 64, which C# takes as 0; the mask is 0 then, and so is the guard.
        ulong found = (pointer >> (bits - guardSize)) & ((1ul << guardSize) - 1);
        return found == node.CNodeGuard;
    }
}
