// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Kernel.Tests.Support;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Boot;

/// <summary>Capabilities, memory and first registers of the root task (boot sheet §2.4, §4, §5).</summary>
public sealed class RootTaskTests
{
    private const ulong ImageStart = 0x40_0000;

    [Fact]
    public void Fixed_slots_hold_what_the_boot_protocol_says()
    {
        using RootTaskWorld world = new();
        Assert.Equal(BootFailure.None, world.Failure);
        CapabilityTag[] expected =
        [
            CapabilityTag.Null, CapabilityTag.Tcb, CapabilityTag.CNode, CapabilityTag.Pml4, CapabilityTag.IrqControl,
            CapabilityTag.AsidControl, CapabilityTag.AsidPool, CapabilityTag.IoPortControl, CapabilityTag.Null,
            CapabilityTag.Frame, CapabilityTag.Frame, CapabilityTag.Domain, CapabilityTag.Null, CapabilityTag.Null,
            CapabilityTag.Null, CapabilityTag.Null,
        ];
        for (int slot = 0; slot < expected.Length; slot++) Assert.Equal(expected[slot], world.At((ulong)slot).Tag);
    }

    [Fact]
    public void Root_cnode_has_radix_13_and_a_guard_that_makes_cptrs_slot_numbers()
    {
        using RootTaskWorld world = new();
        Capability cnode = world.At(InitialSlot.CNode);
        Assert.Equal(13ul, cnode.CNodeRadix);
        Assert.Equal(51ul, cnode.CNodeGuardSize);
        Assert.Equal(0ul, cnode.CNodeGuard);
        Assert.Equal(13ul, world.BootInfo(BootInfoLayout.CNodeSizeBits));
    }

    /// <summary>The example of boot sheet §5.2: an image of 20 pages.</summary>
    [Fact]
    public void Dynamic_slots_are_paging_extra_image_untyped_empty()
    {
        using RootTaskWorld world = new(ElfFile.OfPages(20));
        AssertRegion(world, BootInfoLayout.UserImagePaging, 16, 19);
        AssertRegion(world, BootInfoLayout.ExtraPages, 19, 20);
        AssertRegion(world, BootInfoLayout.UserImageFrames, 20, 40);
        ulong untyped = world.BootInfo(BootInfoLayout.Untyped);
        ulong empty = world.BootInfo(BootInfoLayout.Empty);
        Assert.Equal(40ul, untyped);
        Assert.Equal(empty, world.BootInfo(BootInfoLayout.Untyped + 8));
        Assert.Equal(8192ul, world.BootInfo(BootInfoLayout.Empty + 8));
        Assert.Equal(CapabilityTag.Untyped, world.At(empty - 1).Tag);
        for (ulong slot = empty; slot < 8192; slot++) Assert.True(world.Slot(slot).Value.IsEmpty);
    }

    /// <summary>sel4test's driver: image 0x400000–0x7dc000, paging 16–19, extra 20, image 21–1008 (boot sheet §4.1, §5.2).</summary>
    [Fact]
    public void The_layout_of_a_large_image_is_that_of_the_real_kernel()
    {
        using RootTaskWorld world = new(ElfFile.OfPages(0x3dc));
        AssertRegion(world, BootInfoLayout.UserImagePaging, 16, 20);
        AssertRegion(world, BootInfoLayout.ExtraPages, 20, 21);
        AssertRegion(world, BootInfoLayout.UserImageFrames, 21, 1009);
        Assert.Equal(0x7d_c000ul, world.BootInfo(BootInfoLayout.IpcBuffer));
        Assert.Equal(0x7d_d000ul, world.Root.Value.Registers[UserContext.Rdi]);
        Assert.Equal(0x7d_e000ul, world.At(20).FrameMappedAddress);
    }

    [Fact]
    public void Paging_capabilities_come_level_by_level_in_ascending_order()
    {
        // Straddles a 1 GiB and a 2 MiB boundary: one PDPT, two directories, two page tables.
        using RootTaskWorld world = new(ElfFile.OfPages(4, 0x3fff_e000));
        AssertRegion(world, BootInfoLayout.UserImagePaging, 16, 21);
        AssertTable(world, 16, CapabilityTag.Pdpt, 0);
        AssertTable(world, 17, CapabilityTag.PageDirectory, 0);
        AssertTable(world, 18, CapabilityTag.PageDirectory, 0x4000_0000);
        AssertTable(world, 19, CapabilityTag.PageTable, 0x3fe0_0000);
        AssertTable(world, 20, CapabilityTag.PageTable, 0x4000_0000);
    }

