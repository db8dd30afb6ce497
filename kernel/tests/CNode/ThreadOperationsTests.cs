// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.CNode;

/// <summary>CNode methods that touch threads: SaveCaller and CancelBadgedSends.</summary>
public sealed class ThreadOperationsTests : CapabilityTest
{
    private const int EndpointSlot = 20;
    private const int Badged = 21;
    private const int Target = 22;
    private const int Thread = 30;

    public ThreadOperationsTests()
    {
        World.Make(ObjectType.Endpoint, 0, EndpointSlot);
        World.Make(ObjectType.Tcb, 0, Thread, 5);
    }

    [Fact]
    [Rule("R-CNODE-33")]
    public void SaveCaller_into_an_occupied_slot_is_refused_with_and_without_caller()
    {
        Refused(SyscallError.DeleteFirst, () => SaveCaller(EndpointSlot));
        CallMe(Thread);
        Refused(SyscallError.DeleteFirst, () => SaveCaller(EndpointSlot));
    }

    [Fact]
    [Rule("R-CNODE-34")]
    public void SaveCaller_without_caller_leaves_the_slot_empty()
    {
        Refused(SyscallError.None, () => SaveCaller(Target));
        AssertEmpty(Target);
    }

    [Fact]
    [Rule("R-CNODE-35", "R-REPLY-09")]
    public void SaveCaller_moves_the_reply_capability_which_can_then_be_moved_but_not_copied()
    {
        CallMe(Thread);
        Expect.None(SaveCaller(Target));
        Assert.True(Slots.Of(World.Caller, TcbSlot.Caller).Value.IsEmpty);
        Assert.Equal(CapabilityTag.Reply, World.At(Target).Tag);
        Assert.Equal(At(Thread).Address, World.At(Target).ReplyTcbAddress);
        World.CheckInvariants();
        Refused(SyscallError.IllegalOperation, () => World.Copy(Target, Target + 1));
        Expect.None(World.Move(Target, Target + 1));
        Assert.Equal(CapabilityTag.Reply, World.At(Target + 1).Tag);
    }

    [Fact]
    [Rule("R-DEL-13", "R-REPLY-18")]
    public void Deleting_a_reply_capability_leaves_its_caller_blocked()
    {
        CallMe(Thread);
        Expect.None(SaveCaller(Target));
        Expect.None(World.Delete(Target));
        Assert.Equal(ThreadState.BlockedOnReply, At(Thread).Value.State);
    }

    [Fact]
    [Rule("R-REPLY-12", "R-DEL-04")]
    public void Deleting_the_waiting_caller_deletes_its_reply_capability_wherever_it_is()
    {
        CallMe(Thread);
        Expect.None(SaveCaller(Target));
        Expect.None(World.Delete(Thread));
        AssertEmpty(Thread, Target);
        CallMe(Thread + 1);
        Expect.None(World.Delete(Thread + 1));
        Assert.True(Slots.Of(World.Caller, TcbSlot.Caller).Value.IsEmpty);
    }

    [Theory]
    [Rule("R-CNODE-36")]
    [InlineData(CapRights.Read | CapRights.Grant | CapRights.GrantReply)]
    [InlineData(CapRights.Write | CapRights.Grant | CapRights.GrantReply)]
    [InlineData(CapRights.Write | CapRights.Read | CapRights.GrantReply)]
    [InlineData(CapRights.Write | CapRights.Read | CapRights.Grant)]
    public void CancelBadgedSends_needs_every_right(CapRights rights)
    {
        Expect.None(World.Mint(EndpointSlot, Badged, 5, rights));
        Send(Thread, 5);
        Refused(SyscallError.IllegalOperation, () => Cancel(Badged));
        Assert.Equal(ThreadState.BlockedOnSend, At(Thread).Value.State);
    }

    [Fact]
    [Rule("R-CNODE-36")]
    public void CancelBadgedSends_is_for_endpoints_alone()
    {
        World.Make(ObjectType.Notification, 0, Target);
        Expect.None(World.Mint(Target, Target + 1, 5));
        foreach (int slot in (int[])[Target, Target + 1, Thread, CapabilityWorld.CNode, CapabilityWorld.Untyped, 90])
        {
            Refused(SyscallError.IllegalOperation, () => Cancel(slot));
        }
    }

    [Fact]
    [Rule("R-CNODE-37", "R-CNODE-39")]
    public void CancelBadgedSends_restarts_exactly_the_senders_of_that_badge()
    {
        Expect.None(World.Mint(EndpointSlot, Badged, 5));
        ulong[] badges = [5, 6, 5, 0, 5];
        for (int i = 0; i < badges.Length; i++) Send(Thread + i, badges[i]);
        Expect.None(Cancel(Badged));
        World.CheckInvariants();
        for (int i = 0; i < badges.Length; i++)
        {
            Assert.Equal(badges[i] == 5 ? ThreadState.Restart : ThreadState.BlockedOnSend, At(Thread + i).Value.State);
        }
        Ref<Endpoint> endpoint = new(World.At(EndpointSlot).EndpointAddress);
        Assert.Equal(At(Thread + 1), endpoint.Value.Head);
        Assert.Equal(At(Thread + 3), endpoint.Value.Tail);
    }

    [Fact]
    [Rule("R-CNODE-37")]
    public void CancelBadgedSends_leaves_receivers_alone()
    {
        Expect.None(World.Mint(EndpointSlot, Badged, 5));
        EndpointIpc<TestArch>.Receive(ref World.Kernel, At(Thread), World.At(EndpointSlot), Blocking.Yes);
        Expect.None(Cancel(Badged));
        Assert.Equal(ThreadState.BlockedOnReceive, At(Thread).Value.State);
    }

    [Fact]
    [Rule("R-CNODE-38")]
    public void CancelBadgedSends_without_badge_does_nothing()
    {
        Send(Thread, 0);
        Send(Thread + 1, 5);
        Expect.None(Cancel(EndpointSlot));
        Assert.Equal(ThreadState.BlockedOnSend, At(Thread).Value.State);
        Assert.Equal(ThreadState.BlockedOnSend, At(Thread + 1).Value.State);
    }

    private SyscallError SaveCaller(int slot) => World.OnRoot(InvocationLabel.CNodeSaveCaller, (ulong)slot, 64);

    private SyscallError Cancel(int slot) => World.OnRoot(InvocationLabel.CNodeCancelBadgedSends, (ulong)slot, 64);

    private Ref<Tcb> At(int slot) => new(World.At(slot).TcbAddress);

    private void Send(int thread, ulong badge) =>
        World.Send(At(thread), World.At(EndpointSlot).EndpointAddress, badge, IpcFlags.None);

    /// <summary>Lets a thread call the endpoint and the world's thread receive the call.</summary>
    private void CallMe(int thread)
    {
        World.Send(At(thread), World.At(EndpointSlot).EndpointAddress, 0, IpcFlags.IsCall | IpcFlags.CanGrant);
        EndpointIpc<TestArch>.Receive(ref World.Kernel, World.Caller, World.At(EndpointSlot), Blocking.No);
        Assert.Equal(ThreadState.BlockedOnReply, At(thread).Value.State);
    }
}
