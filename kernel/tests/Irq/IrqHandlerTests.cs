// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Irq;

/// <summary>The methods of handler capabilities and the way of an interrupt to its notification (ABI §19).</summary>
public sealed class IrqHandlerTests : KernelTest
{
    private const int Irq = 20;
    private const ulong Pin = 5;

    private readonly ulong _handler;
    private readonly ulong _notification;
    private readonly ulong _badged;

    public IrqHandlerTests()
    {
        _handler = Sim.NewSlot();
        AssertDone(Root.Invoke(
            InitialSlot.IrqControl, InvocationLabel.IrqControlGetIoApic, [_handler, 64, 0, Pin, 1, 1, Irq], [InitialSlot.CNode]));
        _notification = Sim.NewObject(ObjectType.Notification);
        _badged = Sim.Mint(_notification, 0x800);
    }

    private bool IsMasked => Sim.Kernel.Hardware.IoApics[0, (int)Pin].IsMasked;

    private SimAnswer SetNotification(ulong capability) =>
        Root.Invoke(_handler, InvocationLabel.IrqHandlerSetNotification, [], [capability]);

    private ulong Poll() => Root.NBRecv(_notification).Badge;

    [Fact]
    [Rule("R-SYS-04", "R-SYS-06")]
    public void A_label_that_is_no_method_and_a_missing_capability_are_refused()
    {
        AssertRefused(Root.Invoke(_handler, InvocationLabel.TcbSuspend), ErrorCode.IllegalOperation);
        AssertRefused(Root.Invoke(_handler, InvocationLabel.IrqHandlerSetNotification), ErrorCode.TruncatedMessage);
    }

    [Fact]
    [Rule("R-IRQ-04", "ABI-27")]
    public void SetNotification_wants_a_notification_with_Write_and_blames_capability_0()
    {
        ulong readOnly = Sim.NewSlot();
        AssertDone(CopyCap(_notification, readOnly, CapRights.Read));
        foreach (ulong capability in (ulong[])[EmptySlot, InitialSlot.Tcb, readOnly])
            AssertRefused(SetNotification(capability), ErrorCode.InvalidCapability, 0);
        Assert.True(Sim.State.Irqs[Irq].Notification.IsEmpty);
    }

    [Fact]
    [Rule("R-IRQ-05", "R-IRQ-11")]
    public void The_first_interrupt_signals_the_badge_without_any_Ack()
    {
        AssertDone(SetNotification(_badged));
        Sim.Interrupt(Irq);
        Assert.Equal(0x800ul, Poll());
    }

    [Fact]
    [Rule("R-IRQ-05", "R-SCHED-04")]
    public void An_interrupt_wakes_its_waiter_who_preempts_lower_threads()
    {
        SimThread driver = Sim.NewThread("driver", 120);
        SimThread other = Sim.NewThread("other", 110);
        AssertDone(SetNotification(_badged));
        Sim.Park();
        driver.Recv(_notification);
        Sim.Interrupt(Irq);
        Assert.True(driver.IsRunning);
        Assert.Equal(0x800ul, driver.Answer.Badge);
        Assert.Equal(ThreadState.Running, other.State);
    }

    [Fact]
    [Rule("R-IRQ-18")]
    public void While_a_higher_thread_runs_the_waiter_is_woken_and_runs_later()
    {
        SimThread driver = Sim.NewThread("driver", 120);
        SimThread high = Sim.NewStoppedThread("high", 130);
        AssertDone(SetNotification(_badged));
        Sim.Park();
        driver.Recv(_notification);
        Resume(high);
        Sim.Interrupt(Irq);
        Assert.True(high.IsRunning);
        Assert.Equal(ThreadState.Running, driver.State);
    }

    [Fact]
    [Rule("R-IRQ-10")]
    public void An_interrupt_without_notification_is_lost()
    {
        Sim.Interrupt(Irq);
        AssertDone(SetNotification(_badged));
        Mark(Root);
        Assert.Equal(0ul, Poll());
        Assert.True(IsMasked);
    }

    [Fact]
    [Rule("R-IRQ-08", "R-IRQ-09")]
    public void After_a_delivery_the_pin_is_masked_until_Ack_which_succeeds_at_any_time()
    {
        AssertDone(Root.Invoke(_handler, InvocationLabel.IrqHandlerAck));
        AssertDone(SetNotification(_badged));
        Assert.False(IsMasked);
        Sim.Interrupt(Irq);
        Assert.True(IsMasked);
        AssertDone(Root.Invoke(_handler, InvocationLabel.IrqHandlerAck));
        Assert.False(IsMasked);
        AssertDone(Root.Invoke(_handler, InvocationLabel.IrqHandlerAck));
    }

