// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using Sel4.Tests.Rpc;

namespace Sel4.Tests.Allocators;

/// <summary>Somebody else's memory as a store: a child's allocators over requests to the root server.</summary>
public sealed class RpcStoreTests : IDisposable
{
    private readonly ServerHarness _harness = new();
    private readonly OurService _service;
    private readonly SlotPool _slots = new(ChildKernel.Root, ChildKernel.Window(64));
    private readonly RpcStore _store;

    public RpcStoreTests()
    {
        _service = new OurService(_harness);
        _store = new RpcStore(new RpcClient(ChildKernel.Endpoint, Framing.DefaultMagic, _slots), 4);
    }

    public void Dispose() => _service.Kernel.Dispose();

    private static RequestDraft Ask(int bits) => RequestDraft.Any(1, ResourceKind.Ram, ObjectType.Untyped, bits);

    [Fact]
    [Rule("AL:I7", "AL:X7", "AL:I6")]
    public void Blocks_come_from_the_server_and_go_back_there()
    {
        Assert.Equal(AllocationError.None, _store.Take(new Request(Ask(16)), null, out UntypedBlock block));
        Assert.Equal(ObjectType.Untyped, _service.Kernel.CSpace[block.Slot]);
        Assert.Equal((16, MemoryKind.Ram, true), (block.SizeBits, block.Kind, _store.IsGranted(block)));
        Assert.Equal((1ul << 16, 1), (_store.Totals(MemoryKind.Ram).GrantedBytes, _harness.Grants.LiveCount));
        Assert.Equal(AllocationError.None, _store.Put(block));
        Assert.Equal(AllocationError.BadSize, _store.Put(block));
        Assert.Equal((0, 64, 0), (_harness.Grants.LiveCount, _slots.FreeCount, _store.Totals(MemoryKind.Ram).GrantedBlocks));
    }

    [Fact]
    [Rule("AL:I4", "AL:U15", "AL:I7")]
    public void What_the_server_refuses_has_its_reason_here()
    {
        Assert.Equal(AllocationError.None, _store.TakeAt(0xb8000, 12, out UntypedBlock screen));
        Assert.Equal(0xb8000ul, screen.PhysicalAddress);
        Assert.Equal(AllocationError.NoRegion, _store.TakeAt(0x5000_0000_0000, 12, out _));
        Assert.False(_store.LastError.IsOk);
        Assert.Equal(AllocationError.Misaligned, _store.TakeAt(0xb8800, 12, out _));
        Assert.Equal(AllocationError.BadSize, _store.TakeAt(0, 3, out _));
        Assert.Equal(AllocationError.OutOfMemory, _store.Take(new Request(Ask(40)), null, out _));
        Assert.Equal(1, _harness.Grants.LiveCount);
    }

    [Fact]
    [Rule("AL:U19", "AL:I7")]
    public void What_the_protocol_cannot_say_is_not_asked()
    {
        RequestDraft draft = Ask(12);
        draft.Colours = 1;
        Assert.Equal(AllocationError.NoPlace, _store.Take(new Request(draft), null, out _));
        draft = Ask(12);
        draft.AlignBits = 16;
        Assert.Equal(AllocationError.NoPlace, _store.Take(new Request(draft), null, out _));
        for (int index = 0; index < 4; index++) Assert.Equal(AllocationError.None, _store.Take(new Request(Ask(12)), null, out _));
        Assert.Equal(AllocationError.OutOfNodes, _store.Take(new Request(Ask(12)), null, out _));
        Assert.Equal(4, _harness.Grants.LiveCount);
    }
}
