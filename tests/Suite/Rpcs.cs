// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Requests for resources: granted, refused, given back, limited. The driver serves them as the root server does.</summary>
[Tests(Tags = "rpc")]
internal static unsafe class Rpcs
{
    private static readonly RpcClient s_client = RpcClient.FromEnvironment();
    private static readonly RpcClient s_other = RpcClient.FromEnvironment();
    private static Grant s_held;

    [Test("A frame is granted, cleared, and can be mapped", Rules = "RPC:R10 RPC:R30")]
    internal static void RPC0001()
    {
        Check.That(s_client.AllocateFrame(out Grant frame).IsOk);
        ulong address = Make.Map(frame.As<SmallPage>());
        Check.Equal(0ul, Make.Word(address));
        Make.Word(address) = 1;
        Check.Ok(frame.As<SmallPage>().Unmap());
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("Every type of object that can travel is granted", Rules = "RPC:R10")]
    internal static void RPC0002()
    {
        Granted(ObjectType.Endpoint, 0, CapabilityTypeTag.Endpoint);
        Granted(ObjectType.Notification, 0, CapabilityTypeTag.Notification);
        Granted(ObjectType.Tcb, 0, CapabilityTypeTag.Tcb);
        Granted(ObjectType.CNode, 8, CapabilityTypeTag.CNode);
        Granted(ObjectType.SmallPage, 0, CapabilityTypeTag.Frame);
        Granted(ObjectType.LargePage, 0, CapabilityTypeTag.Frame);
        Granted(ObjectType.Untyped, 16, CapabilityTypeTag.Untyped);
    }

    [Test("Paging structures cannot travel, and are refused as such", Rules = "RPC:R11")]
    internal static void RPC0003()
    {
        RpcError error = s_client.AllocateObject(ObjectType.PageTable, 0, out _);
        Check.Equal((ulong)Reason.NotTransferable, (ulong)error.Reason);
    }

    [Test("Paging structures can be placed directly", Rules = "RPC:P1")]
    internal static void RPC0004()
    {
        RpcError error = s_client.AllocateObject(
            ObjectType.PageTable, 0, out Grant table, null, new GrantOptions { IsPlacedDirectly = true });
        Check.That(error.IsOk);
        Check.That(Ask.Holds(table.Capability.Value, CapabilityTypeTag.PageTable));
        Check.That(s_client.Free(table).IsOk);
    }

    [Test("Untyped memory of every size up to 1 MiB can be used", Rules = "RPC:R10")]
    internal static void RPC0005()
    {
        for (int bits = 4; bits <= 20; bits++)
        {
            Assert.That(s_client.AllocateUntyped(bits, out Grant memory).IsOk);
            Check.That(Ask.IsWhole(memory.As<Untyped>(), bits));
            Check.That(s_client.Free(memory).IsOk);
        }
    }

    [Test("Sizes that mean nothing are refused with the range", Rules = "RPC:R12")]
    internal static void RPC0006()
    {
        RpcError error = s_client.AllocateUntyped(48, out _);
        Check.Equal((ulong)Reason.OutOfRange, (ulong)error.Reason);
        Check.Equal(47ul, error.RangeMax);
        Check.That(!s_client.AllocateUntyped(3, out _).IsOk);
    }

    [Test("More memory than there is in one piece is refused, and says what is left", Rules = "RPC:R18")]
    internal static void RPC0007()
    {
        RpcError error = s_client.AllocateUntyped(40, out _);
        Check.That(!error.IsOk);
        Check.That(error.Describe().Length > 20);
    }

    [Test("What was given back is gone from this process", Rules = "RPC:R8")]
    internal static void RPC0008()
    {
        Assert.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Cap<SmallPage> copy = Make.Copy(frame.As<SmallPage>());
        Check.That(s_client.Free(frame).IsOk);
        Check.That(Ask.IsEmpty(copy.Value));
        Check.That(!frame.IsHeld);
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("A page that was given back comes cleared to the next", Rules = "RPC:R8 R-UT-16")]
    internal static void RPC0009()
    {
        for (int turn = 0; turn < 20; turn++)
        {
            Assert.That(s_client.AllocateFrame(out Grant frame).IsOk);
            ulong address = Make.Map(frame.As<SmallPage>());
            Check.Equal(0ul, Make.Word(address));
            Make.Word(address) = ulong.MaxValue;
            Check.That(s_client.Free(frame).IsOk);
        }
    }

