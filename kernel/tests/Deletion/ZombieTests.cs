// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Deletion;

/// <summary>Deletion of objects that hold capabilities themselves, in every shape they can form.</summary>
public sealed class ZombieTests : CapabilityTest
{
    private const int A = 30;
    private const int B = 31;
    private const int C = 32;

    [Fact]
    [Rule("R-CNODE-30")]
    public void Deleting_an_empty_slot_succeeds() => Refused(SyscallError.None, () => World.Delete(A));

    [Fact]
    [Rule("R-DEL-01")]
    public void Deleting_a_copy_of_a_CNode_leaves_its_contents()
    {
        World.Make(ObjectType.CNode, 3, A);
        World.Make(ObjectType.Endpoint, 0, B);
        World.MoveInto(B, A, 7);
        Expect.None(World.Copy(A, C));
        Expect.None(World.Delete(A));
        Assert.Equal(CapabilityTag.Endpoint, World.Inside(C, 7).Value.Tag);
    }

    [Theory]
    [Rule("R-DEL-05")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(150)]
    public void A_chain_of_CNodes_is_deleted_to_its_end_however_long(int depth)
    {
        // Each CNode holds the last capability to the previous one, and an endpoint beside it.
        World.Make(ObjectType.CNode, 2, A);
        for (int i = 0; i < depth; i++)
        {
            World.Make(ObjectType.CNode, 2, B);
            World.Make(ObjectType.Endpoint, 0, C);
            World.MoveInto(A, B, i % 4);
            World.MoveInto(C, B, (i + 1) % 4);
            Expect.None(World.Move(B, A));
        }
        Expect.None(World.Delete(A));
        AssertAllGone();
    }

    [Fact]
    [Rule("R-DEL-05")]
    public void A_tree_of_CNodes_is_deleted_with_all_leaves()
    {
        World.Make(ObjectType.CNode, 2, A);
        for (int i = 0; i < 4; i++)
        {
            World.Make(ObjectType.CNode, 2, B);
            for (int j = 0; j < 4; j++)
            {
                World.Make(ObjectType.CNode, 1, C);
                World.Make(ObjectType.SmallPage, 0, C + 1);
                World.MoveInto(C + 1, C, j & 1);
                World.MoveInto(C, B, j);
            }
            World.MoveInto(B, A, i);
        }
        Expect.None(World.Delete(A));
        AssertAllGone();
        Assert.Equal(16, World.Machine.Finalized.Count(entry => entry is { Tag: CapabilityTag.Frame, IsFinal: true }));
    }

