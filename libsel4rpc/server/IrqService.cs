// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>irq</c>.</summary>
internal static class IrqService
{
    private const ulong MaxVector = AbiConstants.MaxIrqVector;
    private const ulong FirstPciIrq = 16;
    private const ulong TimerPin = 2;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        Refusal refusal = Check(in server.Request.Irq, out IrqRequest request);
        if (!refusal.IsNone) return refusal;
        // A handler has one notification and one acknowledgement: two owners would wait for each other (RPC:R16).
        if (server.Wishes.IsShared) return Refusal.Because(Reason.Unsupported);
        QuotaCharge charge = QuotaCharge.OfLine(GrantKind.Irq);
        refusal = Granting.Begin(server, session, GrantKind.Irq, in charge, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Start = (ulong)request.Vector;
        grant.Length = 1;
        return Granting.Finish(server, session, index, server.Provider.AllocateIrq(session, in request, ref grant));
    }

    private static Refusal Check(in IrqAllocMessage message, out IrqRequest request)
    {
        request = default;
        request.Kind = message.Case;
        return message.Case switch
        {
            IrqAllocMessageCase.Msi => CheckMsi(in message.Msi, ref request),
            IrqAllocMessageCase.IoApic => CheckIoApic(in message.IoApic, ref request),
            IrqAllocMessageCase.Simple => CheckSimple(in message.Simple, ref request),
            _ => Refusal.Because(Reason.Malformed),  // RPC:D4, no subtype
        };
    }

    private static Refusal CheckMsi(in IrqMsiMessage message, ref IrqRequest request)
    {
        if (message.PciBus > 255) return Refusal.OutOfRange(1, 0, 255);
        if (message.PciDev > 31) return Refusal.OutOfRange(2, 0, 31);
        if (message.PciFunc > 7) return Refusal.OutOfRange(3, 0, 7);
        if (message.Vector > MaxVector) return Refusal.OutOfRange(5, 0, MaxVector);
        request.Bus = (int)message.PciBus;
        request.Device = (int)message.PciDev;
        request.Function = (int)message.PciFunc;
        request.Handle = message.Handle;
        request.Vector = (int)message.Vector;
        return Refusal.None;
    }

    private static Refusal CheckIoApic(in IrqIoApicMessage message, ref IrqRequest request)
    {
        if (message.Level > 1) return Refusal.OutOfRange(3, 0, 1);
        if (message.Polarity > 1) return Refusal.OutOfRange(4, 0, 1);
        if (message.Vector > MaxVector) return Refusal.OutOfRange(5, 0, MaxVector);
        request.IoApic = message.IoApic;
        request.Pin = message.Pin;
        request.IsLevel = message.Level == 1;
        request.IsActiveLow = message.Polarity == 1;
        request.Vector = (int)message.Vector;
        return Refusal.None;
    }

    /// <summary>RPC:S5, with the range checks of RPC:R16: number 0 is pin 2, from 16 up lines are level triggered, active low.</summary>
    private static Refusal CheckSimple(in IrqSimpleMessage message, ref IrqRequest request)
    {
        if (message.Irq > MaxVector) return Refusal.OutOfRange(2, 0, MaxVector);
        request.Number = message.Irq;
        request.Pin = message.Irq == 0 ? TimerPin : message.Irq;
        request.IsLevel = request.IsActiveLow = message.Irq >= FirstPciIrq;
        request.Vector = (int)message.Irq;
        return Refusal.None;
    }
}
