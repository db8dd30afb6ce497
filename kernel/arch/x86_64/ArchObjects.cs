// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Sizes, addresses and first capabilities of architecture objects (ABI §11.1).</summary>
internal static class ArchObjects
{
    internal const int SmallPageBits = AbiConstants.PageBits;

    /// <summary>4 KiB, 2 MiB and 1 GiB are nine bits apart.</summary>
    private const int BitsPerSizeClass = AbiConstants.TableIndexBits;
    private const ulong SmallClass = 0;
    private const ulong LargeClass = 1;
    private const ulong HugeClass = 2;

    /// <summary>Kernel addresses in capabilities are cut to 48 bits; so is the way back.</summary>
    private const ulong AddressMask = (1ul << 48) - 1;

    internal static int FrameSizeBits(Capability frame) => SmallPageBits + (BitsPerSizeClass * (int)frame.FrameSizeClass);

    /// <summary>Physical address behind an address of the kernel's window.</summary>
    /// <remarks>Device memory may lie so high that its window address wraps around; modulo 2^48 it is right nevertheless.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong PhysicalAddress<M>(ulong kernelAddress)
        where M : struct, IMachine => (kernelAddress - M.PhysicalWindow) & AddressMask;

    internal static bool IsFrameType(ObjectType type) => type is ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage;

    internal static int SizeBits(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Frame => FrameSizeBits(capability),
        CapabilityTag.PageTable or CapabilityTag.PageDirectory or CapabilityTag.Pdpt or CapabilityTag.Pml4 => AbiConstants.PageBits,
        CapabilityTag.AsidPool => AbiConstants.AsidPoolSizeBits,
        _ => 0,
    };

    internal static ulong Address(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Frame => capability.FrameAddress,
        CapabilityTag.PageTable => capability.PageTableAddress,
        CapabilityTag.PageDirectory => capability.PageDirectoryAddress,
        CapabilityTag.Pdpt => capability.PdptAddress,
        CapabilityTag.Pml4 => capability.Pml4Address,
        CapabilityTag.AsidPool => capability.AsidPoolAddress,
        _ => 0,
    };

    /// <summary>Frames start with all rights, and everything starts unmapped (ABI §12).</summary>
    internal static Capability Create(ulong address, ObjectType type, bool isDevice) => type switch
    {
        ObjectType.SmallPage => NewFrame(address, SmallClass, isDevice),
        ObjectType.LargePage => NewFrame(address, LargeClass, isDevice),
        ObjectType.HugePage => NewFrame(address, HugeClass, isDevice),
        ObjectType.PageTable => Capability.NewPageTable(address, isMapped: false, 0, 0),
        ObjectType.PageDirectory => Capability.NewPageDirectory(address, isMapped: false, 0, 0),
        ObjectType.Pdpt => Capability.NewPdpt(address, isMapped: false, 0, 0),
        ObjectType.Pml4 => Capability.NewPml4(address, isMapped: false, 0),
        _ => Capability.NewNull(),
    };

    private static Capability NewFrame(ulong address, ulong sizeClass, bool isDevice) =>
        Capability.NewFrame(address, sizeClass, VmRights.ReadWrite, isDevice, 0, 0, 0);
}
