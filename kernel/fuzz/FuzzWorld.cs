// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>A booted system with two processes of players, and the initial thread as their supervisor outside their reach.</summary>
/// <remarks>
/// The world depends on nothing but the mode, so a recorded game can be played again. Each process has a CNode of 64 slots and,
/// with devices, an address space; the slots that <see cref="FuzzSlots"/> names hold the same kind of thing in both.
/// </remarks>
public sealed partial class FuzzWorld : IDisposable
{
    /// <summary>Guard of a process's CSpace: plain slot numbers are addresses.</summary>
    public static readonly ulong Guard = new CNodeGuard(0, 64 - FuzzSlots.NodeRadix).Word;

    /// <summary>What lacks a right goes another way through message transfer, and must not take the short one.</summary>
    private static readonly CapRights[] s_lesserRights =
        [CapRights.Write, CapRights.Read, CapRights.Write | CapRights.Read | CapRights.GrantReply];

    private readonly SimThread[] _players = new SimThread[FuzzSlots.Players];
    private readonly ulong[] _buffers = new ulong[FuzzSlots.Players];
    private readonly ulong[] _nodes = new ulong[FuzzSlots.Processes];
    private readonly ulong[] _spaces = new ulong[FuzzSlots.Processes];
    private readonly ulong[] _nextSlot = new ulong[FuzzSlots.Processes];
    private readonly List<(ulong Slot, CapabilityTag Tag)> _atBoot = [];
    private readonly Ref<Notification> _doorbell;
    private readonly ulong _faults;

    /// <param name="mode">What the players get.</param>
    /// <param name="usesFastpath">Whether system calls take the kernel's short cuts.</param>
    public FuzzWorld(FuzzMode mode, bool usesFastpath = true)
    {
        Mode = mode;
        Sim = new SimSystem(isChecked: false) { UsesFastpath = usesFastpath };
        _doorbell = new(Sim.CapabilityAt(SimSystem.FirstFreeSlot).NotificationAddress);
        Sim.Kernel.Memory.Forbid(SimSystem.DeviceAddress, SimSystem.DeviceBytes);
        Remember();
        Observer = mode.Observe?.Invoke(Sim);
        SimEntry last = default;
        Sim.Entering = entry =>
        {
            last = entry;
            Observer?.Entering(entry);
        };
        Sim.Stepped = () =>
        {
            Entries++;
            Observer?.Entered(last);
        };
        _faults = Sim.NewObject(ObjectType.Endpoint);
        MakeProcesses();
        MakePlayers();
        GiveObjects();
        if (mode.HasDevices) GiveDevices();
        foreach (SimThread player in _players) Restore(player, 0);
        Sim.Park();
    }

    public FuzzMode Mode { get; }

    public SimSystem Sim { get; }

    public IFuzzObserver? Observer { get; }

    /// <summary>Entries into the kernel so far.</summary>
    public long Entries { get; private set; }

    /// <summary>The players, in order of their TCBs.</summary>
    public IReadOnlyList<SimThread> Players => _players;

    /// <summary>CPtr of a process's CNode in the supervisor's CSpace.</summary>
    public ulong NodeOf(int process) => _nodes[process];

    public void Dispose() => Sim.Dispose();

    /// <summary>The process that a player belongs to: 0, 0, 1, 1, 0, 1.</summary>
    private static int ProcessOf(int player) => player < 4 ? player / 2 : player - 4;

    private void Remember()
    {
        for (ulong slot = 0; slot < SimSystem.FirstFreeSlot; slot++)
            if (!Sim.SlotAt(slot).Value.IsEmpty) _atBoot.Add((slot, Sim.SlotAt(slot).Value.Tag));
    }

