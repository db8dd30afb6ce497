// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Fuzz;
using Sel4.Abi;

namespace Sel4.Fuzz;

/// <summary>Two processes with a CNode, an address space and something of every type; their threads are the victims.</summary>
internal sealed class World
{
    public const int Victims = 5;
    public const int NodeSlots = 1 << NodeRadix;
    /// <summary>Slots from here on are empty at first.</summary>
    public const int FilledSlots = (int)Controls + 4;
    public const ulong OwnNode = 1;

    private const int NodeRadix = 6;
    private const int Processes = 2;
    private const ulong OtherNode = 2;
    private const ulong Space = 3;
    private const ulong FirstHandler = 4;
    private const ulong FirstThread = FirstHandler + Victims;
    private const ulong FirstShared = FirstThread + Victims;
    private const ulong FirstOwn = FirstShared + 4;
    private const ulong Tables = FirstOwn + 7;
    private const ulong Pages = Tables + 5;
    private const ulong Controls = Pages + 3;
    private const ulong PlayArea = 0x4000_0000;
    private const int FirstVector = 60;
    private const ushort FirstPort = 0x3e8;

    private static readonly CNodeGuard s_guard = new(0, AbiConstants.WordBits - NodeRadix);
    private readonly Cap<CNode>[] _nodes = new Cap<CNode>[Processes];
    private readonly Cap<Pml4>[] _spaces = new Cap<Pml4>[Processes];
    private static readonly ObjectType[] s_tables =
        [ObjectType.Pdpt, ObjectType.PageDirectory, ObjectType.PageTable, ObjectType.Pml4];

    private static readonly ObjectType[] s_sharedTypes =
        [ObjectType.Endpoint, ObjectType.Endpoint, ObjectType.Notification, ObjectType.Notification];

    private readonly ulong[] _shared = new ulong[s_sharedTypes.Length];
    private readonly Victim[] _victims = new Victim[Victims];

    public World()
    {
        for (int number = 0; number < Victims; number++) _victims[number] = new Victim(number);
    }

    /// <summary>Makes all of it; nothing is allocated, because nothing is ever collected.</summary>
    /// <param name="faults">Where faults go; victims can send there but not receive.</param>
    public void Build(Cap<Endpoint> faults)
    {
        Cap<AsidPool> pool = new(Ground.Slot());
        Cap<Untyped> poolMemory = new(Ground.Make(Ground.World, ObjectType.Untyped, AbiConstants.PageBits));
        Ground.Check(InitialThread.AsidControl.MakePool(InitialThread.Slot(pool.Value), poolMemory), "an ASID pool cannot be made");
        for (int process = 0; process < Processes; process++)
        {
            _nodes[process] = new Cap<CNode>(Ground.Make(Ground.World, ObjectType.CNode, NodeRadix));
            _spaces[process] = new Cap<Pml4>(Ground.Make(Ground.World, ObjectType.Pml4));
            Ground.Check(pool.Assign(_spaces[process]), "an address space gets no number");
        }

        for (int number = 0; number < Victims; number++)
            _victims[number].Build(_nodes[ProcessOf(number)], s_guard, _spaces[ProcessOf(number)]);
        for (int i = 0; i < _shared.Length; i++) _shared[i] = Make(s_sharedTypes[i]);
        for (int process = 0; process < Processes; process++)
        {
            Fill(process, faults);
            FillMemory(process);
            FillControls(process, pool);
        }
    }

    public Victim this[int number] => _victims[number];

    /// <summary>The address of a victim's fault handler in its CSpace, and the badge of the messages that come that way.</summary>
    public static ulong FaultHandlerOf(int victim) => FirstHandler + (ulong)victim;

    public static Badge BadgeOf(int victim) => new((ulong)victim + 1);

    /// <summary>An address that means something: mapped, nearly mapped, the kernel's, none at all.</summary>
    public static ulong SomeAddress(FuzzRandom random) => random.Next(10) switch
    {
        0 => 0xffff_8000_0000_0000 + (random.Next() >> 20),
        1 => 0x0000_8000_0000_0000 - (ulong)random.Next(16),
        2 => 0x7fff_ffff_f000,
        3 => ulong.MaxValue - (ulong)random.Next(4096),
        4 => (ulong)random.Next(8192),
        5 => 0x8000_0000_0000_0000,
        _ => PlayArea + ((ulong)random.Next(4) << 12) + ((ulong)random.Next(2) << 21) + (random.OneIn(2) ? 0 : (ulong)random.Next(4096)),
    };

