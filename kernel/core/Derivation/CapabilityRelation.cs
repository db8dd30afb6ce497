// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Which objects a capability covers; the base of the derivation tree (ABI §21.2).</summary>
public static class CapabilityRelation<A> where A : struct, IArch
{
    /// <summary>Whether <paramref name="candidate"/> covers the object of <paramref name="child"/>.</summary>
    /// <remarks>
    /// Untyped covers everything inside its range, IRQControl every handler, IOPortControl every range of ports; any other
    /// capability covers just its own object. Null capabilities and zombies cover nothing.
    /// </remarks>
    public static bool SameRegion(Capability candidate, Capability child)
    {
        switch (candidate.Tag)
        {
            case CapabilityTag.Untyped:
                return Contains(candidate, child);
            case CapabilityTag.Endpoint:
                return child.Tag == CapabilityTag.Endpoint && child.EndpointAddress == candidate.EndpointAddress;
            case CapabilityTag.Notification:
                return child.Tag == CapabilityTag.Notification && child.NotificationAddress == candidate.NotificationAddress;
            case CapabilityTag.CNode:
                return child.Tag == CapabilityTag.CNode && child.CNodeAddress == candidate.CNodeAddress;
            case CapabilityTag.Tcb:
                return child.Tag == CapabilityTag.Tcb && child.TcbAddress == candidate.TcbAddress;
            case CapabilityTag.Reply:
                return child.Tag == CapabilityTag.Reply && child.ReplyTcbAddress == candidate.ReplyTcbAddress;
            case CapabilityTag.Domain:
                return child.Tag == CapabilityTag.Domain;
            case CapabilityTag.IrqControl:
                return child.Tag is CapabilityTag.IrqControl or CapabilityTag.IrqHandler;
            case CapabilityTag.IrqHandler:
                return child.Tag == CapabilityTag.IrqHandler && child.IrqHandlerVector == candidate.IrqHandlerVector;
            default:
                return ArchCapabilities.IsArch(candidate.Tag) && ArchCapabilities.IsArch(child.Tag)
                    && A.SameRegion(candidate, child);
        }
    }

    /// <summary>Whether both name exactly the same object, so that while one lives the other is not the last.</summary>
    /// <remarks>Untyped capabilities are never counted as the same: nothing happens when the last of them goes (ABI §21.3).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameObject(Capability first, Capability second) =>
        first.Tag == second.Tag && SameObjectOfOneType(first, second);

    private static bool SameObjectOfOneType(Capability first, Capability second)
    {
        if (ArchCapabilities.IsArch(first.Tag)) return A.SameObject(first, second);
        return first.Tag != CapabilityTag.Untyped && SameRegion(first, second);
    }

    /// <summary>Whether the object of <paramref name="child"/> lies inside an untyped's range.</summary>
    internal static bool Contains(Capability untyped, Capability child)
    {
        int untypedBits = (int)untyped.UntypedSizeBits;
        // Both regions are aligned to their size, so the smaller is either inside or disjoint.
        if ((ObjectRegion<A>.Address(child) - untyped.UntypedAddress) >> untypedBits != 0) return false;
        int sizeBits = ObjectRegion<A>.SizeBits(child);
        return sizeBits != 0 && sizeBits <= untypedBits;
    }
}
