// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.TestDriver.Bootstrap;

/// <summary>Issuing of interrupts and ports: the rights to it cannot be copied, so no test process can have them.</summary>
[Tests(Tags = "bootstrap control", Type = TestTypes.Bootstrap)]
internal static class Controls
{
    private const int Vector = 90;

    [Test("Ports in the wrong order are InvalidArgument 1", Rules = "R-IOP-02")]
    internal static void CONTROL0001() =>
        Check.Fails(ErrorCode.InvalidArgument, 1, InitialThread.IoPortControl.Issue(Empty, 0x301, 0x300));

    [Test("A range that overlaps an issued one is RevokeFirst, until that is deleted", Rules = "R-IOP-01 R-IOP-06")]
    internal static void CONTROL0002()
    {
        Check.Ok(InitialThread.IoPortControl.Issue(Empty, 0x300, 0x303));
        SlotPath other = InitialThread.Slot(Empty.Index - 1);
        Check.Fails(ErrorCode.RevokeFirst, InitialThread.IoPortControl.Issue(other, 0x303, 0x304));
        Check.Ok(Empty.Delete());
        Check.Ok(InitialThread.IoPortControl.Issue(Empty, 0x303, 0x304));
        Check.Ok(Empty.Delete());
    }

    [Test("The controls cannot be copied", Rules = "R-IOP-09 R-CNODE-28")]
    internal static void CONTROL0003()
    {
        Check.Fails(ErrorCode.IllegalOperation, Empty.CopyFrom(InitialThread.Slot(InitialSlot.IoPortControl)));
        Check.Fails(ErrorCode.IllegalOperation, Empty.CopyFrom(InitialThread.Slot(InitialSlot.IrqControl)));
    }

    [Test("A vector is issued once", Rules = "R-IRQ-01 R-DEL-12")]
    internal static void CONTROL0004()
    {
        Check.Ok(Issue(Empty, Vector));
        Check.Fails(ErrorCode.RevokeFirst, Issue(InitialThread.Slot(Empty.Index - 1), Vector));
        Check.Ok(Empty.Delete());
        Check.Ok(Issue(Empty, Vector));
        Check.Ok(Empty.Delete());
    }

    [Test("A vector beyond the range is a RangeError, an occupied slot DeleteFirst", Rules = "R-IRQ-02 R-IRQ-03")]
    internal static void CONTROL0005()
    {
        Check.Fails(ErrorCode.RangeError, 0, AbiConstants.MaxIrqVector, Issue(Empty, AbiConstants.MaxIrqVector + 1));
        Check.Fails(ErrorCode.DeleteFirst, Issue(InitialThread.Slot(InitialSlot.Tcb), Vector));
    }

    [Test("Plain interrupts are refused while the IOAPIC is used", Rules = "R-IRQ-15")]
    internal static void CONTROL0006() => Check.Fails(ErrorCode.IllegalOperation, InitialThread.IrqControl.Get(Empty, 3));

    [Test("A message-signalled interrupt is issued", Rules = "R-IRQ-16 ABI-19")]
    internal static void CONTROL0007()
    {
        Check.Ok(InitialThread.IrqControl.GetMsi(Empty, new PciAddress(0, 4, 0), 0, Vector));
        Check.Equal((ulong)CapabilityTypeTag.IrqHandler, (ulong)new Cap<IrqHandler>(Empty.Index).Identify());
        Check.Ok(Empty.Delete());
    }

    [Test("A handler acknowledges and clears without a notification", Rules = "R-IRQ-07 R-IRQ-09")]
    internal static void CONTROL0008()
    {
        Check.Ok(Issue(Empty, Vector));
        Cap<IrqHandler> handler = new(Empty.Index);
        Check.Ok(handler.Ack());
        Check.Ok(handler.Clear());
        Check.Fails(ErrorCode.InvalidCapability, 0, handler.SetNotification(InitialThread.Tcb.As<Notification>()));
        Check.Ok(Empty.Delete());
    }

    [Test("The root task's own address space has a number already", Rules = "R-ASID-03 R-ASID-08")]
    internal static void CONTROL0009() =>
        Check.Fails(ErrorCode.InvalidCapability, 1, InitialThread.AsidPool.Assign(InitialThread.VSpace));

    [Test("The boot information says which slots are free, and the last of them is", Rules = "BOOT-5.2 BOOT-6")]
    internal static void CONTROL0010()
    {
        Check.Equal((ulong)CapabilityTypeTag.Null, (ulong)new Cap<Frame>(Empty.Index).Identify());
        Check.Fails(ErrorCode.FailedLookup, InitialThread.Slot(1ul << 40).Delete());
    }

    /// <summary>The last free slot: the driver's own allocator has not come so far.</summary>
    private static SlotPath Empty => InitialThread.Slot(ProcessEnvironment.BootInfo.Empty.End - 1);

    private static Sel4Error Issue(SlotPath slot, int vector) => InitialThread.IrqControl.GetIoApic(
        slot, 0, 13, InterruptTrigger.Edge, InterruptPolarity.ActiveHigh, vector);
}
