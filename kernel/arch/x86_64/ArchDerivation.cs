// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>What a copy of an architecture capability is (ABI §16, §21.1).</summary>
internal static class ArchDerivation
{
    /// <summary>An error when the capability cannot be copied; <paramref name="derived"/> is the null capability then.</summary>
    internal static SyscallError Derive(Capability source, out Capability derived)
    {
        Unsafe.SkipInit(out derived);
        derived = Capability.NewNull();
        if (source.Tag == CapabilityTag.Frame)
        {
            // Every copy has a mapping of its own, and begins without one (R-VS-14).
            derived = new(source.WithFrameMapKind(0).Word0, 0);
            return SyscallError.None;
        }
        switch (source.Tag)
        {
            case CapabilityTag.PageTable:
            case CapabilityTag.PageDirectory:
            case CapabilityTag.Pdpt:
                if (!source.PageTableIsMapped) return SyscallError.IllegalOperation;
                derived = source;
                return SyscallError.None;
            case CapabilityTag.Pml4:
                if (!source.Pml4IsMapped) return SyscallError.IllegalOperation;
                derived = source;
                return SyscallError.None;
            case CapabilityTag.AsidControl:
            case CapabilityTag.AsidPool:
            case CapabilityTag.IoPort:
                derived = source;
                return SyscallError.None;
            default:
                // IOPortControl: there is one and stays one (R-IOP-09).
                return SyscallError.IllegalOperation;
        }
    }

    /// <summary>Only frames have rights.</summary>
    internal static Capability MaskRights(Capability source, CapRights rights) =>
        source.Tag == CapabilityTag.Frame ? source.WithFrameRights(MaskVmRights(source.FrameRights, rights)) : source;

    /// <summary>Rights only ever shrink; without Read nothing is left for the user (ABI §16).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong MaskVmRights(ulong present, CapRights rights)
    {
        if ((rights & CapRights.Read) == 0 || present < VmRights.ReadOnly) return VmRights.KernelOnly;
        return (rights & CapRights.Write) == 0 ? VmRights.ReadOnly : present;
    }
}

/// <summary>How architecture capabilities stand to each other in the derivation tree (ABI §21.2).</summary>
internal static class ArchCapabilityRelations
{
    /// <summary>True when <paramref name="candidate"/> covers what <paramref name="child"/> names.</summary>
    internal static bool SameRegion(Capability candidate, Capability child)
    {
        // The control capability covers every range that was issued from it (R-IOP-07).
        if (candidate.Tag == CapabilityTag.IoPortControl) return child.Tag is CapabilityTag.IoPort or CapabilityTag.IoPortControl;
        return SameObject(candidate, child);
    }

    /// <summary>True when both name exactly the same object.</summary>
    internal static bool SameObject(Capability first, Capability second)
    {
        if (first.Tag != second.Tag) return false;
        // Before the others, because frames are what is copied and deleted most.
        if (first.Tag == CapabilityTag.Frame)
        {
            return first.FrameAddress == second.FrameAddress && first.FrameSizeClass == second.FrameSizeClass;
        }
        return first.Tag switch
        {
            CapabilityTag.IoPort => first.IoPortFirst == second.IoPortFirst && first.IoPortLast == second.IoPortLast,
            CapabilityTag.AsidControl or CapabilityTag.IoPortControl => true,
            _ => ArchObjects.Address(first) == ArchObjects.Address(second),
        };
    }
}
