// SPDX-License-Identifier: BSD-2-Clause

using Sel4;
using Sel4.Abi;
using Sel4.Bench;

/// <summary>Measures the kernel as root task, alone on the machine.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        Workbench.Prepare();
        Series.Calibrate();
        Simple();
        IpcBench.Run();
        ObjectBench.Run();
        TransferBench.Run();
        ThreadBench.Run();
        BatchBench.Run();
        InterruptBench.Run();
        Workbench.End(0);
        return 0;
    }

    /// <summary>System calls that touch nobody else.</summary>
    private static void Simple()
    {
        Cap<Notification> notification = new(Workbench.Make(Workbench.Keep, ObjectType.Notification, 0));
        MessageInfo empty = new(0, 0, 0, 0);
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Syscall.Reply(empty); // nobody waits for an answer: the kernel has nothing to do (R-REPLY-03)
            Series.Add(start, Clock.Now());
        }

        Series.Print("null-call");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            Syscall.Yield();
            Series.Add(start, Clock.Now());
        }

        Series.Print("yield");
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            notification.Signal();
            Series.Add(start, Clock.Now());
        }

        Series.Print("signal");
        notification.Poll();
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            notification.Poll();
            Series.Add(start, Clock.Now());
        }

        Series.Print("poll");
    }
}
