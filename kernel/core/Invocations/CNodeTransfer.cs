// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>CNode methods with one source and one destination: Copy, Mint, Move and Mutate (ABI §13).</summary>
internal static class CNodeTransfer<A> where A : struct, IArch
{
    /// <summary>Decodes and performs one of the four; <paramref name="target"/> is the destination slot already found.</summary>
    /// <remarks>An occupied destination is reported before any fault of the source (R-CNODE-11).</remarks>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> target)
    {
        if (call.Length < 4 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        if (!target.Value.IsEmpty) return SyscallError.DeleteFirst;
        Ref<CapabilitySlot> source = CSpaceLookup.FindInOneStep(call.Extra0.Value.Capability, call[2], call[3]);
        return source.IsNull ? FindAndDispatch(ref kernel, ref call, target) : Dispatch(ref kernel, ref call, source, target);
    }

    private static SyscallError FindAndDispatch(ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> target)
    {
        SyscallError error = CSpaceLookup.FindForOperation(
            call.Extra0.Value.Capability, call[2], call[3], isSource: true, out Ref<CapabilitySlot> source);
        return error.IsNone ? Dispatch(ref kernel, ref call, source, target) : error;
    }

    /// <summary>The method itself, with its slots; a missing last word is only reported now (R-CNODE-13).</summary>
    private static SyscallError Dispatch(
        ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        Capability capability = source.Value.Capability;
        if (capability.IsNull) return SyscallError.FailedLookup(LookupFailure.MissingCapability(call[3]), wasSource: true);
        if (call.Label == (ulong)InvocationLabel.CNodeCopy)
        {
            if (call.Length < 5) return SyscallError.TruncatedMessage;
            return Derive(ref kernel, CapabilityDerivation<A>.MaskRights(capability, (CapRights)call[4]), source, target);
        }
        // Move: any capability, as it is (R-CNODE-15).
        if (call.Label == (ulong)InvocationLabel.CNodeMove) return Move(capability, source, target);
        return DispatchWithData(ref kernel, ref call, source, target);
    }

    /// <summary>Mint and Mutate, which have a data word.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SyscallError DispatchWithData(
        ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        Capability capability = source.Value.Capability;
        if (call.Label == (ulong)InvocationLabel.CNodeMutate)
        {
            if (call.Length < 5) return SyscallError.TruncatedMessage;
            return Move(CapabilityDerivation<A>.UpdateData(capability, call[4], preserve: true), source, target);
        }
        if (call.Length < 6) return SyscallError.TruncatedMessage;
        capability = CapabilityDerivation<A>.MaskRights(capability, (CapRights)call[4]);
        capability = CapabilityDerivation<A>.UpdateData(capability, call[5], preserve: false);
        return Derive(ref kernel, capability, source, target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SyscallError Derive(
        ref KernelState kernel, Capability capability, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        SyscallError error = CapabilityDerivation<A>.Derive(source, capability, out Capability made);
        return error.IsNone ? Insert(ref kernel, made, source, target) : error;
    }

    private static SyscallError Insert(
        ref KernelState kernel, Capability made, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        if (made.IsNull) return SyscallError.IllegalOperation;
        MappingDatabase<A>.Insert(ref kernel, made, source, target);
        return SyscallError.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SyscallError Move(Capability made, Ref<CapabilitySlot> source, Ref<CapabilitySlot> target)
    {
        if (made.IsNull) return SyscallError.IllegalOperation;
        MappingDatabase<A>.Move(made, source, target);
        return SyscallError.None;
    }
}
