// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>IOPortControl_Issue (ABI §20).</summary>
internal static class IoPortControlInvocation<M>
    where M : struct, IMachine
{
    private const int IssueLength = 4;

    /// <summary>MR0 first port, MR1 last, MR2 index, MR3 depth; extra capability 1 the CNode for the new capability.</summary>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if ((InvocationLabel)call.Label != InvocationLabel.X86IoPortControlIssue) return SyscallError.IllegalOperation;
        if (call.Length < IssueLength || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        // Port numbers are cut to 16 bits before anything is compared (R-IOP-03).
        uint first = (ushort)call.Word0;
        uint last = (ushort)call.Word1;
        if (last < first) return SyscallError.InvalidArgument(1);
        if (IoPortRanges.AnyIssued(ref kernel, first, last)) return SyscallError.RevokeFirst;
        SyscallError error = Destinations.Find(
            call.Extra0.Value.Capability, call.Word2, call.Word3, out Ref<CapabilitySlot> destination);
        if (!error.IsNone) return error;

        IoPortRanges.Issue(ref kernel, first, last);
        MappingDatabase<X64<M>>.Insert(ref kernel, Capability.NewIoPort(first, last), call.Slot, destination);
        return SyscallError.None;
    }
}

/// <summary>In and Out of 8, 16 and 32 bits on a range of ports (ABI §20).</summary>
internal static class IoPortInvocation<M>
    where M : struct, IMachine
{
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call) => (InvocationLabel)call.Label switch
    {
        InvocationLabel.X86IoPortIn8 => In(ref kernel, ref call, 1),
        InvocationLabel.X86IoPortIn16 => In(ref kernel, ref call, 2),
        InvocationLabel.X86IoPortIn32 => In(ref kernel, ref call, 4),
        InvocationLabel.X86IoPortOut8 => Out(ref call, 1),
        InvocationLabel.X86IoPortOut16 => Out(ref call, 2),
        InvocationLabel.X86IoPortOut32 => Out(ref call, 4),
        _ => SyscallError.IllegalOperation,
    };

    /// <summary>MR0 port; the value read is the result.</summary>
    private static SyscallError In(ref KernelState kernel, ref Invocation call, uint bytes)
    {
        if (call.Length < 1) return SyscallError.TruncatedMessage;
        ushort port = (ushort)call.Word0;
        if (!IsInside(call.Capability, port, bytes)) return SyscallError.IllegalOperation;
        ulong value = bytes == 1 ? M.In8(port) : bytes == 2 ? M.In16(port) : M.In32(port);
        Results<X64<M>>.Set(ref kernel, ref call, 0, value);
        return SyscallError.None;
    }

    /// <summary>MR0 port, MR1 value, cut to the width.</summary>
    private static SyscallError Out(ref Invocation call, uint bytes)
    {
        if (call.Length < 2) return SyscallError.TruncatedMessage;
        ushort port = (ushort)call.Word0;
        if (!IsInside(call.Capability, port, bytes)) return SyscallError.IllegalOperation;
        if (bytes == 1) M.Out8(port, (byte)call.Word1);
        else if (bytes == 2) M.Out16(port, (ushort)call.Word1);
        else M.Out32(port, (uint)call.Word1);
        return SyscallError.None;
    }

    /// <summary>The whole access lies in the range, its last byte too (R-IOP-04).</summary>
    private static bool IsInside(Capability range, uint port, uint bytes) =>
        port >= range.IoPortFirst && port + bytes - 1 <= range.IoPortLast;
}