    [Fact]
    public void Image_frames_are_mapped_ascending_readable_writable_4_KiB()
    {
        using RootTaskWorld world = new();
        for (ulong page = 0; page < 20; page++)
        {
            Capability frame = world.At(20 + page);
            Assert.Equal(ImageStart + (page << 12), frame.FrameMappedAddress);
            Assert.Equal((ulong)AbiConstants.InitialAsid, frame.FrameMappedAsid);
            Translation? seen = world.Walk(ImageStart + (page << 12));
            Assert.Equal(new Translation(world.Physical(frame.FrameAddress), 12, IsWritable: true, IsUser: true, 0), seen);
            Assert.Equal((byte)(page + 1), world.Machine.Memory.Slice(world.Physical(frame.FrameAddress), 1)[0]);
        }
    }

    [Fact]
    public void Ipc_buffer_boot_info_and_extra_pages_follow_the_image_and_nothing_else_is_mapped()
    {
        using RootTaskWorld world = new();
        ulong end = ImageStart + (20 << 12);
        Assert.Equal(world.Physical(world.At(InitialSlot.IpcBufferFrame).FrameAddress), world.Walk(end)?.PhysicalAddress);
        Assert.Equal(world.Physical(world.At(InitialSlot.BootInfoFrame).FrameAddress), world.Walk(end + 0x1000)?.PhysicalAddress);
        Assert.Equal(world.Physical(world.At(19).FrameAddress), world.Walk(end + 0x2000)?.PhysicalAddress);
        Assert.True(world.Walk(end + 0x2000)?.CanUserWrite);
        Assert.Null(world.Walk(end + 0x3000));
        Assert.Null(world.Walk(ImageStart - 0x1000));
        Assert.Null(world.Walk(0));
        Assert.Equal(end, world.BootInfo(BootInfoLayout.IpcBuffer));
    }

    [Fact]
    [Rule("R-VS-26")]
    public void The_kernel_half_is_shared_and_not_the_users()
    {
        using RootTaskWorld world = new();
        Translation? seen = world.Walk(SimHardware.KernelHalfAddress + 0x1234);
        Assert.NotNull(seen);
        Assert.False(seen.Value.IsUser);
        for (ulong entry = 256; entry < 512; entry++)
        {
            ulong expected = world.Machine.Memory.ReadWord(SimHardware.KernelRoot + (8 * entry));
            Assert.Equal(expected, world.Machine.Memory.ReadWord(world.RootTable + (8 * entry)));
        }
    }

    [Fact]
    public void First_registers_are_entry_point_and_boot_info_and_zero()
    {
        using RootTaskWorld world = new();
        ref Tcb root = ref world.Root.Value;
        for (int register = 0; register < UserContext.Count; register++)
        {
            ulong expected = register switch
            {
                UserContext.Rip or UserContext.FaultIp => ImageStart + 0x10,
                UserContext.Rdi => ImageStart + (21 << 12),
                UserContext.Rflags => 0x202,
                UserContext.Cs => 0x2b,
                UserContext.Ss => 0x33,
                _ => 0,
            };
            Assert.Equal(expected, root.Registers[register]);
        }
        Assert.Equal(0x37ful, root.Fpu[0]);
        Assert.Equal(0x1f80ul, root.Fpu[3]);
    }

    [Fact]
    public void First_thread_runs_at_the_highest_priority_without_fault_handler()
    {
        using RootTaskWorld world = new();
        ref Tcb root = ref world.Root.Value;
        Assert.True(world.State.Current == world.Root);
        Assert.Equal(ThreadState.Running, root.State);
        Assert.Equal(255, root.Priority);
        Assert.Equal(255, root.MaximumControlledPriority);
        Assert.Equal(0, root.Domain);
        Assert.Equal(0ul, root.FaultHandler);
        Assert.Equal(world.BootInfo(BootInfoLayout.IpcBuffer), root.IpcBufferAddress);
        Assert.Equal(world.RootTable, world.Hardware.PageTableRoot);
        Assert.Equal(world.Root.Address + Tcb.RegistersOffset, world.Hardware.CurrentContext);
    }

    [Fact]
    [Rule("R-ASID-08")]
    public void Initial_address_space_has_number_1_in_the_pool_of_slot_6()
    {
        using RootTaskWorld world = new();
        Capability pool = world.At(InitialSlot.AsidPool);
        Assert.Equal(0ul, pool.AsidPoolBase);
        Assert.Equal(1ul, world.At(InitialSlot.VSpace).Pml4MappedAsid);
        Assert.Equal(world.Plan.VSpace, RawMemory.ReadWord(pool.AsidPoolAddress + 8));
        Assert.Equal(0ul, RawMemory.ReadWord(pool.AsidPoolAddress));
        Assert.Equal(pool.AsidPoolAddress, world.State.AsidPools[0]);
    }

