// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>A Call that carries one capability, in the same address space and across two.</summary>
internal static unsafe class CapabilityBench
{
    private static Cap<Endpoint> s_endpoint;
    private static ulong s_slot;
    private static ulong s_arrival;
    private static bool s_hadCapability;

    public static void Run(Cap<Tcb> server, Cap<Pml4> other)
    {
        s_endpoint = new Cap<Endpoint>(Workbench.Make(Workbench.Keep, ObjectType.Endpoint, 0));
        s_slot = Workbench.Slots(1);
        Measure("ipc-call-capability-same-space", server, InitialThread.VSpace);
        Measure("ipc-call-capability", server, other);
    }

    private static void Measure(string name, Cap<Tcb> server, Cap<Pml4> vspace)
    {
        Start(server, vspace);
        MessageInfo message = new(0, 0, 1, 0);
        IpcBuffer buffer = IpcBuffer.Current;
        Series.Begin();
        while (Series.IsRunning)
        {
            buffer.SetCapability(0, server.Pointer);
            ulong start = Clock.Now();
            s_endpoint.Call(message);
            Workbench.Check(s_hadCapability, "no capability arrived");
            Series.Add(start, s_arrival);
        }

        Series.Print(name);
        Workbench.Check(server.Suspend(), "suspend");
    }

    private static void Start(Cap<Tcb> server, Cap<Pml4> vspace)
    {
        ulong page = (PeerMemory.Buffer() - AddressSpaces.ImageStart) / 4096;
        UserThreadSetup setup = default;
        setup.Tcb = server;
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = vspace;
        setup.IpcBufferFrame = new Cap<Frame>(ProcessEnvironment.BootInfo.UserImageFrames.Start + page);
        setup.IpcBufferAddress = PeerMemory.Buffer();
        setup.StackTop = PeerMemory.StackEnd();
        setup.Priority = 255;
        setup.Authority = InitialThread.Tcb;
        Workbench.Check(UserThread.Start(in setup, &Serve, 0), "server");
        Syscall.Yield();
    }

    /// <summary>Throws each capability away before it answers, so that there is room for the next.</summary>
    private static void Serve(ulong argument)
    {
        IpcBuffer.Current.SetReceiveSlot(InitialThread.Slot(s_slot));
        Received received = s_endpoint.Recv();
        while (true)
        {
            s_arrival = Clock.Now();
            s_hadCapability = received.Info.ExtraCaps == 1;
            if (s_hadCapability) InitialThread.Slot(s_slot).Delete();
            received = s_endpoint.ReplyRecv(new MessageInfo(0, 0, 0, 0));
        }
    }
}
