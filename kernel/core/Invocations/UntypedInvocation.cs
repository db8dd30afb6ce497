// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The one method of untyped capabilities: Retype (ABI §12; kernel name <c>seL4_Untyped_Retype</c>).</summary>
public static class UntypedInvocation<A> where A : struct, IArch
{
    private const int ArgumentCount = 6;

    /// <summary>What a Retype that passed all checks is going to do.</summary>
    private struct RetypeRequest
    {
        public ObjectType Type;

        /// <summary>As the user gave it; <see cref="ObjectBits"/> is the resulting size.</summary>
        public int SizeBits;
        public int ObjectBits;
        public ulong Count;

        /// <summary>The first slot of the window.</summary>
        public Ref<CapabilitySlot> FirstSlot;
    }

    /// <summary>Decodes and performs an invocation.</summary>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if (call.Label != (ulong)InvocationLabel.UntypedRetype) return SyscallError.IllegalOperation;
        SyscallError error = Decode(ref call, out RetypeRequest request);
        if (!error.IsNone) return error;
        return Perform(ref kernel, call.Slot, ref request) == Progress.Preempted ? SyscallError.Preempted : SyscallError.None;
    }

    /// <summary>Checks in the order of ABI §12; changes nothing.</summary>
    private static SyscallError Decode(ref Invocation call, out RetypeRequest request)
    {
        Unsafe.SkipInit(out request);
        if (call.Length < ArgumentCount || call.ExtraCount < 1) return SyscallError.TruncatedMessage;

        SyscallError error = DecodeType(ref call, ref request);
        if (!error.IsNone) return error;
        error = FindDestination(ref call, out Capability destination);
        if (!error.IsNone) return error;
        error = DecodeWindow(ref call, destination, ref request);
        if (error.IsNone) error = CheckRoom(ref call, ref request);
        return error;
    }

    private static SyscallError DecodeType(ref Invocation call, ref RetypeRequest request)
    {
        ulong type = call[0];
        ulong sizeBits = call[1];
        if (type >= (ulong)ObjectType.Count) return SyscallError.InvalidArgument(0);
        // Sizes of the word or more are refused even for types of fixed size (R-UT-03); after that an int is wide enough.
        if (sizeBits >= AbiConstants.WordBits) return SyscallError.Range(0, AbiConstants.MaxUntypedBits);
        request.Type = (ObjectType)type;
        request.SizeBits = (int)sizeBits;
        request.ObjectBits = ObjectSize.Bits(request.Type, request.SizeBits);
        if (request.ObjectBits > AbiConstants.MaxUntypedBits) return SyscallError.Range(0, AbiConstants.MaxUntypedBits);
        if (request.Type == ObjectType.CNode && sizeBits == 0) return SyscallError.InvalidArgument(1);
        if (request.Type == ObjectType.Untyped && sizeBits < AbiConstants.MinUntypedBits) return SyscallError.InvalidArgument(1);
        return SyscallError.None;
    }

    private static SyscallError FindDestination(ref Invocation call, out Capability destination)
    {
        ulong index = call[2];
        ulong depth = call[3];
        destination = call.Extra0.Value.Capability;
        if (depth != 0)
        {
            SyscallError error = CSpaceLookup.FindForOperation(destination, index, depth, isSource: false, out Ref<CapabilitySlot> slot);
            if (!error.IsNone) return error;
            destination = slot.Value.Capability;
        }
        if (destination.Tag != CapabilityTag.CNode)
        {
            return SyscallError.FailedLookup(LookupFailure.MissingCapability(depth), wasSource: false);
        }
        return SyscallError.None;
    }

    private static SyscallError DecodeWindow(ref Invocation call, Capability destination, ref RetypeRequest request)
    {
        ulong offset = call[4];
        ulong count = call[5];
        ulong slots = 1ul << (int)destination.CNodeRadix;
        if (offset > slots - 1) return SyscallError.Range(0, slots - 1);
        if (count < 1 || count > AbiConstants.RetypeFanOutLimit) return SyscallError.Range(1, AbiConstants.RetypeFanOutLimit);
        if (count > slots - offset) return SyscallError.Range(1, slots - offset);
        request.Count = count;
        request.FirstSlot = Slots.At(destination.CNodeAddress, offset);
        for (ulong i = 0; i < count; i++)
        {
            if (!Slots.At(request.FirstSlot.Address, i).Value.IsEmpty) return SyscallError.DeleteFirst;
        }
        return SyscallError.None;
    }

    private static SyscallError CheckRoom(ref Invocation call, ref RetypeRequest request)
    {
        Capability untyped = call.Slot.Value.Capability;
        ulong used = MappingDatabase<A>.HasChildren(call.Slot) ? UntypedMemory.UsedBytes(untyped) : 0;
        ulong free = UntypedMemory.SizeBytes(untyped) - used;
        // Alignment is left out: region and objects are aligned to their sizes, so what fits by number fits (R-UT-25).
        if (free >> request.ObjectBits < request.Count) return SyscallError.NotEnoughMemory(free);
        // Only after the room (R-UT-21).
        if (untyped.UntypedIsDevice && request.Type != ObjectType.Untyped && !A.IsFrameType(request.Type))
        {
            return SyscallError.InvalidArgument(1);
        }
        return SyscallError.None;
    }

    /// <summary>Makes the objects. Preempted only while old contents are zeroed, before anything is made (R-UT-22).</summary>
    private static Progress Perform(ref KernelState kernel, Ref<CapabilitySlot> slot, ref RetypeRequest request)
    {
        if (!MappingDatabase<A>.HasChildren(slot) && UntypedReset<A>.Run(ref kernel, slot) == Progress.Preempted)
        {
            return Progress.Preempted;
        }

        Capability untyped = slot.Value.Capability;
        bool isDevice = untyped.UntypedIsDevice;
        ulong objectBytes = 1ul << request.ObjectBits;
        ulong start = (UntypedMemory.UsedBytes(untyped) + objectBytes - 1) & ~(objectBytes - 1);
        slot.Value.Word1 = UntypedMemory.WithUsedBytes(untyped, start + (request.Count << request.ObjectBits)).Word1;

        ulong address = untyped.UntypedAddress + start;
        Ref<CapabilitySlot> target = request.FirstSlot;
        for (ulong i = 0; i < request.Count; i++)
        {
            Capability made = ObjectCreation<A>.Create(ref kernel, request.Type, address, request.SizeBits, isDevice);
            MappingDatabase<A>.InsertChild(slot, target, made);
            address += objectBytes;
            target = Slots.At(target.Address, 1);
        }
        return Progress.Done;
    }
}
