// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>What CPUID says about the optional abilities that the kernel uses when they are there.</summary>
/// <remarks>The mandatory ones are checked by Boot.S before C# runs. Source: SDM 2A CPUID.</remarks>
public static unsafe class CpuFeatures
{
    private static bool s_hasFsGsBase;
    private static bool s_hasSmep;
    private static bool s_hasXsave;
    private static bool s_hasAvx;
    private static bool s_hasX2Apic;
    private static bool s_hasMachineCheck;
    private static uint s_crystalMegahertz;

    /// <summary>RDFSBASE and its three relatives.</summary>
    public static bool HasFsGsBase => s_hasFsGsBase;

    /// <summary>Instruction fetches from user pages fault in ring 0.</summary>
    public static bool HasSmep => s_hasSmep;
    public static bool HasXsave => s_hasXsave;
    public static bool HasAvx => s_hasAvx;
    public static bool HasX2Apic => s_hasX2Apic;
    public static bool HasMachineCheck => s_hasMachineCheck;

    /// <summary>TSC frequency in MHz as CPUID tells it; 0 when it does not.</summary>
    public static uint TimeStampMegahertz => s_crystalMegahertz;

    public static void Detect()
    {
        // Four words, declared one by one: an array on the stack would bring a stack cookie with it.
        CpuidWords words;
        uint* result = (uint*)&words;
        Instructions.Cpuid(0, 0, result);
        uint highest = words.Eax;
        Instructions.Cpuid(1, 0, result);
        s_hasXsave = (words.Ecx & (1u << 26)) != 0;
        s_hasAvx = (words.Ecx & (1u << 28)) != 0 && s_hasXsave;
        s_hasX2Apic = (words.Ecx & (1u << 21)) != 0;
        s_hasMachineCheck = (words.Edx & (1u << 7)) != 0;
        if (highest >= 7)
        {
            Instructions.Cpuid(7, 0, result);
            s_hasFsGsBase = (words.Ebx & 1) != 0;
            s_hasSmep = (words.Ebx & (1u << 7)) != 0;
        }
        s_crystalMegahertz = ReadTimeStampFrequency(highest, result);
    }

    /// <summary>Bytes that XSAVE needs for the parts enabled in XCR0 (leaf 0DH, EBX).</summary>
    public static uint XsaveBytes()
    {
        CpuidWords words;
        Instructions.Cpuid(0xd, 0, (uint*)&words);
        return words.Ebx;
    }

    // Leaf 15H gives the ratio of TSC and crystal and, on recent processors, the crystal's frequency in Hz.
    private static uint ReadTimeStampFrequency(uint highest, uint* result)
    {
        if (highest < 0x15) return 0;
        Instructions.Cpuid(0x15, 0, result);
        ulong denominator = result[0];
        ulong numerator = result[1];
        ulong crystal = result[2];
        if (denominator == 0 || numerator == 0 || crystal == 0) return 0;
        return (uint)(((crystal * numerator / denominator) + 500_000) / 1_000_000);
    }

    private struct CpuidWords
    {
        public uint Eax;
        public uint Ebx;
        public uint Ecx;
        public uint Edx;
    }
}
