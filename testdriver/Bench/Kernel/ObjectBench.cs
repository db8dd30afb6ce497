// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>Retype, CNode operations and mapping: invocations by Call, from a thread that nobody disturbs.</summary>
internal static class ObjectBench
{
    private const ulong MapAddress = 0x10_0000_0000;

    public static void Run()
    {
        Retype("retype-endpoint", ObjectType.Endpoint, 1);
        Retype("retype-frame", ObjectType.SmallPage, 1);
        Retype("retype-tcb", ObjectType.Tcb, 1);
        Copy();
        Map();
    }

    private static void Retype(string name, ObjectType type, int count)
    {
        ulong slot = Workbench.Slots((ulong)count);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = Workbench.Memory.Retype(type, 0, InitialThread.Slots(slot), count);
            ulong end = Clock.Now();
            Workbench.Check(error, name);
            Series.Add(start, end);
            for (ulong index = 0; index < (ulong)count; index++) Workbench.Check(InitialThread.Slot(slot + index).Delete(), "delete");
        }

        Series.Print(name);
    }

    private static void Copy()
    {
        SlotPath source = InitialThread.Slot(Workbench.Make(Workbench.Keep, ObjectType.SmallPage, 0).Value);
        SlotPath target = InitialThread.Slot(Workbench.Slots(1));
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = target.CopyFrom(source);
            ulong end = Clock.Now();
            Workbench.Check(error, "copy");
            Series.Add(start, end);
            Workbench.Check(target.Delete(), "delete");
        }

        Series.Print("cnode-copy");
        Series.Begin();
        while (Series.IsRunning)
        {
            Workbench.Check(target.CopyFrom(source), "copy");
            ulong start = Clock.Now();
            Sel4Error error = target.Delete();
            ulong end = Clock.Now();
            Workbench.Check(error, "delete");
            Series.Add(start, end);
        }

        Series.Print("cnode-delete");
    }

    private static void Map()
    {
        Cap<SmallPage> page = new(Workbench.Make(Workbench.Keep, ObjectType.SmallPage, 0));
        AddressSpaces.MapPage(InitialThread.VSpace, page, MapAddress);
        Workbench.Check(page.Unmap(), "unmap");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = page.Map(MapAddress, CapRights.ReadWrite, VmAttributes.WriteBack, InitialThread.VSpace);
            ulong end = Clock.Now();
            Workbench.Check(error, "map");
            Series.Add(start, end);
            Workbench.Check(page.Unmap(), "unmap");
        }

        Series.Print("page-map");
        Series.Begin();
        while (Series.IsRunning)
        {
            Workbench.Check(page.Map(MapAddress, CapRights.ReadWrite, VmAttributes.WriteBack, InitialThread.VSpace), "map");
            ulong start = Clock.Now();
            Sel4Error error = page.Unmap();
            ulong end = Clock.Now();
            Workbench.Check(error, "unmap");
            Series.Add(start, end);
        }

        Series.Print("page-unmap");
    }
}