    [Test("A hundred grants at a time, given back in another order", Rules = "RPC:R8 RPC:R33")]
    internal static void RPC0010()
    {
        Grant[] grants = new Grant[100];
        for (int index = 0; index < grants.Length; index++) Assert.That(s_client.AllocateFrame(out grants[index]).IsOk);
        for (int index = 0; index < grants.Length; index++) Check.That(s_client.Free(grants[index * 37 % 100]).IsOk);
    }

    [Test("A cookie that never was is unknown, one that was is already freed", Rules = "RPC:R7")]
    internal static void RPC0011()
    {
        Assert.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Check.That(s_client.Free(frame).IsOk);
        Check.Equal((ulong)Reason.AlreadyFreed, (ulong)Release(frame.Cookie).Reason);
        Check.Equal((ulong)Reason.UnknownCookie, (ulong)Release(0x7fff_0123).Reason);
    }

    [Test("Everything of this process is released at one request", Rules = "RPC:R20")]
    internal static void RPC0012()
    {
        Grant[] grants = new Grant[10];
        for (int index = 0; index < grants.Length; index++) Assert.That(s_client.AllocateFrame(out grants[index]).IsOk);
        Check.That(s_client.ReleaseAll().IsOk);
        Check.That(s_client.List(0).IsOk);
        Check.Equal(0, s_client.Reply.RecordCount);
        // The server has forgotten them; the slots here are still to be given back.
        foreach (Grant grant in grants) Check.Equal((ulong)Reason.AlreadyFreed, (ulong)s_client.Free(grant).Reason);
    }

    [Test("Device memory is granted at its address; the same owner asking again gets another copy", Rules = "RPC:R12 RPC:R15")]
    internal static void RPC0013()
    {
        PhysicalAddress screen = new(0xb_a000);
        Check.That(s_client.AllocateFrameAt(screen, out Grant first).IsOk);
        Check.Ok(first.As<Frame>().GetAddress(out ulong address));
        Check.Equal(screen.Value, address);
        Check.That(s_client.AllocateFrameAt(screen, out Grant second).IsOk);
        Check.That(s_client.Free(first).IsOk);
        Check.That(Ask.Holds(second.Capability.Value, CapabilityTypeTag.Frame));
        Check.That(s_client.Free(second).IsOk);
    }

    [Test("Addresses that are misaligned or nowhere are refused for that reason", Rules = "RPC:R12")]
    internal static void RPC0014()
    {
        Check.Equal((ulong)Reason.Misaligned, (ulong)s_client.AllocateFrameAt(new PhysicalAddress(0xb_a010), out _).Reason);
        Check.Equal((ulong)Reason.NoSuchRegion, (ulong)s_client.AllocateFrameAt(new PhysicalAddress(0xfee0_0000), out _).Reason);
    }

    [Test("Ports that the system itself uses are reserved", Rules = "RPC:R12 RPC:R14")]
    internal static void RPC0015()
    {
        Check.Equal((ulong)Reason.AddressReserved, (ulong)s_client.AllocateIoPorts(0x3f8, 0x3ff, out _).Reason);
        Check.Equal((ulong)Reason.AddressReserved, (ulong)s_client.AllocateIoPorts(0x20, 0x20, out _).Reason);
        Check.Equal((ulong)Reason.AddressReserved, (ulong)s_client.AllocateIoPorts(0xcf0, 0xd00, out _).Reason);
    }

    [Test("A port range that is taken is busy until it is given back", Rules = "RPC:R10 R-IOP-01")]
    internal static void RPC0016()
    {
        Check.That(s_client.AllocateIoPorts(0x2f8, 0x2ff, out Grant ports).IsOk);
        Check.Equal((ulong)Reason.PortsBusy, (ulong)s_client.AllocateIoPorts(0x2ff, 0x300, out _).Reason);
        Check.That(s_client.Free(ports).IsOk);
        Check.That(s_client.AllocateIoPorts(0x2ff, 0x300, out ports).IsOk);
        Check.That(s_client.Free(ports).IsOk);
    }

