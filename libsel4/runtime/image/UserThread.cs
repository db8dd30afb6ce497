// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>What a further thread of a program needs. Every capability is the caller's; nothing is allocated here.</summary>
public struct UserThreadSetup
{
    /// <summary>A fresh thread object.</summary>
    public Cap<Tcb> Tcb;

    /// <summary>Root of its CSpace.</summary>
    public Cap<CNode> CSpaceRoot;

    /// <summary>Guard for that root; the default leaves it as it is.</summary>
    public CNodeGuard CSpaceGuard;

    /// <summary>Its address space, which is the caller's.</summary>
    public Cap<Pml4> VSpaceRoot;

    /// <summary>Where its faults go, as an address of its own CSpace; null = nowhere.</summary>
    public CapabilityPointer FaultHandler;

    /// <summary>The page that holds its IPC buffer and thread area.</summary>
    public Cap<Frame> IpcBufferFrame;

    /// <summary>Where that page is mapped, readable and writable.</summary>
    public ulong IpcBufferAddress;

    /// <summary>One past the highest byte of its stack.</summary>
    public ulong StackTop;

    /// <summary>Its priority, and the highest that it can hand out.</summary>
    public byte Priority;

    /// <summary>A thread whose maximum allows that priority.</summary>
    public Cap<Tcb> Authority;
}

/// <summary>Starts further threads of a program, in its own address space.</summary>
/// <remarks>
/// The core library's heap belongs to the first thread: a further thread must not allocate, and must not return: it ends by
/// suspending itself.
/// </remarks>
public static unsafe class UserThread
{
    /// <summary>Sets the thread up and lets it run <paramref name="main"/> with <paramref name="argument"/>.</summary>
    /// <returns>The first error; the thread then does not run.</returns>
    public static Sel4Error Start(in UserThreadSetup setup, delegate*<ulong, void> main, ulong argument)
    {
        ThreadArea.Fill(setup.IpcBufferAddress, setup.IpcBufferAddress);
        Sel4Error error = setup.Tcb.Configure(setup.FaultHandler, setup.CSpaceGuard, 0, setup.IpcBufferAddress,
            setup.CSpaceRoot, setup.VSpaceRoot, setup.IpcBufferFrame);
        if (!error.IsOk)
        {
            return error;
        }

        error = setup.Tcb.SetSchedParams(setup.Priority, setup.Priority, setup.Authority);
        if (!error.IsOk)
        {
            return error;
        }

        Registers registers = default;
        registers[(int)UserRegister.Rip] = EntryAddress();
        registers[(int)UserRegister.Rsp] = setup.StackTop;
        registers[(int)UserRegister.Rdi] = (ulong)main;
        registers[(int)UserRegister.Rsi] = argument;
        registers[(int)UserRegister.FsBase] = ThreadArea.Of(setup.IpcBufferAddress);
        return setup.Tcb.WriteRegisters(registers, RegisterWriting.Resume);
    }

    /// <summary>All registers of a thread, in the order of <see cref="UserRegister"/>.</summary>
    [InlineArray(AbiConstants.UserRegisterCount)]
    private struct Registers
    {
        private ulong _first;
    }

    [RuntimeExport("sel4_thread_main")]
    private static void Run(ulong main, ulong argument)
    {
        ((delegate*<ulong, void>)main)(argument);
        ProgramConsole.Write("a thread returned from its main function\n"u8);
        while (true)
        {
            Syscall.Yield();
        }
    }

    [RuntimeImport("*", "sel4_thread_entry_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong EntryAddress();
}
