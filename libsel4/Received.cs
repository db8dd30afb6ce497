// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>What a receive brought: the header of the message and the badge it came with. The words are in the IPC buffer.</summary>
/// <remarks>
/// A signal brings a badge and an empty header. A non-blocking receive that found nothing brings badge 0 and an empty header,
/// which an empty message through an unbadged capability does as well (ABI-3.5).
/// </remarks>
public readonly struct Received
{
    /// <summary>The header as a word; first, because the stubs return the two in this order.</summary>
    private readonly ulong _info;

    private readonly ulong _badge;

    /// <summary>Takes the two words as they arrived.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Received(ulong info, ulong badge)
    {
        _info = info;
        _badge = badge;
    }

    /// <summary>The header of the message.</summary>
    public MessageInfo Info
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MessageInfo.FromWord(_info);
    }

    /// <summary>The badge of the capability that the sender used, or the bits that were signalled.</summary>
    public Badge Badge
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_badge);
    }
}
