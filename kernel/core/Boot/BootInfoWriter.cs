// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Writes BootInfo into its page, word by word; the page has been zeroed (boot sheet §6).</summary>
public static class BootInfoWriter
{
    /// <summary>"No IOMMU".</summary>
    private const ulong NoIoPageTableLevels = ulong.MaxValue;

    /// <summary>Writes all that does not depend on how the CSpace was filled.</summary>
    public static void WriteHeader(ref RootTaskPlan plan)
    {
        WriteWord(ref plan, BootInfoLayout.ExtraLength, plan.ExtraBytes);
        WriteWord(ref plan, BootInfoLayout.NodeId, 0);
        WriteWord(ref plan, BootInfoLayout.NodeCount, 1);
        WriteWord(ref plan, BootInfoLayout.IoPageTableLevels, NoIoPageTableLevels);
        WriteWord(ref plan, BootInfoLayout.IpcBuffer, plan.IpcBufferUserAddress);
        WriteWord(ref plan, BootInfoLayout.CNodeSizeBits, AbiConstants.RootCNodeRadix);
        WriteWord(ref plan, BootInfoLayout.InitialDomain, 0);
    }

    /// <summary>Writes a region of slots: first, and one past the last.</summary>
    public static void WriteRegion(ref RootTaskPlan plan, int field, ulong first, ulong after)
    {
        WriteWord(ref plan, field, first);
        WriteWord(ref plan, field + sizeof(ulong), after);
    }

    /// <summary>Describes the untyped capability with that number.</summary>
    public static void WriteUntyped(ref RootTaskPlan plan, ulong number, ulong physicalAddress, int sizeBits, bool isDevice)
    {
        ulong entry = plan.BootInfo + BootInfoLayout.UntypedList + (number * BootInfoLayout.UntypedEntrySize);
        RawMemory.WriteWord(entry + BootInfoLayout.EntryAddress, physicalAddress);
        RawMemory.WriteByte(entry + BootInfoLayout.EntrySizeBits, (byte)sizeBits);
        RawMemory.WriteByte(entry + BootInfoLayout.EntryIsDevice, isDevice ? (byte)1 : (byte)0);
    }

    private static void WriteWord(ref RootTaskPlan plan, int field, ulong value) =>
        RawMemory.WriteWord(plan.BootInfo + (ulong)field, value);
}