    [Fact]
    [Rule("R-IRQ-06")]
    public void SetNotification_replaces_the_earlier_one()
    {
        ulong other = Sim.NewObject(ObjectType.Notification);
        AssertDone(SetNotification(_badged));
        AssertDone(SetNotification(other));
        Sim.Interrupt(Irq);
        Assert.Equal(0ul, Poll());
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        thread.Recv(other);
        Assert.True(thread.IsRunning);
    }

    [Fact]
    [Rule("R-IRQ-07")]
    public void Clear_removes_the_notification_and_succeeds_without_one()
    {
        AssertDone(Root.Invoke(_handler, InvocationLabel.IrqHandlerClear));
        AssertDone(SetNotification(_badged));
        AssertDone(Root.Invoke(_handler, InvocationLabel.IrqHandlerClear));
        Sim.Interrupt(Irq);
        Assert.Equal(0ul, Poll());
    }

    [Fact]
    [Rule("R-IRQ-12")]
    public void The_handlers_copy_keeps_the_object_alive_when_the_users_capability_is_deleted()
    {
        SimThread driver = Sim.NewThread("driver", 120);
        AssertDone(SetNotification(_badged));
        AssertDone(DeleteCap(_badged));
        Sim.Park();
        driver.Recv(_notification);
        Sim.AsRoot(_ => AssertDone(DeleteCap(_notification)));
        Assert.Equal(ThreadState.BlockedOnNotification, driver.State);
        Sim.Interrupt(Irq);
        Assert.True(driver.IsRunning);
        Assert.Equal(0x800ul, driver.Answer.Badge);
    }

    [Fact]
    [Rule("R-IRQ-12", "R-IRQ-10")]
    public void Revoking_the_original_takes_the_handlers_copy_away()
    {
        AssertDone(SetNotification(_badged));
        AssertDone(RevokeCap(_notification));
        Assert.True(Sim.State.Irqs[Irq].Notification.IsEmpty);
        Sim.Interrupt(Irq);
        Assert.Equal(0ul, Poll());
    }

    [Fact]
    [Rule("R-DEL-12", "R-IRQ-01", "R-IRQ-12")]
    public void Deleting_the_last_handler_stops_deliveries_and_frees_the_vector()
    {
        ulong copy = Sim.NewSlot();
        AssertDone(CopyCap(_handler, copy));
        AssertDone(SetNotification(_badged));
        AssertDone(DeleteCap(_handler));
        Assert.False(Sim.State.Irqs[Irq].Notification.IsEmpty);
        AssertDone(DeleteCap(copy));
        Assert.True(Sim.State.Irqs[Irq].Notification.IsEmpty);
        Assert.True(IsMasked);
        AssertDone(Root.Invoke(
            InitialSlot.IrqControl, InvocationLabel.IrqControlGetMsi, [_handler, 64, 0, 0, 0, 0, Irq], [InitialSlot.CNode]));
    }

    [Fact]
    [Rule("R-IRQ-13")]
    public void Revoking_IRQControl_deletes_all_handlers()
    {
        AssertDone(SetNotification(_badged));
        AssertDone(RevokeCap(InitialSlot.IrqControl));
        Assert.True(Sim.CapabilityAt(_handler).IsNull);
        Assert.True(Sim.State.Irqs[Irq].Notification.IsEmpty);
    }

    [Fact]
    [Rule("R-IRQ-09")]
    public void Message_signalled_interrupts_are_delivered_again_without_Ack()
    {
        const int Msi = 30;
        ulong handler = Sim.NewSlot();
        AssertDone(Root.Invoke(
            InitialSlot.IrqControl, InvocationLabel.IrqControlGetMsi, [handler, 64, 0, 0, 0, 0, Msi], [InitialSlot.CNode]));
        AssertDone(Root.Invoke(handler, InvocationLabel.IrqHandlerSetNotification, [], [_badged]));
        for (int i = 0; i < 2; i++)
        {
            Sim.Interrupt(Msi);
            Assert.Equal(0x800ul, Poll());
        }
    }
}
