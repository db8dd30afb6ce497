// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/layout/shared.bf by `./sel4 gen`. Change that file, not this one.
using System.Runtime.CompilerServices;

namespace Sel4.Abi;

/// <summary>The header of a message: what it is about, and how much of it there is. ABI-4.1.</summary>
public readonly struct MessageInfo
{
    /// <summary>The word as it travels.</summary>
    public readonly ulong Word;

    /// <summary>Packs the fields; bits that do not fit a field are cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MessageInfo(ulong label, int capsUnwrapped, int extraCaps, int length) => Word =
        (label << 12)
        | (((ulong)(uint)capsUnwrapped << 9) & 0xE00UL)
        | (((ulong)(uint)extraCaps << 7) & 0x180UL)
        | ((ulong)(uint)length & 0x7FUL);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MessageInfo(ulong word) => Word = word;

    /// <summary>Takes a word as it arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MessageInfo FromWord(ulong word) => new(word);

    /// <summary>Invocation or fault number, error code of an answer; free for use in messages between programs.</summary>
    public ulong Label
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word >> 12;
    }

    /// <summary>Bitmap of the capabilities that arrived as a badge. Set by the kernel.</summary>
    public int CapsUnwrapped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)((Word >> 9) & 0x7UL);
    }

    /// <summary>How many capabilities travel.</summary>
    public int ExtraCaps
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)((Word >> 7) & 0x3UL);
    }

    /// <summary>How many words travel; above 120 counts as 120.</summary>
    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)(Word & 0x7FUL);
    }
}
