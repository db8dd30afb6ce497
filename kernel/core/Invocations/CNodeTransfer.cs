// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>CNode methods with one source and one destination: Copy, Mint, Move and Mutate (ABI §13).</summary>
internal static class CNodeTransfer<A> where A : struct, IArch
{
    /// <summary>Decodes and performs one of the four; <paramref name="target"/> is the destination slot already found.</summary>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call, Ref<CapabilitySlot> target)
    {
        SyscallError error = FindSource(ref call, target, out Ref<CapabilitySlot> source);
        if (!error.IsNone) return error;
        InvocationLabel label = (InvocationLabel)call.Label;
        error = Decode(label, ref call, source, out Capability made);
        if (!error.IsNone) return error;
        if (made.IsNull) return SyscallError.IllegalOperation;

        if (label is InvocationLabel.CNodeMove or InvocationLabel.CNodeMutate)
        {
            MappingDatabase<A>.Move(made, source, target);
        }
        else
        {
            MappingDatabase<A>.Insert(ref kernel, made, source, target);
        }
        return SyscallError.None;
    }

    /// <summary>An occupied destination is reported before any fault of the source (R-CNODE-11).</summary>
    private static SyscallError FindSource(ref Invocation call, Ref<CapabilitySlot> target, out Ref<CapabilitySlot> source)
    {
        source = default;
        if (call.Length < 4 || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        if (!target.Value.IsEmpty) return SyscallError.DeleteFirst;
        ulong depth = call[3];
        SyscallError error = CSpaceLookup.FindForOperation(
            call.Extra0.Value.Capability, call[2], depth, isSource: true, out source);
        if (!error.IsNone) return error;
        if (source.Value.IsEmpty)
        {
            return SyscallError.FailedLookup(LookupFailure.MissingCapability(depth), wasSource: true);
        }
        return SyscallError.None;
    }

    /// <summary>Works out the new capability; missing words are only reported now (R-CNODE-13).</summary>
    private static SyscallError Decode(
        InvocationLabel label, ref Invocation call, Ref<CapabilitySlot> source, out Capability made)
    {
        Capability capability = source.Value.Capability;
        made = capability;
        switch (label)
        {
            case InvocationLabel.CNodeCopy:
                if (call.Length < 5) return SyscallError.TruncatedMessage;
                capability = CapabilityDerivation<A>.MaskRights(capability, (CapRights)call[4]);
                return CapabilityDerivation<A>.Derive(source, capability, out made);
            case InvocationLabel.CNodeMint:
                if (call.Length < 6) return SyscallError.TruncatedMessage;
                capability = CapabilityDerivation<A>.MaskRights(capability, (CapRights)call[4]);
                capability = CapabilityDerivation<A>.UpdateData(capability, call[5], preserve: false);
                return CapabilityDerivation<A>.Derive(source, capability, out made);
            case InvocationLabel.CNodeMutate:
                if (call.Length < 5) return SyscallError.TruncatedMessage;
                made = CapabilityDerivation<A>.UpdateData(capability, call[4], preserve: true);
                return SyscallError.None;
            default:
                // Move: any capability, as it is (R-CNODE-15).
                return SyscallError.None;
        }
    }
}
