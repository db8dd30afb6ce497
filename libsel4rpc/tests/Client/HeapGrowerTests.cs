// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>The heap of a child: grown by requests, mapped with every paging structure that is missing, nothing left lying about.</summary>
public sealed class HeapGrowerTests : IDisposable
{
    private const ulong Start = 1ul << 36;
    private readonly ServerHarness _harness = new();
    private readonly OurService _service;
    private SlotRange _slots;
    private RpcMessage _message;
    private HeapGrower _grower;

    public HeapGrowerTests()
    {
        _service = new OurService(_harness);
        _slots.Initialize(ChildKernel.Window(2048));
        _grower = Grower(Start + (1ul << 30));
    }

    public void Dispose() => _service.Kernel.Dispose();

    [Fact]
    [Rule("RPC:R11", "RPC:R33")]
    public void The_first_growth_brings_64_KiB_and_the_paging_structures_above_them()
    {
        Assert.Equal(Start, Extend(100, out ulong granted));
        Assert.Equal(0x10000ul, granted);
        AssertMapped(Start, granted);
        // 16 frames and three structures; the untyped memory they were made of is in no slot any more.
        Assert.Equal(2048 - 19, _slots.FreeCount);
        Assert.Equal(4, _service.Kernel.ServiceCalls);
        Assert.Equal(3 + 19, _service.Kernel.CSpace.Count);
    }

    [Fact]
    public void Growth_is_gapless_and_doubles_up_to_large_pages()
    {
        ulong expected = Start;
        var sizes = new List<ulong>();
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(expected, Extend(64, out ulong granted));
            expected += granted;
            sizes.Add(granted >> 10);
        }
        Assert.Equal([64, 64, 128, 256, 512, 1024, 2048, 2048, 2048], sizes.Select(size => (int)size));
        AssertMapped(Start, expected - Start);
    }

    [Fact]
    public void A_large_object_gets_one_contiguous_piece()
    {
        Extend(64, out ulong first);
        Assert.Equal(Start + first, Extend(9ul << 20, out ulong granted));
        Assert.InRange(granted, 9ul << 20, 12ul << 20);
        AssertMapped(Start, first + granted);
    }

    [Fact]
    public void When_memory_is_short_smaller_pieces_do()
    {
        // Leave single frames free, so that no block of 64 KiB is left.
        var client = new RpcClient(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, new SlotRegion(10_000, 30_000)));
        var frames = new List<Grant>();
        while (client.AllocateUntyped(22, out _).IsOk)
        {
        }
        while (frames.Count < 800 && client.AllocateFrame(out Grant frame).IsOk) frames.Add(frame);
        for (int i = 0; i < frames.Count; i += 2) client.Free(frames[i]);
        Assert.Equal(Start, Extend(64, out ulong granted));
        Assert.InRange(granted, 4096ul, 0x10000ul);
        AssertMapped(Start, granted);
    }

    [Fact]
    public void A_refusal_gives_nothing_and_leaves_nothing_behind()
    {
        var before = (_harness.Totals, _slots.FreeCount, _service.Kernel.CSpace.Count);
        _harness.Provider.Injected = Refusal.Quota(QuotaKind.RamBytes, 0);
        Assert.Equal(0ul, Extend(64, out ulong granted));
        Assert.Equal(0ul, granted);
        Assert.Equal(before, (_harness.Totals, _slots.FreeCount, _service.Kernel.CSpace.Count));
        _harness.Provider.Injected = null;
        Assert.Equal(Start, Extend(64, out _));
    }

    [Fact]
    [Rule("RPC:R30")]
    public void A_lost_capability_is_given_back()
    {
        var before = (_harness.Totals, _slots.FreeCount);
        _service.LosesCapabilities = true;
        Assert.Equal(0ul, Extend(64, out _));
        Assert.Equal(before, (_harness.Totals, _slots.FreeCount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void What_was_mapped_before_a_failure_is_handed_out_later(int mappings)
    {
        _service.Kernel.MappingsLeft = mappings;
        Assert.Equal(0ul, Extend(0x100000, out _));
        int mapped = _service.Kernel.Pages.Count;
        int structures = 3 + Math.Min(mappings, 3);
        Assert.Equal(structures + mapped, _service.Kernel.CSpace.Count);
        _service.Kernel.MappingsLeft = null;
        Assert.Equal(Start, Extend(0x100000, out ulong granted));
        AssertMapped(Start, granted);
    }

    [Fact]
    public void The_window_is_not_left()
    {
        _grower = Grower(Start + 0x18000);
        Assert.Equal(Start, Extend(0x10000, out ulong granted));
        Assert.Equal(0x10000ul, granted);
        Assert.Equal(0ul, Extend(0x9000, out _));
        Assert.Equal(Start + 0x10000, Extend(0x8000, out granted));
        Assert.Equal(0x8000ul, granted);
        Assert.Equal(0ul, Extend(1, out _));
        Assert.Equal(0ul, Extend(ulong.MaxValue, out _));
    }

    [Fact]
    public void A_program_without_an_address_space_cannot_grow()
    {
        var confined = new HeapGrower(new RpcChannel(ChildKernel.Endpoint, 7, ChildKernel.Root), Cap<Pml4>.Null, Start, Start + 0x10000);
        Assert.Equal(0ul, confined.Extend(ref _slots, ref _message, 64, out _));
        Assert.Equal(0, _service.Kernel.ServiceCalls);
    }

    private static HeapGrower Grower(ulong end) =>
        new(new RpcChannel(ChildKernel.Endpoint, 7, ChildKernel.Root), new Cap<Pml4>(ChildSlot.VSpace), Start, end);

    private ulong Extend(ulong bytes, out ulong granted) => _grower.Extend(ref _slots, ref _message, bytes, out granted);

    private void AssertMapped(ulong start, ulong bytes)
    {
        ulong next = start;
        foreach ((ulong address, ulong length) in _service.Kernel.Pages)
        {
            Assert.Equal(next, address);
            next += length;
        }
        Assert.Equal(start + bytes, next);
    }
}
