// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Policies;

/// <summary>What a policy may do to a request (AL:X2): less room, never more, and nothing else about it.</summary>
internal static class Narrowing
{
    public static bool IsNarrower(in RequestDraft before, in RequestDraft after) =>
        after.Owner == before.Owner && after.Kind == before.Kind && after.Type == before.Type
        && after.SizeBits == before.SizeBits && after.Count == before.Count
        && after.Min >= before.Min && after.Max <= before.Max && after.AlignBits >= before.AlignBits
        && (after.Colours & ~before.Colours) == 0 && (after.Flags & ~before.Flags & RequestFlags.DeviceOk) == 0
        && (after.Flags & ~before.Flags & RequestFlags.MayWait) == 0 && after.Priority <= before.Priority
        && (before.LeaseMs == 0 || (after.LeaseMs != 0 && after.LeaseMs <= before.LeaseMs));

    /// <summary>True when no block can satisfy the request any more.</summary>
    public static bool IsEmpty(in RequestDraft request) =>
        request.Colours == 0 || request.Min > request.Max || request.AlignBits > 63
        || (request.SizeBits is > 0 and < 64 && request.Max - request.Min < (1ul << request.SizeBits) - 1);
}
