// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;

/// <summary>Asks for the ports and the interrupt of the PIT, a timer of the PC, and counts 20 interrupts.</summary>
internal static class Program
{
    private const ushort Channel0 = 0x40;
    private const ushort Command = 0x43;
    private const ulong RateGenerator = 0x34; // channel 0, low byte then high byte, mode 2 (Intel 8254 data sheet)
    private const int Divisor = 11932; // of 1193182 Hz: 100 interrupts a second
    private const int Pin = 2; // where the PC's firmware connects the timer (ACPI: ISA interrupt 0 is pin 2)
    private const int Vector = 2;
    private const int Ticks = 20;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        RpcError error = client.AllocateIoPorts(Channel0, Command, out Grant ports);
        if (!error.IsOk) return Fail(error.Describe());
        error = client.AllocateIrq(new IoApicIrq(Pin, Vector), out Grant irq);
        if (!error.IsOk) return Fail(error.Describe());
        error = client.AllocateObject(ObjectType.Notification, 0, out Grant notification);
        if (!error.IsOk) return Fail(error.Describe());
        Console.WriteLine("Got the timer's ports, its interrupt and a notification.");

        Cap<IrqHandler> handler = irq.As<IrqHandler>();
        Sel4Error result = handler.SetNotification(notification.As<Notification>());
        // The firmware left the timer running: an interrupt may have come before there was a notification, was lost, and has
        // masked the pin. Ack lets the next one through; it does no harm otherwise (R-IRQ-09, R-IRQ-10).
        if (result.IsOk) result = handler.Ack();
        if (result.IsOk) result = Start(ports.As<IoPort>());
        if (!result.IsOk) return Fail(result.Describe());
        for (int tick = 1; tick <= Ticks; tick++)
        {
            notification.As<Notification>().Wait();
            handler.Ack();
            if (tick % 5 == 0) Console.WriteLine($"{tick} interrupts");
        }

        error = client.Free(irq);
        if (error.IsOk) error = client.Free(ports);
        if (!error.IsOk) return Fail(error.Describe());
        Console.WriteLine("Gave interrupt and ports back.");
        return 0;
    }

    private static Sel4Error Start(Cap<IoPort> ports)
    {
        Sel4Error error = ports.Out8(Command, RateGenerator);
        if (error.IsOk) error = ports.Out8(Channel0, Divisor & 0xff);
        if (error.IsOk) error = ports.Out8(Channel0, Divisor >> 8);
        return error;
    }

    private static int Fail(string why)
    {
        Console.WriteLine(why);
        return 1;
    }
}
