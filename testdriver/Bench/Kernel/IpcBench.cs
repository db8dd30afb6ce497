// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>Calls to a server thread, in the same address space and across two.</summary>
internal static unsafe class IpcBench
{
    private const byte Priority = 255;

    private static Cap<Endpoint> s_endpoint;
    private static Cap<Tcb> s_peer;

    /// <summary>When the server left its receive; read by the client, whose frames are the same.</summary>
    private static ulong s_arrival;

    /// <summary>When the server began to answer.</summary>
    private static ulong s_departure;

    public static void Run()
    {
        s_endpoint = new Cap<Endpoint>(Workbench.Make(Workbench.Keep, ObjectType.Endpoint, 0));
        s_peer = new Cap<Tcb>(Workbench.Make(Workbench.Keep, ObjectType.Tcb, 0));
        Start(InitialThread.VSpace);
        RoundTrip("ipc-round-trip-same-space", 0);
        Workbench.Check(s_peer.Suspend(), "suspend");
        Cap<Pml4> other = AddressSpaces.CloneImage(AddressSpaces.ImageStart);
        Start(other);
        RoundTrip("ipc-round-trip", 0);
        RoundTrip("ipc-round-trip-4", 4);
        RoundTrip("ipc-round-trip-8", 8);
        RoundTrip("ipc-round-trip-120", 120);
        OneWay("ipc-call", "ipc-reply-recv", 0);
        OneWay("ipc-call-10", "ipc-reply-recv-10", 10);
        Workbench.Check(s_peer.Suspend(), "suspend");
        CapabilityBench.Run(s_peer, other);
    }

    private static void Start(Cap<Pml4> vspace)
    {
        BootInfo info = ProcessEnvironment.BootInfo;
        ulong page = (PeerMemory.Buffer() - AddressSpaces.ImageStart) / 4096;
        UserThreadSetup setup = default;
        setup.Tcb = s_peer;
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = vspace;
        setup.IpcBufferFrame = new Cap<Frame>(info.UserImageFrames.Start + page);
        setup.IpcBufferAddress = PeerMemory.Buffer();
        setup.StackTop = PeerMemory.StackEnd();
        setup.Priority = Priority;
        setup.Authority = InitialThread.Tcb;
        Workbench.Check(UserThread.Start(in setup, &Serve, 0), "second thread");
        Syscall.Yield();
    }

    private static void Serve(ulong argument)
    {
        Received received = s_endpoint.Recv();
        while (true)
        {
            s_arrival = Clock.Now();
            MessageInfo answer = new(0, 0, 0, received.Info.Length);
            s_departure = Clock.Now();
            received = s_endpoint.ReplyRecv(answer);
        }
    }

    private static void RoundTrip(string name, int words)
    {
        MessageInfo message = new(0, 0, 0, words);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            s_endpoint.Call(message);
            ulong end = Clock.Now();
            // The server's own two readings are no part of the trip.
            Series.Add(start + (s_departure - s_arrival), end);
        }

        Series.Print(name);
    }

    private static void OneWay(string there, string back, int words)
    {
        MessageInfo message = new(0, 0, 0, words);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            s_endpoint.Call(message);
            Series.Add(start, s_arrival);
        }

        Series.Print(there);
        Series.Begin();
        while (Series.IsRunning)
        {
            s_endpoint.Call(message);
            Series.Add(s_departure, Clock.Now());
        }

        Series.Print(back);
    }
}
