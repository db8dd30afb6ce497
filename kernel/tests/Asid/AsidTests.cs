// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Asid;

/// <summary>Address space numbers and their pools (ABI §18).</summary>
public sealed class AsidTests : IDisposable
{
    private const ulong Empty = VSpaceWorld.Empty;

    private readonly VSpaceWorld _space = new();

    private RootTaskWorld World => _space.World;

    [Fact]
    public void MakePool_with_too_few_words_or_capabilities_is_truncated()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        World.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [0], untyped, InitialSlot.CNode)
            .MustBe(ErrorCode.TruncatedMessage);
        World.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [0, 64], untyped)
            .MustBe(ErrorCode.TruncatedMessage);
    }

    [Fact]
    public void Other_labels_are_illegal_on_control_and_pool()
    {
        World.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidPoolAssign, []).MustBe(ErrorCode.IllegalOperation);
        World.Call(InitialSlot.AsidPool, InvocationLabel.X86AsidControlMakePool, []).MustBe(ErrorCode.IllegalOperation);
    }

    [Fact]
    [Rule("R-ASID-02")]
    public void MakePool_without_a_free_number_is_refused_before_the_untyped_is_judged()
    {
        for (int number = 1; number < 8; number++) MakePool();
        Assert.DoesNotContain(0ul, Enumerable.Range(0, 8).Select(number => World.State.AsidPools[number]));
        TryMakePool(InitialSlot.CNode, World.NewSlot()).MustBe(ErrorCode.DeleteFirst);
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        TryMakePool(untyped, World.NewSlot()).MustBe(ErrorCode.DeleteFirst);
    }

    [Fact]
    [Rule("R-ASID-01")]
    public void MakePool_wants_an_untyped_of_one_page_of_ram()
    {
        ulong device = World.FindUntyped(12, isDevice: true);
        ulong[] wrong =
        [
            InitialSlot.CNode, InitialSlot.Null, World.Make(ObjectType.Untyped, 11), World.Make(ObjectType.Untyped, 13),
            World.MakeFrom(device, ObjectType.Untyped, 12), World.Make(ObjectType.SmallPage),
        ];
        foreach (ulong untyped in wrong) TryMakePool(untyped, 0).MustBe(ErrorCode.InvalidCapability, 1);
    }

    [Fact]
    [Rule("R-ASID-01")]
    public void MakePool_refuses_an_untyped_with_children_before_the_destination()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        ulong child = World.MakeFrom(untyped, ObjectType.Endpoint);
        TryMakePool(untyped, InitialSlot.Tcb).MustBe(ErrorCode.RevokeFirst);
        World.Delete(child);
        TryMakePool(untyped, InitialSlot.Tcb).MustBe(ErrorCode.DeleteFirst);
    }

    [Fact]
    public void MakePool_looks_its_destination_up_as_cnode_methods_do()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        World.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [0, 64], untyped, InitialSlot.Tcb).MustLackRoot();
        World.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [0, 65], untyped, InitialSlot.CNode)
            .MustBe(ErrorCode.RangeError, 1, 64);
        TryMakePool(untyped, InitialSlot.Tcb).MustBe(ErrorCode.DeleteFirst);
        Assert.Equal(0ul, World.State.AsidPools[1]);
    }

    [Fact]
    public void A_new_pool_is_empty_a_child_of_its_untyped_and_uses_it_up()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        ulong address = World.At(untyped).UntypedAddress;
        RawMemory.WriteWord(address + 8, 0x1234);
        ulong pool = World.NewSlot();
        TryMakePool(untyped, pool).MustSucceed();
        Assert.Equal(Capability.NewAsidPool(address, 512), World.At(pool));
        Assert.True(World.Machine.Memory.IsZero(World.Physical(address), 4096));
        Assert.Equal(4096ul, World.At(untyped).UntypedFreeIndex << 4);
        World.Call(untyped, InvocationLabel.UntypedRetype, [(ulong)ObjectType.Endpoint, 0, 0, 0, World.NewSlot(), 1], InitialSlot.CNode)
            .MustBe(ErrorCode.NotEnoughMemory, 0);
        World.Revoke(untyped);
        Assert.True(World.At(pool).IsNull);
        Assert.Equal(0ul, World.State.AsidPools[1]);
    }

    [Fact]
    [Rule("R-DER-02", "R-DER-03", "R-DER-16")]
    public void A_new_pool_is_no_original_so_its_copy_goes_with_the_untyped_only()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        ulong pool = World.NewSlot();
        TryMakePool(untyped, pool).MustSucceed();
        ulong copy = World.Copy(pool);
        World.Revoke(pool);
        Assert.Equal(World.At(pool), World.At(copy));
        World.Revoke(untyped);
        Assert.True(World.At(pool).IsNull);
        Assert.True(World.At(copy).IsNull);
    }

    [Fact]
    public void Assign_without_capability_is_truncated() =>
        World.Call(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, []).MustBe(ErrorCode.TruncatedMessage);

    [Fact]
    [Rule("R-ASID-03")]
    public void Assign_refuses_what_is_no_pml4_or_has_a_number()
    {
        foreach (ulong root in new[] { InitialSlot.Null, InitialSlot.CNode, World.Make(ObjectType.Pdpt), InitialSlot.VSpace })
            Assign(root).MustBe(ErrorCode.InvalidCapability, 1);
        ulong space = _space.MakeSpace();
        Assign(space).MustBe(ErrorCode.InvalidCapability, 1);
    }

    [Fact]
    public void Assign_from_a_detached_pool_fails_the_lookup()
    {
        ulong pool = MakePool();
        ulong root = World.Make(ObjectType.Pml4);
        World.State.AsidPools[1] = 0;
        Assign(root, pool).MustLackRoot();
        World.State.AsidPools[1] = World.Plan.AsidPool;
        Assign(root, pool).MustBe(ErrorCode.InvalidCapability, 0);
        Assert.False(World.At(root).Pml4IsMapped);
    }

    [Theory]
    [Rule("R-ASID-04")]
    [InlineData(0, 510)]
    [InlineData(1, 512)]
    public void A_full_pool_refuses(int number, int free)
    {
        ulong pool = number == 0 ? InitialSlot.AsidPool : MakePool();
        ulong address = World.At(pool).AsidPoolAddress;
        ulong root = World.Make(ObjectType.Pml4);
        int filled = 0;
        // Number 0 is never given out, and number 1 is the root task's.
        for (ulong index = number == 0 ? 2ul : 0; index < 512; index++, filled++) RawMemory.WriteWord(address + (8 * index), 0xdead_0000);
        Assert.Equal(free, filled);
        Assign(root, pool).MustBe(ErrorCode.DeleteFirst);
        RawMemory.WriteWord(address + (8 * 77), 0);
        Assign(root, pool).MustSucceed();
        Assert.Equal(((ulong)number << 9) + 77, World.At(root).Pml4MappedAsid);
    }

    [Fact]
    public void A_number_makes_a_root_usable_and_gives_it_the_kernel_half()
    {
        ulong root = World.Make(ObjectType.Pml4);
        Assert.Null(_space.Walk(SimHardware.KernelHalfAddress, root));
        Assign(root).MustSucceed();
        Assert.Equal(2ul, World.At(root).Pml4MappedAsid);
        Translation? kernel = _space.Walk(SimHardware.KernelHalfAddress, root);
        Assert.False(kernel?.IsUser);
        Assert.Null(_space.Walk(0x40_0000, root));
    }

    [Fact]
    [Rule("R-ASID-06")]
    public void Deleting_the_last_capability_of_a_root_frees_its_number()
    {
        ulong root = _space.MakeSpace();
        ulong asid = World.At(root).Pml4MappedAsid;
        ulong copy = World.Copy(root);
        World.Delete(root);
        Assert.NotEqual(0ul, RawMemory.ReadWord(World.Plan.AsidPool + (8 * asid)));
        World.Delete(copy);
        Assert.Equal(0ul, RawMemory.ReadWord(World.Plan.AsidPool + (8 * asid)));
        Assert.Equal(asid, World.At(_space.MakeSpace()).Pml4MappedAsid);
    }

    [Fact]
    [Rule("R-ASID-06")]
    public void Frames_of_a_dead_address_space_stay_marked_and_unmap_softly()
    {
        ulong root = _space.MakeSpace();
        VSpaceWorld.Tables tables = _space.BuildTables(Empty, space: root);
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, Empty, space: root).MustSucceed();
        World.Delete(root);
        Assert.NotEqual(0ul, World.At(frame).FrameMapKind);
        _space.MapPage(frame, Empty).MustBe(ErrorCode.InvalidCapability, 1);
        _space.UnmapPage(frame).MustSucceed();
        _space.UnmapTable(tables.PageTable).MustSucceed();
        _space.MapPage(frame, Empty).MustMiss(39);
    }

    [Fact]
    [Rule("R-ASID-06")]
    public void The_same_number_in_other_hands_is_not_harmed_by_stale_capabilities()
    {
        ulong first = _space.MakeSpace();
        _space.BuildTables(Empty, space: first);
        ulong stale = World.Make(ObjectType.SmallPage);
        _space.MapPage(stale, Empty, space: first).MustSucceed();
        World.Delete(first);
        ulong second = _space.MakeSpace();
        _space.BuildTables(Empty, space: second);
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, Empty, space: second).MustSucceed();
        _space.UnmapPage(stale).MustSucceed();
        Assert.Equal(_space.AddressOf(frame), _space.Walk(Empty, second)?.PhysicalAddress);
    }

    [Fact]
    [Rule("R-ASID-07", "R-TCB-38")]
    public void Deleting_a_pool_leaves_its_address_spaces_unusable_at_once()
    {
        ulong pool = MakePool();
        ulong root = World.Make(ObjectType.Pml4);
        Assign(root, pool).MustSucceed();
        _space.BuildTables(Empty, space: root);
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, Empty, space: root).MustSucceed();
        // As if a thread of that address space ran while its pool goes.
        ActiveSpace<SimMachine>.Enter(ref World.State, ref World.Slot(root).Value);
        Assert.Equal(World.Physical(World.At(root).Pml4Address), World.Hardware.PageTableRoot);
        World.Delete(pool);
        Assert.Equal(SimHardware.KernelRoot, World.Hardware.PageTableRoot);
        Assert.Null(World.Hardware.Access(Empty));
        _space.MapPage(World.Make(ObjectType.SmallPage), Empty + 0x1000, space: root).MustLackRoot();
        _space.UnmapPage(frame).MustSucceed();
    }

    [Fact]
    public void A_copy_of_a_pool_capability_keeps_the_pool()
    {
        ulong pool = MakePool();
        ulong copy = World.Copy(pool);
        World.Delete(pool);
        Assert.NotEqual(0ul, World.State.AsidPools[1]);
        Assign(World.Make(ObjectType.Pml4), copy).MustSucceed();
        World.Delete(copy);
        Assert.Equal(0ul, World.State.AsidPools[1]);
    }

    [Fact]
    [Rule("R-TCB-38")]
    public void The_active_address_space_is_left_when_its_last_capability_goes()
    {
        ulong root = _space.MakeSpace();
        ActiveSpace<SimMachine>.Enter(ref World.State, ref World.Slot(root).Value);
        Assert.Equal(World.Physical(World.At(root).Pml4Address), World.Hardware.PageTableRoot);
        World.Delete(root);
        Assert.Equal(SimHardware.KernelRoot, World.Hardware.PageTableRoot);
        Assert.Equal(SimHardware.KernelRoot, World.State.ActiveRoot);
    }

    [Fact]
    public void A_root_without_number_dies_without_a_trace()
    {
        ulong root = World.Make(ObjectType.Pml4);
        World.Hardware.ClearRecord();
        World.Delete(root);
        Assert.Empty(World.Hardware.RootWrites);
        Assert.NotEqual(0ul, RawMemory.ReadWord(World.Plan.AsidPool + 8));
    }

    public void Dispose() => _space.Dispose();

    private WorldAnswer TryMakePool(ulong untyped, ulong slot) => World.Call(
        InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [slot, 64], untyped, InitialSlot.CNode);

    [Fact]
    [Rule("R-DER-16", "ABI-21.2")]
    public void A_pool_is_a_child_of_the_untyped_that_it_was_made_from()
    {
        ulong untyped = World.Make(ObjectType.Untyped, 12);
        ulong pool = World.NewSlot();
        TryMakePool(untyped, pool).MustSucceed();
        ulong root = World.Make(ObjectType.Pml4);
        Assign(root, pool).MustSucceed();

        // With a child the untyped is neither copied nor used again.
        World.CopyTo(World.NewSlot(), untyped).MustBe(ErrorCode.RevokeFirst);
        World.Revoke(untyped);
        Assert.True(World.Slot(pool).Value.IsEmpty);
        Assert.Equal(0ul, World.State.AsidPools[1]);
        World.CopyTo(World.NewSlot(), untyped).MustSucceed();
    }

    private ulong MakePool()
    {
        ulong slot = World.NewSlot();
        TryMakePool(World.Make(ObjectType.Untyped, 12), slot).MustSucceed();
        return slot;
    }

    private WorldAnswer Assign(ulong root, ulong pool = InitialSlot.AsidPool) =>
        World.Call(pool, InvocationLabel.X86AsidPoolAssign, [], root);
}
