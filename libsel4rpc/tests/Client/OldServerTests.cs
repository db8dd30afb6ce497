// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>The client against a server of version 1, which throws in place of leaving a client without a reply.</summary>
[Rule("RPC:N1", "RPC:N3", "RPC:N5", "RPC:D3")]
public sealed class OldServerTests : IDisposable
{
    private readonly OldService _service = new();
    private readonly RpcClient _client = new(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, ChildKernel.Window(16)));

    public void Dispose() => _service.Kernel.Dispose();

    [Fact]
    public void Everything_that_version_1_can_do_works()
    {
        Assert.True(_client.AllocateFrame(out Grant frame).IsOk);
        Assert.True(_client.AllocateIrq(new IoApicIrq(4, 4), out Grant irq).IsOk);
        Assert.True(_client.AllocateIoPorts(0x3f8, 0x3ff, out Grant ports).IsOk);
        Assert.True(_client.Free(frame).IsOk);
        Assert.True(_client.Free(irq).IsOk);
        Assert.True(_client.Free(ports).IsOk);
        Assert.Equal(3, _service.Kernel.CSpace.Count);
        Assert.Equal(0x601230ul, _service.Requests[^1].Memory.Address);
    }

    [Fact]
    public void What_it_cannot_do_is_refused_here_without_being_sent()
    {
        Assert.Equal(RpcFault.OldServer, _client.List(0).Fault);
        Assert.True(_client.IsOldServer);
        Assert.Equal(RpcFault.OldServer, _client.ReleaseAll().Fault);
        Assert.Single(_service.Requests);  // the probe, once
        Assert.Equal(Feature.None, _client.Features);
    }

    [Fact]
    public void Wishes_are_left_out_and_conditions_are_not_put_to_it()
    {
        Assert.True(_client.AllocateFrame(out Grant frame, new GrantOptions { Label = "mine", Lifetime = Lifetime.Short }).IsOk);
        Assert.True(_client.Free(frame).IsOk);
        GrantOptions[] conditions =
        [
            new() { MaxAddress = 0xffffffff }, new() { LeaseMs = 5 }, new() { WaitMs = 5 }, new() { IsShared = true },
            new() { IsDeviceOk = true }, new() { IsPlacedDirectly = true },
        ];
        foreach (GrantOptions each in conditions) Assert.Equal(RpcFault.OldServer, _client.AllocateFrame(out _, in each).Fault);
        Assert.Equal(RpcFault.OldServer, _client.AllocateBatch(new BatchSpec(ObjectType.Tcb, 0, 2), out _).Fault);
        Assert.Equal(RpcFault.OldServer, _client.Redeliver(frame).Fault);
        Assert.Equal(RpcFault.OldServer, _client.SetLease(frame, 5).Fault);
        Assert.Equal(RpcFault.OldServer, _client.GetQuota(QuotaKind.RamBytes, out _).Fault);
        Assert.Equal(3, _service.Requests.Count);  // the probe, one frame, and its return
    }

    [Theory]
    [Rule("RPC:D5")]
    [InlineData(0xffffffff90001230)]
    [InlineData(0x80000000)]
    public void A_damaged_handle_is_never_sent_back(ulong cookie)
    {
        _service.Cookie = cookie;
        Assert.True(_client.AllocateFrame(out Grant frame).IsOk);
        Assert.Equal(RpcFault.HandleDamaged, _client.Free(frame).Fault);
        Assert.Equal(1, _client.LeakedGrants);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public void Its_one_error_number_is_reported_as_what_it_is()
    {
        RpcError error = _client.AllocateUntyped(0, out _);
        Assert.Equal((ErrorCode.InvalidArgument, Reason.None), (error.Code, error.Reason));
        Assert.Contains("the server says error 1 and no more", error.Describe());
    }
}
