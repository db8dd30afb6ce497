// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>One sentence on the console for every refused invocation: who asked what of which object, and why not.</summary>
/// <remarks>On with log level 2. It allocates nothing and changes nothing but the console.</remarks>
internal static class RefusalLog<A> where A : struct, IArch
{
    public static void Print(ref KernelState kernel, ref Invocation call, SyscallError error)
    {
        Capability invoked = call.Capability;
        KernelLog<A>.Text("refused: ");
        KernelLog<A>.Thread(call.Caller);
        KernelLog<A>.Text(" asked ");
        PrintMethod(invoked.Tag, call.Label);
        KernelLog<A>.Text(" of the ");
        KernelLog<A>.Name(CapabilityTypeTagNames.Of((CapabilityTypeTag)invoked.Tag));
        KernelLog<A>.Text(" capability ");
        KernelLog<A>.Hex(call.CapabilityPointer);
        KernelLog<A>.Text(" with ");
        KernelLog<A>.Decimal((ulong)call.Length);
        KernelLog<A>.Text(" words and ");
        KernelLog<A>.Decimal((ulong)call.ExtraCount);
        KernelLog<A>.Text(" capabilities: ");
        KernelLog<A>.Name(ErrorCodeNames.Of(error.Code));
        PrintReason(ref call, error);
        KernelLog<A>.EndLine();
    }

    private static void PrintMethod(CapabilityTag tag, ulong label)
    {
        if (tag is CapabilityTag.Endpoint or CapabilityTag.Notification or CapabilityTag.Reply or CapabilityTag.Null)
        {
            KernelLog<A>.Text("a send");
            return;
        }

        KernelLog<A>.Name(InvocationNames.Of((InvocationLabel)label));
        KernelLog<A>.Text(" (label ");
        KernelLog<A>.Decimal(label);
        KernelLog<A>.Text(")");
    }

    private static void PrintReason(ref Invocation call, SyscallError error)
    {
        switch (error.Code)
        {
            case ErrorCode.InvalidArgument:
                KernelLog<A>.Text(", argument ");
                KernelLog<A>.Decimal(error.Detail0);
                PrintArgument(ref call, error.Detail0);
                break;
            case ErrorCode.InvalidCapability:
                KernelLog<A>.Text(", capability ");
                KernelLog<A>.Decimal(error.Detail0);
                PrintCapability(ref call, error.Detail0);
                break;
            case ErrorCode.IllegalOperation:
                KernelLog<A>.Text(", the object's type or state does not allow it");
                break;
            case ErrorCode.RangeError:
                KernelLog<A>.Text(", allowed is ");
                KernelLog<A>.Decimal(error.Detail0);
                KernelLog<A>.Text(" to ");
                KernelLog<A>.Decimal(error.Detail1);
                break;
            case ErrorCode.FailedLookup:
                PrintLookup(error);
                break;
            case ErrorCode.TruncatedMessage:
                KernelLog<A>.Text(", words or capabilities are missing");
                break;
            case ErrorCode.DeleteFirst:
                KernelLog<A>.Text(", the place is occupied");
                break;
            case ErrorCode.RevokeFirst:
                KernelLog<A>.Text(", something derived from it still exists");
                break;
            case ErrorCode.NotEnoughMemory:
                KernelLog<A>.Text(", bytes left: ");
                KernelLog<A>.Decimal(error.Detail1);
                break;
            default:
                break;
        }
    }

    private static void PrintArgument(ref Invocation call, ulong number)
    {
        if (number >= (ulong)call.Length) return;
        KernelLog<A>.Text(" was ");
        KernelLog<A>.Hex(call[(int)number]);
    }

    private static void PrintCapability(ref Invocation call, ulong number)
    {
        if (number == 0 || number > (ulong)call.ExtraCount) return;
        KernelLog<A>.Text(" was ");
        KernelLog<A>.Name(CapabilityTypeTagNames.Of((CapabilityTypeTag)call.Extra((int)number - 1).Value.Tag));
    }

    private static void PrintLookup(SyscallError error)
    {
        LookupFailure failure = error.Lookup;
        KernelLog<A>.Text(error.WasSource ? ", the source: " : ", the destination: ");
        KernelLog<A>.Name(LookupFailureKindNames.Of(failure.Kind));
        if (failure.Kind == LookupFailureKind.InvalidRoot) return;
        KernelLog<A>.Text(" with ");
        KernelLog<A>.Decimal(failure.BitsLeft);
        KernelLog<A>.Text(" bits left");
        if (failure.Kind == LookupFailureKind.MissingCapability) return;
        KernelLog<A>.Text(" and ");
        KernelLog<A>.Decimal(failure.BitsFound);
        KernelLog<A>.Text(" found");
        if (failure.Kind != LookupFailureKind.GuardMismatch) return;
        KernelLog<A>.Text(", guard ");
        KernelLog<A>.Hex(failure.GuardFound);
    }
}
