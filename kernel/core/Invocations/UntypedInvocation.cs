// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The one method of untyped capabilities: Retype (ABI §12; kernel name <c>seL4_Untyped_Retype</c>).</summary>
/// <remarks>
/// Words: 0 type, 1 size bits, 2 node index, 3 node depth, 4 node offset, 5 number of objects. They are read again where they
/// are needed, instead of being carried through memory.
/// </remarks>
public static class UntypedInvocation<A> where A : struct, IArch
{
    private const int ArgumentCount = 6;

    /// <summary>Decodes and performs an invocation, checking in the order of ABI §12.</summary>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if (call.Label != (ulong)InvocationLabel.UntypedRetype) return SyscallError.IllegalOperation;
        if (call.Length < ArgumentCount || call.ExtraCount < 1) return SyscallError.TruncatedMessage;

        ulong type = call[0];
        ulong sizeBits = call[1];
        if (type >= (ulong)ObjectType.Count) return SyscallError.InvalidArgument(0);
        // Sizes of the word or more are refused even for types of fixed size (R-UT-03); after that an int is wide enough.
        if (sizeBits >= AbiConstants.WordBits) return SyscallError.Range(0, AbiConstants.MaxUntypedBits);
        int objectBits = ObjectSize.Bits((ObjectType)type, (int)sizeBits);
        if (objectBits > AbiConstants.MaxUntypedBits) return SyscallError.Range(0, AbiConstants.MaxUntypedBits);
        if (type == (ulong)ObjectType.CNode && sizeBits == 0) return SyscallError.InvalidArgument(1);
        if (type == (ulong)ObjectType.Untyped && sizeBits < AbiConstants.MinUntypedBits) return SyscallError.InvalidArgument(1);

        Capability root = call.Extra0.Value.Capability;
        bool isDirect = call[3] == 0 && root.Tag == CapabilityTag.CNode;
        return isDirect ? RetypeInto(ref kernel, ref call, root, objectBits) : FindAndRetype(ref kernel, ref call, root, objectBits);
    }

    /// <summary>Looks the destination CNode up; with depth 0 it is the root itself (R-UT-06).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SyscallError FindAndRetype(ref KernelState kernel, ref Invocation call, Capability root, int objectBits)
    {
        ulong depth = call[3];
        if (depth == 0) return RetypeInto(ref kernel, ref call, root, objectBits);
        SyscallError error = CSpaceLookup.FindForOperation(root, call[2], depth, isSource: false, out Ref<CapabilitySlot> slot);
        return error.IsNone ? RetypeInto(ref kernel, ref call, slot.Value.Capability, objectBits) : error;
    }

    private static SyscallError RetypeInto(ref KernelState kernel, ref Invocation call, Capability node, int objectBits)
    {
        ulong offset = call[4];
        ulong count = call[5];
        if (node.Tag != CapabilityTag.CNode)
        {
            return SyscallError.FailedLookup(LookupFailure.MissingCapability(call[3]), wasSource: false);
        }
        ulong slots = 1ul << (int)node.CNodeRadix;
        if (offset > slots - 1) return SyscallError.Range(0, slots - 1);
        if (count < 1 || count > AbiConstants.RetypeFanOutLimit) return SyscallError.Range(1, AbiConstants.RetypeFanOutLimit);
        if (count > slots - offset) return SyscallError.Range(1, slots - offset);
        Ref<CapabilitySlot> first = Slots.At(node.CNodeAddress, offset);
        for (ulong i = 0; i < count; i++)
        {
            if (!Slots.At(first.Address, i).Value.IsEmpty) return SyscallError.DeleteFirst;
        }

        Capability untyped = call.Slot.Value.Capability;
        bool hasChildren = MappingDatabase<A>.HasChildren(call.Slot);
        ulong free = UntypedMemory.SizeBytes(untyped) - (hasChildren ? UntypedMemory.UsedBytes(untyped) : 0);
        ObjectType type = (ObjectType)call[0];
        // Alignment is left out: region and objects are aligned to their sizes, so what fits by number fits (R-UT-25).
        if (free >> objectBits < count) return SyscallError.NotEnoughMemory(free);
        // Only after the room (R-UT-21).
        bool isRefused = untyped.UntypedIsDevice && type != ObjectType.Untyped && !A.IsFrameType(type);
        if (isRefused) return SyscallError.InvalidArgument(1);

        // Preempted only while old contents are zeroed, before anything is made (R-UT-22).
        bool isReady = hasChildren || UntypedReset<A>.Run(ref kernel, call.Slot) == Progress.Done;
        if (!isReady) return SyscallError.Preempted;
        Make(ref kernel, ref call, first, objectBits);
        return SyscallError.None;
    }

    /// <summary>Makes the objects, which are known to fit, and their capabilities.</summary>
    private static void Make(ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> first, int objectBits)
    {
        Capability untyped = call.Slot.Value.Capability;
        bool isDevice = untyped.UntypedIsDevice;
        ObjectType type = (ObjectType)call[0];
        int sizeBits = (int)call[1];
        ulong count = call[5];
        ulong objectBytes = 1ul << objectBits;
        ulong start = (UntypedMemory.UsedBytes(untyped) + objectBytes - 1) & ~(objectBytes - 1);
        call.Slot.Value.Word1 = UntypedMemory.WithUsedBytes(untyped, start + (count << objectBits)).Word1;

        ulong address = untyped.UntypedAddress + start;
        Capability made = ObjectCreation<A>.Create(ref kernel, type, address, sizeBits, isDevice);
        Ref<CapabilitySlot> target = first;
        while (true)
        {
            target.Value.Word0 = made.Word0;
            target.Value.Word1 = made.Word1;
            if (--count == 0) break;
            target = Slots.At(target.Address, 1);
            address += objectBytes;
            made = ObjectCreation<A>.Next(ref kernel, made, type, address, sizeBits, isDevice);
        }

        MappingDatabase<A>.LinkChildren(call.Slot, first, call[5]);
    }
}
