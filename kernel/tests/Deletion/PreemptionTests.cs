// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Deletion;

/// <summary>Long deletions stop for interrupts, and how soon.</summary>
public sealed class PreemptionTests : CapabilityTest
{
    private const int Node = 30;
    private const int Radix = 10;
    private const int Objects = 1 << Radix;

    [Fact]
    [Rule("R-DEL-16")]
    public void Without_an_interrupt_a_deletion_runs_through_and_looks_every_hundred_units()
    {
        Fill();
        int polls = World.Machine.Polls;
        Expect.None(World.Delete(Node));
        Assert.Equal(0, World.Preemptions);
        // 1024 capabilities, each emptied and passed in one step.
        Assert.InRange(World.Machine.Polls - polls, Objects / 100, (Objects / 100) + 1);
    }

    [Fact]
    [Rule("R-DEL-16", "R-SYS-16")]
    public void A_pending_interrupt_is_let_through_after_at_most_a_hundred_units()
    {
        Fill();
        World.Machine.IsInterruptPending = static () => true;
        int before = Left();
        int rounds = 0;
        while (true)
        {
            SyscallError error = World.InvokeOnce(World.Slot(CapabilityWorld.CNode), InvocationLabel.CNodeDelete, [Node, 64]);
            if (error.CodeByte != SyscallError.PreemptedCode)
            {
                Expect.None(error);
                break;
            }
            Assert.Equal(CapabilityTag.Zombie, World.At(Node).Tag);
            World.CheckInvariants();
            int left = Left();
            Assert.InRange(before - left, 1, (int)PreemptionLimits.UnitsBetweenPolls);
            before = left;
            rounds++;
        }
        Assert.True(rounds >= Objects / 100);
        AssertEmpty(Node);
    }

    [Fact]
    [Rule("R-DEL-16", "R-SYS-16")]
    public void Revoke_stops_after_at_most_a_hundred_capabilities_and_goes_on()
    {
        Fill();
        World.Machine.IsInterruptPending = static () => true;
        int before = Left();
        SyscallError error;
        while ((error = World.InvokeOnce(World.Slot(CapabilityWorld.CNode), InvocationLabel.CNodeRevoke, [CapabilityWorld.Untyped, 64]))
            .CodeByte == SyscallError.PreemptedCode)
        {
            World.CheckInvariants();
            if (World.At(Node).Tag != CapabilityTag.CNode) continue;
            int left = Left();
            Assert.InRange(before - left, 1, (int)PreemptionLimits.UnitsBetweenPolls);
            before = left;
        }
        Expect.None(error);
        Assert.False(MappingDatabase<TestArch>.HasChildren(World.Slot(CapabilityWorld.Untyped)));
    }

    [Fact]
    [Rule("R-DEL-16")]
    public void Units_carry_over_from_one_operation_to_the_next()
    {
        for (int i = 0; i < 250; i++)
        {
            World.Make(ObjectType.CNode, 1, Node);
            Expect.None(World.Delete(Node));
        }
        // Two empty slots and the end: three units each, besides the chunks zeroed for each new CNode.
        Assert.True(World.Machine.Polls >= 250 * 3 / 100);
    }

    private void Fill()
    {
        World.Make(ObjectType.CNode, Radix, Node);
        for (ulong offset = 0; offset < Objects; offset += 256)
        {
            Expect.None(World.Invoke(World.Slot(CapabilityWorld.Untyped), InvocationLabel.UntypedRetype,
                [(ulong)ObjectType.Endpoint, 0, 0, 0, offset, 256], World.Slot(Node)));
        }
    }

    /// <summary>Endpoint capabilities that still exist.</summary>
    private int Left()
    {
        int count = 0;
        for (Ref<CapabilitySlot> slot = World.Slot(CapabilityWorld.Untyped); !slot.IsNull; slot = slot.Value.Next)
        {
            if (slot.Value.Tag == CapabilityTag.Endpoint) count++;
        }
        return count;
    }
}
