// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>What Copy, Mint, Mutate and the transfer of capabilities make out of a capability (ABI §21.1).</summary>
public static class CapabilityDerivation<A> where A : struct, IArch
{
    /// <summary>The capability that a copy of <paramref name="capability"/>, taken from <paramref name="slot"/>, becomes.</summary>
    /// <remarks>
    /// Null when the type cannot be copied (R-CNODE-28). Errors: RevokeFirst for an untyped with children (R-CNODE-27);
    /// whatever the architecture says (R-CNODE-29).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SyscallError Derive(Ref<CapabilitySlot> slot, Capability capability, out Capability derived)
    {
        CapabilityTag tag = capability.Tag;
        if (ArchCapabilities.IsArch(tag)) return A.Derive(capability, out derived);
        bool isBusy = tag == CapabilityTag.Untyped && MappingDatabase<A>.HasChildren(slot);
        derived = isBusy || !IsCopyable(tag) ? Capability.NewNull() : capability;
        return isBusy ? SyscallError.RevokeFirst : SyscallError.None;
    }

    /// <summary>The capability with at most the rights given; types without rights come back unchanged (R-CNODE-02).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability MaskRights(Capability capability, CapRights rights) =>
        (rights & CapRights.All) == CapRights.All ? capability : MaskSomeRights(capability, rights);

    private static bool IsCopyable(CapabilityTag tag) =>
        tag is not (CapabilityTag.Null or CapabilityTag.Zombie or CapabilityTag.Reply or CapabilityTag.IrqControl);

    private static Capability MaskSomeRights(Capability capability, CapRights rights)
    {
        switch (capability.Tag)
        {
            case CapabilityTag.Endpoint:
                return capability
                    .WithEndpointCanSend(capability.EndpointCanSend && (rights & CapRights.Write) != 0)
                    .WithEndpointCanReceive(capability.EndpointCanReceive && (rights & CapRights.Read) != 0)
                    .WithEndpointCanGrant(capability.EndpointCanGrant && (rights & CapRights.Grant) != 0)
                    .WithEndpointCanGrantReply(capability.EndpointCanGrantReply && (rights & CapRights.GrantReply) != 0);
            case CapabilityTag.Notification:
                return capability
                    .WithNotificationCanSend(capability.NotificationCanSend && (rights & CapRights.Write) != 0)
                    .WithNotificationCanReceive(capability.NotificationCanReceive && (rights & CapRights.Read) != 0);
            case CapabilityTag.Reply:
                return capability.WithReplyCanGrant(capability.ReplyCanGrant && (rights & CapRights.Grant) != 0);
            default:
                if (ArchCapabilities.IsArch(capability.Tag)) return A.MaskRights(capability, rights);
                // By its words: returned as a whole it would pass through a vector register.
                return new Capability(capability.Word0, capability.Word1);
        }
    }

    /// <summary>Applies a data word: a badge or a guard; other types ignore it (R-CNODE-09).</summary>
    /// <param name="capability">The capability to change.</param>
    /// <param name="data">The word of Mint, Mutate or Rotate.</param>
    /// <param name="preserve">True for Mutate and Rotate, which leave the capability's identity alone: no badge can be set.</param>
    /// <returns>Null when the word cannot be applied (R-CNODE-05, R-CNODE-06, R-CNODE-08, R-CNODE-16).</returns>
    public static Capability UpdateData(Capability capability, ulong data, bool preserve)
    {
        switch (capability.Tag)
        {
            case CapabilityTag.Endpoint:
                return !preserve && capability.EndpointBadge == 0 ? capability.WithEndpointBadge(data) : Capability.NewNull();
            case CapabilityTag.Notification:
                return !preserve && capability.NotificationBadge == 0
                    ? capability.WithNotificationBadge(data)
                    : Capability.NewNull();
            case CapabilityTag.CNode:
                return WithGuard(capability, CNodeGuard.FromWord(data));
            default:
                return capability;
        }
    }

    private static Capability WithGuard(Capability cnode, CNodeGuard guard)
    {
        int guardSize = guard.GuardSize;
        if (guardSize + (int)cnode.CNodeRadix > AbiConstants.WordBits) return Capability.NewNull();
        // Only the lowest guard-size bits count (ABI §4.3); the size is at most 63, so the shift is sound.
        ulong value = guard.Guard & ((1ul << guardSize) - 1);
        return cnode.WithCNodeGuardSize((ulong)guardSize).WithCNodeGuard(value);
    }
}
