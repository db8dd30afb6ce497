// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>The root task's address space: tables, then 4 KiB pages for reading, writing and executing (boot sheet §2.4, §4.1).</summary>
internal static class RootVSpace<M>
    where M : struct, IMachine
{
    private const ulong PageBytes = 1ul << AbiConstants.PageBits;

    /// <summary>Number of PDPTs, page directories and page tables that the root task's addresses need.</summary>
    internal static ulong CountTables(ulong start, ulong end) =>
        Count(start, end, AbiConstants.PdptCoverBits)
        + Count(start, end, AbiConstants.HugePageBits)
        + Count(start, end, AbiConstants.LargePageBits);

    /// <summary>Makes root, ASID pool and tables, and their capabilities in the order of BootInfo.</summary>
    internal static void CreateTables(ref KernelState kernel, ref RootTaskPlan plan)
    {
        kernel.AsidPools[0] = plan.AsidPool;
        Asids<M>.Assign(plan.AsidPool, AbiConstants.InitialAsid, plan.VSpace);
        RootCSpace<X64<M>>.Provide(ref plan, InitialSlot.VSpace, Capability.NewPml4(plan.VSpace, isMapped: true, AbiConstants.InitialAsid));
        RootCSpace<X64<M>>.Provide(ref plan, InitialSlot.AsidControl, Capability.NewAsidControl());
        RootCSpace<X64<M>>.Provide(ref plan, InitialSlot.AsidPool, Capability.NewAsidPool(plan.AsidPool, 0));

        ulong first = plan.NextSlot;
        CreateLevel(ref plan, ObjectType.Pdpt, AbiConstants.PdptCoverBits);
        CreateLevel(ref plan, ObjectType.PageDirectory, AbiConstants.HugePageBits);
        CreateLevel(ref plan, ObjectType.PageTable, AbiConstants.LargePageBits);
        BootInfoWriter.WriteRegion(ref plan, BootInfoLayout.UserImagePaging, first, plan.NextSlot);
    }

    /// <summary>Maps all pages and makes their capabilities.</summary>
    internal static void CreatePages(ref RootTaskPlan plan)
    {
        MapFixed(ref plan, InitialSlot.IpcBufferFrame, plan.IpcBuffer, plan.IpcBufferUserAddress);
        MapFixed(ref plan, InitialSlot.BootInfoFrame, plan.BootInfo, plan.BootInfoUserAddress);
        MapRange(ref plan, BootInfoLayout.ExtraPages, plan.ExtraBootInfo, plan.ExtraUserAddress, plan.UserEnd);
        MapRange(ref plan, BootInfoLayout.UserImageFrames, plan.ImageAddress, plan.Image.Start, plan.Image.End);
    }

    private static ulong Count(ulong start, ulong end, int coverBits) => ((end - 1) >> coverBits) - (start >> coverBits) + 1;

    private static void CreateLevel(ref RootTaskPlan plan, ObjectType type, int coverBits)
    {
        ulong first = plan.Image.Start >> coverBits;
        ulong after = first + Count(plan.Image.Start, plan.UserEnd, coverBits);
        for (ulong index = first; index < after; index++)
        {
            ulong address = index << coverBits;
            Capability table = ArchObjects.Create(plan.NextTable, type, isDevice: false);
            plan.NextTable += PageBytes;
            PageWalk<M>.Find(plan.VSpace, address, coverBits).Entry.Value =
                PageTableEntry.ForTable(ArchObjects.PhysicalAddress<M>(Tables<M>.Address(table)), 0);
            RootCSpace<X64<M>>.Append(ref plan, Tables<M>.WithMapping(table, AbiConstants.InitialAsid, address));
        }
    }

    private static void MapFixed(ref RootTaskPlan plan, ulong slot, ulong page, ulong address) =>
        RootCSpace<X64<M>>.Provide(ref plan, slot, Map(ref plan, page, address));

    private static void MapRange(ref RootTaskPlan plan, int field, ulong page, ulong address, ulong end)
    {
        ulong first = plan.NextSlot;
        for (; address < end; address += PageBytes)
        {
            RootCSpace<X64<M>>.Append(ref plan, Map(ref plan, page, address));
            page += PageBytes;
        }
        BootInfoWriter.WriteRegion(ref plan, field, first, plan.NextSlot);
    }

    /// <summary>Maps a page and returns its capability.</summary>
    private static Capability Map(ref RootTaskPlan plan, ulong page, ulong address)
    {
        PageWalk<M>.Find(plan.VSpace, address, AbiConstants.PageBits).Entry.Value = PageTableEntry.ForPage(
            ArchObjects.PhysicalAddress<M>(page), AbiConstants.PageBits, VmRights.ReadWrite, attributes: 0);
        Capability frame = ArchObjects.Create(page, ObjectType.SmallPage, isDevice: false);
        return FrameMapping<M>.WithMapping(frame, AbiConstants.InitialAsid, address);
    }
}
