// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.CompilerServices;
using Kernel.Core;

namespace Kernel.Sim;

/// <summary>A machine with a kernel in it: RAM, hardware, and a zeroed <see cref="KernelState"/> inside that RAM.</summary>
/// <remarks>The state lies where the kernel image would be, because its capability slots must never move.</remarks>
public sealed class SimKernel : IDisposable
{
    public const ulong DefaultRam = 64ul << 20;

    public SimKernel(ulong ramBytes = DefaultRam, SimIoApics? ioApics = null)
    {
        if ((ulong)Unsafe.SizeOf<KernelState>() > SimHardware.KernelRoot - SimHardware.KernelStart)
        {
            throw new InvalidOperationException("KernelState has outgrown its place below the kernel's page tables");
        }
        Memory = new SimMemory(ramBytes);
        Hardware = new SimHardware(Memory, ioApics);
        SimMachine.Current = Hardware;
        State.PhysicalWindow = Memory.Window;
        State.ActiveRoot = SimHardware.KernelRoot;
    }

    public SimMemory Memory { get; }

    public SimHardware Hardware { get; }

    /// <summary>The kernel's state. Reading it also makes this machine the current one.</summary>
    public ref KernelState State
    {
        get
        {
            SimMachine.Current = Hardware;
            return ref new Ref<KernelState>(Memory.Window + SimHardware.KernelStart).Value;
        }
    }

    /// <summary>Kernel address of a physical address.</summary>
    public ulong Window(ulong physicalAddress) => Memory.Window + physicalAddress;

    /// <summary>The slot in which the kernel keeps the notification of an interrupt handler.</summary>
    public unsafe Ref<CapabilitySlot> InterruptSlot(int vector) => new((ulong)Unsafe.AsPointer(ref State.Irqs[vector].Notification));

    public void Dispose() => Memory.Dispose();
}
