// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Turns zeroed memory into kernel objects.</summary>
public static class ObjectCreation<A> where A : struct, IArch
{
    /// <summary>Where capabilities to all types but CNodes keep the address, as libsel4/abi/layout/capability.bf says.</summary>
    private const ulong AddressBits = (1ul << 48) - 1;

    /// <summary>Makes the next object of one Retype: its capability differs from the one before in nothing but the address.</summary>
    /// <remarks>Threads have to be prepared, and the address of a CNode is kept elsewhere: these are made as the first was.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability Next(
        ref KernelState kernel, Capability previous, ObjectType type, ulong address, int sizeBits, bool isDevice) =>
        type is ObjectType.Tcb or ObjectType.CNode
            ? Create(ref kernel, type, address, sizeBits, isDevice)
            : new Capability((previous.Word0 & ~AddressBits) | (address & AddressBits), previous.Word1);

    /// <summary>Makes the object of a type at an address and the capability to it: all rights, no badge (R-UT-23).</summary>
    /// <param name="kernel">The kernel; new threads join its list of all threads.</param>
    /// <param name="type">A type below <see cref="ObjectType.Count"/>.</param>
    /// <param name="address">Kernel address, aligned to the size; the memory is zeroed unless it is a device's (R-UT-20).</param>
    /// <param name="sizeBits">As given to Retype: log2 bytes of an untyped, log2 slots of a CNode; otherwise ignored.</param>
    /// <param name="isDevice">Whether the memory is a device's; then only untypeds and pages are asked for (R-UT-17).</param>
    public static Capability Create(ref KernelState kernel, ObjectType type, ulong address, int sizeBits, bool isDevice)
    {
        switch (type)
        {
            case ObjectType.Untyped:
                return Capability.NewUntyped(address, (ulong)sizeBits, isDevice, 0);
            case ObjectType.Tcb:
                Threads<A>.Initialize(ref kernel, new Ref<Tcb>(address));
                return Capability.NewTcb(address);
            case ObjectType.Endpoint:
                return Capability.NewEndpoint(
                    address, 0, canSend: true, canReceive: true, canGrant: true, canGrantReply: true);
            case ObjectType.Notification:
                return Capability.NewNotification(address, 0, canSend: true, canReceive: true);
            case ObjectType.CNode:
                return Capability.NewCNode(address, (ulong)sizeBits, 0, 0);
            default:
                return A.CreateObject(address, type, isDevice);
        }
    }
}
