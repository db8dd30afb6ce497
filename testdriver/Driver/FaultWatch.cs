// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>A second thread that hears of faults of the driver itself, and says so before the end. TD:§9.8.</summary>
internal static unsafe class FaultWatch
{
    // Beside the scratch window, so that the paging structures serve both.
    private const ulong Buffer = 0x40_0020_0000;
    private const ulong StackBottom = 0x40_0020_2000;
    private const int StackPages = 4;
    private const byte Priority = 255;
    private static Cap<Endpoint> s_faults;
    private static Reporter? s_reporter;

    /// <summary>Starts it; null when it worked.</summary>
    public static string? Start(OwnResources own, Reporter reporter)
    {
        const string Problem = "the driver's own fault handler could not be started";
        s_reporter = reporter;
        Arena system = own.System;
        if (!system.TryCreate(ObjectType.Endpoint, 0, out uint endpoint)) return Problem;
        s_faults = new Cap<Endpoint>(endpoint);
        if (!system.TryCreate(ObjectType.Tcb, 0, out uint tcb) || !TryMap(system, Buffer, out uint buffer)) return Problem;
        for (ulong page = 0; page < StackPages; page++)
            if (!TryMap(system, StackBottom + (page * 4096), out _)) return Problem;
        UserThreadSetup setup = default;
        setup.Tcb = new Cap<Tcb>(tcb);
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = InitialThread.VSpace;
        setup.IpcBufferFrame = new Cap<Frame>(buffer);
        setup.IpcBufferAddress = Buffer;
        setup.StackTop = StackBottom + (StackPages * 4096);
        setup.Priority = Priority;
        setup.Authority = InitialThread.Tcb;
        if (!UserThread.Start(in setup, &Watch, 0).IsOk) return Problem;
        Sel4Error error = InitialThread.Tcb.SetSpace(
            s_faults.Pointer, CNodeGuard.FromWord(0), 0, InitialThread.CNode, InitialThread.VSpace);
        return error.IsOk ? null : Problem;
    }

    private static bool TryMap(Arena system, ulong address, out uint frame) =>
        system.TryCreate(ObjectType.SmallPage, 0, out frame)
        && PageMapper.Map(InitialThread.VSpace, frame, address, CapRights.ReadWrite, system).IsOk;

    private static void Watch(ulong argument)
    {
        Received received = s_faults.Recv();
        Reporter reporter = s_reporter!;
        ulong ip = IpcBuffer.Current[(FaultLabel)received.Info.Label == FaultLabel.UnknownSyscall ? FaultMessage.UnknownSyscallIp : 0];
        FaultReport.Describe("the test driver", StackBottom, received.Info);
        reporter.Record.Begin("crash");
        reporter.Record.Add("text", LogText.Line);
        reporter.Record.Key("ip");
        reporter.Record.MoreHex(ip);
        reporter.Record.EndLine();
        reporter.Send();
        DriverEnd.Stop(reporter, "crashed", 2);
    }
}
