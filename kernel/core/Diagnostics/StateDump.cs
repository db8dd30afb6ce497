// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Tables of threads and of capabilities for people (ABI §25).</summary>
internal static class StateDump<A> where A : struct, IArch
{
    private const int NameWidth = 22;
    private const int StateWidth = 14;
    private const int NumberWidth = 5;

    /// <summary>Prints one line for each thread, newest first; the running one is marked.</summary>
    public static void PrintThreads(ref KernelState kernel)
    {
        KernelLog<A>.Column("  thread", NameWidth + 2);
        KernelLog<A>.Column("state", StateWidth);
        KernelLog<A>.Column("prio", NumberWidth);
        KernelLog<A>.Column("mcp", NumberWidth);
        KernelLog<A>.Column("left", NumberWidth);
        KernelLog<A>.Text("restarts at         waits at");
        KernelLog<A>.EndLine();
        for (Ref<Tcb> tcb = kernel.AllThreads; !tcb.IsNull; tcb = tcb.Value.AllNext) PrintThread(ref kernel, tcb);
    }

    /// <summary>Prints the capabilities that the running thread reaches directly: its own slots and those of its root CNode.</summary>
    public static void PrintCapabilities(ref KernelState kernel)
    {
        Ref<Tcb> thread = kernel.Current;
        KernelLog<A>.Text("capabilities of ");
        KernelLog<A>.Thread(thread);
        KernelLog<A>.EndLine();
        for (int i = 0; i < TcbSlots.Count; i++) PrintSlot("  own ", (ulong)i, Slots.Of(thread, (TcbSlot)i));
        Capability root = Slots.Of(thread, TcbSlot.CSpaceRoot).Value.Capability;
        if (root.Tag != CapabilityTag.CNode) return;
        ulong count = 1ul << (int)root.CNodeRadix;
        for (ulong i = 0; i < count; i++) PrintSlot("  slot ", i, Slots.At(root.CNodeAddress, i));
    }

    private static void PrintSlot(string kind, ulong number, Ref<CapabilitySlot> slot)
    {
        if (slot.Value.IsEmpty) return;
        KernelLog<A>.Text(kind);
        KernelLog<A>.DecimalColumn(number, NumberWidth);
        KernelLog<A>.HexDigits(slot.Value.Word0, 16);
        KernelLog<A>.Text(" ");
        KernelLog<A>.HexDigits(slot.Value.Word1, 16);
        KernelLog<A>.Text(" ");
        KernelLog<A>.Name(CapabilityTypeTagNames.Of((CapabilityTypeTag)slot.Value.Tag));
        KernelLog<A>.EndLine();
    }

    private static void PrintThread(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        KernelLog<A>.Text(tcb == kernel.Current ? "> " : "  ");
        KernelLog<A>.Spaces(NameWidth - KernelLog<A>.Thread(tcb));
        KernelLog<A>.Column(StateName(ref thread), StateWidth);
        KernelLog<A>.DecimalColumn(thread.Priority, NumberWidth);
        KernelLog<A>.DecimalColumn(thread.MaximumControlledPriority, NumberWidth);
        KernelLog<A>.DecimalColumn(thread.TimeSlice, NumberWidth);
        KernelLog<A>.HexDigits(thread.Registers[A.FaultIpRegister], 16);
        if (IsQueuedSomewhere(thread.State))
        {
            KernelLog<A>.Text("    ");
            KernelLog<A>.HexDigits(thread.BlockingObject, 16);
        }

        KernelLog<A>.EndLine();
    }

    private static bool IsQueuedSomewhere(ThreadState state) =>
        state is ThreadState.BlockedOnSend or ThreadState.BlockedOnReceive or ThreadState.BlockedOnNotification;

    private static string StateName(ref Tcb thread)
    {
        switch (thread.State)
        {
            case ThreadState.Inactive: return "stopped";
            case ThreadState.Running: return "running";
            case ThreadState.Restart: return "restarting";
            case ThreadState.BlockedOnReceive: return "receives";
            case ThreadState.BlockedOnSend: return thread.FaultKind == 0 ? "sends" : "faulted";
            case ThreadState.BlockedOnReply: return thread.FaultKind == 0 ? "calls" : "faulted";
            case ThreadState.BlockedOnNotification: return "waits";
            default: return "idle";
        }
    }
}
