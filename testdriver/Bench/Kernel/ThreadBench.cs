// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>What happens between two threads besides calls: wake-ups, faults; and the methods of threads.</summary>
/// <remarks>The first thread lowers itself, so that the second takes over as soon as it is woken.</remarks>
internal static unsafe class ThreadBench
{
    private const byte HighPriority = 255;
    private const byte LowPriority = 254;
    private const ulong UnmappedAddress = 0x20_0000_0000;

    private static Cap<Endpoint> s_endpoint;
    private static Cap<Notification> s_notification;
    private static Cap<Tcb> s_peer;
    private static ulong s_arrival;

    public static void Run()
    {
        s_endpoint = new Cap<Endpoint>(Workbench.Make(Workbench.Keep, ObjectType.Endpoint, 0));
        s_notification = new Cap<Notification>(Workbench.Make(Workbench.Keep, ObjectType.Notification, 0));
        s_peer = new Cap<Tcb>(Workbench.Make(Workbench.Keep, ObjectType.Tcb, 0));
        NBSend();
        Workbench.Check(InitialThread.Tcb.SetPriority(LowPriority, InitialThread.Tcb), "priority");
        Start(&WaitForSignals, CapabilityPointer.Null);
        Measure("signal-waiting", &Signal);
        Workbench.Check(s_peer.Suspend(), "suspend");
        Start(&ReceiveMessages, CapabilityPointer.Null);
        Measure("send-waiting", &Send);
        Workbench.Check(s_peer.Suspend(), "suspend");
        Faults();
        Methods();
        Creation();
        Workbench.Check(InitialThread.Tcb.SetPriority(HighPriority, InitialThread.Tcb), "priority");
    }

    private static void Start(delegate*<ulong, void> main, CapabilityPointer faultHandler)
    {
        ulong page = (PeerMemory.Buffer() - AddressSpaces.ImageStart) / 4096;
        UserThreadSetup setup = default;
        setup.Tcb = s_peer;
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = InitialThread.VSpace;
        setup.FaultHandler = faultHandler;
        setup.IpcBufferFrame = new Cap<Frame>(ProcessEnvironment.BootInfo.UserImageFrames.Start + page);
        setup.IpcBufferAddress = PeerMemory.Buffer();
        setup.StackTop = PeerMemory.StackEnd();
        setup.Priority = HighPriority;
        setup.Authority = InitialThread.Tcb;
        Workbench.Check(UserThread.Start(in setup, main, 0), "second thread");
    }

    private static void WaitForSignals(ulong argument)
    {
        s_arrival = Clock.Now();
        while (true)
        {
            s_notification.Wait();
            s_arrival = Clock.Now();
        }
    }

    private static void ReceiveMessages(ulong argument)
    {
        while (true)
        {
            s_endpoint.Recv();
            s_arrival = Clock.Now();
        }
    }

    private static void FaultForever(ulong argument)
    {
        while (true) s_arrival = *(ulong*)UnmappedAddress;
    }

    private static void Signal() => s_notification.Signal();

    private static void Send() => s_endpoint.Send(new MessageInfo(0, 0, 0, 0));

    /// <summary>From the wake-up to the first reading of the thread that was woken.</summary>
    private static void Measure(string name, delegate*<void> wake)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            wake();
            Series.Add(start, s_arrival);
        }

        Series.Print(name);
    }

    private static void NBSend()
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            s_endpoint.NBSend(new MessageInfo(0, 0, 0, 0));
            Series.Add(start, Clock.Now());
        }

        Series.Print("nbsend-idle");
    }

    /// <summary>An answer restarts the thread, which faults again: from answer to next fault is once back and once there.</summary>
    private static void Faults()
    {
        Start(&FaultForever, s_endpoint.Pointer);
        s_endpoint.Recv();
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            s_endpoint.ReplyRecv(new MessageInfo(0, 0, 0, 0));
            Series.Add(start, Clock.Now());
        }

        Series.Print("fault-round-trip");
        Workbench.Check(s_peer.Suspend(), "suspend");
    }

    /// <summary>From nothing to a new thread's first instruction, and its end.</summary>
    private static void Creation()
    {
        SlotPath slot = InitialThread.Slot(Workbench.Slots(1));
        s_peer = new Cap<Tcb>(slot.Index);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Workbench.Check(Workbench.Memory.Retype(ObjectType.Tcb, 0, InitialThread.Slots(slot.Index)), "thread");
            Start(&WaitForSignals, CapabilityPointer.Null);
            Series.Add(start, s_arrival);
            Workbench.Check(slot.Delete(), "delete");
        }

        Series.Print("thread-creation");
        Series.Begin();
        while (Series.IsRunning)
        {
            Workbench.Check(Workbench.Memory.Retype(ObjectType.Tcb, 0, InitialThread.Slots(slot.Index)), "thread");
            Start(&WaitForSignals, CapabilityPointer.Null);
            ulong start = Clock.Now();
            Sel4Error error = slot.Delete();
            ulong end = Clock.Now();
            Workbench.Check(error, "delete");
            Series.Add(start, end);
        }

        Series.Print("thread-deletion");
    }

    private static void Methods()
    {
        ulong[] registers = new ulong[AbiConstants.UserRegisterCount];
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = s_peer.ReadRegisters(registers, RegisterReading.LetRun);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "read");
        }

        Series.Print("tcb-read-registers");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = s_peer.WriteRegisters(registers);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "write");
        }

        Series.Print("tcb-write-registers");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Sel4Error error = s_peer.SetPriority(LowPriority, InitialThread.Tcb);
            Series.Add(start, Clock.Now());
            Workbench.Check(error, "priority");
        }

        Series.Print("tcb-set-priority");
    }
}
