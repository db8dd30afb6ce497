// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using Kernel.Core;
using Kernel.Pc99;
using Kernel.X64;

namespace Kernel.Image;

/// <summary>Where Trap.S enters C#: the only place that names core, architecture and machine together.</summary>
/// <remarks>
/// The registers of the interrupted thread are in its TCB. Afterwards Trap.S returns to the thread whose context
/// <see cref="Machine.SetCurrentContext"/> was given last.
/// </remarks>
internal static unsafe class Entry
{
    [RuntimeExport("kernel_syscall")]
    private static void Syscall(KernelState* kernel, long number) => SystemCalls<Arch>.Handle(ref *kernel, number);

    [RuntimeExport("kernel_exception")]
    private static void Exception(KernelState* kernel, ulong vector, ulong errorCode, ulong faultAddress) =>
        Traps<Machine>.Exception(ref *kernel, vector, errorCode, faultAddress);

    /// <summary>An interrupt of a device or of the timer, or <c>int N</c> of a user program.</summary>
    /// <remarks>
    /// A vector that nobody owns is a mistake of a device or its driver: acknowledged and forgotten. Vectors above the
    /// timer's belong to <c>int N</c>, which the idle thread does not execute.
    /// </remarks>
    [RuntimeExport("kernel_interrupt")]
    private static void Interrupt(KernelState* kernel, ulong vector)
    {
        bool isDevice = vector >= Traps<Machine>.FirstUserVector && vector <= Traps<Machine>.LastUserVector;
        bool isSoftware = vector >= Traps<Machine>.FirstSoftwareVector && kernel->Current != kernel->Idle;
        if (isDevice || isSoftware || vector == Traps<Machine>.TimerVector) Traps<Machine>.Interrupt(ref *kernel, vector);
        else Machine.EndOfInterrupt();
    }

    /// <summary>An exception inside the kernel, an NMI, a machine check or a double fault.</summary>
    [RuntimeExport("kernel_trapped")]
    private static void Trapped(ulong* registers, ulong vector, ulong errorCode, ulong faultAddress)
    {
        PanicReport.Trap(registers, vector, errorCode, faultAddress);
        Machine.Halt();
    }

    /// <summary>A requirement of the kernel does not hold (<see cref="Epitaph"/>).</summary>
    [RuntimeExport("kernel_panic")]
    private static void Panic(string text, int line)
    {
        PanicReport.Requirement(text, line);
        Machine.Halt();
    }

    /// <summary>A check that the compiler put in failed: an index, an overflow (Corelib).</summary>
    [RuntimeExport("runtime_fail_fast")]
    private static void FailFast(byte* message, nuint length, nuint address)
    {
        PanicReport.Check(message, length, address);
        Machine.Halt();
    }
}
