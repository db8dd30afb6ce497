// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.X64;

namespace Kernel.Pc99;

/// <summary>The real machine: every member goes straight to an instruction or a device.</summary>
public readonly unsafe struct Pc99 : IMachine
{
    // Distance from a thread's register area to its end, where the processor starts to push (UserContext).
    private const ulong RegisterAreaBytes = UserContext.Count * sizeof(ulong);

    private static ulong* s_ringZeroStack;
    private static bool s_usesXsave;

    /// <summary>Descriptor tables, control registers and the FPU. Serial output works before this.</summary>
    public static void SetUpProcessor()
    {
        CpuFeatures.Detect();
        DescriptorTables.Load();
        Processor.SetUp();
        s_ringZeroStack = DescriptorTables.RingZeroStack;
        s_usesXsave = Processor.UsesXsave;
    }

    public static ulong PhysicalWindow => KernelPageTables.PhysicalWindow;

    public static void WritePageTableRoot(ulong physicalAddress) => Instructions.WriteCr3(physicalAddress);

    public static ulong ReadPageTableRoot() => Instructions.ReadCr3();

    public static ulong KernelPageTableRoot => KernelPageTables.Root;

    public static void InvalidatePage(ulong virtualAddress) => Instructions.InvalidatePage(virtualAddress);

    // The kernel's own entries are global and stay; nothing but user entries ever changes.
    public static void FlushTlb() => Instructions.WriteCr3(Instructions.ReadCr3());

    public static void WriteFsBase(ulong value) => Processor.SetFsBase(value);

    public static void WriteGsBase(ulong value) => Processor.SetGsBase(value);

    public static ulong ReadFsBase() => Processor.GetFsBase();

    public static ulong ReadGsBase() => Processor.GetGsBase();

    public static bool HasFsGsBase => CpuFeatures.HasFsGsBase;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExchangeBases(ulong saved, ulong loaded) => Instructions.ExchangeBases(saved, loaded);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetCurrentContext(ulong registersKernelAddress) => *s_ringZeroStack = registersKernelAddress + RegisterAreaBytes;

    public static void SaveFpu(ulong area)
    {
        if (s_usesXsave) Instructions.Xsave(area);
        else Instructions.Fxsave(area);
    }

    public static void RestoreFpu(ulong area)
    {
        if (s_usesXsave) Instructions.Xrstor(area);
        else Instructions.Fxrstor(area);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExchangeFpu(ulong saved, ulong restored)
    {
        if (s_usesXsave) Instructions.ExchangeExtended(saved, restored);
        else Instructions.ExchangeLegacy(saved, restored);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetFpuTrap(bool enabled)
    {
        if (enabled) Instructions.SetTaskSwitched();
        else Instructions.ClearTaskSwitched();
    }

    public static void InitializeFpu(ulong area) => Processor.WriteInitialFpuImage(area);

    public static byte In8(ushort port) => Instructions.In8(port);

    public static ushort In16(ushort port) => Instructions.In16(port);

    public static uint In32(ushort port) => Instructions.In32(port);

    public static void Out8(ushort port, byte value) => Instructions.Out8(port, value);

    public static void Out16(ushort port, ushort value) => Instructions.Out16(port, value);

    public static void Out32(ushort port, uint value) => Instructions.Out32(port, value);

    public static int IoApicCount => IoApic.Count;

    public static int IoApicPins(int ioApic) => IoApic.Pins(ioApic);

    public static void SetIoApicEntry(int ioApic, int pin, byte cpuVector, bool isLevel, bool isActiveLow, bool isMasked) =>
        IoApic.SetEntry(ioApic, pin, cpuVector, isLevel, isActiveLow, isMasked);

    public static void MaskIoApicPin(int ioApic, int pin, bool isMasked) => IoApic.Mask(ioApic, pin, isMasked);

    public static void EndOfInterrupt() => LocalApic.EndOfInterrupt();

    public static bool IsInterruptPending => LocalApic.IsInterruptPending;

    public static void ClearMemory(ulong kernelAddress, ulong bytes) => Instructions.Clear(kernelAddress, bytes);

    public static void WriteConsole(byte character) => SerialPort.WriteConsole(character);

    public static void Halt() => Instructions.Halt();
}
