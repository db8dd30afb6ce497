// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Methods of pages: Map, Unmap, GetAddress (ABI §17.4).</summary>
internal static class FrameInvocation<M>
    where M : struct, IMachine
{
    private const int MapLength = 3;

    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        // An if ladder, most frequent first: a switch would check the 64-bit label twice (toolchain.md §4).
        if (call.Label == (ulong)InvocationLabel.X86PageMap) return Map(ref kernel, ref call);
        if (call.Label == (ulong)InvocationLabel.X86PageUnmap) return Unmap(ref kernel, ref call);
        if (call.Label == (ulong)InvocationLabel.X86PageGetAddress) return GetAddress(ref kernel, ref call);
        return SyscallError.IllegalOperation;
    }

    /// <summary>MR0 address, MR1 rights, MR2 attributes; extra capability 1 the address space. Checks in the order of ABI §17.4.</summary>
    private static SyscallError Map(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < MapLength || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability frame = call.Capability;
        Capability root = call.Extra0.Value.Capability;
        ulong address = call.Word0;
        int sizeBits = ArchObjects.FrameSizeBits(frame);
        ulong bytes = 1ul << sizeBits;
        if (!Asids<M>.IsValidRoot(root)) return SyscallError.InvalidCapability(1);
        if (FrameMapping<M>.IsMapped(frame))
        {
            // R-VS-06, R-VS-07: a mapped capability may only be mapped again where it is.
            if (frame.FrameMappedAsid != root.Pml4MappedAsid) return SyscallError.InvalidCapability(1);
            if (frame.FrameMappedAddress != address) return SyscallError.InvalidArgument(0);
        }
        else if (address > AbiConstants.UserTop - bytes)
        {
            return SyscallError.InvalidArgument(0);
        }
        SyscallError error = Asids<M>.Check(ref kernel, root);
        if (!error.IsNone) return error;
        if ((address & (bytes - 1)) != 0) return SyscallError.Alignment;

        WalkResult walk = PageWalk<M>.Find(root.Pml4Address, address, sizeBits);
        if (walk.IsMissing) return walk.Error;
        // A page of the same size is replaced without a word (R-VS-08); a table that hangs here is not (R-VS-09).
        ulong present = walk.Entry.Value;
        if (sizeBits != ArchObjects.SmallPageBits && PageTableEntry.IsTable(present)) return SyscallError.DeleteFirst;

        walk.Entry.Value = NewEntry(frame, sizeBits, ref call);
        call.Slot.Value.Capability = FrameMapping<M>.WithMapping(frame, root.Pml4MappedAsid, address);
        if (PageTableEntry.IsPresent(present)) ActiveSpace<M>.PageChanged(ref kernel, root.Pml4Address, address);
        return SyscallError.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NewEntry(Capability frame, int sizeBits, ref Invocation call)
    {
        ulong rights = ArchDerivation.MaskVmRights(frame.FrameRights, (CapRights)call.Word1);
        ulong entry = PageTableEntry.ForPage(ArchObjects.PhysicalAddress<M>(frame.FrameAddress), sizeBits, rights, call.Word2);
        return frame.FrameIsDevice ? entry | PageTableEntry.Device : entry;
    }

    /// <summary>Succeeds whatever became of the mapping (R-VS-13).</summary>
    private static SyscallError Unmap(ref KernelState kernel, ref Invocation call)
    {
        Capability frame = call.Capability;
        FrameMapping<M>.Remove(ref kernel, frame);
        call.Slot.Value.Capability = FrameMapping<M>.WithoutMapping(frame);
        return SyscallError.None;
    }

    private static SyscallError GetAddress(ref KernelState kernel, ref Invocation call)
    {
        Results<X64<M>>.Set(ref kernel, ref call, 0, ArchObjects.PhysicalAddress<M>(call.Capability.FrameAddress));
        return SyscallError.None;
    }
}
