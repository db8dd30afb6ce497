// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.InteropServices;
using Kernel.X64;

namespace Kernel.Sim;

/// <summary>The machine of host tests: every member goes to the <see cref="SimHardware"/> that is current on this host thread.</summary>
public readonly struct SimMachine : IMachine
{
    /// <summary>FCW and MXCSR in an FXSAVE or XSAVE image (SDM 1 §10.5.1): byte 0, and byte 24.</summary>
    private const int MxcsrWord = 3;
    private const ulong InitialFcw = 0x37f;
    private const ulong InitialMxcsr = 0x1f80;

    [ThreadStatic]
    private static SimHardware? t_current;

    /// <summary>The machine that the kernel runs on. A harness sets it before each entry, because tests share host threads.</summary>
    public static SimHardware Current
    {
        get => t_current ?? throw new InvalidOperationException("no simulated machine is current on this thread");
        set => t_current = value;
    }

    public static ulong PhysicalWindow => Current.Memory.Window;

    public static ulong KernelPageTableRoot => SimHardware.KernelRoot;

    public static bool HasFsGsBase => Current.HasFsGsBase;

    public static int IoApicCount => Current.IoApics.Count;

    public static bool IsInterruptPending => Current.CheckInterrupt();

    public static void WritePageTableRoot(ulong physicalAddress) => Current.WriteRoot(physicalAddress);

    public static ulong ReadPageTableRoot() => Current.PageTableRoot;

    public static void InvalidatePage(ulong virtualAddress) => Current.InvalidatePage(virtualAddress);

    public static void FlushTlb() => Current.FlushTlb();

    public static void WriteFsBase(ulong value)
    {
        Current.FsBase = value;
        Current.BaseWrites++;
    }

    public static void WriteGsBase(ulong value)
    {
        Current.GsBase = value;
        Current.BaseWrites++;
    }

    public static ulong ReadFsBase() => Current.FsBase;

    public static ulong ReadGsBase() => Current.GsBase;

    public static unsafe void ExchangeBases(ulong saved, ulong loaded)
    {
        ((ulong*)saved)[0] = ReadFsBase();
        ((ulong*)saved)[1] = ReadGsBase();
        WriteFsBase(((ulong*)loaded)[0]);
        WriteGsBase(((ulong*)loaded)[1]);
    }

    public static void SetCurrentContext(ulong registersKernelAddress) => Current.CurrentContext = registersKernelAddress;

    public static void SaveFpu(ulong area) => Current.SaveFpu(area);

    public static void RestoreFpu(ulong area) => Current.RestoreFpu(area);

    public static void ExchangeFpu(ulong saved, ulong restored)
    {
        SaveFpu(saved);
        RestoreFpu(restored);
    }

    public static void SetFpuTrap(bool enabled) => Current.SetFpuTrap(enabled);

    public static unsafe void InitializeFpu(ulong area)
    {
        ((ulong*)area)[0] = InitialFcw;
        ((ulong*)area)[MxcsrWord] = InitialMxcsr;
    }

    public static byte In8(ushort port) => (byte)Current.Ports.Read(port, 1);

    public static ushort In16(ushort port) => (ushort)Current.Ports.Read(port, 2);

    public static uint In32(ushort port) => Current.Ports.Read(port, 4);

    public static void Out8(ushort port, byte value) => Current.Ports.Write(port, 1, value);

    public static void Out16(ushort port, ushort value) => Current.Ports.Write(port, 2, value);

    public static void Out32(ushort port, uint value) => Current.Ports.Write(port, 4, value);

    public static int IoApicPins(int ioApic) => Current.IoApics.PinsOf(ioApic);

    public static void SetIoApicEntry(int ioApic, int pin, byte cpuVector, bool isLevel, bool isActiveLow, bool isMasked) =>
        Current.IoApics[ioApic, pin] = new(cpuVector, isLevel, isActiveLow, isMasked);

    public static void MaskIoApicPin(int ioApic, int pin, bool isMasked) => Current.IoApics[ioApic, pin].IsMasked = isMasked;

    public static void EndOfInterrupt() => Current.EndsOfInterrupt++;

    public static unsafe void ClearMemory(ulong kernelAddress, ulong bytes)
    {
        SimMemory memory = Current.Memory;
        if (!memory.Contains(kernelAddress, bytes)) throw new SimBusError(kernelAddress - memory.Window, memory.Bytes);
        NativeMemory.Clear((void*)kernelAddress, (nuint)bytes);
    }

    public static void WriteConsole(byte character) => Current.Console.Append((char)character);

    public static void Halt() => throw new SimHaltException();
}
