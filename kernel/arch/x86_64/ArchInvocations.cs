// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>Sends an invocation of an architecture capability to the file of its object.</summary>
internal static class ArchInvocations<M>
    where M : struct, IMachine
{
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call) => call.Capability.Tag == CapabilityTag.Frame
        ? FrameInvocation<M>.Invoke(ref kernel, ref call)
        : InvokeOther(ref kernel, ref call);

    /// <summary>All but frames, which are invoked far more often than the others together.</summary>
    private static SyscallError InvokeOther(ref KernelState kernel, ref Invocation call) => call.Capability.Tag switch
    {
        CapabilityTag.PageTable or CapabilityTag.PageDirectory or CapabilityTag.Pdpt => TableInvocation<M>.Invoke(ref kernel, ref call),
        // A PML4 has no methods: whatever the label (R-VS-22).
        CapabilityTag.Pml4 => SyscallError.IllegalOperation,
        CapabilityTag.AsidControl => AsidControlInvocation<M>.Invoke(ref kernel, ref call),
        CapabilityTag.AsidPool => AsidPoolInvocation<M>.Invoke(ref kernel, ref call),
        CapabilityTag.IrqControl => IrqControlInvocation<M>.Invoke(ref kernel, ref call),
        CapabilityTag.IoPortControl => IoPortControlInvocation<M>.Invoke(ref kernel, ref call),
        CapabilityTag.IoPort => IoPortInvocation<M>.Invoke(ref kernel, ref call),
        _ => SyscallError.InvalidCapability(0),
    };
}
