// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>The client against our server: the whole way from a typed call to a capability in a slot and back.</summary>
public sealed class RpcClientTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly OurService _service;
    private readonly SlotPool _slots = new(ChildKernel.Root, ChildKernel.Window(64));
    private readonly RpcClient _client;

    public RpcClientTests()
    {
        _service = new OurService(_harness);
        _client = new RpcClient(ChildKernel.Endpoint, Framing.DefaultMagic, _slots);
    }

    public void Dispose() => _service.Kernel.Dispose();

    [Fact]
    [Rule("RPC:R32", "RPC:T1", "RPC:C1", "RPC:C3", "RPC:C4", "RPC:C5")]
    public void A_frame_is_asked_for_in_one_line_and_given_back_at_the_end_of_the_scope()
    {
        using (var scope = new Scope())
        {
            RpcError error = _client.AllocateFrame(out Grant grant);
            scope.Held = grant;
            Assert.True(error.IsOk, error.Describe());
            Assert.Equal(ObjectType.SmallPage, _service.Kernel.CSpace[grant.Capability.Value]);
            Assert.True(grant.IsHeld);
            Assert.InRange(grant.PhysicalAddress.Value, ResourceWorld.RamStart, ResourceWorld.RamEnd);
            Assert.Equal(1, _harness.Grants.LiveCount);
        }
        Assert.Equal(0, _harness.Grants.LiveCount);
        Assert.Equal(64, _slots.FreeCount);
    }

    [Fact]
    [Rule("RPC:D33")]
    public void Every_kind_of_request_arrives_as_it_was_meant()
    {
        Expect(_client.AllocateUntyped(16, out Grant untyped));
        Expect(_client.AllocateObject(ObjectType.CNode, 6, out Grant cnode));
        Expect(_client.AllocateFrameAt(new PhysicalAddress(0xb8000), out Grant vga));
        Expect(_client.AllocateIrq(new IoApicIrq(2, 5, InterruptTrigger.Level, InterruptPolarity.ActiveLow), out Grant irq));
        Expect(_client.AllocateIrq(new MsiIrq(new PciAddress(0, 31, 2), 0, 6), out Grant msi));
        Expect(_client.AllocateIrq(4, out Grant simple));
        Expect(_client.AllocateIoPorts(0x3f8, 0x3ff, out Grant ports));
        Assert.Equal(0xb8000ul, vga.PhysicalAddress.Value);
        Assert.Equal((GrantKind.Memory, 6), (cnode.Kind, cnode.SizeBits));
        Assert.Equal(7, _harness.Alice.GrantCount);
        Expect(_client.List(0));
        Assert.Equal(7, _client.Reply.RecordCount);
        Assert.Equal((3u, 0x3f8ul, 8ul), Of(_client.Reply.Record[0]));
        foreach (Grant grant in (Grant[])[untyped, cnode, vga, irq, msi, simple, ports]) Expect(_client.Free(grant));
        Assert.Equal(new ServerHarness().Totals, _harness.Totals);
        Assert.Equal(64, _slots.FreeCount);

        static (uint, ulong, ulong) Of(RecordMessage record) => (record.Kind, record.Start, record.Length);
    }

    [Fact]
    [Rule("RPC:R32")]
    public void Giving_back_twice_does_nothing_even_through_a_copy_and_after_the_slot_is_used_again()
    {
        _client.AllocateFrame(out Grant first);
        Grant copy = first;
        Expect(_client.Free(first));
        Assert.False(copy.IsHeld);
        Grant[] others = new Grant[64];
        for (int i = 0; i < others.Length; i++) Expect(_client.AllocateFrame(out others[i]));  // one of them has the slot now
        int calls = _service.Kernel.ServiceCalls;
        Expect(_client.Free(copy));
        copy.Dispose();
        default(Grant).Dispose();
        Assert.Equal(calls, _service.Kernel.ServiceCalls);
        Assert.Equal(64, _harness.Grants.LiveCount);
    }

    [Fact]
    [Rule("RPC:R31", "RPC:C2", "RPC:D30")]
    public void The_receive_path_is_set_for_the_call_alone()
    {
        Service inner = _service.Kernel.Service;
        (ulong, ulong, ulong) during = default;
        _service.Kernel.Service = (MessageInfo info, ulong[] words, out bool hasCapability) =>
        {
            during = ChildKernel.ReceivePath(IpcBuffer.Current);
            return inner(info, words, out hasCapability);
        };
        _client.AllocateFrame(out Grant grant);
        Assert.Equal((ChildSlot.CNode, grant.Capability.Value, 64ul), during);
        Assert.Equal((0ul, 0ul, 0ul), ChildKernel.ReceivePath(IpcBuffer.Current));
        _client.Free(grant);
        Assert.Equal((0ul, 0ul, 0ul), during);
    }

    [Fact]
    [Rule("RPC:R30", "RPC:D12", "RPC:K1")]
    public void A_capability_that_does_not_arrive_is_given_back_and_reported()
    {
        var before = _harness.Totals;
        _service.LosesCapabilities = true;
        Assert.Equal(RpcFault.CapabilityLost, _client.AllocateFrame(out Grant grant).Fault);
        Assert.Equal(RpcFault.CapabilityLost, _client.AllocateIrq(4, out _).Fault);
        Assert.Equal(RpcFault.CapabilityLost, _client.AllocateIoPorts(0x3f8, 0x3ff, out _).Fault);
        Assert.False(grant.IsHeld);
        Assert.Equal(before, _harness.Totals);
        Assert.Equal(64, _slots.FreeCount);
    }

    [Fact]
    [Rule("RPC:R30")]
    public void An_occupied_slot_is_noticed_and_what_lies_there_stays()
    {
        for (ulong i = 0; i < 64; i++) _service.Kernel.CSpace[ChildKernel.WindowStart + i] = ObjectType.Tcb;
        var before = _harness.Totals;
        RpcError error = _client.AllocateFrame(out _);
        Assert.Equal(RpcFault.CapabilityLost, error.Fault);
        Assert.Equal(64, _service.Kernel.CSpace.Count(entry => entry.Value == ObjectType.Tcb));
        Assert.Equal(before, _harness.Totals);
    }

    [Fact]
    public void Without_a_free_slot_nothing_is_sent()
    {
        for (int i = 0; i < 64; i++) Expect(_client.AllocateFrame(out _));
        int calls = _service.Kernel.ServiceCalls;
        Assert.Equal(RpcFault.NoSlot, _client.AllocateFrame(out _).Fault);
        Assert.Equal(calls, _service.Kernel.ServiceCalls);
    }

    [Theory]
    [Rule("RPC:R30", "RPC:D26", "RPC:C6")]
    [InlineData(2, 1, "0100000000000000", RpcFault.KernelAnswered)]
    [InlineData(0, 0, "", RpcFault.BadReply)]
    [InlineData(0, 1, "0000000000000000", RpcFault.BadReply)]
    [InlineData(0, 1, "0212000000000000", RpcFault.BadReply)]
    [InlineData(0, 1, "7f0a000000000000", RpcFault.BadReply)]
    [InlineData(0, 1, "020a000000000000", RpcFault.CapabilityLost)]
    public void Replies_that_are_none_are_told_apart(int label, int length, string bytes, RpcFault expected)
    {
        _service.Kernel.Service = (MessageInfo info, ulong[] words, out bool hasCapability) =>
        {
            hasCapability = false;
            Convert.FromHexString(bytes).CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan()));
            return new MessageInfo((ulong)label, 0, 0, length);
        };
        RpcError error = _client.AllocateFrame(out _);
        Assert.Equal(expected, error.Fault);
        Assert.Equal(64, _slots.FreeCount);
        Assert.StartsWith("Asked for a frame of 4 KiB.", error.Describe());
    }

    [Fact]
    public void A_capability_that_comes_with_a_refusal_is_not_kept()
    {
        _service.Kernel.Service = (MessageInfo info, ulong[] words, out bool hasCapability) =>
        {
            hasCapability = true;
            words[0] = 0x0a08020a04;
            return new MessageInfo(0, 0, 1, 1);
        };
        Assert.Equal(ErrorCode.NotEnoughMemory, _client.AllocateFrame(out _).Code);
        Assert.Equal(3, _service.Kernel.CSpace.Count);
        Assert.Equal(64, _slots.FreeCount);
    }

    [Fact]
    [Rule("RPC:N1", "RPC:N4")]
    public void Negotiation_finds_out_what_both_can_do()
    {
        Expect(_client.Negotiate());
        Assert.Equal(_harness.Server.OfferedTo(_harness.Alice) & RpcClient.WantedFeatures, _client.Features);
        Assert.Equal(0x1001ul, _client.OwnerId);
        Assert.False(_client.IsOldServer);
        Assert.Equal(0, _harness.Grants.LiveCount);
    }

    [Fact]
    public void All_grants_can_be_released_at_once()
    {
        for (int i = 0; i < 5; i++) Expect(_client.AllocateFrame(out _));
        Expect(_client.ReleaseAll());
        Assert.Equal(0, _harness.Grants.LiveCount);
    }

    [Fact]
    public void Bytes_that_are_no_message_can_be_sent_on_purpose()
    {
        RpcError error = _client.SendBytes([0x02, 0x00, 0x01]);
        Assert.Equal((ErrorCode.InvalidArgument, Reason.Malformed), (error.Code, error.Reason));
        Assert.Equal(Reason.Unsupported, _client.SendBytes([0x00]).Reason);
        Assert.Equal(RpcFault.TooLong, _client.SendBytes(new byte[953]).Fault);
        Assert.Equal(ErrorCode.TruncatedMessage, _client.SendBytes([0x7f]).Code);
    }

    [Theory]
    [InlineData("Asked for 64 KiB of untyped memory. Refused: the quota of RAM bytes is used up. 4096 are left: free something, or raise"
        + " the quota in the system description.")]
    public void A_refusal_reads_as_what_was_asked_why_not_and_what_would_work(string expected)
    {
        _harness.Provider.Injected = Refusal.Quota(QuotaKind.RamBytes, 4096);
        Assert.Equal(expected, _client.AllocateUntyped(16, out _).Describe());
    }

    [Fact]
    public void Sentences_name_what_was_asked()
    {
        Assert.Equal(
            "Asked for I/O ports 0x1000 to 0xfff. Refused: the last port makes no sense here. "
            + "Compare the request with rpc.proto.",
            _client.AllocateIoPorts(0x1000, 0xfff, out _).Describe());
        Assert.Equal(
            "Asked for a frame of 4 KiB at physical 0xb8001. Refused: the address is not a multiple of the object's size. "
            + "Ask for an address that is one.",
            _client.AllocateFrameAt(new PhysicalAddress(0xb8001), out _).Describe());
        Assert.Equal(
            "Asked for the interrupt of IOAPIC pin 99 with vector 5. Refused: the pin is out of range. It takes 0 to 23.",
            _client.AllocateIrq(new IoApicIrq(99, 5), out _).Describe());
        Assert.Equal(
            "Asked for a page table. Refused: capabilities of this type cannot be sent. "
            + "Ask for untyped memory of 4 KiB and retype it yourself.",
            _client.AllocateObject(ObjectType.PageTable, 0, out _).Describe());
    }

    [Fact]
    public void Every_reason_has_its_words()
    {
        for (Reason reason = Reason.None; reason <= Reason.WaitTimedOut; reason++)
        {
            _harness.Provider.Injected = reason == Reason.None ? Refusal.TooShort : Refusal.Because(reason);
            string text = _client.AllocateFrame(out _).Describe();
            Assert.DoesNotContain("which this program does not know", text);
            Assert.EndsWith(".", text);
        }
    }

    private static void Expect(RpcError error) => Assert.True(error.IsOk, error.Describe());

    private sealed class Scope : IDisposable
    {
        public Grant Held { get; set; }

        public void Dispose() => Held.Dispose();
    }
}
