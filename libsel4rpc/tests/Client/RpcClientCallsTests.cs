// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>What version 2 adds for programs: options, batches, placement, leases, limits, listings.</summary>
public sealed class RpcClientCallsTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly OurService _service;
    private readonly SlotPool _slots = new(ChildKernel.Root, ChildKernel.Window(64));
    private readonly RpcClient _client;

    public RpcClientCallsTests()
    {
        _service = new OurService(_harness);
        _client = new RpcClient(ChildKernel.Endpoint, Framing.DefaultMagic, _slots);
        _harness.Alice.Space = new ChildSpace(
            new CapabilityPointer(1), 12, ChildKernel.WindowStart, ChildKernel.WindowStart + 64);
    }

    public void Dispose() => _service.Kernel.Dispose();

    [Fact]
    [Rule("RPC:B1")]
    public void A_batch_comes_in_a_cnode_and_goes_back_as_one()
    {
        Expect(_client.AllocateBatch(new BatchSpec(ObjectType.SmallPage, 0, 5) { IsContiguous = true }, out Grant batch));
        Assert.Equal((5, ObjectType.CNode), (batch.Count, _service.Kernel.CSpace[batch.Capability.Value]));
        SlotPath third = batch.SlotOf(3);
        Assert.Equal((batch.Capability, 3ul, 3), (third.Root.Pointer, third.Index, third.Depth));
        Assert.Equal(0ul, batch.PhysicalAddress.Value % 4096);
        Expect(_client.Free(batch));
        AssertNothingIsLeft();
    }

    [Fact]
    [Rule("RPC:P1", "RPC:P3", "RPC:R32")]
    public void Placed_objects_lie_in_own_slots_and_leave_them_empty()
    {
        var placed = new GrantOptions { IsPlacedDirectly = true };
        Expect(_client.AllocateBatch(new BatchSpec(ObjectType.PageTable, 0, 7), out Grant batch, in placed));
        Expect(_client.AllocateObject(ObjectType.Pdpt, 0, out Grant pdpt, null, in placed));
        for (int i = 0; i < 7; i++) Assert.Equal(ObjectType.PageTable, _service.Kernel.CSpace[batch.SlotOf(i).Index]);
        Assert.Equal(64 - 8, _slots.FreeCount);
        Grant copy = batch;
        Expect(_client.Free(batch));
        Expect(_client.Free(copy));
        Expect(_client.Free(pdpt));
        AssertNothingIsLeft();
    }

    [Fact]
    [Rule("RPC:P1", "RPC:B3")]
    public void Slots_that_were_not_needed_go_back_at_once()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 3 * 4096);
        var spec = new BatchSpec(ObjectType.SmallPage, 0, 20) { IsBestEffort = true };
        Expect(_client.AllocateBatch(in spec, out Grant batch, new GrantOptions { IsPlacedDirectly = true }));
        Assert.Equal((3, 61), (batch.Count, _slots.FreeCount));
        RpcError error = _client.AllocateBatch(in spec, out _, new GrantOptions { IsPlacedDirectly = true });
        Assert.Equal(Reason.QuotaExceeded, error.Reason);
        Expect(_client.Free(batch));
        _harness.Provider.Toggle(_harness.Alice, ChildKernel.WindowStart + 1);
        error = _client.AllocateBatch(in spec, out _, new GrantOptions { IsPlacedDirectly = true });
        Assert.Equal(Reason.DestinationOccupied, error.Reason);
        Assert.Equal(64, _slots.FreeCount);
        Assert.EndsWith("the slot to place it in is occupied. Name an empty slot.", error.Describe());
    }

    [Fact]
    [Rule("RPC:B5", "RPC:R21", "RPC:R15")]
    public void Options_arrive_as_they_were_meant()
    {
        _harness.Server.Tick(100);
        var options = new GrantOptions
        {
            Label = "dma", MinAddress = 0x100000, MaxAddress = 0x1fffff, LeaseMs = 700, Lifetime = Lifetime.Short, Colour = 2, Policy = 9,
        };
        Expect(_client.AllocateFrame(out Grant frame, in options));
        Assert.Equal((0x100000ul, 700ul), (frame.PhysicalAddress.Value, _client.Reply.Ret.LeaseMs));
        MemoryRequest request = _harness.Provider.LastMemory;
        Assert.Equal((2u, 9u, Lifetime.Short), (request.Colour, request.Policy, request.Lifetime));
        Expect(_client.Describe(frame, out RecordMessage record));
        Assert.True(record.Label.Is("dma"u8));
        Expect(_client.SetLease(frame, 5000));
        Assert.Equal(5000ul, _client.Reply.Ret.LeaseMs);
        _harness.Server.Tick(5100);
        Assert.Equal(Reason.LeaseExpired, _client.Free(frame).Reason);
        var shared = new GrantOptions { IsShared = true };
        Expect(_client.AllocateObject(ObjectType.SmallPage, 0, out Grant screen, new PhysicalAddress(0xa0000), in shared));
        Expect(_client.AllocateIoPorts(0x3f8, 0x3ff, out Grant ports, in shared));
        Expect(_client.AllocateIrq(new IoApicIrq(4, 4), out Grant irq, new GrantOptions { Label = "serial" }));
        foreach (Grant grant in (Grant[])[screen, ports, irq]) Expect(_client.Free(grant));
        AssertNothingIsLeft();
    }

    [Fact]
    [Rule("RPC:R8", "RPC:R32")]
    public void Memory_can_be_given_back_cleared()
    {
        Expect(_client.AllocateFrame(out Grant frame));
        Expect(_client.AllocateBatch(new BatchSpec(ObjectType.Tcb, 0, 3), out Grant batch, new GrantOptions { IsPlacedDirectly = true }));
        Expect(_client.AllocateIrq(4, out Grant irq));
        foreach (Grant grant in (Grant[])[frame, batch, irq, frame]) Expect(_client.FreeAndClear(grant));
        Assert.Equal([ReleaseFlag.ZeroNow, ReleaseFlag.ZeroNow, ReleaseFlag.None], _harness.Provider.Released.Select(each => each.Flags));
        AssertNothingIsLeft();
    }

    [Fact]
    [Rule("RPC:D12")]
    public void A_lost_capability_comes_again_into_the_same_slot()
    {
        Expect(_client.AllocateFrame(out Grant frame));
        _service.Kernel.CSpace.Remove(frame.Capability.Value);
        Expect(_client.Redeliver(frame));
        Assert.True(_service.Kernel.CSpace.ContainsKey(frame.Capability.Value));
        Expect(_client.Free(frame));
        Assert.Equal(RpcFault.NoSlot, _client.Redeliver(frame).Fault);
        AssertNothingIsLeft();
    }

    [Fact]
    [Rule("RPC:Q1", "RPC:Q5")]
    public void Limits_are_read_set_and_handed_on()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 8192);
        Expect(_client.AllocateFrame(out Grant frame));
        Expect(_client.GetQuota(QuotaKind.RamBytes, out QuotaState state));
        Assert.Equal((8192ul, 4096ul, 4096ul), (state.Limit, state.Used, state.Peak));
        Expect(_client.SetQuota(0x1002, QuotaKind.RamBytes, 100));
        Expect(_client.GiveQuota(0x1002, QuotaKind.RamBytes, 1000));
        Assert.Equal(1100ul, _harness.Child.Quotas.Limit(QuotaKind.RamBytes));
        Assert.Equal(Reason.NoRight, _client.SetQuota(0x1003, QuotaKind.RamBytes, 1).Reason);
        RpcError error = _client.AllocateUntyped(16, out _);
        Assert.Equal((Reason.QuotaExceeded, QuotaKind.RamBytes, 4096ul), (error.Reason, error.QuotaKind, error.Available));
        Expect(_client.Free(frame));
    }

    [Fact]
    [Rule("RPC:D33")]
    public void Listings_of_every_kind_can_be_asked_for()
    {
        for (QueryWhat what = QueryWhat.List; what <= QueryWhat.Waiting; what++)
        {
            if (what is not (QueryWhat.Describe or QueryWhat.Redeliver)) Expect(_client.Query(what));
        }
        Assert.Equal(Reason.NoRight, _client.Query(QueryWhat.Audit).Reason);
    }

    [Fact]
    public void What_the_server_has_not_is_not_sent()
    {
        var harness = new ServerHarness(features: Feature.Release | Feature.Query, hasClock: false);
        _service.Kernel.Dispose();
        using ChildKernel kernel = new OurService(harness).Kernel;
        var client = new RpcClient(ChildKernel.Endpoint, Framing.DefaultMagic, _slots);
        Assert.Equal(RpcFault.NoFeature, client.AllocateBatch(new BatchSpec(ObjectType.Tcb, 0, 2), out _).Fault);
        Assert.Equal(RpcFault.NoFeature, client.AllocateFrame(out _, new GrantOptions { LeaseMs = 1 }).Fault);
        Assert.Equal(RpcFault.NoFeature, client.GetQuota(QuotaKind.Grants, out _).Fault);
        Assert.Equal(1, kernel.ServiceCalls);
        Assert.EndsWith("the server has said that it does not do this.", client.GetQuota(QuotaKind.Grants, out _).Describe());
    }

    [Fact]
    public void Sentences_name_what_was_asked()
    {
        RpcError error = _client.AllocateBatch(new BatchSpec(ObjectType.SmallPage, 0, 300), out _);
        Assert.Equal(
            "Asked for 300 times a frame of 4 KiB. Refused: the number of objects is out of range. It takes 1 to 256.", error.Describe());
        _harness.Provider.Injected = Refusal.Because(Reason.OutOfMemory).FromKernel(ErrorCode.NotEnoughMemory);
        Assert.Equal(ErrorCode.NotEnoughMemory, _client.AllocateFrame(out _).KernelError);
    }

    private static void Expect(RpcError error) => Assert.True(error.IsOk, error.Describe());

    private void AssertNothingIsLeft()
    {
        Assert.Equal(new ServerHarness().Totals, _harness.Totals);
        Assert.Equal(64, _slots.FreeCount);
        Assert.Equal(3, _service.Kernel.CSpace.Count);
    }
}
