// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

// What the initial thread does: now and then during the game, and at its end.
public sealed partial class FuzzWorld
{
    private const int MostTicksToWait = 64;
    private const int MostFaultsAnswered = 16;
    private const int MostEarlyDeletions = 24;
    private const int DeletionsBetweenChecks = 4;

    /// <summary>Answers faults, gives everybody their CSpace, address space and buffer back and lets them go on.</summary>
    private void Supervise(FuzzRandom random)
    {
        WakeRoot();
        for (int i = 0; i < MostFaultsAnswered && Sim.Root.NBRecv(_faults).Badge != 0; i++)
            Sim.Root.Reply((ulong)random.Next(2), [0x40_0000, 0x7000, 0x202]);
        foreach (SimThread player in _players) Restore(player, random.Next(4));
        Sim.Park();
    }

    private void Restore(SimThread player, int raise)
    {
        if (player.State is ThreadState.Running or ThreadState.Restart) return;
        int index = Array.IndexOf(_players, player);
        int process = ProcessOf(index);
        Sim.Root.Invoke(player.Capability, InvocationLabel.TcbSetSpace, [FuzzSlots.Faults, Guard, 0], [_nodes[process], _spaces[process]]);
        if (_buffers[index] != 0)
            Sim.Root.Invoke(player.Capability, InvocationLabel.TcbSetIpcBuffer, [0x4000_0000], [_buffers[index]]);
        ulong priority = 100 + (ulong)raise;
        Sim.Root.Invoke(player.Capability, InvocationLabel.TcbSetSchedParams, [priority, priority], [InitialSlot.Tcb]);
        if (Mode.HasDomains) Sim.Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [0], [player.Capability]);
        SimSystem.Must(Sim.Root.Invoke(player.Capability, InvocationLabel.TcbResume));
    }

    /// <summary>Makes the initial thread run: by its doorbell, or when players have undone that, by hand.</summary>
    private void WakeRoot()
    {
        if (Sim.Root.IsRunning) return;
        if (Sim.State.Irqs[SimSystem.DoorbellVector].Notification.Tag == CapabilityTag.Notification)
        {
            Sim.Interrupt(SimSystem.DoorbellVector);
        }
        else
        {
            NotificationIpc<X64<SimMachine>>.Signal(ref Sim.State, _doorbell, 1);
            Scheduler<X64<SimMachine>>.Settle(ref Sim.State);
            Observer?.RungByHand(_doorbell.Address, 1);
        }

        for (int i = 0; i < MostTicksToWait && !Sim.Root.IsRunning; i++) Sim.Tick();
        if (Sim.Root.IsRunning) return;
        // Another domain has the CPU for years, or for ever.
        Sim.State.DomainSchedule[0].Domain = 0;
        Sim.State.DomainSchedule[0].Duration = 1;
        Sim.State.DomainTicksLeft = 1;
        for (int i = 0; i < MostTicksToWait && !Sim.Root.IsRunning; i++) Sim.Tick();
        if (!Sim.Root.IsRunning) throw new FuzzException("the initial thread, whom nobody can reach, does not run when it is woken");
    }

    /// <summary>Ends the game: takes everything back by revoking and deleting, and compares what is there with what was there.</summary>
    /// <remarks>First some of what players may still use, in an order that depends on the game, so that parts outlive others.</remarks>
    public void TakeEverythingBack()
    {
        Observer?.GameOver(this);
        WakeRoot();
        FuzzRandom random = new((ulong)Entries);
        int deletions = random.Next(MostEarlyDeletions);
        for (int i = 0; i < deletions; i++)
        {
            if (random.OneIn(2)) Finish((ulong)random.Next((int)SimSystem.FirstFreeSlot, (int)Sim.NextSlot), InvocationLabel.CNodeDelete);
            else Empty(_nodes[random.Next(FuzzSlots.Processes)], (ulong)random.Next((int)FuzzSlots.NodeSlots));
            if (i % DeletionsBetweenChecks == 0) Sim.CheckInvariants();
        }

        foreach ((ulong slot, CapabilityTag tag) in _atBoot)
        {
            if (tag is CapabilityTag.Untyped or CapabilityTag.AsidPool or CapabilityTag.AsidControl or CapabilityTag.Domain)
                Finish(slot, InvocationLabel.CNodeRevoke);
        }

        for (ulong slot = SimSystem.FirstFreeSlot; slot < Sim.NextSlot; slot++)
            if (!Sim.SlotAt(slot).Value.IsEmpty) Finish(slot, InvocationLabel.CNodeDelete);
        FuzzAccounts.Check(Sim, _atBoot);
        Sim.CheckInvariants();
        // A small object first: what is left of the untyped is zeroed memory then.
        foreach ((ulong slot, CapabilityTag tag) in _atBoot)
            if (tag == CapabilityTag.Untyped) Reuse(slot, AbiConstants.MinUntypedBits);
        Sim.CheckFreeMemory();
        foreach ((ulong slot, CapabilityTag tag) in _atBoot)
            if (tag == CapabilityTag.Untyped) Reuse(slot, (int)Sim.CapabilityAt(slot).UntypedSizeBits);
        Sim.CheckInvariants();
    }

    private void Finish(ulong slot, InvocationLabel method) =>
        Require(Sim.Root.Invoke(InitialSlot.CNode, method, [slot, 64]), $"{method} of slot {slot}");

    /// <summary>Deletes in a player's CNode, if that is still there.</summary>
    private void Empty(ulong node, ulong slot)
    {
        if (Sim.CapabilityAt(node).Tag == CapabilityTag.CNode)
            Require(Sim.Root.Invoke(node, InvocationLabel.CNodeDelete, [slot, FuzzSlots.NodeRadix]), $"deleting slot {slot} of a player");
    }

    /// <summary>An untyped can be made into an object again.</summary>
    private void Reuse(ulong slot, int sizeBits)
    {
        ulong target = SimSystem.FirstFreeSlot;
        ulong[] words = [(ulong)ObjectType.Untyped, (ulong)sizeBits, 0, 0, target, 1];
        Require(Sim.Root.Invoke(slot, InvocationLabel.UntypedRetype, words, [InitialSlot.CNode]), $"the reuse of untyped {slot}");
        Finish(target, InvocationLabel.CNodeDelete);
    }

    private static void Require(SimAnswer answer, string what)
    {
        if (answer.Error != ErrorCode.None) throw new FuzzException($"at the end of a game, {what} is refused: {answer.Error}");
    }
}

/// <summary>Something is wrong after a game, or with its supervisor.</summary>
public sealed class FuzzException(string message) : Exception(message);
