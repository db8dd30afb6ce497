// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Interrupts and I/O ports, asked for by RPC and used through the kernel. The clock of the PC serves as a device.</summary>
[Tests(Tags = "hardware")]
internal static unsafe class Hardware
{
    // The real-time clock: index and data port, and the pin of its interrupt (MC146818 data sheet).
    private const ushort ClockIndex = 0x70;
    private const ushort ClockData = 0x71;
    private const int ClockPin = 8;
    private const int Vector = 30;
    private const ulong RegisterA = 0x0a;
    private const ulong RegisterB = 0x0b;
    private const ulong RegisterC = 0x0c;
    private const ulong PeriodicInterrupts = 0x40;
    private const ulong Rate1024 = 0x26;

    [Test("Ports answer within their range", Rules = "R-IOP-05 ABI-20", Tags = "ioport")]
    internal static void IOPORT0001()
    {
        using Grant grant = Ports(ClockIndex, ClockData);
        Cap<IoPort> ports = grant.As<IoPort>();
        Check.Ok(ports.Out8(ClockIndex, RegisterB));
        Check.Ok(ports.In8(ClockData, out ulong value));
        Check.That(value <= 255);
    }

    [Test("An access that leaves the range, even by its last byte, is IllegalOperation", Rules = "R-IOP-04", Tags = "ioport")]
    internal static void IOPORT0002()
    {
        using Grant grant = Ports(ClockIndex, ClockData);
        Cap<IoPort> ports = grant.As<IoPort>();
        Check.Fails(ErrorCode.IllegalOperation, ports.In8(ClockData + 1, out _));
        Check.Fails(ErrorCode.IllegalOperation, ports.In16(ClockData, out _));
        Check.Fails(ErrorCode.IllegalOperation, ports.In32(ClockIndex, out _));
        Check.Fails(ErrorCode.IllegalOperation, ports.Out8(ClockIndex - 1, 0));
        Check.Ok(ports.In16(ClockIndex, out _));
    }

    [Test("Port numbers have 16 bits", Rules = "R-IOP-03 ABI-20", Tags = "ioport")]
    internal static void IOPORT0003()
    {
        using Grant grant = Ports(ClockIndex, ClockData);
        Check.Ok(grant.As<IoPort>().In8(0x1_0000 + ClockData, out _));
    }

    [Test("A range is free when its last copy goes", Rules = "R-IOP-06", Tags = "ioport")]
    internal static void IOPORT0004()
    {
        RpcClient client = RpcClient.FromEnvironment();
        for (int turn = 0; turn < 3; turn++)
        {
            Assert.That(client.AllocateIoPorts(0x300, 0x303, out Grant grant).IsOk);
            Make.Copy(grant.As<IoPort>());
            Check.That(client.Free(grant).IsOk);
        }
    }

    [Test("Port instructions of programs are exceptions", Rules = "R-IOP-08 ABI-10.5", Tags = "ioport")]
    internal static void IOPORT0005()
    {
        using (Ports(ClockIndex, ClockData))
        {
        }

        Test.ExpectFault(FaultLabel.UserException);
        Machine.Out(ClockIndex, 0);
    }

    [Test("An interrupt signals with the badge of the capability given", Rules = "R-IRQ-05 R-IRQ-11", Tags = "irq")]
    internal static void IRQ0001()
    {
        using Clock clock = new();
        Cap<Notification> bell = Make.Notification();
        Check.Ok(clock.Handler.SetNotification(Make.Badged(bell, 0x44)));
        clock.Start();
        Check.Equal(0x44ul, bell.Wait().Value);
    }

    [Test("After a delivery a pin stays quiet until Ack", Rules = "R-IRQ-08 R-IRQ-09 ABI-19", Tags = "irq", Requires = "timer")]
    internal static void IRQ0002()
    {
        using Clock clock = new();
        Cap<Notification> bell = Make.Badged(Make.Notification(), 1);
        Check.Ok(clock.Handler.SetNotification(bell));
        clock.Start();
        bell.Wait();
        clock.Quiet();
        TestTimer.Sleep(3 * TestTimer.Millisecond);
        Check.Equal(0ul, bell.Poll().Value);
        Check.Ok(clock.Handler.Ack());
        clock.Quiet();
        Check.Equal(1ul, bell.Wait().Value);
    }

    [Test("A second notification replaces the first; Clear forgets it", Rules = "R-IRQ-06 R-IRQ-07", Tags = "irq", Requires = "timer")]
    internal static void IRQ0003()
    {
        using Clock clock = new();
        Cap<Notification> first = Make.Badged(Make.Notification(), 1);
        Cap<Notification> second = Make.Badged(Make.Notification(), 2);
        Check.Ok(clock.Handler.SetNotification(first));
        Check.Ok(clock.Handler.SetNotification(second));
        clock.Start();
        Check.Equal(2ul, second.Wait().Value);
        Check.Equal(0ul, first.Poll().Value);
        Check.Ok(clock.Handler.Clear());
        Check.Ok(clock.Handler.Clear());
        clock.Quiet();
        Check.Ok(clock.Handler.Ack());
        TestTimer.Sleep(3 * TestTimer.Millisecond);
        Check.Equal(0ul, second.Poll().Value);
    }

