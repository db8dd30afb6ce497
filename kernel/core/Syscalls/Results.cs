// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Writes the answer to an invocation into the caller's registers and buffer (ABI §3.6, §6).</summary>
public static class Results<A> where A : struct, IArch
{
    /// <summary>Sets result word <paramref name="index"/>; without effect when the caller does not wait for an answer (R-SYS-11).</summary>
    public static void Set(ref KernelState kernel, ref Invocation call, int index, ulong value)
    {
        if (!call.IsCall) return;
        ref Tcb caller = ref call.Caller.Value;
        IpcBuffer buffer = index < AbiConstants.MessageRegisterCount ? default : new(A.LookupIpcBuffer(ref caller, true));
        ulong length = (ulong)MessageTransfer<A>.Write(ref caller, buffer, index, value);
        if (length > kernel.ResultLength) kernel.ResultLength = length;
    }

    /// <summary>Completes a successful Call of a running thread whose answer has no words.</summary>
    internal static void SucceedWithNothing(Ref<Tcb> caller)
    {
        ThreadRegisters.Write(caller, A.CapabilityRegister, 0);

        // Keeps the two zeros apart, which would otherwise be stored by a vector register.
        caller.Value.State = ThreadState.Running;
        ThreadRegisters.Write(caller, A.MessageInfoRegister, 0);
    }

    /// <summary>Completes a refused Call: badge 0, the error code as label, its details as words (R-SYS-12, ABI §6.1).</summary>
    internal static void Fail(ref Tcb caller, SyscallError error)
    {
        int length = WriteDetails(ref caller, error);
        caller.Registers[A.CapabilityRegister] = 0;
        caller.Registers[A.MessageInfoRegister] = new MessageInfo((ulong)error.Code, 0, 0, length).Word;
    }

    private static int WriteDetails(ref Tcb caller, SyscallError error)
    {
        switch (error.Code)
        {
            case ErrorCode.InvalidArgument:
            case ErrorCode.InvalidCapability:
                return MessageTransfer<A>.Write(ref caller, default, 0, error.Detail0);
            case ErrorCode.RangeError:
                MessageTransfer<A>.Write(ref caller, default, 0, error.Detail0);
                return MessageTransfer<A>.Write(ref caller, default, 1, error.Detail1);
            case ErrorCode.FailedLookup:
                MessageTransfer<A>.Write(ref caller, default, 0, error.WasSource ? 1u : 0u);
                IpcBuffer buffer = new(A.LookupIpcBuffer(ref caller, true));
                return MessageTransfer<A>.WriteLookupFailure(ref caller, buffer, 1, error.Lookup);
            case ErrorCode.NotEnoughMemory:
                return MessageTransfer<A>.Write(ref caller, default, 0, error.Detail1);
            default:
                return 0;
        }
    }
}
