// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Irq;

/// <summary>IRQControl on x86: Get, GetIOAPIC, GetMSI and their order of checks (ABI §19).</summary>
public sealed class IrqControlTests : IDisposable
{
    private const InvocationLabel GetIoApic = InvocationLabel.IrqControlGetIoApic;
    private const InvocationLabel GetMsi = InvocationLabel.IrqControlGetMsi;

    private readonly RootTaskWorld _world = new();

    [Fact]
    [Rule("R-IRQ-15")]
    public void Get_is_illegal_when_complete_and_truncated_otherwise()
    {
        Call(InvocationLabel.IrqControlGet, [1, 2]).MustBe(ErrorCode.TruncatedMessage);
        _world.Call(InitialSlot.IrqControl, InvocationLabel.IrqControlGet, [1, 2, 64]).MustBe(ErrorCode.TruncatedMessage);
        Call(InvocationLabel.IrqControlGet, [1, 2, 64]).MustBe(ErrorCode.IllegalOperation);
        Call(InvocationLabel.IrqControlGet, [1, 2, 64, 0, 0, 0, 0]).MustBe(ErrorCode.IllegalOperation);
    }

    [Theory]
    [InlineData(GetIoApic)]
    [InlineData(GetMsi)]
    public void Six_words_or_no_capability_are_too_little(InvocationLabel label)
    {
        Call(label, [0, 64, 0, 0, 0, 0]).MustBe(ErrorCode.TruncatedMessage);
        _world.Call(InitialSlot.IrqControl, label, [0, 64, 0, 0, 0, 0, 500]).MustBe(ErrorCode.TruncatedMessage);
    }

    [Theory]
    [Rule("R-IRQ-03", "R-IRQ-16")]
    [InlineData(GetIoApic)]
    [InlineData(GetMsi)]
    public void The_vector_is_checked_before_all_else(InvocationLabel label)
    {
        foreach (ulong vector in new ulong[] { 108ul, 255, ulong.MaxValue })
            Call(label, [InitialSlot.Tcb, 99, 99, 999, 99, 99, vector]).MustBe(ErrorCode.RangeError, 0, 107);
    }

    [Theory]
    [Rule("R-IRQ-01", "R-IRQ-16")]
    [InlineData(GetIoApic)]
    [InlineData(GetMsi)]
    [Rule("RPC:K9")]
    public void An_issued_vector_must_be_revoked_first_whatever_the_destination(InvocationLabel label)
    {
        Issue(GetMsi, 5);
        Issue(GetIoApic, 6);
        foreach (ulong vector in new ulong[] { 5ul, 6 })
            Call(label, [InitialSlot.Tcb, 99, 99, 999, 99, 99, vector]).MustBe(ErrorCode.RevokeFirst);
    }

    [Theory]
    [Rule("R-IRQ-02", "R-IRQ-16")]
    [InlineData(GetIoApic)]
    [InlineData(GetMsi)]
    public void The_destination_is_checked_before_the_device(InvocationLabel label)
    {
        _world.Call(InitialSlot.IrqControl, label, [0, 64, 999, 999, 99, 99, 0], InitialSlot.Tcb).MustLackRoot();
        Call(label, [0, 0, 999, 999, 99, 99, 0]).MustBe(ErrorCode.RangeError, 1, 64);
        Call(label, [0, 65, 999, 999, 99, 99, 0]).MustBe(ErrorCode.RangeError, 1, 64);
        Call(label, [InitialSlot.Tcb, 64, 999, 999, 99, 99, 0]).MustBe(ErrorCode.DeleteFirst);
    }

    [Fact]
    [Rule("R-IRQ-16")]
    public void The_pin_is_checked_from_controller_to_polarity()
    {
        ulong slot = _world.NewSlot();
        Call(GetIoApic, [slot, 64, 1, 99, 9, 9, 0]).MustBe(ErrorCode.RangeError, 0, 0);
        Call(GetIoApic, [slot, 64, 0, 24, 9, 9, 0]).MustBe(ErrorCode.RangeError, 0, 23);
        Call(GetIoApic, [slot, 64, 0, 23, 2, 9, 0]).MustBe(ErrorCode.RangeError, 0, 1);
        Call(GetIoApic, [slot, 64, 0, 23, 1, 2, 0]).MustBe(ErrorCode.RangeError, 0, 1);
        Assert.True(_world.At(slot).IsNull);
        Assert.True(_world.Hardware.IoApics[0, 23].IsMasked);
        Assert.Equal(0ul, _world.State.Irqs[0].Kind);
    }

    [Fact]
    [Rule("R-IRQ-16")]
    public void The_device_of_an_msi_is_checked_from_bus_to_function()
    {
        ulong slot = _world.NewSlot();
        Call(GetMsi, [slot, 64, 256, 99, 99, 0, 0]).MustBe(ErrorCode.RangeError, 0, 255);
        Call(GetMsi, [slot, 64, 255, 32, 99, 0, 0]).MustBe(ErrorCode.RangeError, 0, 31);
        Call(GetMsi, [slot, 64, 255, 31, 8, 0, 0]).MustBe(ErrorCode.RangeError, 0, 7);
        Call(GetMsi, [slot, 64, 255, 31, 7, ulong.MaxValue, 0]).MustSucceed();
    }