    /// <summary>A method of what was in that slot at first.</summary>
    public static ulong MethodOf(ulong slot, FuzzRandom random)
    {
        (InvocationLabel first, InvocationLabel last) = slot switch
        {
            OwnNode or OtherNode or FirstOwn + 2 => (InvocationLabel.CNodeRevoke, InvocationLabel.CNodeSaveCaller),
            >= FirstThread and < FirstShared => (InvocationLabel.TcbReadRegisters, InvocationLabel.TcbSetFlags),
            FirstOwn + 3 => (InvocationLabel.TcbReadRegisters, InvocationLabel.TcbSetFlags),
            >= FirstOwn + 4 and < Tables => (InvocationLabel.UntypedRetype, InvocationLabel.UntypedRetype),
            Tables => (InvocationLabel.X86PdptMap, InvocationLabel.X86PdptUnmap),
            Tables + 1 => (InvocationLabel.X86PageDirectoryMap, InvocationLabel.X86PageDirectoryUnmap),
            Tables + 2 or Tables + 4 => (InvocationLabel.X86PageTableMap, InvocationLabel.X86PageTableUnmap),
            >= Pages and < Controls => (InvocationLabel.X86PageMap, InvocationLabel.X86PageGetAddress),
            Controls => (InvocationLabel.X86AsidPoolAssign, InvocationLabel.X86AsidPoolAssign),
            Controls + 1 => (InvocationLabel.X86AsidControlMakePool, InvocationLabel.X86AsidControlMakePool),
            Controls + 2 => (InvocationLabel.IrqHandlerAck, InvocationLabel.IrqHandlerClear),
            Controls + 3 => (InvocationLabel.X86IoPortIn8, InvocationLabel.X86IoPortOut32),
            _ => (InvocationLabel.Invalid, InvocationLabel.Count),
        };
        return (ulong)random.Next((int)first, (int)last + 1);
    }

    /// <summary>An extra capability that a method of that slot may want.</summary>
    public static ulong ExtraOf(ulong slot, FuzzRandom random) => slot switch
    {
        >= FirstThread and < FirstShared => random.Pick<ulong>([OwnNode, FirstShared + 2, Pages, FirstThread, Pages + 1]),
        >= Tables and < Controls => Space,
        Controls => Tables + 3,
        Controls + 1 => FirstOwn + 6,
        Controls + 2 => FirstShared + 3,
        _ => OwnNode,
    };

    private static int ProcessOf(int victim) => victim & 1;

    private static ulong Make(ObjectType type, int sizeBits = 0) => Ground.Make(Ground.World, type, sizeBits).Value;

    private void Fill(int process, Cap<Endpoint> faults)
    {
        Give(process, OwnNode, _nodes[process].Value);
        Give(process, OtherNode, _nodes[1 - process].Value);
        Copy(process, Space, _spaces[process].Value);
        // Without the right to receive: nobody else may answer the watcher.
        CapRights sending = CapRights.Write | CapRights.Grant | CapRights.GrantReply;
        for (int number = 0; number < Victims; number++)
        {
            SlotPath handler = At(process, FaultHandlerOf(number));
            Ground.Check(handler.MintFrom(InitialThread.Slot(faults.Value), sending, BadgeOf(number)), "a fault handler is refused");
            Copy(process, FirstThread + (ulong)number, _victims[number].Tcb.Value);
        }

        for (int i = 0; i < _shared.Length; i++)
        {
            SlotPath slot = At(process, FirstShared + (ulong)i);
            Ground.Check(slot.MintFrom(InitialThread.Slot(_shared[i]), CapRights.All, new Badge((ulong)i * 5)), "a badge is refused");
        }
    }

    private void FillMemory(int process)
    {
        ulong own = FirstOwn;
        Move(process, own++, Make(ObjectType.Endpoint));
        Move(process, own++, Make(ObjectType.Notification));
        Move(process, own++, Make(ObjectType.CNode, 3));
        Move(process, own++, Make(ObjectType.Tcb));
        Move(process, own++, Make(ObjectType.Untyped, 17));
        Move(process, own++, Make(ObjectType.Untyped, 14));
        Move(process, own, Make(ObjectType.Untyped, AbiConstants.PageBits));

        ulong tables = Tables;
        foreach (ObjectType type in s_tables) Move(process, tables++, Make(type));
        ulong page = Make(ObjectType.SmallPage);
        Ground.Map(_spaces[process], new Cap<SmallPage>(page), PlayArea, CapRights.ReadWrite, Ground.World);
        Copy(process, tables, Ground.LastTable);
        Move(process, Pages, page);
        Move(process, Pages + 1, Make(ObjectType.SmallPage));
        Copy(process, Pages + 2, _victims[process].BufferPage);
    }

    private void FillControls(int process, Cap<AsidPool> pool)
    {
        Copy(process, Controls, pool.Value);
        Copy(process, Controls + 1, InitialThread.AsidControl.Value);
        ulong handler = Ground.Slot();
        Ground.Check(
            InitialThread.IrqControl.GetMsi(InitialThread.Slot(handler), new PciAddress(0, 0, 0), 0, FirstVector + process),
            "an interrupt is not to be had");
        Move(process, Controls + 2, handler);
        ushort port = (ushort)(FirstPort + (4 * process));
        ulong ports = Ground.Slot();
        Ground.Check(
            InitialThread.IoPortControl.Issue(InitialThread.Slot(ports), port, (ushort)(port + 3)), "I/O ports are not to be had");
        Move(process, Controls + 3, ports);
    }

    private SlotPath At(int process, ulong slot) => _nodes[process].Slot(slot, NodeRadix);

    private void Give(int process, ulong slot, ulong node) =>
        Ground.Check(At(process, slot).MintFrom(InitialThread.Slot(node), s_guard), "a CNode cannot be given");

    private void Copy(int process, ulong slot, ulong source) =>
        Ground.Check(At(process, slot).CopyFrom(InitialThread.Slot(source)), "a capability cannot be given");

    private void Move(int process, ulong slot, ulong source) =>
        Ground.Check(At(process, slot).MoveFrom(InitialThread.Slot(source)), "a capability cannot be moved");
}
