// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Tables about children and memory, at most 100 columns wide (RT:§10). Nothing here allocates.</summary>
public sealed class MonitorReports(OwnResources own, ResourceServer server, ISystemControl system)
{
    private readonly OwnResources _own = own;
    private readonly ResourceServer _server = server;
    private readonly ISystemControl _system = system;

    /// <summary>One line a child.</summary>
    public void Children()
    {
        Log.Screen($"{"child",-18} {"program",-12} {"state",-11} {"last end",-10} {"runs",6} "
            + $"{"prio",4} {"grants",6} {"image",10}  parent");
        foreach (Child child in _system.Children)
        {
            ChildDescription description = child.Description;
            ByteCount image = new(child.Arena.Bytes);
            Log.Screen($"{child.Name,-18} {description.Program,-12} {StateOf(child),-11} {EndOf(child),-10} "
                + $"{child.Runs,6} {description.Priority,4} {child.Session.GrantCount,6} {image,10}  {description.Parent}");
        }

        Log.Screen($"{_system.Now} ms since the start");
    }

    /// <summary>Memory of both kinds, capability slots, and what is out.</summary>
    public void Memory()
    {
        Log.Screen($"{"memory",-8} {"total",10} {"free",10} {"in use",10} {"set aside",10} {"largest free",13} "
            + $"{"blocks in use",14}");
        Memory("RAM", MemoryKind.Ram);
        Memory("device", MemoryKind.Device);
        Log.Screen($"{_own.Space.Slots.FreeCount} capability slots are free; {_server.GrantCount} grants, "
            + $"{_server.InterruptCount} interrupts and {_server.PortRangeCount} port ranges are out");
    }

    /// <summary>What lies in the slots of a child that runs.</summary>
    /// <remarks>
    /// A capability is moved here, looked at, and moved back: copying would change it. Nobody runs meanwhile, as the server's
    /// priority is above all children's and there is one processor.
    /// </remarks>
    public void Capabilities(Child child)
    {
        if (child.CNode == 0 || !_own.Space.Slots.TryAllocate(out uint temporary))
        {
            Log.Screen($"{child.Name} does not run");
            return;
        }

        int radix = (int)child.Description.CnodeBits;
        CapabilityPointer cnode = new(child.CNode);
        int found = 0;
        for (ulong slot = 0; slot < 1ul << radix; slot++)
        {
            bool isMoved = CNodeInvocation.Move(
                OwnCSpace.Root, temporary, AbiConstants.WordBits, slot, (ulong)radix, cnode).IsOk;
            if (!isMoved) continue;
            CapabilityTypeTag type = Syscall.DebugCapIdentify(new CapabilityPointer(temporary));
            CNodeInvocation.Move(cnode, slot, (ulong)radix, temporary, AbiConstants.WordBits, OwnCSpace.Root);
            Log.Screen($"  {slot,6}  {CapabilityNames.Of(type)}");
            found++;
        }

        _own.Space.Slots.Free(temporary);
        Log.Screen($"{found} of {1ul << radix} slots of {child.Name} are in use");
    }

    private void Memory(string name, MemoryKind kind)
    {
        UntypedTotals totals = _own.Memory.Totals(kind);
        ByteCount largest = new(totals.FreeBytes == 0 ? 0 : 1ul << _own.Memory.LargestFree(kind));
        ByteCount aside = new(totals.ReservedBytes + totals.QuarantinedBytes);
        Log.Screen($"{name,-8} {new ByteCount(totals.TotalBytes),10} {new ByteCount(totals.FreeBytes),10} "
            + $"{new ByteCount(totals.GrantedBytes),10} {aside,10} {largest,13} {totals.GrantedBlocks,14}");
    }

    private static string StateOf(Child child) => child.State switch
    {
        ChildState.Running => "running",
        ChildState.Loaded => "loaded",
        ChildState.Suspended => "suspended",
        ChildState.Reclaiming => "reclaiming",
        _ => child.StartsAt != ServerClock.Never ? "waiting" : "-",
    };

    private static string EndOf(Child child) => child.Outcome switch
    {
        ChildOutcome.Exited => child.ExitStatus == 0 ? "exited" : "failed",
        ChildOutcome.Faulted => "faulted",
        ChildOutcome.Killed => "killed",
        ChildOutcome.TimedOut => "timed out",
        ChildOutcome.Refused => "refused",
        _ => "-",
    };
}
