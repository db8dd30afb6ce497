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
        // Judged by size: the window addresses of high device memory wrap around, and one of them is zero.
        sizeBits = SizeBits(capability);
        address = sizeBits == 0 ? 0 : Address(capability);
        return sizeBits != 0;
    }

    /// <summary>log2 of the object's bytes; zero for capabilities to nothing in memory.</summary>
    internal static int SizeBits(Capability capability)
    {
        if (ArchCapabilities.IsArch(capability.Tag)) return A.ObjectSizeBits(capability);
        switch (capability.Tag)
        {
            case CapabilityTag.Untyped:
                return (int)capability.UntypedSizeBits;
            case CapabilityTag.Endpoint:
                return AbiConstants.EndpointSizeBits;
            case CapabilityTag.Notification:
                return AbiConstants.NotificationSizeBits;
            case CapabilityTag.CNode:
                return (int)capability.CNodeRadix + AbiConstants.SlotSizeBits;
            case CapabilityTag.Tcb:
                return AbiConstants.TcbSizeBits;
            case CapabilityTag.Zombie:
                return capability.ZombieIsTcb ? AbiConstants.TcbSizeBits : (int)capability.ZombieRadix + AbiConstants.SlotSizeBits;
            default:
                return 0;
        }
    }

    /// <summary>Kernel address of the object; means nothing when <see cref="SizeBits"/> is zero.</summary>
    internal static ulong Address(Capability capability)
    {
        if (ArchCapabilities.IsArch(capability.Tag)) return A.ObjectAddress(capability);
        switch (capability.Tag)
        {
            case CapabilityTag.Untyped:
                return capability.UntypedAddress;
            case CapabilityTag.Endpoint:
                return capability.EndpointAddress;
            case CapabilityTag.Notification:
                return capability.NotificationAddress;
            case CapabilityTag.CNode:
                return capability.CNodeAddress;
            case CapabilityTag.Tcb:
                return capability.TcbAddress;
            case CapabilityTag.Zombie:
                return capability.ZombieAddress;
            default:
                return 0;
        }
    }
}
