// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Deletion;

/// <summary>Random tangles of CNodes and threads, deleted through random slots and interrupted at random.</summary>
public sealed class DeletionPropertyTests
{
    private const int FirstHolder = 100;
    private const int Spare = 90;
    private const int Kept = 250;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [Trait("Kind", "random")]
    [Rule("R-DEL-05", "R-DEL-06", "R-DEL-07", "R-DEL-01")]
    [MemberData(nameof(Seeds))]
    public void A_deletion_leaves_exactly_what_the_model_leaves(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 12; round++)
        {
            using CapabilityWorld world = new();
            List<Ref<CapabilitySlot>> slots = BuildTangle(world, random);
            world.Machine.IsInterruptPending = () => random.Next(2) == 0;
            for (int deletion = 0; deletion < 6; deletion++)
            {
                Ref<CapabilitySlot>[] occupied = [.. slots.Where(slot => !slot.Value.IsEmpty)];
                if (occupied.Length == 0) break;
                Ref<CapabilitySlot> victim = occupied[random.Next(occupied.Length)];
                DeletionModel model = new(Start(world));
                model.Delete(victim.Address);
                DeleteFully(world, victim, random);
                DeletionModel found = new(Start(world));
                Assert.True(Same(model, found), $"seed {seed}, round {round}, deletion {deletion}: {Difference(model, found)}");
                // Slots of dead objects are no slots any more.
                HashSet<ulong> alive = AliveSlots(world, found);
                slots.RemoveAll(slot => !alive.Contains(slot.Address));
            }
            AssertRevokeGetsTheRest(world);
        }
    }

    [Theory]
    [Trait("Kind", "random")]
    [Rule("R-DEL-08", "R-DEL-16", "R-DER-09")]
    [MemberData(nameof(Seeds))]
    public void Deletions_that_are_interrupted_abandoned_and_mixed_leave_nothing_behind_after_a_revoke(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 12; round++)
        {
            using CapabilityWorld world = new();
            List<Ref<CapabilitySlot>> slots = BuildTangle(world, random);
            world.Machine.IsInterruptPending = static () => true;
            for (int step = 0; step < 40; step++)
            {
                HashSet<ulong> alive = AliveSlots(world, new DeletionModel(Start(world)));
                Ref<CapabilitySlot>[] occupied = [.. slots.Where(slot => alive.Contains(slot.Address) && !slot.Value.IsEmpty)];
                if (occupied.Length == 0) break;
                Ref<CapabilitySlot> victim = occupied[random.Next(occupied.Length)];
                world.Kernel.WorkUnits = PreemptionLimits.UnitsBetweenPolls - 1 - (ulong)random.Next(4);
                if (random.Next(4) == 0) MoveToSpare(world, victim);
                else Deletion<TestArch>.Delete(ref world.Kernel, victim);
                world.CheckInvariants();
            }
            world.Machine.IsInterruptPending = () => random.Next(3) == 0;
            AssertRevokeGetsTheRest(world);
        }
    }

    /// <summary>
    /// Makes CNodes and threads in the root CNode, fills their slots with capabilities to each other, and takes some of those
    /// in the root away, so that last capabilities lie anywhere.
    /// </summary>
    private static List<Ref<CapabilitySlot>> BuildTangle(CapabilityWorld world, Random random)
    {
        int count = random.Next(1, 9);
        List<Ref<CapabilitySlot>> inside = [];
        for (int i = 0; i < count; i++)
        {
            bool isThread = random.Next(4) == 0;
            world.Make(isThread ? ObjectType.Tcb : ObjectType.CNode, random.Next(1, 4), FirstHolder + i);
            Capability made = world.At(FirstHolder + i);
            if (isThread)
            {
                inside.Add(Slots.Of(new Ref<Tcb>(made.TcbAddress), TcbSlot.CSpaceRoot));
                continue;
            }
            for (ulong slot = 0; slot < 1ul << (int)made.CNodeRadix; slot++) inside.Add(Slots.At(made.CNodeAddress, slot));
        }
        foreach (Ref<CapabilitySlot> slot in inside)
        {
            if (random.Next(3) == 0) continue;
            Ref<CapabilitySlot> source = world.Slot(FirstHolder + random.Next(count));
            // A thread's root can only be a CNode.
            bool isRootOfThread = !IsInCNode(world, slot);
            if (isRootOfThread && source.Value.Tag != CapabilityTag.CNode) continue;
            MappingDatabase<TestArch>.Insert(ref world.Kernel, source.Value.Capability, source, slot);
        }
        world.CheckInvariants();
        List<Ref<CapabilitySlot>> all = [.. inside];
        for (int i = 0; i < count; i++)
        {
            Ref<CapabilitySlot> slot = world.Slot(FirstHolder + i);
            // Only while others remain, or the object would go right now.
            if (random.Next(3) != 0 && !MappingDatabase<TestArch>.IsFinal(slot)) MappingDatabase<TestArch>.Remove(slot);
            else all.Add(slot);
        }
        world.Make(ObjectType.Endpoint, 0, Kept);
        return all;
    }

    private static bool IsInCNode(CapabilityWorld world, Ref<CapabilitySlot> slot)
    {
        for (Ref<Tcb> thread = world.Kernel.AllThreads; !thread.IsNull; thread = thread.Value.AllNext)
        {
            if (slot.Address - thread.Address < 2048) return false;
        }
        return true;
    }

    private static void DeleteFully(CapabilityWorld world, Ref<CapabilitySlot> slot, Random random)
    {
        do
        {
            world.Kernel.WorkUnits = (ulong)random.Next((int)PreemptionLimits.UnitsBetweenPolls);
            if (random.Next(2) == 0) world.Kernel.WorkUnits = PreemptionLimits.UnitsBetweenPolls - 1;
        }
        while (StepIsPreempted(world, slot));
        Assert.True(slot.Value.IsEmpty);
    }

    private static bool StepIsPreempted(CapabilityWorld world, Ref<CapabilitySlot> slot)
    {
        bool isPreempted = Deletion<TestArch>.Delete(ref world.Kernel, slot) == Progress.Preempted;
        world.CheckInvariants();
        return isPreempted;
    }

    private static void MoveToSpare(CapabilityWorld world, Ref<CapabilitySlot> source)
    {
        Ref<CapabilitySlot> spare = world.Slot(Spare);
        if (!spare.Value.IsEmpty || IsThreadSlot(world, source)) return;
        MappingDatabase<TestArch>.Move(source.Value.Capability, source, spare);
    }

    private static bool IsThreadSlot(CapabilityWorld world, Ref<CapabilitySlot> slot) => !IsInCNode(world, slot);

    private static void AssertRevokeGetsTheRest(CapabilityWorld world)
    {
        Expect.None(world.Revoke(CapabilityWorld.Untyped));
        world.CheckInvariants();
        Assert.False(MappingDatabase<TestArch>.HasChildren(world.Slot(CapabilityWorld.Untyped)));
        Assert.True(world.Slot(Kept).Value.IsEmpty);
        // What was there at the start: CNode, TCB, two untypeds, and the thread's own root.
        Assert.Equal(5, new DeletionModel(Start(world)).Occupied.Count());
    }

    private static IEnumerable<Ref<CapabilitySlot>> Start(CapabilityWorld world) =>
        [Slots.Of(world.Caller, TcbSlot.CSpaceRoot), world.Slot(CapabilityWorld.CNode)];

    private static HashSet<ulong> AliveSlots(CapabilityWorld world, DeletionModel found)
    {
        HashSet<ulong> alive = [];
        for (int i = 0; i < CapabilityWorld.SlotCount; i++) alive.Add(world.Slot(i).Address);
        foreach (ulong address in found.Occupied)
        {
            Capability capability = new Ref<CapabilitySlot>(address).Value.Capability;
            (ulong first, ulong count) = capability.Tag switch
            {
                CapabilityTag.CNode => (capability.CNodeAddress, 1ul << (int)capability.CNodeRadix),
                CapabilityTag.Tcb => (capability.TcbAddress, (ulong)TcbSlots.Count),
                CapabilityTag.Zombie => (capability.ZombieAddress, Zombies.SlotCount(capability)),
                _ => (0ul, 0ul),
            };
            for (ulong i = 0; i < count; i++) alive.Add(first + (i * Slots.Bytes));
        }
        return alive;
    }

    private static bool Same(DeletionModel model, DeletionModel found) =>
        model.Contents.Count == found.Contents.Count
        && model.Contents.All(entry => found.Contents.TryGetValue(entry.Key, out (ulong, ulong) words) && words == entry.Value);

    private static string Difference(DeletionModel model, DeletionModel found)
    {
        static string List(IEnumerable<ulong> slots) => string.Join(' ', slots.Select(slot => slot.ToString("x")));
        return $"lost [{List(model.Occupied.Except(found.Occupied))}], left [{List(found.Occupied.Except(model.Occupied))}]";
    }
}