    [Test("An interrupt vector that is taken is busy until it is given back", Rules = "RPC:R16 R-IRQ-01")]
    internal static void RPC0017()
    {
        Check.That(s_client.AllocateIrq(new IoApicIrq(11, 40), out Grant irq).IsOk);
        Check.Equal((ulong)Reason.IrqBusy, (ulong)s_client.AllocateIrq(new IoApicIrq(12, 40), out _).Reason);
        Check.That(s_client.Free(irq).IsOk);
        Check.That(s_client.AllocateIrq(new IoApicIrq(12, 40), out irq).IsOk);
        Check.That(s_client.Free(irq).IsOk);
    }

    [Test("A vector beyond the range is refused with the range", Rules = "RPC:R16 R-IRQ-03")]
    internal static void RPC0018()
    {
        RpcError error = s_client.AllocateIrq(new IoApicIrq(11, 200), out _);
        Check.Equal((ulong)Reason.OutOfRange, (ulong)error.Reason);
        Check.Equal((ulong)AbiConstants.MaxIrqVector, error.RangeMax);
    }

    [Test("A message-signalled interrupt is granted", Rules = "RPC:R10")]
    internal static void RPC0019()
    {
        Check.That(s_client.AllocateIrq(new MsiIrq(new PciAddress(0, 3, 0), 0, 41), out Grant irq).IsOk);
        Check.That(Ask.Holds(irq.Capability.Value, CapabilityTypeTag.IrqHandler));
        Check.That(s_client.Free(irq).IsOk);
    }

    [Test("More interrupts than the quota are refused, with its kind", Rules = "RPC:Q3 RPC:Q5")]
    internal static void RPC0020()
    {
        Grant[] irqs = new Grant[4];
        for (int index = 0; index < irqs.Length; index++)
            Assert.That(s_client.AllocateIrq(new IoApicIrq(10 + index, 50 + index), out irqs[index]).IsOk);
        RpcError error = s_client.AllocateIrq(new IoApicIrq(15, 60), out _);
        Check.Equal((ulong)Reason.QuotaExceeded, (ulong)error.Reason);
        Check.Equal((ulong)QuotaKind.Irqs, (ulong)error.QuotaKind);
        for (int index = 0; index < irqs.Length; index++) Check.That(s_client.Free(irqs[index]).IsOk);
    }

    [Test("More memory than the quota is refused, and what was granted stays", Rules = "RPC:Q3 RPC:Q5")]
    internal static void RPC0021()
    {
        Assert.That(s_client.AllocateUntyped(24, out Grant first).IsOk);
        RpcError error = s_client.AllocateUntyped(25, out _);
        Check.Equal((ulong)Reason.QuotaExceeded, (ulong)error.Reason);
        Check.Equal((ulong)QuotaKind.RamBytes, (ulong)error.QuotaKind);
        Check.That(Ask.IsWhole(first.As<Untyped>(), 24));
        Check.That(s_client.Free(first).IsOk);
    }

    [Test("The quota can be asked for, and follows what is held", Rules = "RPC:Q6")]
    internal static void RPC0022()
    {
        Check.That(s_client.GetQuota(QuotaKind.Grants, out QuotaState before).IsOk);
        Assert.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Check.That(s_client.GetQuota(QuotaKind.Grants, out QuotaState during).IsOk);
        Check.Equal(before.Used + 1, during.Used);
        Check.That(s_client.Free(frame).IsOk);
        Check.That(s_client.GetQuota(QuotaKind.Grants, out QuotaState after).IsOk);
        Check.Equal(before.Used, after.Used);
    }

