// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>Making objects. Kernel name <c>seL4_Untyped_Retype</c>; errors in order of check in <see cref="UntypedInvocation"/>.</summary>
public static class UntypedCalls
{
    extension(Cap<Untyped> untyped)
    {
        /// <summary>Makes objects in consecutive slots.</summary>
        /// <param name="sizeBits">log2 bytes of untyped memory, log2 slots of a CNode; ignored, but below 64, for other types.</param>
        /// <param name="count">1 to 256, all or none.</param>
        public Sel4Error Retype(ObjectType type, int sizeBits, CNodeDestination destination, int count = 1) =>
            UntypedInvocation.Retype(untyped.Pointer, type, (ulong)sizeBits, destination.NodeIndex,
                (ulong)destination.NodeDepth, destination.Offset, (ulong)count, destination.Root.Pointer);

        /// <summary>Makes objects of a type that has one size.</summary>
        public Sel4Error Retype<T>(CNodeDestination destination, int count = 1) where T : struct, IObjectType =>
            untyped.Retype(T.Type, 0, destination, count);

        /// <summary>Cuts off smaller pieces of untyped memory.</summary>
        public Sel4Error Split(int sizeBits, CNodeDestination destination, int count = 1) =>
            untyped.Retype(ObjectType.Untyped, sizeBits, destination, count);

        /// <summary>Makes a CNode of 2^<paramref name="radix"/> slots.</summary>
        public Sel4Error MakeCNode(int radix, CNodeDestination destination) =>
            untyped.Retype(ObjectType.CNode, radix, destination);
    }
}
