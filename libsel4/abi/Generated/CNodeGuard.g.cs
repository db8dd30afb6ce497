// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/layout/shared.bf by `./sel4 gen`. Change that file, not this one.
using System.Runtime.CompilerServices;

namespace Sel4.Abi;

/// <summary>The address bits that a CNode capability expects before its index, as given to Mint and Mutate. ABI-4.3.</summary>
public readonly struct CNodeGuard
{
    /// <summary>The word as it travels.</summary>
    public readonly ulong Word;

    /// <summary>Packs the fields; bits that do not fit a field are cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CNodeGuard(ulong guard, int guardSize) => Word =
        (guard << 6)
        | ((ulong)(uint)guardSize & 0x3FUL);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CNodeGuard(ulong word) => Word = word;

    /// <summary>Takes a word as it arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CNodeGuard FromWord(ulong word) => new(word);

    /// <summary>What the bits must be, right-aligned; only the lowest GuardSize bits count.</summary>
    public ulong Guard
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word >> 6;
    }

    /// <summary>How many address bits the guard takes, 0 to 63.</summary>
    public int GuardSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(Word & 0x3FUL);
    }
}