    [Test("A batch is one request for many objects", Rules = "RPC:B1")]
    internal static void RPC0023()
    {
        RpcError error = s_client.AllocateBatch(new BatchSpec(ObjectType.SmallPage, 0, 16), out Grant batch);
        Check.That(error.IsOk);
        Check.Equal(16, batch.Count);
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).CopyFrom(batch.SlotOf(15)));
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Frame));
        Check.That(s_client.Free(batch).IsOk);
    }

    [Test("A frame below 16 MiB is found when it is asked for", Rules = "RPC:R10")]
    internal static void RPC0024()
    {
        RpcError error = s_client.AllocateFrame(out Grant frame, new GrantOptions { MaxAddress = 0xff_ffff });
        Check.That(error.IsOk);
        Check.Ok(frame.As<Frame>().GetAddress(out ulong address));
        Check.That(address < 0x100_0000);
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("The listing names what is held, youngest first", Rules = "RPC:Q6")]
    internal static void RPC0025()
    {
        Assert.That(s_client.AllocateFrame(out Grant first).IsOk);
        Assert.That(s_client.AllocateObject(ObjectType.Endpoint, 0, out Grant second).IsOk);
        Check.That(s_client.List(0).IsOk);
        Check.Equal(2, s_client.Reply.RecordCount);
        Check.Equal(second.Cookie, s_client.Reply.Record[0].Cookie);
        Check.That(s_client.Free(second).IsOk);
        Check.That(s_client.Free(first).IsOk);
    }

    [Test("The probe tells version and features, and costs nothing", Rules = "RPC:N1 RPC:N2 RPC:N4")]
    internal static void RPC0026()
    {
        Check.That(s_client.Negotiate().IsOk);
        Check.That(!s_client.IsOldServer);
        Check.That((s_client.Features & Feature.Release) != 0);
        Check.That(s_client.OwnerId != 0);
    }

    [Test("Bytes that decode to nothing get one reply with the reason", Rules = "RPC:R1 RPC:R2 RPC:R3")]
    internal static void RPC0027()
    {
        Check.That(!s_client.SendBytes([0x05, 0xff, 0xff, 0xff, 0xff, 0xff]).IsOk);
        Check.That(!s_client.SendBytes([0x7f]).IsOk);
        Check.That(!s_client.SendBytes([0x00]).IsOk);
        Check.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("Five hundred random requests get one reply each, and nothing is lost", Rules = "RPC:R1 RPC:R2")]
    internal static void RPC0028()
    {
        ulong state = Test.Seed;
        System.Span<byte> bytes = stackalloc byte[64];
        for (int turn = 0; turn < 500; turn++)
        {
            int length = 1 + (int)(Next(ref state) % 63);
            for (int index = 0; index < length; index++) bytes[index] = (byte)Next(ref state);
            // The first byte is the length of what follows; nothing in it may ask for something.
            bytes[0] = (byte)(length - 1);
            if (length > 1) bytes[1] = (byte)(0x80 | bytes[1]);
            s_client.SendBytes(bytes.Slice(0, length));
        }

        Check.That(s_client.ReleaseAll().IsOk);
        Check.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("A request with a capability is malformed", Rules = "RPC:R2")]
    internal static void RPC0029()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        CapabilityPointer page = Make.Page().Pointer;
        buffer[0] = (ulong)TestCode.Rpc;
        buffer[1] = 0;
        buffer.SetCapability(0, page);
        MessageInfo answer = Test.Driver.Call(Ask.Words(2, 0, 1));
        Check.Equal(0ul, answer.Label);
        Check.That(answer.Length > 0);
    }

    [Test("Memory that was granted is one's own: retyped, mapped, used", Rules = "RPC:R10")]
    internal static void RPC0030()
    {
        Assert.That(s_client.AllocateUntyped(14, out Grant memory).IsOk);
        ulong first = Make.Slots(4);
        Check.Ok(memory.As<Untyped>().Retype<SmallPage>(Make.Into(first), 4));
        for (ulong page = 0; page < 4; page++) Make.Word(Make.Map(new Cap<SmallPage>(first + page))) = page;
        Check.That(s_client.Free(memory).IsOk);
        for (ulong page = 0; page < 4; page++) Check.That(Ask.IsEmpty(first + page));
    }

    [Test("A lease that ends takes the grant back", Rules = "RPC:R21", Requires = "timer", Tags = "lease")]
    internal static void RPC0031()
    {
        Assert.That(s_client.AllocateFrame(out Grant frame, new GrantOptions { LeaseMs = 4 }).IsOk);
        Check.That(Ask.Holds(frame.Capability.Value, CapabilityTypeTag.Frame));
        TestTimer.Sleep(8 * TestTimer.Millisecond);
        Check.That(Ask.IsEmpty(frame.Capability.Value));
        Check.Equal((ulong)Reason.LeaseExpired, (ulong)s_client.Free(frame).Reason);
    }

    [Test("A lease can be made longer while it lasts", Rules = "RPC:R21", Requires = "timer", Tags = "lease")]
    internal static void RPC0032()
    {
        Assert.That(s_client.AllocateFrame(out Grant frame, new GrantOptions { LeaseMs = 4 }).IsOk);
        Check.That(s_client.SetLease(frame, 50).IsOk);
        TestTimer.Sleep(8 * TestTimer.Millisecond);
        Check.That(Ask.Holds(frame.Capability.Value, CapabilityTypeTag.Frame));
        Check.That(s_client.Free(frame).IsOk);
    }

    [Test("A request that waits in vain is refused when its time is over", Rules = "RPC:R17", Requires = "timer")]
    internal static void RPC0033()
    {
        Grant rest = UseQuotaUp();
        ulong start = TestTimer.Now;
        RpcError error = s_client.AllocateFrame(out _, new GrantOptions { WaitMs = 3 });
        Check.Equal((ulong)Reason.WaitTimedOut, (ulong)error.Reason);
        Check.Between(2 * TestTimer.Millisecond, 8 * TestTimer.Millisecond, TestTimer.Now - start);
        Check.That(s_client.Free(rest).IsOk && s_client.Free(s_held).IsOk);
    }

    [Test("A request that waits is answered when what it wants is given back", Rules = "RPC:R17", Requires = "timer")]
    internal static void RPC0034()
    {
        Grant rest = UseQuotaUp();
        Helper helper = Helper.Begin(&GiveBackLater);
        RpcError error = s_client.AllocateFrame(out Grant frame, new GrantOptions { WaitMs = 50 });
        Check.That(error.IsOk);
        helper.Join();
        Check.That(s_client.Free(frame).IsOk && s_client.Free(rest).IsOk);
    }

    [Test("A capability that was lost is delivered again", Rules = "RPC:R30")]
    internal static void RPC0035()
    {
        Assert.That(s_client.AllocateFrame(out Grant frame).IsOk);
        Check.Ok(Make.At(frame.Capability.Value).Delete());
        Check.That(s_client.Redeliver(frame).IsOk);
        Check.That(Ask.Holds(frame.Capability.Value, CapabilityTypeTag.Frame));
        Check.That(s_client.Free(frame).IsOk);
    }

    /// <summary>Takes all memory that the test may hold: half of it in <see cref="s_held"/>, half in the result.</summary>
    private static Grant UseQuotaUp()
    {
        Assert.That(s_client.AllocateUntyped(24, out s_held).IsOk);
        Assert.That(s_client.AllocateUntyped(24, out Grant rest).IsOk);
        return rest;
    }

    private static void GiveBackLater(ulong argument)
    {
        TestTimer.Sleep(2 * TestTimer.Millisecond);
        s_other.Free(s_held);
    }

    private static void Granted(ObjectType type, int sizeBits, CapabilityTypeTag tag)
    {
        RpcError error = s_client.AllocateObject(type, sizeBits, out Grant grant);
        Assert.That(error.IsOk);
        Check.That(Ask.Holds(grant.Capability.Value, tag));
        Check.That(s_client.Free(grant).IsOk);
    }

    private static RpcError Release(ulong cookie)
    {
        s_client.Message.Clear();
        s_client.Message.SelectRelease();
        s_client.Message.Release.Cookie = cookie;
        return s_client.Send();
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        return state ^= state << 17;
    }
}