    private void MakeProcesses()
    {
        for (int process = 0; process < FuzzSlots.Processes; process++)
        {
            _nodes[process] = Sim.NewObject(ObjectType.CNode, FuzzSlots.NodeRadix);
            _spaces[process] = InitialSlot.VSpace;
            _nextSlot[process] = FuzzSlots.FirstFree;
            if (!Mode.HasDevices) continue;
            _spaces[process] = Sim.NewObject(ObjectType.Pml4);
            SimSystem.Must(Sim.Root.Invoke(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [_spaces[process]]));
        }

        for (int process = 0; process < FuzzSlots.Processes; process++)
        {
            Copy(process, FuzzSlots.OwnNode, _nodes[process], Guard);
            Copy(process, FuzzSlots.OtherNode, _nodes[1 - process], Guard);
            Copy(process, FuzzSlots.Space, _spaces[process], 0);
            Copy(process, FuzzSlots.Faults, _faults, 9);
        }
    }

    private void MakePlayers()
    {
        for (int i = 0; i < FuzzSlots.Players; i++)
        {
            bool hasBuffer = i != FuzzSlots.Players - 1;
            ulong expectedTcb = Sim.NextSlot;
            _players[i] = Sim.NewStoppedThread($"player {i}", (byte)(100 + (i / 2)), 0, hasBuffer ? SimBuffer.Own : SimBuffer.None);
            // The frame is what is made next after the TCB.
            _buffers[i] = hasBuffer ? expectedTcb + 1 : 0;
            for (int process = 0; process < FuzzSlots.Processes; process++)
                Copy(process, FuzzSlots.FirstThread + (ulong)i, _players[i].Capability, 0);
        }
    }

    private void GiveObjects()
    {
        Share(Sim.NewObject(ObjectType.Endpoint), 0x11);
        Share(Sim.NewObject(ObjectType.Endpoint), 0);
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        foreach (CapRights rights in s_lesserRights) Share(endpoint, (ulong)rights, rights);
        // One notification by two badges, so that signals add up.
        ulong signals = Sim.NewObject(ObjectType.Notification);
        Share(signals, 1);
        Share(signals, 6);
        for (int process = 0; process < FuzzSlots.Processes; process++)
        {
            ulong untyped = Sim.NewObject(ObjectType.Untyped, 16);
            ObjectType[] types = 
            [
                ObjectType.Endpoint, ObjectType.Notification, ObjectType.SmallPage, ObjectType.Tcb, ObjectType.Notification,
            ];
            foreach (ObjectType type in types) Move(process, Sim.NewObject(type, 0, untyped));
            Move(process, Sim.NewObject(ObjectType.CNode, 3, untyped));
            Move(process, Sim.NewObject(ObjectType.CNode, 1, untyped));
            GiveMuchToDelete(process);
            Move(process, Sim.NewObject(ObjectType.Untyped, 13));
            Move(process, Sim.NewObject(ObjectType.Untyped, 10));
            Copy(process, _nextSlot[process]++, SimSystem.FirstSpareUntyped + (ulong)process, 0);
            Copy(process, _nextSlot[process]++, SimSystem.FirstSpareUntyped + 2 + (ulong)process, 0);
            if (Mode.HasDomains) Copy(process, _nextSlot[process]++, InitialSlot.Domain, 0);
        }
    }

    /// <summary>Memory with children whose deletion is so long that it can be interrupted.</summary>
    private void GiveMuchToDelete(int process)
    {
        ulong untyped = Sim.NewObject(ObjectType.Untyped, 17);
        Move(process, Sim.NewObject(ObjectType.CNode, FuzzSlots.LargeRadix, untyped));
        Move(process, Sim.NewObject(ObjectType.Endpoint, 0, untyped));
        Move(process, untyped);
    }

