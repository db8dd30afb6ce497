// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>Why an address leads nowhere, with the words of ABI-6.2.</summary>
public sealed record ModelLookupFailure(LookupFailureKind Kind, params ulong[] Words)
{
    public static ModelLookupFailure InvalidRoot { get; } = new(LookupFailureKind.InvalidRoot);

    public static ModelLookupFailure Missing(ulong bitsLeft) => new(LookupFailureKind.MissingCapability, bitsLeft);

    public ulong[] AllWords => [(ulong)Kind, .. Words];
}

/// <summary>A request that is refused: nothing has changed.</summary>
public sealed class ModelRefusal(ErrorCode code, params ulong[] words) : Exception(code.ToString())
{
    public ErrorCode Code { get; } = code;

    public ulong[] Words { get; } = words;

    public static ModelRefusal Lookup(bool wasSource, ModelLookupFailure failure) =>
        new(ErrorCode.FailedLookup, [wasSource ? 1ul : 0, .. failure.AllWords]);

    public static ModelRefusal Range(ulong first, ulong last) => new(ErrorCode.RangeError, first, last);
}

/// <summary>Finds slots by address, as the table of ABI-22.3 has it.</summary>
public static class ModelLookup
{
    private const int WordBits = 64;

    /// <summary>The slot of a capability address; null with the failure otherwise.</summary>
    public static ModelSlot? Find(ModelThread thread, ulong pointer, out ModelLookupFailure? failure) =>
        Walk(thread.CSpace.Cap, pointer, WordBits, out _, out failure);

    /// <summary>The slot that a CNode operation names.</summary>
    /// <exception cref="ModelRefusal">There is none.</exception>
    public static ModelSlot FindForOperation(ModelCap? root, ulong index, ulong depth, bool wasSource)
    {
        if (root?.Type != CapabilityTypeTag.CNode) throw ModelRefusal.Lookup(wasSource, ModelLookupFailure.InvalidRoot);
        if (depth is < 1 or > WordBits) throw ModelRefusal.Range(1, WordBits);
        ModelSlot? slot = Walk(root, index, (int)depth, out int left, out ModelLookupFailure? failure);
        if (failure is not null) throw ModelRefusal.Lookup(wasSource, failure);
        if (left > 0) throw ModelRefusal.Lookup(wasSource, new(LookupFailureKind.DepthMismatch, (ulong)left, 0));
        return slot!;
    }

    private static ModelSlot? Walk(ModelCap? cap, ulong address, int bits, out int left, out ModelLookupFailure? failure)
    {
        left = bits;
        failure = null;
        if (cap?.Type != CapabilityTypeTag.CNode)
        {
            failure = ModelLookupFailure.InvalidRoot;
            return null;
        }

        while (true)
        {
            ModelNode node = (ModelNode)cap.Target!;
            ulong remaining = Low(address, left);
            if (cap.GuardSize > left || High(remaining, left, cap.GuardSize) != cap.Guard)
            {
                failure = new(LookupFailureKind.GuardMismatch, (ulong)left, cap.Guard, (ulong)cap.GuardSize);
                return null;
            }

            int consumed = cap.GuardSize + node.Radix;
            if (consumed > left)
            {
                failure = new(LookupFailureKind.DepthMismatch, (ulong)left, (ulong)consumed);
                return null;
            }

            left -= consumed;
            ModelSlot slot = node.Slots[(int)Low(left == WordBits ? 0 : address >> left, node.Radix)];
            if (left == 0 || slot.Cap?.Type != CapabilityTypeTag.CNode) return slot;
            cap = slot.Cap;
        }
    }

    private static ulong Low(ulong value, int bits) => bits >= WordBits ? value : value & ((1ul << bits) - 1);

    /// <summary>The top <paramref name="count"/> of <paramref name="bits"/> bits.</summary>
    private static ulong High(ulong value, int bits, int count) => count == 0 ? 0 : value >> (bits - count);
}
