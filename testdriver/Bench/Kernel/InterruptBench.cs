// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Bench;

/// <summary>From the instruction that an interrupt stops to the handler thread behind its Wait.</summary>
/// <remarks>
/// The first thread reads the counter without end; what lies between its last reading and the handler's first is the way of the
/// interrupt, and at most one round of that loop. The PIT rings a thousand times a second of the machine's time.
/// </remarks>
internal static unsafe class InterruptBench
{
    private const ushort Channel0 = 0x40;
    private const ushort Command = 0x43;
    private const ulong RateGenerator = 0x34; // channel 0, low byte then high byte, mode 2 (Intel 8254 data sheet)
    private const int Divisor = 1193; // of 1193182 Hz
    private const int Pin = 2; // ISA interrupt 0 (ACPI)
    private const int Vector = 20;
    private const byte HighPriority = 255;
    private const byte LowPriority = 254;
    private const int Samples = 100;

    private static Cap<Notification> s_notification;
    private static Cap<IrqHandler> s_handler;
    private static ulong s_lastReading;
    private static bool s_isOver;

    public static void Run()
    {
        s_notification = new Cap<Notification>(Workbench.Make(Workbench.Keep, ObjectType.Notification, 0));
        ulong slot = Workbench.Slots(2);
        SlotPath handler = InitialThread.Slot(slot);
        Workbench.Check(
            InitialThread.IrqControl.GetIoApic(handler, 0, Pin, InterruptTrigger.Edge, InterruptPolarity.ActiveHigh, Vector), "handler");
        s_handler = new Cap<IrqHandler>(slot);
        Workbench.Check(s_handler.SetNotification(s_notification), "notification");
        Workbench.Check(InitialThread.IoPortControl.Issue(InitialThread.Slot(slot + 1), Channel0, Command), "ports");
        Cap<IoPort> timer = new(slot + 1);
        Workbench.Check(timer.Out8(Command, RateGenerator), "timer");
        Workbench.Check(timer.Out8(Channel0, Divisor & 0xff), "timer");
        Workbench.Check(timer.Out8(Channel0, Divisor >> 8), "timer");
        Workbench.Check(InitialThread.Tcb.SetPriority(LowPriority, InitialThread.Tcb), "priority");
        Series.Begin(Samples);
        Cap<Tcb> thread = Start();
        while (!s_isOver) s_lastReading = Clock.Now();
        Workbench.Check(thread.Suspend(), "suspend");
        Workbench.Check(handler.Delete(), "delete");
        Workbench.Check(InitialThread.Tcb.SetPriority(HighPriority, InitialThread.Tcb), "priority");
        Series.Print("interrupt");
    }

    private static Cap<Tcb> Start()
    {
        ulong page = (PeerMemory.Buffer() - AddressSpaces.ImageStart) / 4096;
        UserThreadSetup setup = default;
        setup.Tcb = new Cap<Tcb>(Workbench.Make(Workbench.Keep, ObjectType.Tcb, 0));
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = InitialThread.VSpace;
        setup.IpcBufferFrame = new Cap<Frame>(ProcessEnvironment.BootInfo.UserImageFrames.Start + page);
        setup.IpcBufferAddress = PeerMemory.Buffer();
        setup.StackTop = PeerMemory.StackEnd();
        setup.Priority = HighPriority;
        setup.Authority = InitialThread.Tcb;
        Workbench.Check(UserThread.Start(in setup, &Handle, 0), "handler thread");
        return setup.Tcb;
    }

    private static void Handle(ulong argument)
    {
        s_handler.Ack();
        while (Series.IsRunning)
        {
            s_notification.Wait();
            ulong arrival = Clock.Now();
            // The first one may come before the other thread has read the counter at all.
            if (s_lastReading != 0) Series.Add(s_lastReading, arrival);
            s_handler.Ack();
        }

        s_isOver = true;
        s_notification.Wait();
    }
}
