// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Control registers and model-specific registers, set once at boot.</summary>
public static unsafe class Processor
{
    private const uint Pat = 0x277;
    private const uint Star = 0xc0000081;
    private const uint LongStar = 0xc0000082;
    private const uint FlagMask = 0xc0000084;
    private const uint FsBase = 0xc0000100;
    private const uint GsBase = 0xc0000101;

    private const ulong Cr4MachineCheck = 1 << 6;
    private const ulong Cr4Fxsr = 1 << 9;
    private const ulong Cr4SimdExceptions = 1 << 10;
    private const ulong Cr4FsGsBase = 1 << 16;
    private const ulong Cr4Xsave = 1 << 18;
    private const ulong Cr4Smep = 1 << 20;

    private const uint StateX87AndSse = 3;
    private const uint StateAvx = 4;

    // Entries 0–4 of the page attribute table as ABI §17.3 numbers them: write back, write through, UC−, UC, write combining.
    private const ulong PatEntries = 0x01_00_07_04_06;
    private const ulong PatEntriesMask = 0xff_ffff_ffff;

    // SYSRET loads CS from this + 16 and SS from this + 8; SYSCALL loads CS from the low half (SDM 2B, SYSRET and SYSCALL).
    private const ulong Selectors = (0x1bul << 48) | ((ulong)DescriptorTables.KernelCode << 32);

    // Cleared by SYSCALL: TF, IF, DF, IOPL, NT, AC.
    private const ulong FlagsClearedOnEntry = 0x4_7700;

    private static bool s_usesXsave;

    /// <summary>True when FPU state is saved with XSAVE, false for FXSAVE.</summary>
    public static bool UsesXsave => s_usesXsave;

    public static void SetUp()
    {
        ulong cr4 = Instructions.ReadCr4() | Cr4Fxsr | Cr4SimdExceptions;
        if (CpuFeatures.HasFsGsBase) cr4 |= Cr4FsGsBase;
        if (CpuFeatures.HasSmep) cr4 |= Cr4Smep;
        if (CpuFeatures.HasXsave) cr4 |= Cr4Xsave;
        if (CpuFeatures.HasMachineCheck) cr4 |= Cr4MachineCheck;
        Instructions.WriteCr4(cr4);
        if (CpuFeatures.HasXsave) ChooseExtendedState();

        ulong rest = Instructions.ReadMsr(Pat) & ~PatEntriesMask;
        Instructions.WriteMsr(Pat, rest | PatEntries);

        Instructions.WriteMsr(Star, Selectors);
        Instructions.WriteMsr(LongStar, Instructions.Symbols()->SyscallEntry);
        Instructions.WriteMsr(FlagMask, FlagsClearedOnEntry);
        Instructions.WriteMsr(FsBase, 0);
        Instructions.WriteMsr(GsBase, 0);
    }

    public static void SetFsBase(ulong value)
    {
        if (CpuFeatures.HasFsGsBase) Instructions.WriteFsBase(value);
        else Instructions.WriteMsr(FsBase, value);
    }

    public static void SetGsBase(ulong value)
    {
        if (CpuFeatures.HasFsGsBase) Instructions.WriteGsBase(value);
        else Instructions.WriteMsr(GsBase, value);
    }

    public static ulong GetFsBase() => CpuFeatures.HasFsGsBase ? Instructions.ReadFsBase() : Instructions.ReadMsr(FsBase);

    public static ulong GetGsBase() => CpuFeatures.HasFsGsBase ? Instructions.ReadGsBase() : Instructions.ReadMsr(GsBase);

    /// <summary>Writes the image that restores to the power-on state (ABI §10.4) into a zeroed area.</summary>
    /// <remarks>
    /// With XSAVE the header's zeros mean "initial state" for every part; the control words are read from the image all
    /// the same (SDM 1 §13.8), and FXSAVE needs them there anyway.
    /// </remarks>
    public static void WriteInitialFpuImage(ulong area)
    {
        *(ushort*)area = 0x37f;
        *(uint*)(area + 24) = 0x1f80;
    }

    // AVX when its state fits the area of a TCB; nothing beyond, so a processor with more state behaves the same everywhere.
    private static void ChooseExtendedState()
    {
        s_usesXsave = true;
        if (CpuFeatures.HasAvx)
        {
            Instructions.WriteXcr0(StateX87AndSse | StateAvx);
            if (CpuFeatures.XsaveBytes() <= FpuAreaBytes) return;
        }
        Instructions.WriteXcr0(StateX87AndSse);
    }

    private static ulong FpuAreaBytes => (ulong)sizeof(Kernel.Core.FpuWords);
}