    [Fact]
    [Rule("R-DOM-15")]
    public void One_domain_runs_for_the_longest_time_and_the_next_entry_is_an_end_marker()
    {
        using RootTaskWorld world = new();
        Assert.Equal(0ul, world.State.DomainSchedule[0].Domain);
        Assert.Equal((1ul << 56) - 1, world.State.DomainSchedule[0].Duration);
        Assert.Equal(0ul, world.State.DomainSchedule[1].Duration);
    }

    [Fact]
    public void No_interrupt_and_no_port_has_been_issued()
    {
        using RootTaskWorld world = new();
        for (int irq = 0; irq < IrqTable.Count; irq++) Assert.Equal(0ul, world.State.Irqs[irq].Kind);
        for (int word = 0; word < 1024; word++) Assert.Equal(0ul, world.State.IoPorts[word]);
    }

    [Fact]
    public void Idle_thread_halts_in_ring_0_with_its_stack_at_the_end_of_its_registers()
    {
        using RootTaskWorld world = new();
        Ref<Tcb> idle = world.State.Idle;
        Assert.Equal(ThreadState.Idle, idle.Value.State);
        Assert.Equal(RootTaskWorld.IdleEntry, idle.Value.Registers[UserContext.Rip]);
        Assert.Equal(8ul, idle.Value.Registers[UserContext.Cs]);
        Assert.Equal(0x202ul, idle.Value.Registers[UserContext.Rflags]);
        Assert.Equal(idle.Address + Tcb.RegistersOffset + (8 * UserContext.Count), idle.Value.Registers[UserContext.Rsp]);
        Assert.Equal(0ul, idle.Value.Registers[UserContext.Rsp] % 16);
    }

    [Fact]
    public void Objects_lie_at_the_top_of_ram_and_no_untyped_covers_them()
    {
        using RootTaskWorld world = new();
        ulong end = world.Machine.Memory.Bytes;
        ulong objects = world.Physical(world.Plan.CNode);
        Assert.Equal(end, world.Physical(world.Plan.NextTable));
        foreach ((ulong start, ulong after, bool isDevice) in Untypeds(world))
        {
            Assert.True(after <= objects || start >= end, $"{start:x} overlaps the root task's objects");
            if (!isDevice) continue;
            Assert.True(after <= 0x10_0000 || start >= end, $"device untyped {start:x} lies in RAM");
        }
    }

    [Fact]
    public void Revoking_every_untyped_leaves_the_root_task_intact()
    {
        using RootTaskWorld world = new();
        ulong first = world.BootInfo(BootInfoLayout.Untyped);
        for (ulong slot = first; slot < world.BootInfo(BootInfoLayout.Untyped + 8); slot++) world.Revoke(slot);
        Assert.Equal(CapabilityTag.Tcb, world.At(InitialSlot.Tcb).Tag);
        Assert.Equal(CapabilityTag.Frame, world.At(first - 1).Tag);
        Assert.NotNull(world.Walk(ImageStart));
    }

    internal static IEnumerable<(ulong Start, ulong After, bool IsDevice)> Untypeds(RootTaskWorld world)
    {
        List<(ulong, ulong, bool)> list = [];
        for (ulong slot = world.BootInfo(BootInfoLayout.Untyped); slot < world.BootInfo(BootInfoLayout.Untyped + 8); slot++)
        {
            int entry = BootInfoLayout.UntypedList + (int)(16 * (slot - world.BootInfo(BootInfoLayout.Untyped)));
            ulong start = world.BootInfo(entry);
            ulong flags = world.BootInfo(entry + 8);
            list.Add((start, start + (1ul << (int)(flags & 0xff)), (flags >> 8 & 0xff) != 0));
        }
        return list;
    }

    private static void AssertRegion(RootTaskWorld world, int field, ulong first, ulong after)
    {
        Assert.Equal(first, world.BootInfo(field));
        Assert.Equal(after, world.BootInfo(field + 8));
    }

    private static void AssertTable(RootTaskWorld world, ulong slot, CapabilityTag tag, ulong address)
    {
        Capability table = world.At(slot);
        Assert.Equal(tag, table.Tag);
        Assert.True(table.PageTableIsMapped);
        Assert.Equal(1ul, table.PageTableMappedAsid);
        Assert.Equal(address, table.PageTableMappedAddress);
    }
}
