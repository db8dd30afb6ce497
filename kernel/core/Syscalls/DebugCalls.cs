// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The system calls of debug builds (ABI §25). None of them changes what programs can do (R-TCB-42).</summary>
/// <remarks>
/// Where the C kernel halts on a misuse (DebugNameThread), this one says so on the console and carries on: no program may
/// stop the kernel by accident.
/// </remarks>
internal static class DebugCalls<A> where A : struct, IArch
{
    /// <summary>Handles <paramref name="number"/> if it is a debug call of this build.</summary>
    public static bool TryHandle(ref KernelState kernel, SystemCall number)
    {
        ulong argument = kernel.Current.Value.Registers[A.CapabilityRegister];
        switch (number)
        {
            case SystemCall.DebugPutChar:
                A.WriteConsole((byte)argument);
                return true;
            case SystemCall.DebugDumpScheduler:
                StateDump<A>.PrintThreads(ref kernel);
                return true;
            case SystemCall.DebugHalt:
                KernelLog<A>.Text("halted: ");
                KernelLog<A>.Thread(kernel.Current);
                KernelLog<A>.Text(" asked for it\n");
                A.Halt();
                return true;
            case SystemCall.DebugCapIdentify:
                kernel.Current.Value.Registers[A.CapabilityRegister] = Identify(ref kernel, argument);
                return true;
            case SystemCall.DebugSnapshot:
                StateDump<A>.PrintCapabilities(ref kernel);
                return true;
            case SystemCall.DebugNameThread:
                NameThread(ref kernel, argument);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The type tag of ABI §11.2; 0 when the address leads nowhere.</summary>
    private static ulong Identify(ref KernelState kernel, ulong pointer)
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref kernel.Current.Value, pointer, out Ref<CapabilitySlot> slot);
        return failure.Kind == LookupFailureKind.None ? (ulong)slot.Value.Tag : 0;
    }

    private static void NameThread(ref KernelState kernel, ulong pointer)
    {
        ref Tcb caller = ref kernel.Current.Value;
        LookupFailure failure = CSpaceLookup.FindCapability(ref caller, pointer, out Ref<CapabilitySlot> slot);
        IpcBuffer buffer = new(A.LookupIpcBuffer(ref caller, false));
        if (failure.Kind == LookupFailureKind.None && slot.Value.Tag == CapabilityTag.Tcb && buffer.IsPresent)
        {
            DebugNames.Set(ref new Ref<Tcb>(slot.Value.Capability.TcbAddress).Value, buffer);
            return;
        }

        KernelLog<A>.Text("refused: ");
        KernelLog<A>.Thread(kernel.Current);
        KernelLog<A>.Text(buffer.IsPresent ? " named what is no thread: capability " : " has no IPC buffer to pass a name in: capability ");
        KernelLog<A>.Hex(pointer);
        KernelLog<A>.EndLine();
    }
}
