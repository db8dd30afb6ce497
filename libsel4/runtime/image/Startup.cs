// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>From the first instruction to the program's Main, and the end.</summary>
/// <remarks>
/// Until <c>corelib_initialize</c> has run there is no heap and no static reference; everything before it keeps to plain
/// words. Order: thread area, so that system calls find the IPC buffer; heap; arguments; Main; exit.
/// </remarks>
internal static unsafe class Startup
{
    [RuntimeExport("sel4_start_root")]
    private static void StartRoot(ulong bootInfo)
    {
        // SAFETY: the kernel's promise about RDI (BOOT-4).
        ulong buffer = *(ulong*)(bootInfo + BootInfoLayout.IpcBuffer);
        ThreadArea.Fill(buffer, buffer);
        MessageInfo setBase = new((ulong)InvocationLabel.TcbSetTlsBase, 0, 0, 1);
        ulong answer = EarlyInvoke(InitialSlot.Tcb, setBase.Word, ThreadArea.Of(buffer));
        if (MessageInfo.FromWord(answer).Label != 0)
        {
            return; // There is no way to say so yet; RootStart.S has an invalid instruction behind its call.
        }

        ProcessEnvironment.SetRoot(bootInfo);
        Run();
    }

    [RuntimeExport("sel4_start_child")]
    private static void StartChild(ulong stackPointer)
    {
        InitialStack stack = new(stackPointer);
        ulong buffer = stack.Auxiliary(AuxiliaryType.IpcBufferAddress);
        ThreadArea.Fill(buffer, buffer);
        ProcessEnvironment.SetChild(stack);
        Run();
    }

    private static void Run()
    {
        InitializeCorelib();
        int status = ProgramMain(ProcessEnvironment.GetArguments());
        ProgramExit.Exit(status);
    }

    [RuntimeImport("*", "sel4_early_invoke")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong EarlyInvoke(ulong capability, ulong info, ulong word0);

    [RuntimeImport("*", "corelib_initialize")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void InitializeCorelib();

    [RuntimeImport("*", "program_main")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ProgramMain(string[] args);
}
