// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Tests.Support;

namespace Sel4.Tests.Allocators;

/// <summary>The allocators on the kernel itself, on its simulated machine: what the model promises is what the kernel does.</summary>
public sealed class RealKernelTests : IDisposable
{
    private const int RegionBits = 22;
    private readonly SimSystem _sim = new(isChecked: false);
    private readonly SimPrograms _programs;

    public RealKernelTests() => _programs = new SimPrograms(_sim);

    public void Dispose()
    {
        _programs.Dispose();
        _sim.Dispose();
    }

    private void Run(Action program)
    {
        SimThread thread = _sim.NewThread("allocating", 100);
        _programs.Assign(thread, program);
        _sim.Park();
        _programs.Run();
        _sim.CheckInvariants();
    }

    private static UntypedAllocator Memory(IUntypedOperations kernel, ISlotSource slots)
    {
        UntypedAllocator memory = new(kernel, slots, 4096, 4, new UntypedOptions { ChecksEachOperation = true });
        for (uint index = 0; index < SimSystem.SpareUntypeds; index++)
        {
            ulong address = 0x200_0000 + ((ulong)index << RegionBits);
            uint slot = (uint)SimSystem.FirstSpareUntyped + index;
            Assert.Equal(AllocationError.None, memory.Adopt(slot, address, RegionBits, MemoryKind.Ram));
        }

        return memory;
    }

    [Fact]
    [Rule("AL:U1", "AL:U2", "AL:U4", "AL:U5", "AL:U6", "AL:F1", "AL:I2", "AL:I3", "AL:Z1")]
    public void Every_kind_of_object_is_made_and_freed_in_any_order()
    {
        ObjectType[] types =
        [
            ObjectType.Untyped, ObjectType.Tcb, ObjectType.Endpoint, ObjectType.Notification, ObjectType.CNode, ObjectType.SmallPage,
            ObjectType.PageTable, ObjectType.PageDirectory, ObjectType.Pdpt, ObjectType.Pml4, ObjectType.LargePage,
        ];
        Run(() =>
        {
            SlotAllocator slots = new(200, 1000);
            KernelObjectOperations kernel = new(InitialThread.CNode, CSpaceShape.OneLevel(SimSystem.RootRadix));
            UntypedAllocator memory = Memory(kernel, slots);
            ObjectAllocator objects = new(memory, slots, kernel, new ObjectTable(400, 4));
            Random random = new(11);
            List<ulong> live = [];
            for (int step = 0; step < 1500; step++)
            {
                if (live.Count == 0 || random.Next(5) < 3)
                {
                    RequestDraft draft = Any(random, types, out int sizeBits);
                    AllocationError error = objects.Create(draft, sizeBits, "", null, out ObjectRecord record);
                    Assert.True(
                        error is AllocationError.None or AllocationError.OutOfMemory or AllocationError.Fragmented
                            or AllocationError.OutOfSlots or AllocationError.OutOfNodes,
                        $"step {step}: {error}, kernel error {objects.LastFailure.KernelError}");
                    if (error == AllocationError.None) live.Add(record.Cookie);
                }
                else
                {
                    int index = random.Next(live.Count);
                    Assert.True(objects.Free(live[index]));
                    live.RemoveAt(index);
                }

                Assert.Equal(0, memory.Quarantines);
            }

            Assert.True(objects.FreeOwner(1));
            memory.MergeAll();
            Assert.Equal((800, 4ul << RegionBits), (slots.FreeCount, memory.Totals(MemoryKind.Ram).FreeBytes));
        });
        for (ulong slot = 200; slot < 1000; slot++) Assert.True(_sim.CapabilityAt(slot).IsNull, $"slot {slot} is not empty");
    }

