// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Text;

namespace Kernel.Sim;

/// <summary>The state of one simulated machine, and a record of what the kernel asked of it.</summary>
/// <remarks>A test owns one and makes it current (<see cref="SimMachine.Current"/>) before it enters the kernel.</remarks>
public sealed class SimHardware
{
    /// <summary>Physical addresses that the simulated "kernel image" occupies; never RAM to hand out.</summary>
    public const ulong KernelStart = 0x10_0000;
    public const ulong KernelEnd = 0x14_0000;

    /// <summary>Where the kernel's own PML4 lies, and the table behind its upper half.</summary>
    public const ulong KernelRoot = 0x12_0000;
    private const ulong KernelPdpt = 0x12_1000;

    /// <summary>An address in the kernel half that the kernel's tables map, supervisor only.</summary>
    public const ulong KernelHalfAddress = 0xffff_8000_0000_0000;

    private const ulong PresentWritable = 3;
    private const ulong PresentWritableLarge = 0x83;

    private readonly ulong[] _fpuRegisters = new ulong[128];

    public SimHardware(SimMemory memory, SimIoApics? ioApics = null)
    {
        Memory = memory;
        IoApics = ioApics ?? new SimIoApics(24);
        Tlb = new SimTlb(memory);
        PageTableRoot = KernelRoot;
        // Every entry of the upper half is there from the start, as on the real machine: they are copied into each PML4.
        for (ulong index = 256; index < 512; index++) memory.WriteWord(KernelRoot + (8 * index), KernelPdpt | PresentWritable);
        for (ulong index = 0; index < 512; index++) memory.WriteWord(KernelPdpt + (8 * index), (index << 30) | PresentWritableLarge);
    }

    public SimMemory Memory { get; }

    public SimIoApics IoApics { get; }

    public SimPorts Ports { get; } = new();

    public SimTlb Tlb { get; }

    /// <summary>CR3.</summary>
    public ulong PageTableRoot { get; private set; }

    /// <summary>Every value that was written to CR3.</summary>
    public List<ulong> RootWrites { get; } = [];

    /// <summary>Every address that was invalidated by itself.</summary>
    public List<ulong> InvalidatedPages { get; } = [];

    /// <summary>How often everything was invalidated.</summary>
    public int TlbFlushes { get; private set; }

    public ulong FsBase { get; set; }

    public ulong GsBase { get; set; }

    /// <summary>How often a base register was written.</summary>
    public int BaseWrites { get; internal set; }

    public bool HasFsGsBase { get; set; }

    /// <summary>Kernel address of the register area that trap entry fills.</summary>
    public ulong CurrentContext { get; internal set; }

    /// <summary>CR0.TS.</summary>
    public bool IsFpuTrapSet { get; private set; }

    /// <summary>How often CR0.TS was written.</summary>
    public int FpuTrapWrites { get; private set; }

    /// <summary>Areas that FPU registers were saved to and loaded from.</summary>
    public List<ulong> FpuSaves { get; } = [];

    public List<ulong> FpuRestores { get; } = [];

    /// <summary>The FPU's registers as 1024 bytes; what they mean is nobody's business here.</summary>
    public Span<ulong> FpuRegisters => _fpuRegisters;

    /// <summary>Number of interrupts that were ended at the local APIC.</summary>
    public int EndsOfInterrupt { get; internal set; }

    /// <summary>An interrupt waits.</summary>
    public bool IsInterruptPending { get; set; }

    /// <summary>When set: an interrupt begins to wait at that many checks from now (1 = at the next).</summary>
    public int? ChecksUntilInterrupt { get; set; }

    /// <summary>How often the kernel looked for a waiting interrupt.</summary>
    public int InterruptChecks { get; private set; }

    /// <summary>What the kernel and DebugPutChar printed.</summary>
    public StringBuilder Console { get; } = new();

    /// <summary>A user's access through CR3 and TLB; null for a page fault.</summary>
    public Translation? Access(ulong address) => Tlb.Access(PageTableRoot, address);

    /// <summary>Forgets the record, not the state.</summary>
    public void ClearRecord()
    {
        RootWrites.Clear();
        InvalidatedPages.Clear();
        TlbFlushes = 0;
        BaseWrites = 0;
        FpuTrapWrites = 0;
        FpuSaves.Clear();
        FpuRestores.Clear();
        EndsOfInterrupt = 0;
        InterruptChecks = 0;
    }

    internal void WriteRoot(ulong physicalAddress)
    {
        PageTableRoot = physicalAddress;
        RootWrites.Add(physicalAddress);
        Tlb.Flush();
    }

    internal void InvalidatePage(ulong address)
    {
        InvalidatedPages.Add(address);
        Tlb.Invalidate(address);
    }

    internal void FlushTlb()
    {
        TlbFlushes++;
        Tlb.Flush();
    }

    internal bool CheckInterrupt()
    {
        InterruptChecks++;
        if (ChecksUntilInterrupt is int left)
        {
            ChecksUntilInterrupt = left > 1 ? left - 1 : null;
            IsInterruptPending |= left <= 1;
        }
        return IsInterruptPending;
    }

    internal void SetFpuTrap(bool isSet)
    {
        IsFpuTrapSet = isSet;
        FpuTrapWrites++;
    }

    internal unsafe void SaveFpu(ulong area)
    {
        FpuSaves.Add(area);
        _fpuRegisters.CopyTo(new Span<ulong>((void*)area, _fpuRegisters.Length));
    }

    internal unsafe void RestoreFpu(ulong area)
    {
        FpuRestores.Add(area);
        new Span<ulong>((void*)area, _fpuRegisters.Length).CopyTo(_fpuRegisters);
    }
}

/// <summary>The kernel stopped the machine.</summary>
public sealed class SimHaltException() : Exception("the kernel halted the machine");
