// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>Makes a second address space that shows this very image, so that a thread in it runs the same code.</summary>
internal static class AddressSpaces
{
    /// <summary>Maps a page, making the tables that are missing.</summary>
    public static void MapPage(Cap<Pml4> vspace, Cap<SmallPage> page, ulong address)
    {
        Sel4Error error = page.Map(address, CapRights.ReadWrite, VmAttributes.WriteBack, vspace);
        while (PagingStructures.TryGetMissing(error, out ObjectType type))
        {
            Workbench.Check(PagingStructures.Map(type, Workbench.Make(Workbench.Keep, type, 0), address, vspace), "table");
            error = page.Map(address, CapRights.ReadWrite, VmAttributes.WriteBack, vspace);
        }

        Workbench.Check(error, "map");
    }

    /// <summary>A new address space with copies of all frames of the image at the same places.</summary>
    public static Cap<Pml4> CloneImage(ulong imageStart)
    {
        Cap<Pml4> vspace = new(Workbench.Make(Workbench.Keep, ObjectType.Pml4, 0));
        Workbench.Check(InitialThread.AsidPool.Assign(vspace), "ASID");
        SlotRegion frames = ProcessEnvironment.BootInfo.UserImageFrames;
        for (ulong index = 0; index < frames.Count; index++)
        {
            ulong slot = Workbench.Slots(1);
            Workbench.Check(InitialThread.Slot(slot).CopyFrom(InitialThread.Slot(frames.Start + index)), "copy of a frame");
            MapPage(vspace, new Cap<SmallPage>(slot), imageStart + (index * 4096));
        }

        return vspace;
    }

    /// <summary>Address of the first page of the image: it ends where the IPC buffer's page begins (BOOT-4.1).</summary>
    public static ulong ImageStart
    {
        get
        {
            BootInfo info = ProcessEnvironment.BootInfo;
            return info.IpcBufferAddress - (info.UserImageFrames.Count * 4096);
        }
    }
}
