// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>CNode_Rotate: source → pivot and pivot → destination in one step (ABI §13, R-CNODE-19…R-CNODE-26).</summary>
internal static class CNodeRotation<A> where A : struct, IArch
{
    private const int ArgumentCount = 8;

    /// <summary>Decodes and performs; <paramref name="target"/> is the destination slot already found.</summary>
    internal static SyscallError Invoke(ref Invocation call, Ref<CapabilitySlot> target)
    {
        if (call.Length < ArgumentCount || call.ExtraCount < 2) return SyscallError.TruncatedMessage;
        SyscallError error = FindSlots(ref call, target, out Ref<CapabilitySlot> source, out Ref<CapabilitySlot> pivot);
        if (!error.IsNone) return error;

        // Word 5 belongs to the source capability, word 2 to the pivot's.
        Capability toPivot = CapabilityDerivation<A>.UpdateData(source.Value.Capability, call[5], preserve: true);
        if (toPivot.IsNull) return SyscallError.IllegalOperation;
        Capability toTarget = CapabilityDerivation<A>.UpdateData(pivot.Value.Capability, call[2], preserve: true);
        if (toTarget.IsNull) return SyscallError.IllegalOperation;

        if (source == target)
        {
            MappingDatabase<A>.Swap(toPivot, source, toTarget, pivot);
        }
        else
        {
            MappingDatabase<A>.Move(toTarget, pivot, target);
            MappingDatabase<A>.Move(toPivot, source, pivot);
        }
        return SyscallError.None;
    }

    private static SyscallError FindSlots(
        ref Invocation call, Ref<CapabilitySlot> target, out Ref<CapabilitySlot> source, out Ref<CapabilitySlot> pivot)
    {
        pivot = default;
        ulong pivotDepth = call[4];
        ulong sourceDepth = call[7];
        SyscallError error = CSpaceLookup.FindForOperation(
            call.Extra1.Value.Capability, call[6], sourceDepth, isSource: true, out source);
        if (!error.IsNone) return error;
        // A failure here is also told as one of the source (R-CNODE-24).
        error = CSpaceLookup.FindForOperation(call.Extra0.Value.Capability, call[3], pivotDepth, isSource: true, out pivot);
        if (!error.IsNone) return error;

        if (pivot == source || pivot == target) return SyscallError.IllegalOperation;
        if (source != target && !target.Value.IsEmpty) return SyscallError.DeleteFirst;
        if (source.Value.IsEmpty)
        {
            return SyscallError.FailedLookup(LookupFailure.MissingCapability(sourceDepth), wasSource: true);
        }
        if (pivot.Value.IsEmpty)
        {
            return SyscallError.FailedLookup(LookupFailure.MissingCapability(pivotDepth), wasSource: false);
        }
        return SyscallError.None;
    }
}