    /// <summary>Address spaces with tables and pages at the addresses that the generator prefers, and all the hardware there is.</summary>
    private void GiveDevices()
    {
        for (int process = 0; process < FuzzSlots.Processes; process++)
        {
            Map(process, ObjectType.Pdpt, InvocationLabel.X86PdptMap, 0);
            Map(process, ObjectType.PageDirectory, InvocationLabel.X86PageDirectoryMap, 0);
            Map(process, ObjectType.PageTable, InvocationLabel.X86PageTableMap, 0);
            Map(process, ObjectType.SmallPage, InvocationLabel.X86PageMap, 0);
            Map(process, ObjectType.SmallPage, InvocationLabel.X86PageMap, 0x1000);
            Map(process, ObjectType.LargePage, InvocationLabel.X86PageMap, 0x20_0000);
            foreach (ObjectType type in (ObjectType[])[ObjectType.Pdpt, ObjectType.PageDirectory, ObjectType.PageTable, ObjectType.Pml4])
                Move(process, Sim.NewObject(type));
            Move(process, Sim.NewObject(ObjectType.Untyped, 12));
            Copy(process, _nextSlot[process]++, InitialSlot.AsidPool, 0);
            Issue(process, 0x100 + (0x100 * (ulong)process), FuzzSlots.FirstVector + process);
        }

        Copy(0, _nextSlot[0]++, InitialSlot.AsidControl, 0);
        Copy(1, _nextSlot[1]++, SimSystem.DeviceUntyped, 0);
        Move(0, InitialSlot.IoPortControl);
        Move(1, InitialSlot.IrqControl);
    }

    private void Issue(int process, ulong firstPort, int vector)
    {
        ulong ports = Sim.NewSlot();
        ulong[] words = [firstPort, firstPort + 0xff, ports, 64];
        SimSystem.Must(Sim.Root.Invoke(InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, words, [InitialSlot.CNode]));
        Move(process, ports);
        ulong handler = Sim.NewSlot();
        words = [handler, 64, 0, (ulong)vector % 24, 1, 0, (ulong)vector];
        SimSystem.Must(Sim.Root.Invoke(InitialSlot.IrqControl, InvocationLabel.IrqControlGetIoApic, words, [InitialSlot.CNode]));
        Move(process, handler);
    }

    private void Map(int process, ObjectType type, InvocationLabel method, ulong address)
    {
        ulong made = Sim.NewObject(type);
        ulong[] words = method == InvocationLabel.X86PageMap ? [address, 3, 0] : [address, 0];
        SimSystem.Must(Sim.Root.Invoke(made, method, words, [_spaces[process]]));
        Move(process, made);
    }

    private void Share(ulong source, ulong badge, CapRights rights = CapRights.All)
    {
        for (int process = 0; process < FuzzSlots.Processes; process++) Copy(process, _nextSlot[process]++, source, badge, rights);
    }

    private void Copy(int process, ulong slot, ulong source, ulong data, CapRights rights = CapRights.All)
    {
        ulong[] words = [slot, FuzzSlots.NodeRadix, source, 64, (ulong)rights, data];
        SimSystem.Must(Sim.Root.Invoke(_nodes[process], InvocationLabel.CNodeMint, words, [InitialSlot.CNode]));
    }

    private void Move(int process, ulong source) => SimSystem.Must(Sim.Root.Invoke(
        _nodes[process], InvocationLabel.CNodeMove, [_nextSlot[process]++, FuzzSlots.NodeRadix, source, 64], [InitialSlot.CNode]));
}

/// <summary>Where players find things, and how much there is of them.</summary>
public static class FuzzSlots
{
    public const int Players = 6;
    public const int Processes = 2;

    /// <summary>log2 slots of a process's CNode.</summary>
    public const int NodeRadix = 6;
    /// <summary>log2 slots of a CNode that takes long to delete.</summary>
    public const int LargeRadix = 10;
    public const ulong NodeSlots = 1 << NodeRadix;

    public const ulong OwnNode = 1;
    public const ulong OtherNode = 2;
    public const ulong Space = 3;

    /// <summary>The supervisor's endpoint, fault handler of all players.</summary>
    public const ulong Faults = 4;
    public const ulong FirstThread = 5;
    public const ulong FirstFree = FirstThread + Players;

    /// <summary>Vector arguments whose handlers the two processes hold.</summary>
    public const int FirstVector = 40;
}
