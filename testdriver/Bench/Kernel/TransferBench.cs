// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>Mint, Move and the end of a frame; mapping again and asking for the address.</summary>
internal static class TransferBench
{
    private const ulong MapAddress = 0x10_0000_0000;

    public static void Run()
    {
        SlotPath source = InitialThread.Slot(Workbench.Make(Workbench.Keep, ObjectType.Endpoint, 0).Value);
        Mint(source, InitialThread.Slot(Workbench.Slots(1)));
        Move(source, InitialThread.Slot(Workbench.Slots(1)));
        DeleteLast();
        Map();
    }

    private static void Mint(SlotPath source, SlotPath target)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = target.MintFrom(source, CapRights.All, new Badge(7));
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "mint");
            Workbench.Check(target.Delete(), "delete");
        }

        Series.Print("cnode-mint");
    }

    private static void Move(SlotPath source, SlotPath target)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = target.MoveFrom(source);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "move");
            Workbench.Check(source.MoveFrom(target), "move back");
        }

        Series.Print("cnode-move");
    }

    private static void DeleteLast()
    {
        ulong slot = Workbench.Slots(1);
        Series.Begin();
        while (Series.IsRunning)
        {
            Workbench.Check(Workbench.Memory.Retype(ObjectType.SmallPage, 0, InitialThread.Slots(slot), 1), "retype");
            ulong start = Clock.Now();
            Sel4Error error = InitialThread.Slot(slot).Delete();
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "delete");
        }

        Series.Print("frame-delete-last");
    }

    private static void Map()
    {
        Cap<SmallPage> page = new(Workbench.Make(Workbench.Keep, ObjectType.SmallPage, 0));
        AddressSpaces.MapPage(InitialThread.VSpace, page, MapAddress);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = page.Map(MapAddress, CapRights.ReadWrite, VmAttributes.WriteBack, InitialThread.VSpace);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "map again");
        }

        Series.Print("page-map-again");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = page.GetAddress(out _);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "address");
        }

        Series.Print("page-get-address");
    }
}
