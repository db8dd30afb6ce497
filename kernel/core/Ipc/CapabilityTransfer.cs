// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Sends capabilities along with a message (ABI §23, R-XFER).</summary>
public static class CapabilityTransfer<A> where A : struct, IArch
{
    // Positions of the two fields in the MessageInfo word (ABI §4.1).
    private const int ExtraCapsShift = 7;
    private const int CapsUnwrappedShift = 9;

    /// <summary>Hands over what the sender names in its buffer, in order, up to the first that cannot be handed over.</summary>
    /// <returns>The fields extraCaps and capsUnwrapped of the delivered MessageInfo, in place.</returns>
    /// <remarks>
    /// Requires: the capability used for sending has Grant, and both sides have a buffer. All addresses are resolved before the
    /// first capability moves: one that does not resolve any more drops them all (R-XFER-14). Errors are silent (R-XFER-12).
    /// </remarks>
    internal static ulong Transfer(
        ref KernelState kernel, Ref<Tcb> sender, IpcBuffer source, int count, Ref<Endpoint> endpoint, Ref<Tcb> receiver, IpcBuffer target)
    {
        if (!Resolve(ref sender.Value, source, count, 0, out Ref<CapabilitySlot> first)) return 0;
        if (!Resolve(ref sender.Value, source, count, 1, out Ref<CapabilitySlot> second)) return 0;
        if (!Resolve(ref sender.Value, source, count, 2, out Ref<CapabilitySlot> third)) return 0;
        Ref<CapabilitySlot> place = FindReceiveSlot(ref receiver.Value, target);
        ulong unwrapped = 0;
        int handled = 0;
        while (handled < count)
        {
            Ref<CapabilitySlot> slot = handled == 0 ? first : handled == 1 ? second : third;
            Capability capability = slot.Value.Capability;
            if (IsSame(capability, endpoint))
            {
                target.SetBadge(handled, capability.EndpointBadge);
                unwrapped |= 1ul << handled;
            }
            else
            {
                if (place.IsNull || !TryCopy(ref kernel, slot, capability, place)) break;
                place = default;
            }

            handled++;
        }

        return (unwrapped << CapsUnwrappedShift) | ((ulong)handled << ExtraCapsShift);
    }

    /// <summary>True for a capability to the endpoint the message goes through: only its badge travels (R-XFER-05).</summary>
    private static bool IsSame(Capability capability, Ref<Endpoint> endpoint) =>
        !endpoint.IsNull && capability.Tag == CapabilityTag.Endpoint && capability.EndpointAddress == endpoint.Address;

    private static bool Resolve(ref Tcb sender, IpcBuffer source, int count, int index, out Ref<CapabilitySlot> slot)
    {
        slot = default;
        return index >= count
            || CSpaceLookup.FindCapability(ref sender, source.CapabilityPointer(index), out slot).Kind == Sel4.Abi.LookupFailureKind.None;
    }

    /// <summary>The one slot that the receiver offers, read when the message arrives (R-XFER-03, R-XFER-19); null when unusable.</summary>
    private static Ref<CapabilitySlot> FindReceiveSlot(ref Tcb receiver, IpcBuffer buffer)
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref receiver, buffer.ReceiveCNode, out Ref<CapabilitySlot> root);
        if (failure.Kind != Sel4.Abi.LookupFailureKind.None) return default;
        SyscallError error = CSpaceLookup.FindForOperation(
            root.Value.Capability, buffer.ReceiveIndex, buffer.ReceiveDepth, false, out Ref<CapabilitySlot> place);
        return error.IsNone && place.Value.IsEmpty ? place : default;
    }

    /// <summary>Derives as Copy with all rights does, and inserts as its child (R-DER-14, R-XFER-17).</summary>
    private static bool TryCopy(ref KernelState kernel, Ref<CapabilitySlot> slot, Capability capability, Ref<CapabilitySlot> place)
    {
        if (capability.IsNull) return false;
        SyscallError error = CapabilityDerivation<A>.Derive(slot, capability, out Capability derived);
        if (!error.IsNone || derived.IsNull) return false;
        MappingDatabase<A>.Insert(ref kernel, derived, slot, place);
        return true;
    }
}
