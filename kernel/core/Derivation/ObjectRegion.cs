// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Where in memory the object of a capability lies.</summary>
public static class ObjectRegion<A> where A : struct, IArch
{
    /// <summary>Finds start and log2 size of the object; false for capabilities to nothing in memory.</summary>
    /// <remarks>
    /// Reply capabilities name a TCB but are no part of the tree below its untyped: they live and die with the call
    /// (R-REPLY-12), so they count as being nowhere.
    /// </remarks>
    public static bool Find(Capability capability, out ulong address, out int sizeBits)
    {
        switch (capability.Tag)
        {
            case CapabilityTag.Untyped:
                address = capability.UntypedAddress;
                sizeBits = (int)capability.UntypedSizeBits;
                return true;
            case CapabilityTag.Endpoint:
                address = capability.EndpointAddress;
                sizeBits = AbiConstants.EndpointSizeBits;
                return true;
            case CapabilityTag.Notification:
                address = capability.NotificationAddress;
                sizeBits = AbiConstants.NotificationSizeBits;
                return true;
            case CapabilityTag.CNode:
                address = capability.CNodeAddress;
                sizeBits = (int)capability.CNodeRadix + AbiConstants.SlotSizeBits;
                return true;
            case CapabilityTag.Tcb:
                address = capability.TcbAddress;
                sizeBits = AbiConstants.TcbSizeBits;
                return true;
            case CapabilityTag.Zombie:
                address = capability.ZombieAddress;
                sizeBits = capability.ZombieIsTcb
                    ? AbiConstants.TcbSizeBits
                    : (int)capability.ZombieRadix + AbiConstants.SlotSizeBits;
                return true;
            default:
                return FindArch(capability, out address, out sizeBits);
        }
    }

    private static bool FindArch(Capability capability, out ulong address, out int sizeBits)
    {
        address = 0;
        sizeBits = ArchCapabilities.IsArch(capability.Tag) ? A.ObjectSizeBits(capability) : 0;
        // Judged by size: the window addresses of high device memory wrap around, and one of them is zero.
        if (sizeBits == 0) return false;
        address = A.ObjectAddress(capability);
        return true;
    }
}