    [Test("A notification that is none, or lacks Write, is InvalidCapability 0", Rules = "R-IRQ-04", Tags = "irq")]
    internal static void IRQ0004()
    {
        using Clock clock = new();
        Check.Fails(ErrorCode.InvalidCapability, 0, clock.Handler.SetNotification(Make.Endpoint().As<Notification>()));
        Check.Fails(
            ErrorCode.InvalidCapability, 0, clock.Handler.SetNotification(Make.Copy(Make.Notification(), CapRights.Read)));
        Check.Ok(clock.Handler.Ack());
    }

    [Test("The handler keeps its own copy; revoking the original takes it away", Rules = "R-IRQ-12 R-IRQ-10", Tags = "irq")]
    internal static void IRQ0005()
    {
        using Clock clock = new();
        Cap<Notification> bell = Make.Notification();
        Cap<Notification> badged = Make.Badged(bell, 8);
        Check.Ok(clock.Handler.SetNotification(badged));
        Check.Ok(Make.At(badged).Delete());
        clock.Start();
        Check.Equal(8ul, bell.Wait().Value);
        Check.Ok(Make.At(bell).Revoke());
        Check.Ok(clock.Handler.Ack());
    }

    [Test("An interrupt during a higher priority sets its word; the waiter runs later", Rules = "R-IRQ-18", Tags = "irq")]
    internal static void IRQ0006()
    {
        using Clock clock = new();
        s_bell = Make.Badged(Make.Notification(), 1);
        Check.Ok(clock.Handler.SetNotification(s_bell));
        Helper helper = Helper.Begin(&WaitForBell);
        Yield.To(helper);
        clock.Start();
        for (int turn = 0; turn < 100_000 && clock.Pending() == 0; turn++) s_turns++;
        Check.That(!helper.HasReturned);
        helper.Join();
    }

    [Test("Many interrupts arrive one after the other", Rules = "R-IRQ-05 R-IRQ-08", Tags = "irq")]
    internal static void IRQ0007()
    {
        using Clock clock = new();
        Cap<Notification> bell = Make.Badged(Make.Notification(), 1);
        Check.Ok(clock.Handler.SetNotification(bell));
        clock.Start();
        for (int turn = 0; turn < 10; turn++)
        {
            bell.Wait();
            clock.Quiet();
            Check.Ok(clock.Handler.Ack());
        }
    }

    private static Cap<Notification> s_bell;
    private static ulong s_turns;

    private static void WaitForBell(ulong argument) => s_bell.Wait();

    private static Grant Ports(ushort first, ushort last)
    {
        Assert.That(RpcClient.FromEnvironment().AllocateIoPorts(first, last, out Grant grant).IsOk);
        return grant;
    }

    /// <summary>The clock with its ports and its interrupt; 1024 interrupts a second once it is started.</summary>
    private sealed class Clock : System.IDisposable
    {
        private readonly Grant _ports;
        private readonly Grant _interrupt;

        internal Clock()
        {
            RpcClient client = RpcClient.FromEnvironment();
            Assert.That(client.AllocateIoPorts(ClockIndex, ClockData, out _ports).IsOk);
            Assert.That(client.AllocateIrq(new IoApicIrq(ClockPin, Vector), out _interrupt).IsOk);
        }

        internal Cap<IrqHandler> Handler => _interrupt.As<IrqHandler>();

        internal void Start()
        {
            Write(RegisterA, Rate1024);
            Write(RegisterB, PeriodicInterrupts | 2);
            Quiet();
        }

        /// <summary>The clock asks again only when its cause register was read.</summary>
        internal void Quiet() => Read(RegisterC);

        internal ulong Pending() => Read(RegisterC) & PeriodicInterrupts;

        public void Dispose()
        {
            Write(RegisterB, 2);
            Quiet();
            _interrupt.Dispose();
            _ports.Dispose();
        }

        private void Write(ulong register, ulong value)
        {
            Assert.Ok(_ports.As<IoPort>().Out8(ClockIndex, register));
            Assert.Ok(_ports.As<IoPort>().Out8(ClockData, value));
        }

        private ulong Read(ulong register)
        {
            Assert.Ok(_ports.As<IoPort>().Out8(ClockIndex, register));
            Assert.Ok(_ports.As<IoPort>().In8(ClockData, out ulong value));
            return value;
        }
    }
}
