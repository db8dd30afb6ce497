// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Tells on the console about a fault that reached no handler: what, where, and with which registers (ABI §8.3).</summary>
internal static class FaultLog<A> where A : struct, IArch
{
    private const int RegistersPerLine = 4;
    private const int StackWords = 8;

    /// <summary>Prints the thread, its fault, why no handler could take it, its registers and the top of its stack.</summary>
    public static void PrintUndeliverable(ref KernelState kernel, Ref<Tcb> tcb, LookupFailure failure, Ref<CapabilitySlot> slot)
    {
        KernelLog<A>.Text("fault: thread ");
        KernelLog<A>.Thread(tcb);
        KernelLog<A>.Text(" stopped by ");
        PrintFault(ref tcb.Value);
        KernelLog<A>.Text(" at ");
        KernelLog<A>.Hex(tcb.Value.Registers[A.FaultIpRegister]);
        KernelLog<A>.Text("; ");
        PrintReason(ref tcb.Value, failure, slot);
        KernelLog<A>.EndLine();
        PrintRegisters(ref tcb.Value);
        PrintStack(ref kernel, ref tcb.Value);
    }

    private static void PrintFault(ref Tcb thread)
    {
        switch ((FaultLabel)thread.FaultKind)
        {
            case FaultLabel.CapFault:
                KernelLog<A>.Text(thread.Fault1 != 0 ? "a receive from capability " : "a send to capability ");
                KernelLog<A>.Hex(thread.Fault0);
                KernelLog<A>.Text(" that cannot be used (");
                KernelLog<A>.Name(LookupFailureKindNames.Of(new LookupFailure(thread.FaultLookup0, thread.FaultLookup1).Kind));
                KernelLog<A>.Text(")");
                break;
            case FaultLabel.UnknownSyscall:
                KernelLog<A>.Text("unknown system call ");
                KernelLog<A>.Hex(thread.Fault0);
                break;
            case FaultLabel.UserException:
                KernelLog<A>.Text("exception ");
                KernelLog<A>.Decimal(thread.Fault0);
                KernelLog<A>.Text(", error code ");
                KernelLog<A>.Hex(thread.Fault1);
                break;
            default:
                KernelLog<A>.Text(thread.FaultLookup0 != 0 ? "an instruction fetch from " : "an access to ");
                KernelLog<A>.Hex(thread.Fault0);
                KernelLog<A>.Text(", error code ");
                KernelLog<A>.Hex(thread.Fault1);
                break;
        }
    }

    private static void PrintReason(ref Tcb thread, LookupFailure failure, Ref<CapabilitySlot> slot)
    {
        KernelLog<A>.Text("its fault handler ");
        KernelLog<A>.Hex(thread.FaultHandler);
        if (failure.Kind != LookupFailureKind.None)
        {
            KernelLog<A>.Text(" resolves to nothing (");
            KernelLog<A>.Name(LookupFailureKindNames.Of(failure.Kind));
            KernelLog<A>.Text(")");
        }
        else if (slot.Value.Tag != CapabilityTag.Endpoint)
        {
            KernelLog<A>.Text(" is no endpoint but ");
            KernelLog<A>.Name(CapabilityTypeTagNames.Of((CapabilityTypeTag)slot.Value.Tag));
        }
        else
        {
            KernelLog<A>.Text(" is an endpoint without Write and one of Grant and GrantReply");
        }
    }

    private static void PrintRegisters(ref Tcb thread)
    {
        for (int i = 0; i < A.UserRegisterCount; i++)
        {
            KernelLog<A>.Spaces(2);
            KernelLog<A>.Name(UserRegisterNames.Of((UserRegister)i));
            KernelLog<A>.Text("=");
            KernelLog<A>.HexDigits(thread.Registers[A.IndexOfUserRegister(i)], 16);
            if ((i + 1) % RegistersPerLine == 0) KernelLog<A>.EndLine();
        }

        if (A.UserRegisterCount % RegistersPerLine != 0) KernelLog<A>.EndLine();
    }

    /// <summary>Prints the words at the stack pointer, as far as they are mapped.</summary>
    private static void PrintStack(ref KernelState kernel, ref Tcb thread)
    {
        ulong address = thread.Registers[A.IndexOfUserRegister((int)UserRegister.Rsp)] & ~7ul;
        KernelLog<A>.Text("  stack ");
        KernelLog<A>.Hex(address);
        KernelLog<A>.Text(":");
        int words = 0;
        while (words < StackWords && A.TryReadUserWord(ref kernel, ref thread, address + (8 * (ulong)words), out ulong value))
        {
            KernelLog<A>.Text(" ");
            KernelLog<A>.Hex(value);
            words++;
        }

        if (words == 0) KernelLog<A>.Text(" not mapped");
        KernelLog<A>.EndLine();
    }
}
