// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Takes a timer for the server, unless the description gives it to a child.</summary>
/// <remarks>
/// Everything stays when a step fails: it happens once, at the start, and the machine then has no use for the rest either.
/// Without a clock there are no time limits, no back-off and no leases, and the server says so.
/// </remarks>
public sealed class ClockSetup(OwnResources own)
{
    // Beside the scratch window, so that the paging structures serve both.
    private const ulong RegistersAt = 0x40_0010_0000;

    /// <summary>The highest vector that seL4 lets programs have; children are likely to begin at 0.</summary>
    private const int Vector = 107;

    // The local APIC of the first processor, fixed delivery, edge (SDM 3A §11.11).
    private const ulong MessageAddress = 0xfee0_0000;
    private const ulong MessageData = AbiConstants.IrqVectorBase + Vector;
    private const int Pins = 24;

    private readonly OwnResources _own = own;

    /// <summary>The clock; null with the reason when there is none.</summary>
    /// <param name="others">What children may ask for: the timer or its pin may be among it.</param>
    /// <param name="signal">The server's notification, with the badge of the clock.</param>
    /// <param name="reason">A part of a sentence.</param>
    public ServerClock? TryStart(HardwareManifest[] others, Cap<Notification> signal, out string reason)
    {
        reason = "a child may ask for the timer (HPET)";
        foreach (HardwareManifest other in others)
            if (other.Names(Hpet.UsualAddress)) return null;

        reason = "there is no usable timer (HPET)";
        if (!TryMap()) return null;
        Hpet timer = new(new MappedRegisters(RegistersAt));
        if (!timer.Probe()) return null;
        reason = "children may ask for all interrupt pins that the timer (HPET) could use";
        if (!timer.TryFindRoute(UsablePins(others), out HpetRoute route)) return null;
        reason = "the kernel refused an interrupt for the timer (HPET)";
        if (!_own.Space.Slots.TryAllocate(out uint slot) || !TryIssue(slot, in route)) return null;
        Cap<IrqHandler> handler = new(slot);
        if (!handler.SetNotification(signal).IsOk) return null;
        timer.Start(in route, (MessageAddress << 32) | MessageData);
        return new ServerClock(timer, handler) { Line = route.IsMessage ? null : route.Pin };
    }

    private bool TryMap()
    {
        if (_own.Memory.AllocateAt(Hpet.UsualAddress, AbiConstants.PageBits, out UntypedBlock block) != AllocationError.None) return false;
        if (!_own.Space.Slots.TryAllocate(out uint frame)) return false;
        Sel4Error error = OwnCSpace.Retype(block.Slot, ObjectType.SmallPage, 0, frame, 1);
        if (!error.IsOk) return false;
        return PageMapper.Map(
            InitialThread.VSpace, frame, RegistersAt, CapRights.ReadWrite, _own.System, VmAttributes.Uncacheable).IsOk;
    }

    private static bool TryIssue(uint slot, in HpetRoute route)
    {
        SlotPath path = InitialThread.Slot(slot);
        Sel4Error error = route.IsMessage
            ? InitialThread.IrqControl.GetMsi(path, default, 0, Vector)
            : InitialThread.IrqControl.GetIoApic(path, 0, route.Pin, InterruptTrigger.Edge, InterruptPolarity.ActiveHigh, Vector);
        return error.IsOk;
    }

    private static uint UsablePins(HardwareManifest[] others)
    {
        uint pins = 0;
        for (int pin = 0; pin < Pins; pin++)
        {
            bool isWanted = false;
            foreach (HardwareManifest other in others) isWanted |= other.NamesLine(0, (ulong)pin);
            if (!isWanted) pins |= 1u << pin;
        }

        return pins;
    }
}
