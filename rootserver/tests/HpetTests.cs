// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using Sel4.RootServer;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>The timer as the server sees it, against registers that behave as the HPET specification says.</summary>
public sealed class HpetTests
{
    private const ulong TenNanoseconds = 10_000_000;
    private const ulong Usable = (TenNanoseconds << 32) | (0x8086ul << 16) | (1 << 13) | (2 << 8) | 1;
    private const ulong Sends = 1 << 15;
    private const ulong Is64Bit = 1 << 5;

    [Fact]
    public void A_timer_tells_how_fast_it_counts()
    {
        Hpet timer = new(new Registers { [0] = Usable });
        Assert.True(timer.Probe());
        Assert.Equal(100_000ul, timer.CountsPerMillisecond);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(Usable & ~(1ul << 13))]
    [InlineData(Usable & 0xffff_ffff)]
    [InlineData(Usable & ~0xfful)]
    [InlineData((100_000_001ul << 32) | (1 << 13) | 1)]
    public void What_is_no_timer_or_too_small_is_not_used(ulong capabilities)
    {
        Hpet timer = new(new Registers { [0] = capabilities });
        Assert.False(timer.Probe());
        Assert.Equal(0ul, timer.CountsPerMillisecond);
    }

    [Fact]
    public void A_message_is_better_than_a_pin()
    {
        Registers registers = new() { [0] = Usable, [0x100] = (4ul << 32) | Is64Bit, [0x120] = (4ul << 32) | Is64Bit | Sends };
        Assert.True(new Hpet(registers).TryFindRoute(uint.MaxValue, out HpetRoute route));
        Assert.Equal(new HpetRoute(1, true, 0), route);
    }

    [Fact]
    public void A_pin_that_somebody_else_wants_is_left_to_him()
    {
        Registers registers = new() { [0] = Usable, [0x100] = (0x104ul << 32) | Is64Bit, [0x120] = 0x200ul << 32, [0x140] = 0 };
        Assert.True(new Hpet(registers).TryFindRoute(~4u, out HpetRoute route));
        Assert.Equal(new HpetRoute(0, false, 8), route);
        Assert.False(new Hpet(registers).TryFindRoute(~0x104u, out _));
    }

    [Fact]
    public void Started_it_counts_and_keeps_silent_until_the_alarm_is_set()
    {
        Registers registers = new() { [0] = Usable, [0x10] = 2, [0x120] = Is64Bit | Sends };
        Hpet timer = new(registers);
        timer.Start(new HpetRoute(1, true, 0), 0xfee0_0000_0000_009b);
        Assert.Equal(1ul, registers[0x10]);
        Assert.Equal(ulong.MaxValue, registers[0x128]);
        Assert.Equal(0xfee0_0000_0000_009b, registers[0x130]);
        Assert.Equal((1ul << 14) | (1 << 2), registers[0x120]);
        registers[0xf0] = 999;
        Assert.True(timer.SetAlarm(1000));
        Assert.Equal(1000ul, registers[0x128]);
    }

    [Fact]
    public void An_alarm_that_comes_too_late_is_reported()
    {
        Registers registers = new() { [0] = Usable, [0xf0] = 1000 };
        Assert.False(new Hpet(registers).SetAlarm(1000));
    }

    [Fact]
    public void A_pin_is_chosen_by_its_number()
    {
        Registers registers = new() { [0] = Usable };
        new Hpet(registers).Start(new HpetRoute(0, false, 20), 0);
        Assert.Equal((20ul << 9) | (1 << 2), registers[0x100]);
    }

    private sealed class Registers : IRegisterPage
    {
        private readonly Dictionary<int, ulong> _values = [];

        public ulong this[int offset]
        {
            get => Read(offset);
            set => _values[offset] = value;
        }

        public ulong Read(int offset) => _values.GetValueOrDefault(offset);

        public void Write(int offset, ulong value) => _values[offset] = value;
    }
}
