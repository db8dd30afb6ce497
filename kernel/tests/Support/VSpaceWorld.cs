// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;

namespace Kernel.Tests.Support;

/// <summary>A booted root task that builds address spaces: shorthands for the methods of ABI §17 and §18.</summary>
public sealed class VSpaceWorld : IDisposable
{
    /// <summary>An address whose PDPT, page directory and page table boot did not make.</summary>
    public const ulong Empty = 0x123_4560_0000;

    public const ulong ReadWrite = (ulong)CapRights.ReadWrite;

    public RootTaskWorld World { get; } = new();

    public SimHardware Hardware => World.Hardware;

    public WorldAnswer MapTable(ulong table, ulong address, ulong space = InitialSlot.VSpace, ulong attributes = 0) =>
        World.Call(table, MapLabel(World.At(table).Tag), [address, attributes], space);

    public WorldAnswer UnmapTable(ulong table) => World.Call(table, MapLabel(World.At(table).Tag) + 1, []);

    public WorldAnswer MapPage(
        ulong frame, ulong address, ulong rights = ReadWrite, ulong attributes = 0, ulong space = InitialSlot.VSpace) =>
        World.Call(frame, InvocationLabel.X86PageMap, [address, rights, attributes], space);

    public WorldAnswer UnmapPage(ulong frame) => World.Call(frame, InvocationLabel.X86PageUnmap, []);

    public ulong AddressOf(ulong frame) => World.Call(frame, InvocationLabel.X86PageGetAddress, []).Value();

    /// <summary>Makes and maps the tables above an address, down to those whose entries cover 2^bits bytes.</summary>
    public Tables BuildTables(ulong address, int bits = 12, ulong space = InitialSlot.VSpace)
    {
        Tables tables = new();
        tables.Pdpt = MakeTable(ObjectType.Pdpt, address, space);
        if (bits < 30) tables.PageDirectory = MakeTable(ObjectType.PageDirectory, address, space);
        if (bits < 21) tables.PageTable = MakeTable(ObjectType.PageTable, address, space);
        return tables;
    }

    public ulong MakeTable(ObjectType type, ulong address, ulong space = InitialSlot.VSpace)
    {
        ulong table = World.Make(type);
        MapTable(table, address, space).MustSucceed();
        return table;
    }

    /// <summary>A 4 KiB frame that is mapped, with the tables that it needs.</summary>
    public ulong MakeMappedPage(ulong address = Empty)
    {
        BuildTables(address);
        ulong frame = World.Make(ObjectType.SmallPage);
        MapPage(frame, address).MustSucceed();
        return frame;
    }

    /// <summary>A PML4 with a number from the initial pool.</summary>
    public ulong MakeSpace()
    {
        ulong space = World.Make(ObjectType.Pml4);
        World.Call(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], space).MustSucceed();
        return space;
    }

    /// <summary>A frame of device memory, which no Retype clears: the only way to have many large ones on a small machine.</summary>
    public ulong MakeDevicePage(ObjectType type)
    {
        ulong untyped = World.FindUntyped(ObjectSize.Bits(type, 0), isDevice: true);
        return World.MakeFrom(untyped, type);
    }

    /// <summary>What the tables of an address space say.</summary>
    public Translation? Walk(ulong address, ulong space = InitialSlot.VSpace) =>
        SimTranslate.Walk(World.Machine.Memory, World.Physical(World.At(space).Pml4Address), address);

    public void Dispose() => World.Dispose();

    private static InvocationLabel MapLabel(CapabilityTag tag) => tag switch
    {
        CapabilityTag.PageTable => InvocationLabel.X86PageTableMap,
        CapabilityTag.PageDirectory => InvocationLabel.X86PageDirectoryMap,
        _ => InvocationLabel.X86PdptMap,
    };

    /// <summary>Slots of the tables above an address.</summary>
    public struct Tables
    {
        public ulong Pdpt;
        public ulong PageDirectory;
        public ulong PageTable;
    }
}
