// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>What a request allows or wants, as bits.</summary>
[Flags]
public enum RequestFlags : byte
{
    None = 0,

    /// <summary>Memory of a device, which is not cleared, will do as well (AL:I5).</summary>
    DeviceOk = 1,

    /// <summary>A device will read or write it.</summary>
    Dma = 2,

    /// <summary>The requester can wait.</summary>
    MayWait = 4,

    /// <summary>Others may hold the same.</summary>
    Shared = 8,

    /// <summary>A refusal is expected: it is counted, not reported (AL:G1).</summary>
    Quiet = 16,
}

/// <summary>A request that policies may still narrow (AL:X2).</summary>
/// <remarks>Sizes are log2 bytes, whatever the kernel call takes (AL:Z2). <see cref="Any"/> is the widest request.</remarks>
public ref struct RequestDraft
{
    /// <summary>Who asks; 0 is the system itself.</summary>
    public ulong Owner;

    public ResourceKind Kind;

    /// <summary>What will be made of the memory.</summary>
    public ObjectType Type;

    /// <summary>log2 bytes of one object; 0 for what has no bytes.</summary>
    public int SizeBits;

    /// <summary>How many objects, ports or lines.</summary>
    public int Count;

    /// <summary>Lowest physical address, port or line that will do.</summary>
    public ulong Min;

    /// <summary>The last one, inclusive.</summary>
    public ulong Max;

    /// <summary>The address has to be a multiple of 2^this, where that is more than the size asks for.</summary>
    public int AlignBits;

    /// <summary>Cache colours that will do: bit (address >> 12) mod 64.</summary>
    public ulong Colours;

    public MemoryLifetime Lifetime;

    /// <summary>0 is the lowest.</summary>
    public int Priority;

    public RequestFlags Flags;

    /// <summary>Milliseconds after which it is taken back; 0 for never.</summary>
    public ulong LeaseMs;

    /// <summary>What it is for, in UTF-8.</summary>
    public ReadOnlySpan<byte> Label;

    /// <summary>One object of 2^<paramref name="sizeBits"/> bytes, anywhere.</summary>
    public static RequestDraft Any(ulong owner, ResourceKind kind, ObjectType type, int sizeBits) => new()
    {
        Owner = owner,
        Kind = kind,
        Type = type,
        SizeBits = sizeBits,
        Count = 1,
        Max = ulong.MaxValue,
        Colours = ulong.MaxValue,
    };

    /// <summary>Bytes in all; what has no bytes counts itself. Saturates.</summary>
    public readonly ulong Amount
    {
        get
        {
            ulong count = Count < 0 ? 0 : (ulong)Count;
            if (SizeBits <= 0) return count;
            return SizeBits > 63 || count > ulong.MaxValue >> SizeBits ? ulong.MaxValue : count << SizeBits;
        }
    }
}

/// <summary>A request as policies see it: nothing in it can be changed (AL:X6).</summary>
public readonly ref struct Request(RequestDraft draft)
{
    private readonly RequestDraft _draft = draft;

    /// <inheritdoc cref="RequestDraft.Owner"/>
    public ulong Owner => _draft.Owner;

    /// <inheritdoc cref="RequestDraft.Kind"/>
    public ResourceKind Kind => _draft.Kind;

    /// <inheritdoc cref="RequestDraft.Type"/>
    public ObjectType Type => _draft.Type;

    /// <inheritdoc cref="RequestDraft.SizeBits"/>
    public int SizeBits => _draft.SizeBits;

    /// <inheritdoc cref="RequestDraft.Count"/>
    public int Count => _draft.Count;

    /// <inheritdoc cref="RequestDraft.Min"/>
    public ulong Min => _draft.Min;

    /// <inheritdoc cref="RequestDraft.Max"/>
    public ulong Max => _draft.Max;

    /// <inheritdoc cref="RequestDraft.AlignBits"/>
    public int AlignBits => _draft.AlignBits;

    /// <inheritdoc cref="RequestDraft.Colours"/>
    public ulong Colours => _draft.Colours;

    /// <inheritdoc cref="RequestDraft.Lifetime"/>
    public MemoryLifetime Lifetime => _draft.Lifetime;

    /// <inheritdoc cref="RequestDraft.Priority"/>
    public int Priority => _draft.Priority;

    /// <inheritdoc cref="RequestDraft.Flags"/>
    public RequestFlags Flags => _draft.Flags;

    /// <inheritdoc cref="RequestDraft.LeaseMs"/>
    public ulong LeaseMs => _draft.LeaseMs;

    /// <inheritdoc cref="RequestDraft.Label"/>
    public ReadOnlySpan<byte> Label => _draft.Label;

    /// <inheritdoc cref="RequestDraft.Amount"/>
    public ulong Amount => _draft.Amount;

    /// <summary>True when a device will use the memory.</summary>
    public bool IsDma => (_draft.Flags & RequestFlags.Dma) != 0;

    /// <summary>True when any address will do.</summary>
    public bool IsAnywhere => Min == 0 && Max == ulong.MaxValue;

    /// <summary>A copy to be narrowed.</summary>
    public RequestDraft ToDraft() => _draft;
}
