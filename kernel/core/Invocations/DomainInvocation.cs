// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The methods of the domain capability (ABI §15, R-DOM). Checks stand in the order in which their errors are reported.</summary>
public static class DomainInvocation<A> where A : struct, IArch
{
    /// <summary>Decodes and performs a method; on an error nothing has changed.</summary>
    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        switch ((InvocationLabel)call.Label)
        {
            case InvocationLabel.DomainSetSet:
                return Set(ref kernel, ref call);
            case InvocationLabel.DomainSetScheduleConfigure:
                return Configure(ref kernel, ref call);
            case InvocationLabel.DomainSetScheduleSetStart:
                return SetStart(ref kernel, ref call);
            default:
                return SyscallError.IllegalOperation;
        }
    }

    /// <summary>Word: domain; capability: TCB. The domain is judged before a missing capability (R-DOM-02, R-DOM-03).</summary>
    private static SyscallError Set(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < 1) return SyscallError.TruncatedMessage;
        ulong domain = call[0];
        if (domain >= (ulong)KernelProfile.DomainCount) return SyscallError.InvalidArgument(0);
        if (call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability thread = call.Extra0.Value.Capability;
        if (thread.Tag != CapabilityTag.Tcb) return SyscallError.InvalidArgument(1);
        Threads<A>.SetDomain(ref kernel, new(thread.TcbAddress), (byte)domain);
        return SyscallError.None;
    }

    /// <summary>Words: index, domain, duration in ticks. The last entry always stays an end marker (R-DOM-06…10).</summary>
    private static SyscallError Configure(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < 3) return SyscallError.TruncatedMessage;
        ulong index = call[0];
        ulong domain = call[1];
        ulong duration = call[2];
        if (index >= DomainSchedule.Count - 1) return SyscallError.Range(0, DomainSchedule.Count - 2);
        if (domain >= (ulong)KernelProfile.DomainCount) return SyscallError.Range(0, (ulong)KernelProfile.DomainCount - 1);
        if (duration > KernelProfile.MaximumDomainTicks) return SyscallError.InvalidArgument(2);
        if (duration == 0 && domain != 0) return SyscallError.InvalidArgument(1);
        if (duration == 0 && index == kernel.DomainStart) return SyscallError.InvalidArgument(2);
        ref DomainScheduleEntry entry = ref kernel.DomainSchedule[(int)index];
        entry.Domain = domain;
        entry.Duration = duration;
        return SyscallError.None;
    }

    /// <summary>Word: index. Ends the present slot and starts the entry at once (R-DOM-11…13).</summary>
    private static SyscallError SetStart(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < 1) return SyscallError.TruncatedMessage;
        ulong index = call[0];
        if (index >= DomainSchedule.Count) return SyscallError.Range(0, DomainSchedule.Count - 1);
        if (kernel.DomainSchedule[(int)index].Duration == 0) return SyscallError.InvalidArgument(0);
        DomainSchedules.SetStart(ref kernel, index);
        Scheduler<A>.Reschedule(ref kernel);
        return SyscallError.None;
    }
}
