// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Methods of pages: Map, Unmap, GetAddress (ABI §17.4).</summary>
internal static class FrameInvocation<M>
    where M : struct, IMachine
{
    private const int MapLength = 3;

    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call) => (InvocationLabel)call.Label switch
    {
        InvocationLabel.X86PageMap => Map(ref kernel, ref call),
        InvocationLabel.X86PageUnmap => Unmap(ref kernel, ref call),
        InvocationLabel.X86PageGetAddress => GetAddress(ref kernel, ref call),
        _ => SyscallError.IllegalOperation,
    };

    /// <summary>MR0 address, MR1 rights, MR2 attributes; extra capability 1 the address space.</summary>
    private static SyscallError Map(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < MapLength || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability frame = call.Capability;
        Capability root = call.Extra0.Value.Capability;
        ulong address = call.Word0;
        SyscallError error = CheckPlace(ref kernel, frame, root, address);
        if (!error.IsNone) return error;

        int sizeBits = ArchObjects.FrameSizeBits(frame);
        WalkResult walk = PageWalk<M>.Find(root.Pml4Address, address, sizeBits);
        if (walk.IsMissing) return walk.Error;
        // A page of the same size is replaced without a word (R-VS-08); a table that hangs here is not (R-VS-09).
        if (sizeBits != ArchObjects.SmallPageBits && PageTableEntry.IsTable(walk.Entry.Value)) return SyscallError.DeleteFirst;

        PerformMap(ref kernel, ref call, root, walk.Entry);
        return SyscallError.None;
    }

    /// <summary>All that can be said before the tables are looked at, in the order of ABI §17.4.</summary>
    private static SyscallError CheckPlace(ref KernelState kernel, Capability frame, Capability root, ulong address)
    {
        if (!Asids<M>.IsValidRoot(root)) return SyscallError.InvalidCapability(1);
        ulong bytes = 1ul << ArchObjects.FrameSizeBits(frame);
        if (FrameMapping<M>.IsMapped(frame))
        {
            // R-VS-06, R-VS-07: a mapped capability may only be mapped again where it is.
            if (frame.FrameMappedAsid != root.Pml4MappedAsid) return SyscallError.InvalidCapability(1);
            if (frame.FrameMappedAddress != address) return SyscallError.InvalidArgument(0);
        }
        else if (address > AbiConstants.UserTop || address + bytes > AbiConstants.UserTop)
        {
            return SyscallError.InvalidArgument(0);
        }
        SyscallError error = Asids<M>.Check(ref kernel, root);
        if (!error.IsNone) return error;
        return (address & (bytes - 1)) != 0 ? SyscallError.Alignment : SyscallError.None;
    }

    private static void PerformMap(ref KernelState kernel, ref Invocation call, Capability root, Ref<ulong> entry)
    {
        Capability frame = call.Capability;
        ulong address = call.Word0;
        ulong rights = ArchDerivation.MaskVmRights(frame.FrameRights, (CapRights)call.Word1);
        bool wasPresent = PageTableEntry.IsPresent(entry.Value);
        ulong page = PageTableEntry.ForPage(
            ArchObjects.PhysicalAddress<M>(frame.FrameAddress), ArchObjects.FrameSizeBits(frame), rights, call.Word2);
        entry.Value = frame.FrameIsDevice ? page | PageTableEntry.Device : page;
        call.Slot.Value.Capability = FrameMapping<M>.WithMapping(frame, root.Pml4MappedAsid, address);
        if (wasPresent) ActiveSpace<M>.PageChanged(ref kernel, root.Pml4Address, address);
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
