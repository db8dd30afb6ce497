// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>What happens to an object when a capability to it is deleted (ABI §21.3).</summary>
public static class Finalization<A> where A : struct, IArch
{
    /// <summary>Does what the deletion of <paramref name="capability"/> implies for its object; the slot still holds it.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="capability">The capability about to go; never a zombie.</param>
    /// <param name="isFinal">Whether it is the last one to its object; otherwise only mappings of frames end (R-DEL-01, R-DEL-09).</param>
    /// <returns>
    /// Null when the slot can be emptied at once; a zombie when the object holds capabilities of its own, which have to be
    /// deleted first, one preemptible step at a time (R-DEL-04, R-DEL-05).
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability Run(ref KernelState kernel, Capability capability, bool isFinal)
    {
        if (ArchCapabilities.IsArch(capability.Tag))
        {
            A.Finalize(ref kernel, capability, isFinal);
            return Capability.NewNull();
        }
        return isFinal ? RunFinal(ref kernel, capability) : Capability.NewNull();
    }

    private static Capability RunFinal(ref KernelState kernel, Capability capability)
    {
        switch (capability.Tag)
        {
            case CapabilityTag.Endpoint:
                EndpointIpc<A>.CancelAll(ref kernel, new Ref<Endpoint>(capability.EndpointAddress));
                return Capability.NewNull();
            case CapabilityTag.Notification:
                Ref<Notification> notification = new(capability.NotificationAddress);
                NotificationIpc<A>.Unbind(ref kernel, notification);
                NotificationIpc<A>.CancelAll(ref kernel, notification);
                return Capability.NewNull();
            case CapabilityTag.IrqHandler:
                Interrupts<A>.DeleteHandler(ref kernel, (int)capability.IrqHandlerVector);
                return Capability.NewNull();
            case CapabilityTag.CNode:
                return Zombies.OfCNode(capability);
            case CapabilityTag.Tcb:
                Threads<A>.Destroy(ref kernel, new Ref<Tcb>(capability.TcbAddress));
                return Zombies.OfTcb(capability);
            default:
                // Untyped, Domain, IRQControl, Reply: nothing (ABI §21.3, R-DEL-13).
                return Capability.NewNull();
        }
    }
}
