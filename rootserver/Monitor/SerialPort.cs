// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>What comes in on the first serial line, which the kernel prints on (16550 data sheet; ISA interrupt 4).</summary>
public sealed class SerialPort
{
    private const ushort First = 0x3f8;
    private const ushort Last = 0x3ff;
    private const ulong InterruptEnable = First + 1;
    private const ulong ModemControl = First + 4;
    private const ulong LineStatus = First + 5;
    private const ulong DataReady = 1;
    private const ulong InterruptOnData = 1;

    /// <summary>Ready, request to send, and the gate through which the interrupt leaves the chip.</summary>
    private const ulong ReadyWithInterrupt = 0x0b;

    /// <summary>The pin of its interrupt on the first controller.</summary>
    public const int Pin = 4;

    /// <summary>The second highest of those that seL4 lets programs have.</summary>
    private const int Vector = 106;

    private readonly Cap<IoPort> _ports;
    private readonly Cap<IrqHandler> _handler;

    private SerialPort(Cap<IoPort> ports, Cap<IrqHandler> handler)
    {
        _ports = ports;
        _handler = handler;
    }

    /// <summary>Takes ports and interrupt; null when the kernel refuses one of them.</summary>
    public static SerialPort? Open(OwnCSpace space, Cap<Notification> signal)
    {
        if (!space.Slots.TryAllocate(out uint ports) || !space.Slots.TryAllocate(out uint irq)) return null;
        bool isOurs = InitialThread.IoPortControl.Issue(InitialThread.Slot(ports), First, Last).IsOk
            && InitialThread.IrqControl.GetIoApic(
                InitialThread.Slot(irq), 0, Pin, InterruptTrigger.Edge, InterruptPolarity.ActiveHigh, Vector).IsOk;
        if (!isOurs) return null;
        SerialPort port = new(new Cap<IoPort>(ports), new Cap<IrqHandler>(irq));
        port._handler.SetNotification(signal);
        port._handler.Ack();
        port._ports.Out8(InterruptEnable, InterruptOnData);
        port._ports.Out8(ModemControl, ReadyWithInterrupt);
        return port;
    }

    /// <summary>The next byte that has come.</summary>
    public bool TryRead(out byte value)
    {
        value = 0;
        if (!_ports.In8(LineStatus, out ulong status).IsOk || (status & DataReady) == 0) return false;
        bool isRead = _ports.In8(First, out ulong data).IsOk;
        value = (byte)data;
        return isRead;
    }

    /// <summary>Lets the next interrupt come. Afterwards look once more: a byte between the last look and now makes no edge.</summary>
    public void Acknowledge() => _handler.Ack();
}