    /// <summary>ABI §7 step 5: on IRQControl the label is judged after vector and destination.</summary>
    [Fact]
    public void Unknown_labels_are_illegal_once_all_else_is_right()
    {
        const InvocationLabel Other = InvocationLabel.X86PageMap;
        ulong slot = _world.NewSlot();
        Call(Other, []).MustBe(ErrorCode.TruncatedMessage);
        Call(Other, [slot, 64, 0, 0, 0, 0, 108]).MustBe(ErrorCode.RangeError, 0, 107);
        Call(Other, [InitialSlot.Tcb, 64, 0, 0, 0, 0, 0]).MustBe(ErrorCode.DeleteFirst);
        Call(Other, [slot, 64, 0, 0, 0, 0, 0]).MustBe(ErrorCode.IllegalOperation);
        Assert.True(_world.At(slot).IsNull);
    }

    [Theory]
    [Rule("R-IRQ-11")]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void A_pin_is_programmed_and_left_open(ulong level, ulong polarity)
    {
        ulong slot = _world.NewSlot();
        Call(GetIoApic, [slot, 64, 0, 9, level, polarity, 7]).MustSucceed();
        Assert.Equal(Capability.NewIrqHandler(7), _world.At(slot));
        Assert.Equal(new IoApicPin(55, level == 1, polarity == 1, IsMasked: false), _world.Hardware.IoApics[0, 9]);
    }

    [Fact]
    public void A_message_signalled_interrupt_programs_no_pin()
    {
        Issue(GetMsi, 3);
        for (int pin = 0; pin < 24; pin++) Assert.Equal(IoApicPin.Reset, _world.Hardware.IoApics[0, pin]);
    }

    [Fact]
    public void Several_controllers_are_told_apart()
    {
        using RootTaskWorld world = new();
        SimHardware hardware = new(world.Machine.Memory, new SimIoApics(24, 8));
        ulong slot = world.NewSlot();
        ref KernelState state = ref world.State;
        SimMachine.Current = hardware;
        state.Irqs[11].Kind = IrqKind.IoApic;
        state.Irqs[11].Source = IrqLines<SimMachine>.Source(1, 5);
        IrqLines<SimMachine>.Acknowledge(ref state, 11);
        Assert.False(hardware.IoApics[1, 5].IsMasked);
        Assert.True(hardware.IoApics[0, 5].IsMasked);
        Assert.True(world.At(slot).IsNull);
    }

    [Fact]
    public void The_last_mapping_of_a_pin_wins()
    {
        ulong slot = _world.NewSlot();
        Call(GetIoApic, [slot, 64, 0, 4, 0, 0, 10]).MustSucceed();
        Call(GetIoApic, [_world.NewSlot(), 64, 0, 4, 1, 1, 11]).MustSucceed();
        Assert.Equal(new IoApicPin(59, true, true, false), _world.Hardware.IoApics[0, 4]);
    }

    [Theory]
    [Rule("R-IRQ-01")]
    [InlineData(0)]
    [InlineData(107)]
    public void Deleting_the_last_handler_masks_the_pin_and_frees_the_vector(ulong vector)
    {
        ulong handler = Issue(GetIoApic, vector);
        ulong copy = _world.Copy(handler);
        _world.Delete(handler);
        Assert.False(_world.Hardware.IoApics[0, 9].IsMasked);
        _world.Delete(copy);
        Assert.True(_world.Hardware.IoApics[0, 9].IsMasked);
        Issue(GetIoApic, vector);
        Assert.False(_world.Hardware.IoApics[0, 9].IsMasked);
    }

    [Fact]
    [Rule("R-IRQ-13")]
    public void Revoking_the_control_capability_deletes_all_handlers()
    {
        ulong first = Issue(GetIoApic, 1);
        ulong second = _world.Copy(Issue(GetMsi, 2));
        _world.Revoke(InitialSlot.IrqControl);
        Assert.True(_world.At(first).IsNull && _world.At(second).IsNull);
        Assert.True(_world.Hardware.IoApics[0, 9].IsMasked);
        Assert.Equal(0ul, _world.State.Irqs[1].Kind | _world.State.Irqs[2].Kind);
    }

    [Fact]
    public void The_control_capability_cannot_be_copied_and_handlers_can()
    {
        _world.CopyTo(_world.NewSlot(), InitialSlot.IrqControl).MustBe(ErrorCode.IllegalOperation);
        _world.Copy(Issue(GetMsi, 2));
    }

    public void Dispose() => _world.Dispose();

    private WorldAnswer Call(InvocationLabel label, ulong[] words) =>
        _world.Call(InitialSlot.IrqControl, label, words, InitialSlot.CNode);

    /// <summary>A handler of pin 9, or of an MSI.</summary>
    private ulong Issue(InvocationLabel label, ulong vector)
    {
        ulong slot = _world.NewSlot();
        Call(label, [slot, 64, 0, label == GetIoApic ? 9u : 0u, 0, 0, vector]).MustSucceed();
        return slot;
    }
}