    /// <summary>Any request: large pages now and then, sometimes several objects at once.</summary>
    private static RequestDraft Any(Random random, ObjectType[] types, out int sizeBits)
    {
        ObjectType type = types[random.Next(random.Next(20) == 0 ? types.Length : types.Length - 1)];
        sizeBits = type == ObjectType.Untyped ? random.Next(4, 18) : random.Next(1, 9);
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, type, 0);
        draft.Count = type != ObjectType.LargePage && random.Next(10) == 0 ? random.Next(2, 30) : 1;
        return draft;
    }

    [Fact]
    [Rule("AL:V2", "AL:V3", "AL:V4", "AL:V5")]
    public void Pages_are_mapped_where_nothing_was_and_every_table_comes_back()
    {
        Run(() =>
        {
            SlotAllocator slots = new(200, 1000);
            CSpaceShape shape = CSpaceShape.OneLevel(SimSystem.RootRadix);
            KernelObjectOperations kernel = new(InitialThread.CNode, shape);
            UntypedAllocator memory = Memory(kernel, slots);
            ObjectAllocator objects = new(memory, slots, kernel, new ObjectTable(400, 4));
            KernelPagingOperations paging = new(InitialThread.CNode, shape, InitialThread.VSpace);
            MappedSpace space = new(objects, slots, paging, 1, 128);
            objects.Create(1, ObjectType.SmallPage, 0, "", out ObjectRecord page);
            objects.Create(1, ObjectType.LargePage, 0, "", out ObjectRecord large);
            for (ulong index = 0; index < 10; index++)
            {
                ulong address = 0x10_0000_0000 + (index * 0x2345_6000);
                Assert.Equal(AllocationError.None, space.Map(address, page.FirstSlot, 12, CapRights.Read | CapRights.Write));
            }

            Assert.Equal(AllocationError.None, space.Map(0x20_0020_0000, large.FirstSlot, 21, CapRights.All, large.Cookie));
            Assert.InRange(space.Structures, 12, 30);
            Assert.False(space.Clear(4));
            Assert.True(space.Clear());
            Assert.Equal((0, 0), (space.Structures, space.Mappings));
            Assert.True(objects.FreeOwner(1));
            memory.MergeAll();
            Assert.Equal((800, 4ul << RegionBits), (slots.FreeCount, memory.Totals(MemoryKind.Ram).FreeBytes));
        });
    }

    [Fact]
    [Rule("AL:L5", "AL:L6", "AL:L7", "AL:L10", "AL:B5", "AL:I2")]
    public void A_full_cspace_grows_under_a_running_thread_and_old_pointers_stay_valid()
    {
        const int RootBits = 6;
        const uint Scratch = 100;
        const uint NewRoot = 101;
        Run(() =>
        {
            CSpaceShape shape = CSpaceShape.TwoLevel(RootBits, SimSystem.RootRadix);
            Cap<Tcb> self = new(_sim.Running!.Capability);
            CapabilityPointer untyped = new(SimSystem.WorkUntyped);
            Assert.True(CSpaceGrowth.Mount(untyped, InitialThread.CNode, shape, Scratch, NewRoot).IsOk);
            Assert.True(CSpaceGrowth.Move(self, new CapabilityPointer(0), NewRoot, shape, InitialThread.VSpace).IsOk);
            KernelObjectOperations kernel = new(new Cap<CNode>(NewRoot), shape);
            LeafCNodes leaves = new(kernel, shape);
            TwoLevelSlots slots = new(shape, 1, 1u << RootBits, leaves);
            Assert.True(slots.AdoptLeaf(0, 200, 200 + AllocatorStock.Wanted));
            UntypedAllocator memory = Memory(kernel, slots);
            leaves.Attach(memory);
            AllocatorStock stock = new(memory, slots, slots, 0);
            ObjectAllocator objects = new(memory, slots, kernel, new ObjectTable(4000, 4), stock);
            List<ObjectRecord> made = [];
            for (int count = 0; count < 2500; count++)
            {
                Assert.Equal(AllocationError.None, objects.Create(1, ObjectType.Notification, 0, "", out ObjectRecord record));
                made.Add(record);
            }

            Assert.InRange(slots.Leaves, 5, 12);
            Assert.Contains(made, record => record.FirstSlot >> SimSystem.RootRadix >= 3);
            // A capability in a second-level CNode works like any other.
            new Cap<Notification>(made[^1].FirstSlot).Signal();
            Assert.Equal(0ul, new Cap<Notification>(made[^1].FirstSlot).Wait().Value);
            Assert.True(objects.FreeOwner(1));
            stock.Shrink();
            Assert.InRange(slots.Leaves, 1, 2);
            Assert.Equal(0, memory.Quarantines);
        });
    }
}
