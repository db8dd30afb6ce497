// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Everything the root server is made of, put together once at start (RT:§2).</summary>
/// <remarks>All memory that lives long is allocated here; afterwards the heap stands still (design L5).</remarks>
public sealed class RootSystem
{
    private RootSystem(Supervisor supervisor) => Supervisor = supervisor;

    public Supervisor Supervisor { get; }

    /// <summary>Takes over what BootInfo lists, for the children of a description; null with a sentence when that cannot be done.</summary>
    public static RootSystem? Start(SystemDescription description, out string problem)
    {
        OwnResources? own = OwnResources.Take(out problem);
        if (own == null) return null;
        OwnCSpace space = own.Space;
        UntypedAllocator memory = own.Memory;
        uint endpoint = own.Endpoint;
        ResourceServer server = new(space, memory);
        Books books = new(memory, space.Slots, server);
        ChildLoader loader = new(space, own.Scratch, endpoint);
        Child[]? children = ChildRecords.Make(description, own, server.Policies, out problem);
        if (children == null) return null;
        ChildLife life = new(space, loader, server, books);
        OwnSignals? signals = OwnSignals.Take(own);
        ServerClock? clock = StartClock(children, own, signals);
        if (clock != null) server.UseClock(clock);
        Timetable times = new(children, server, clock);
        Supervisor supervisor = new(children, life, server, new CapabilityPointer(endpoint), times, new StackReport(space, own.Scratch));
        supervisor.IsTracing = description.Trace;
        if (description.Console) AttachConsole(supervisor, own, server, signals);
        return new RootSystem(supervisor);
    }

    private static void AttachConsole(Supervisor supervisor, OwnResources own, ResourceServer server, OwnSignals? signals)
    {
        SerialPort? port = signals != null && signals.TryMint(SignalSource.Serial, out Cap<Notification> signal)
            ? SerialPort.Open(own.Space, signal)
            : null;
        if (port == null) Log.Line($"there is no console: the serial line or its interrupt is not to be had");
        else
        {
            server.KeepLine(0, SerialPort.Pin);
            MonitorReports reports = new(own, server, supervisor);
            supervisor.Attach(new Monitor(port, supervisor, reports, new GrantReports(server, supervisor)));
        }
    }

    /// <summary>A clock that signals the server while it waits for messages (RPC:K7); null, said aloud when somebody needs one.</summary>
    private static ServerClock? StartClock(Child[] children, OwnResources own, OwnSignals? signals)
    {
        string reason = "there is no memory for it";
        ServerClock? clock = null;
        HardwareManifest[] manifests = new HardwareManifest[children.Length];
        for (int index = 0; index < children.Length; index++) manifests[index] = children[index].Session.Hardware;
        if (signals != null && signals.TryMint(SignalSource.Clock, out Cap<Notification> signal))
            clock = new ClockSetup(own).TryStart(manifests, signal, out reason);
        if (clock != null) return clock;
        bool isNeeded = false;
        foreach (Child child in children) isNeeded |= child.Description.TimeLimitMs != 0 || child.Description.Restart.BackOffMs != 0;
        if (isNeeded) Log.Line($"there is no clock, and so no time limit and no wait before a restart: {reason}");
        return null;
    }
}
