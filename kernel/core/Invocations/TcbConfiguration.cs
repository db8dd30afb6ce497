// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Configure, SetSpace and SetIpcBuffer: what a thread's CSpace, VSpace and buffer are (ABI §10.2, R-TCB-18…28).</summary>
/// <remarks>
/// The TCB holds derived copies, so that revoking the originals takes them away again (R-DER-17). What was there before is
/// deleted first. Such a deletion cannot be long: a root whose deletion would be is refused with IllegalOperation.
/// </remarks>
internal static class TcbConfiguration<A> where A : struct, IArch
{
    /// <summary>Words: fault handler, CSpace data, VSpace data, buffer address; capabilities: CSpace, VSpace, buffer frame.</summary>
    public static SyscallError Configure(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 4 || call.ExtraCount < 3) return SyscallError.TruncatedMessage;
        ulong address = call[3];
        SyscallError error = DeriveBuffer(call.Extra2, address, out Capability frame);
        if (!error.IsNone) return error;
        error = DeriveRoots(ref call, target, out Capability cspace, out Capability vspace);
        if (!error.IsNone) return error;

        target.Value.FaultHandler = call[0];
        if (InstallRoots(ref kernel, ref call, target, cspace, vspace) == Progress.Preempted) return SyscallError.Preempted;
        if (InstallBuffer(ref kernel, ref call, target, address, call.Extra2, frame) == Progress.Preempted)
            return SyscallError.Preempted;
        return Finish(ref kernel, target);
    }

    /// <summary>Words: fault handler, CSpace data, VSpace data; capabilities: CSpace, VSpace (R-TCB-27).</summary>
    public static SyscallError SetSpace(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 3 || call.ExtraCount < 2) return SyscallError.TruncatedMessage;
        SyscallError error = DeriveRoots(ref call, target, out Capability cspace, out Capability vspace);
        if (!error.IsNone) return error;
        target.Value.FaultHandler = call[0];
        if (InstallRoots(ref kernel, ref call, target, cspace, vspace) == Progress.Preempted) return SyscallError.Preempted;
        return Finish(ref kernel, target);
    }

    /// <summary>Word: buffer address; capability: frame (R-TCB-28).</summary>
    public static SyscallError SetIpcBuffer(ref KernelState kernel, ref Invocation call, Ref<Tcb> target)
    {
        if (call.Length < 1 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        ulong address = call[0];
        SyscallError error = DeriveBuffer(call.Extra0, address, out Capability frame);
        if (!error.IsNone) return error;
        if (InstallBuffer(ref kernel, ref call, target, address, call.Extra0, frame) == Progress.Preempted)
            return SyscallError.Preempted;
        return Finish(ref kernel, target);
    }

    /// <summary>Derives and judges the buffer frame; address 0 means no buffer, whatever the capability (R-TCB-20…22).</summary>
    private static SyscallError DeriveBuffer(Ref<CapabilitySlot> slot, ulong address, out Capability frame)
    {
        Unsafe.SkipInit(out frame);
        if (address == 0) return SyscallError.None;
        SyscallError error = CapabilityDerivation<A>.Derive(slot, slot.Value.Capability, out frame);
        return error.IsNone ? A.CheckIpcBuffer(frame, address) : error;
    }

    private static SyscallError DeriveRoots(ref Invocation call, Ref<Tcb> target, out Capability cspace, out Capability vspace)
    {
        Unsafe.SkipInit(out cspace);
        Unsafe.SkipInit(out vspace);
        if (Deletion<A>.IsLongRunning(Slots.Of(target, TcbSlot.CSpaceRoot))
            || Deletion<A>.IsLongRunning(Slots.Of(target, TcbSlot.VSpaceRoot)))
            return SyscallError.IllegalOperation;

        SyscallError error = DeriveRoot(call.Extra0, call[1], out cspace);
        if (!error.IsNone) return error;
        if (cspace.Tag != CapabilityTag.CNode) return SyscallError.IllegalOperation;
        error = DeriveRoot(call.Extra1, call[2], out vspace);
        if (!error.IsNone) return error;
        return A.IsValidVSpaceRoot(vspace) ? SyscallError.None : SyscallError.IllegalOperation;
    }

    /// <summary>Applies a data word as Mint does, except that 0 leaves the capability as it is (ABI §4.3, R-TCB-26).</summary>
    private static SyscallError DeriveRoot(Ref<CapabilitySlot> slot, ulong data, out Capability derived)
    {
        Capability given = slot.Value.Capability;
        if (data != 0) given = CapabilityDerivation<A>.UpdateData(given, data, false);
        return CapabilityDerivation<A>.Derive(slot, given, out derived);
    }

    private static Progress InstallRoots(
        ref KernelState kernel, ref Invocation call, Ref<Tcb> target, Capability cspace, Capability vspace)
    {
        Ref<CapabilitySlot> place = Slots.Of(target, TcbSlot.CSpaceRoot);
        if (Replace(ref kernel, ref call, call.Extra0, cspace, place) == Progress.Preempted) return Progress.Preempted;
        return Replace(ref kernel, ref call, call.Extra1, vspace, Slots.Of(target, TcbSlot.VSpaceRoot));
    }

    private static Progress InstallBuffer(
        ref KernelState kernel, ref Invocation call, Ref<Tcb> target, ulong address, Ref<CapabilitySlot> source, Capability frame)
    {
        Ref<CapabilitySlot> place = Slots.Of(target, TcbSlot.IpcBuffer);
        target.Value.IpcBufferAddress = address;
        return address == 0 ? Deletion<A>.Delete(ref kernel, place) : Replace(ref kernel, ref call, source, frame, place);
    }

    /// <summary>Deletes what is in <paramref name="place"/> and puts a derived capability there.</summary>
    /// <remarks>
    /// The deletion may take the given capability, or the thread itself, with it. Then there is nothing to derive from, and
    /// the place stays empty.
    /// </remarks>
    private static Progress Replace(
        ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> source, Capability derived, Ref<CapabilitySlot> place)
    {
        ulong word0 = source.Value.Word0;
        ulong word1 = source.Value.Word1;
        if (Deletion<A>.Delete(ref kernel, place) == Progress.Preempted) return Progress.Preempted;
        bool isIntact = source.Value.Word0 == word0 && source.Value.Word1 == word1
            && call.Slot.Value.Word0 == call.CapabilityWord0;
        if (isIntact) MappingDatabase<A>.Insert(ref kernel, derived, source, place);
        return Progress.Done;
    }

    /// <summary>Makes the running thread continue in its new address space, if it changed its own.</summary>
    private static SyscallError Finish(ref KernelState kernel, Ref<Tcb> target)
    {
        if (target == kernel.Current) Scheduler<A>.Reschedule(ref kernel);
        return SyscallError.None;
    }
}
