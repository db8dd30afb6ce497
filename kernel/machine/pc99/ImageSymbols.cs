// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Addresses that only assembly and the linker know; the table is at the end of Trap.S, in this order.</summary>
public struct ImageSymbols
{
    public ulong GlobalDescriptorTable;

    /// <summary>The 104 bytes of the task state segment (SDM 3A §7.7).</summary>
    public ulong TaskState;
    public ulong InterruptDescriptorTable;

    /// <summary>256 entry stubs of 16 bytes.</summary>
    public ulong TrapStubs;
    public ulong SyscallEntry;
    public ulong IdleLoop;

    /// <summary>Page-aligned zeroed room for <c>KernelState</c>.</summary>
    public ulong KernelState;
    public ulong KernelStateBytes;

    /// <summary>Where the text of a report is kept, zero-terminated.</summary>
    public ulong Epitaph;
    public ulong EpitaphBytes;
    public ulong KernelStackTop;

    /// <summary>Stacks of the events that must not trust the current stack: double fault, NMI, machine check.</summary>
    public ulong FaultStackTop;
    public ulong NmiStackTop;
    public ulong MachineCheckStackTop;

    public ulong PageMapLevel4;

    /// <summary>Page table of the kernel's device pages at <see cref="KernelPageTables.DeviceBase"/>.</summary>
    public ulong DeviceTable;

    /// <summary>Physical bounds of the kernel image including its zeroed part.</summary>
    public ulong ImageStart;
    public ulong ImageEnd;

    /// <summary>Address of a byte: 1 when the processor has 1 GiB pages.</summary>
    public ulong HasHugePages;

    /// <summary>Address of a 32-bit word: GiB of physical memory that the window shows.</summary>
    public ulong WindowGibibytes;
}
