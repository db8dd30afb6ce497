// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Irq;

/// <summary>What CPU vectors do: device interrupts held until Ack, the tick, software interrupts, spurious ones (ABI §8.2, §19).</summary>
public sealed class IrqDeliveryTests : IDisposable
{
    private const ulong Vector = 7;
    private const ulong Pin = 9;

    private readonly RootTaskWorld _world = new();

    private SimHardware Hardware => _world.Hardware;

    private ref IoApicPin Line => ref Hardware.IoApics[0, (int)Pin];

    [Fact]
    [Rule("R-IRQ-10")]
    public void An_interrupt_without_notification_is_lost_and_masks_its_pin()
    {
        ulong handler = IssuePin();
        Raise(Vector);
        Assert.True(Line.IsMasked);
        Assert.Equal(1, Hardware.EndsOfInterrupt);
        Assert.True(_world.State.Current == _world.Root);
        // It stays masked after SetNotification, until Ack (§19).
        ulong notification = _world.Make(ObjectType.Notification);
        _world.Call(handler, InvocationLabel.IrqHandlerSetNotification, [], notification).MustSucceed();
        Assert.True(Line.IsMasked);
        Acknowledge(handler);
        Assert.False(Line.IsMasked);
    }

    [Fact]
    [Rule("R-IRQ-05", "R-IRQ-08", "R-IRQ-09", "R-IRQ-11")]
    public void Deliveries_signal_the_badge_and_hold_the_pin_until_ack()
    {
        ulong handler = IssuePin();
        ulong notification = _world.Make(ObjectType.Notification);
        ulong badged = _world.NewSlot();
        ulong[] words = [badged, 64, notification, 64, 15, 0x30];
        _world.Call(InitialSlot.CNode, InvocationLabel.CNodeMint, words, InitialSlot.CNode).MustSucceed();
        _world.Call(handler, InvocationLabel.IrqHandlerSetNotification, [], badged).MustSucceed();
        Acknowledge(handler);
        Assert.False(Line.IsMasked);
        Raise(Vector);
        Assert.True(Line.IsMasked);
        ref Notification arrived = ref new Ref<Notification>(_world.At(notification).NotificationAddress).Value;
        Assert.Equal(NotificationState.Active, arrived.State);
        Assert.Equal(0x30ul, arrived.Word);
        Acknowledge(handler);
        Assert.False(Line.IsMasked);
    }

    [Fact]
    public void Message_signalled_interrupts_are_never_held()
    {
        ulong slot = _world.NewSlot();
        ulong[] words = [slot, 64, 0, 0, 0, 0, Vector];
        _world.Call(InitialSlot.IrqControl, InvocationLabel.IrqControlGetMsi, words, InitialSlot.CNode).MustSucceed();
        Raise(Vector);
        Acknowledge(slot);
        Assert.Equal(1, Hardware.EndsOfInterrupt);
        for (int pin = 0; pin < 24; pin++) Assert.Equal(IoApicPin.Reset, Hardware.IoApics[0, pin]);
    }

    [Fact]
    public void A_vector_that_nobody_issued_is_acknowledged_and_ignored()
    {
        Raise(50);
        Assert.Equal(1, Hardware.EndsOfInterrupt);
        Assert.True(_world.State.Current == _world.Root);
    }

    [Fact]
    public void The_tick_is_vector_157()
    {
        ulong slice = _world.Root.Value.TimeSlice;
        RaiseCpuVector(157);
        Assert.Equal(slice - 1, _world.Root.Value.TimeSlice);
        Assert.Equal(1, Hardware.EndsOfInterrupt);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(47)]
    [InlineData(156)]
    [InlineData(255)]
    public void Other_vectors_do_nothing_at_all(ulong vector)
    {
        RaiseCpuVector(vector);
        Assert.Equal(0, Hardware.EndsOfInterrupt);
        Assert.Equal(ThreadState.Running, _world.Root.Value.State);
    }

    [Theory]
    [InlineData(158)]
    [InlineData(254)]
    public void A_software_interrupt_is_an_unknown_system_call_at_the_int_instruction(ulong vector)
    {
        ulong endpoint = _world.Make(ObjectType.Endpoint);
        SetFaultHandler(endpoint);
        ref Tcb root = ref _world.Root.Value;
        root.Registers[UserContext.Rip] = 0x40_0042;
        root.Registers[UserContext.Rax] = 0x1_2345_6789;
        RaiseCpuVector(vector);
        Assert.Equal(0, Hardware.EndsOfInterrupt);
        Assert.Equal(ThreadState.BlockedOnSend, root.State);
        Assert.Equal((byte)FaultLabel.UnknownSyscall, root.FaultKind);
        Assert.Equal(0x40_0040ul, X64<SimMachine>.FaultMessageWord(ref root, 15));
        Assert.Equal(0xffff_ffff_0000_0000 | (vector << 24) | 0x45_6789, X64<SimMachine>.FaultMessageWord(ref root, 18));
    }

    [Theory]
    [Rule("R-FAULT-01", "R-FAULT-02")]
    [InlineData(14, FaultLabel.VmFault)]
    [InlineData(0, FaultLabel.UserException)]
    [InlineData(3, FaultLabel.UserException)]
    [InlineData(13, FaultLabel.UserException)]
    public void Exceptions_become_faults(ulong vector, FaultLabel fault)
    {
        SetFaultHandler(_world.Make(ObjectType.Endpoint));
        ref Tcb root = ref _world.Root.Value;
        root.Registers[UserContext.FaultIp] = root.Registers[UserContext.Rip] = 0x40_0050;
        Traps<SimMachine>.Exception(ref _world.State, vector, 6, 0x7000_0000);
        Assert.Equal(ThreadState.BlockedOnSend, root.State);
        Assert.Equal((byte)fault, root.FaultKind);
        Assert.Equal(fault == FaultLabel.VmFault ? 0x7000_0000ul : vector, root.Fault0);
        Assert.Equal(6ul, root.Fault1);
    }

    [Fact]
    public void Waiting_interrupts_are_seen_by_long_operations()
    {
        Assert.False(X64<SimMachine>.IsInterruptPending(ref _world.State));
        Hardware.ChecksUntilInterrupt = 2;
        Assert.False(X64<SimMachine>.IsInterruptPending(ref _world.State));
        Assert.True(X64<SimMachine>.IsInterruptPending(ref _world.State));
    }

    public void Dispose() => _world.Dispose();

    private ulong IssuePin()
    {
        ulong slot = _world.NewSlot();
        ulong[] words = [slot, 64, 0, Pin, 1, 1, Vector];
        _world.Call(InitialSlot.IrqControl, InvocationLabel.IrqControlGetIoApic, words, InitialSlot.CNode).MustSucceed();
        return slot;
    }

    private void Acknowledge(ulong handler) => _world.Call(handler, InvocationLabel.IrqHandlerAck, []).MustSucceed();

    private void SetFaultHandler(ulong endpoint)
    {
        ulong[] caps = [InitialSlot.CNode, InitialSlot.VSpace];
        _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetSpace, [endpoint, 0, 0], caps).MustSucceed();
    }

    private void Raise(ulong vector) => RaiseCpuVector(vector + 48);

    private void RaiseCpuVector(ulong vector)
    {
        ref Tcb current = ref _world.State.Current.Value;
        current.Registers[UserContext.FaultIp] = current.Registers[UserContext.Rip];
        Traps<SimMachine>.Interrupt(ref _world.State, vector);
    }
}