    [Theory]
    [Rule("R-DEL-06", "R-CNODE-32")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_CNode_with_its_own_last_capability_inside_is_deleted_through_that_slot(int index)
    {
        World.Make(ObjectType.CNode, 3, A);
        for (int i = 0; i < 8; i++)
        {
            if (i == index) continue;
            World.Make(ObjectType.Endpoint, 0, B);
            World.MoveInto(B, A, i);
        }
        Ref<CapabilitySlot> inside = World.Inside(A, index);
        World.MoveInto(A, A, index);
        AssertEmpty(A);
        World.CheckInvariants();
        // The capability invoked is the very one that is deleted.
        Expect.None(World.Invoke(inside, InvocationLabel.CNodeDelete, [(ulong)index, 3]));
        Assert.True(inside.Value.IsEmpty);
        AssertAllGone();
    }

    [Theory]
    [Rule("R-DEL-06")]
    [InlineData(0)]
    [InlineData(3)]
    public void A_CNode_with_a_copy_of_itself_inside_is_deleted_from_outside(int index)
    {
        World.Make(ObjectType.CNode, 2, A);
        Expect.None(World.Copy(A, B));
        World.MoveInto(B, A, index);
        // Not the last one: the CNode lives on with the capability to itself.
        ulong inside = World.At(A).CNodeAddress + ((ulong)index * Slots.Bytes);
        Expect.None(World.Delete(A));
        Assert.Equal(CapabilityTag.CNode, new Ref<CapabilitySlot>(inside).Value.Tag);
        // Only revoking what it was made from reaches it now.
        Expect.None(World.Revoke(CapabilityWorld.Untyped));
        AssertAllGone();
    }

    [Theory]
    [Rule("R-DEL-07")]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void Two_CNodes_with_each_others_last_capability_are_deleted_through_one_of_them(int indexInA, int indexInB)
    {
        World.Make(ObjectType.CNode, 2, A);
        World.Make(ObjectType.CNode, 2, B);
        World.Make(ObjectType.Endpoint, 0, C, 2);
        World.MoveInto(C, A, 2);
        World.MoveInto(C + 1, B, 2);
        Ref<CapabilitySlot> inA = World.Inside(A, indexInA);
        Ref<CapabilitySlot> inB = World.Inside(B, indexInB);
        Capability b = World.At(B);
        World.MoveInto(B, A, indexInA);
        Assert.True(inB.Value.IsEmpty);
        ulong[] message = [(ulong)indexInB, b.CNodeRadix, A, 64];
        Expect.None(World.Invoke(inA, InvocationLabel.CNodeMove, message, World.Slot(CapabilityWorld.CNode)));
        World.CheckInvariants();
        Expect.None(World.Invoke(inB, InvocationLabel.CNodeDelete, [(ulong)indexInA, 2]));
        AssertAllGone();
    }

    [Theory]
    [Rule("R-DEL-08")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_zombie_can_be_deleted_or_moved_and_deleted_but_nothing_else(bool isMoved)
    {
        MakeChain(3);
        MakeZombie(A);
        Refused(SyscallError.IllegalOperation, () => World.Copy(A, B));
        Refused(SyscallError.IllegalOperation, () => World.Mint(A, B, 0));
        Refused(SyscallError.None, () => World.Revoke(A));
        if (isMoved)
        {
            Expect.None(World.Move(A, B));
            AssertEmpty(A);
        }
        World.CheckInvariants();
        Expect.None(World.Delete(isMoved ? B : A));
        AssertAllGone();
    }

    [Fact]
    [Rule("R-DEL-08", "R-CSP-10")]
    public void A_zombie_is_no_CNode_for_lookups()
    {
        MakeChain(2);
        MakeZombie(A);
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => World.InvokeOnce(World.Slot(CapabilityWorld.CNode),
            InvocationLabel.CNodeMove, [B, 64, 0, 2], World.Slot(A)));
        Refused(Missing(0, false), () => World.InvokeOnce(World.Slot(CapabilityWorld.Untyped),
            InvocationLabel.UntypedRetype, [(ulong)ObjectType.Endpoint, 0, 0, 0, 0, 1], World.Slot(A)));
        Expect.None(World.Delete(A));
    }

    [Fact]
    [Rule("R-DEL-04", "R-DEL-05", "R-DEL-15")]
    public void A_thread_and_the_CSpace_that_holds_its_last_capability_go_together()
    {
        World.Make(ObjectType.Tcb, 0, B);
        World.Make(ObjectType.CNode, 3, A);
        World.Make(ObjectType.Pml4, 0, C);
        Ref<Tcb> thread = new(World.At(B).TcbAddress);
        World.Slot(C).Value.Capability = World.At(C).WithPml4IsMapped(true);
        MappingDatabase<TestArch>.Insert(ref World.Kernel, World.At(C), World.Slot(C), Slots.Of(thread, TcbSlot.VSpaceRoot));
        MappingDatabase<TestArch>.Insert(ref World.Kernel, World.At(A), World.Slot(A), Slots.Of(thread, TcbSlot.CSpaceRoot));
        Threads<TestArch>.Restart(ref World.Kernel, thread);
        Ref<CapabilitySlot> inside = World.Inside(A, 4);
        World.MoveInto(B, A, 4);
        Expect.None(World.Delete(A));
        Expect.None(World.Delete(C));
        World.CheckInvariants();
        // As if the thread deleted itself: its own capability, through its own CSpace.
        Expect.None(World.Invoke(Slots.Of(thread, TcbSlot.CSpaceRoot), InvocationLabel.CNodeDelete, [4, 3]));
        Assert.True(inside.Value.IsEmpty);
        Assert.NotEqual(thread, World.Kernel.AllThreads);
        AssertAllGone();
        Assert.Contains(World.Machine.Finalized, entry => entry is { Tag: CapabilityTag.Pml4, IsFinal: true });
    }

    [Fact]
    [Rule("R-DEL-09", "R-DEL-10", "R-DEL-11", "R-DEL-14")]
    public void The_architecture_hears_of_every_deletion_and_whether_it_was_the_last()
    {
        World.Make(ObjectType.SmallPage, 0, A);
        Expect.None(World.Copy(A, B));
        Expect.None(World.Delete(A));
        Expect.None(World.Delete(B));
        Assert.Equal([false, true], World.Machine.Finalized.Select(entry => entry.IsFinal));
    }

    private void MakeChain(int depth)
    {
        World.Make(ObjectType.CNode, 2, A);
        for (int i = 0; i < depth; i++)
        {
            World.Make(ObjectType.CNode, 2, B);
            World.MoveInto(A, B, 1);
            Expect.None(World.Move(B, A));
        }
    }

    /// <summary>Begins to delete a slot and stops after the first step.</summary>
    private void MakeZombie(int slot)
    {
        World.Machine.IsInterruptPending = static () => true;
        World.Kernel.WorkUnits = PreemptionLimits.UnitsBetweenPolls - 1;
        SyscallError error = World.InvokeOnce(World.Slot(CapabilityWorld.CNode), InvocationLabel.CNodeDelete, [(ulong)slot, 64]);
        Assert.Equal(SyscallError.PreemptedCode, error.CodeByte);
        Assert.Equal(CapabilityTag.Zombie, World.At(slot).Tag);
        World.Machine.IsInterruptPending = null;
    }

    /// <summary>Nothing made from the untyped is left, so all its memory can be had again.</summary>
    private void AssertAllGone()
    {
        World.CheckInvariants();
        Assert.False(MappingDatabase<TestArch>.HasChildren(World.Slot(CapabilityWorld.Untyped)));
        World.Make(ObjectType.Untyped, CapabilityWorld.UntypedBits, 200);
        Expect.None(World.Delete(200));
    }
}
