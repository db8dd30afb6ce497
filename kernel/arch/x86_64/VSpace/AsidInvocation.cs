// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>ASIDControl_MakePool (ABI §18).</summary>
internal static class AsidControlInvocation<M>
    where M : struct, IMachine
{
    private const int MakePoolLength = 2;

    /// <summary>Untyped watermarks count 16-byte units (capability.bf).</summary>
    private const int FreeIndexUnitBits = 4;

    /// <summary>MR0 index, MR1 depth; extra capabilities: untyped of one page, CNode for the pool capability.</summary>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if ((InvocationLabel)call.Label != InvocationLabel.X86AsidControlMakePool) return SyscallError.IllegalOperation;
        if (call.Length < MakePoolLength || call.ExtraCount < 2) return SyscallError.TruncatedMessage;
        int number = FindFreeNumber(ref kernel);
        if (number == AsidPoolTable.Count) return SyscallError.DeleteFirst;
        Capability untyped = call.Extra0.Value.Capability;
        if (!IsOnePageOfMemory(untyped)) return SyscallError.InvalidCapability(1);
        if (MappingDatabase<X64<M>>.HasChildren(call.Extra0)) return SyscallError.RevokeFirst;
        SyscallError error = Destinations.Find(
            call.Extra1.Value.Capability, call.Word0, call.Word1, out Ref<CapabilitySlot> destination);
        if (!error.IsNone) return error;

        Perform(ref kernel, call.Extra0, destination, number);
        return SyscallError.None;
    }

    private static int FindFreeNumber(ref KernelState kernel)
    {
        int number = 0;
        while (number < AsidPoolTable.Count && kernel.AsidPools[number] != 0) number++;
        return number;
    }

    private static bool IsOnePageOfMemory(Capability untyped) =>
        untyped.Tag == CapabilityTag.Untyped && untyped.UntypedSizeBits == AbiConstants.AsidPoolSizeBits && !untyped.UntypedIsDevice;

    private static void Perform(ref KernelState kernel, Ref<CapabilitySlot> source, Ref<CapabilitySlot> destination, int number)
    {
        Capability untyped = source.Value.Capability;
        ulong pool = untyped.UntypedAddress;
        source.Value.Capability = untyped.WithUntypedFreeIndex(1ul << (AbiConstants.AsidPoolSizeBits - FreeIndexUnitBits));
        M.ClearMemory(pool, 1ul << AbiConstants.AsidPoolSizeBits);
        kernel.AsidPools[number] = pool;

        // A child of the untyped (R-DER-16), but no original: only what Retype makes is one, so copies of it are its siblings.
        Capability made = Capability.NewAsidPool(pool, (ulong)number << Asids<M>.PoolBits);
        MappingDatabase<X64<M>>.Insert(ref kernel, made, source, destination);
    }
}

/// <summary>ASIDPool_Assign (ABI §18).</summary>
internal static class AsidPoolInvocation<M>
    where M : struct, IMachine
{
    /// <summary>Extra capability 1: a PML4 without a number.</summary>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if ((InvocationLabel)call.Label != InvocationLabel.X86AsidPoolAssign) return SyscallError.IllegalOperation;
        if (call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability root = call.Extra0.Value.Capability;
        if (root.Tag != CapabilityTag.Pml4 || root.Pml4IsMapped) return SyscallError.InvalidCapability(1);
        Capability pool = call.Capability;
        ulong present = kernel.AsidPools[(int)(pool.AsidPoolBase >> Asids<M>.PoolBits)];
        if (present == 0) return SyscallError.FailedLookup(LookupFailure.InvalidRoot, wasSource: false);
        if (present != pool.AsidPoolAddress) return SyscallError.InvalidCapability(0);
        ulong asid = Asids<M>.FindFree(present, pool.AsidPoolBase);
        if (asid == 0) return SyscallError.DeleteFirst;

        Asids<M>.Assign(present, asid, root.Pml4Address);
        call.Extra0.Value.Capability = root.WithPml4IsMapped(true).WithPml4MappedAsid(asid);
        return SyscallError.None;
    }
}
