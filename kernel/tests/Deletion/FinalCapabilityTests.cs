// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Deletion;

/// <summary>What happens to an object when its last capability goes (ABI §21.3).</summary>
[Rule("ABI-21.3")]
public sealed class FinalCapabilityTests : CapabilityTest
{
    private const int Object = 20;
    private const int Copy = 21;
    private const int Thread = 30;

    public FinalCapabilityTests() => World.Make(ObjectType.Tcb, 0, Thread, 4);

    [Fact]
    [Rule("R-DEL-01", "R-DEL-02")]
    public void Threads_queued_at_an_endpoint_are_restarted_with_the_last_capability_only()
    {
        World.Make(ObjectType.Endpoint, 0, Object);
        Expect.None(World.Mint(Object, Copy, 7));
        for (int i = 0; i < 3; i++) World.Send(At(Thread + i), World.At(Object).EndpointAddress, (ulong)i, IpcFlags.None);
        Expect.None(World.Delete(Object));
        for (int i = 0; i < 3; i++) Assert.Equal(ThreadState.BlockedOnSend, At(Thread + i).Value.State);
        Expect.None(World.Delete(Copy));
        for (int i = 0; i < 3; i++) Assert.Equal(ThreadState.Restart, At(Thread + i).Value.State);
    }

    [Fact]
    [Rule("R-DEL-02")]
    public void Receivers_are_restarted_too()
    {
        World.Make(ObjectType.Endpoint, 0, Object);
        EndpointIpc<TestArch>.Receive(ref World.Kernel, At(Thread), World.At(Object), Blocking.Yes);
        Expect.None(World.Delete(Object));
        Assert.Equal(ThreadState.Restart, At(Thread).Value.State);
    }

    [Fact]
    [Rule("R-DEL-03")]
    public void The_last_notification_capability_unbinds_and_restarts_waiters()
    {
        World.Make(ObjectType.Notification, 0, Object, 2);
        Ref<Notification> bound = new(World.At(Object).NotificationAddress);
        Ref<Notification> waited = new(World.At(Object + 1).NotificationAddress);
        At(Thread).Value.BoundNotification = bound;
        bound.Value.BoundTcb = At(Thread);
        NotificationIpc<TestArch>.Receive(ref World.Kernel, At(Thread + 1), waited, Blocking.Yes);
        World.CheckInvariants();
        Expect.None(World.Delete(Object));
        Expect.None(World.Delete(Object + 1));
        Assert.True(At(Thread).Value.BoundNotification.IsNull);
        Assert.Equal(ThreadState.Restart, At(Thread + 1).Value.State);
    }

    [Fact]
    [Rule("R-DEL-04", "R-DEL-01")]
    public void The_last_TCB_capability_stops_the_thread_and_deletes_what_it_holds()
    {
        World.Make(ObjectType.Endpoint, 0, Object);
        Ref<Tcb> thread = At(Thread);
        MappingDatabase<TestArch>.Insert(
            ref World.Kernel, World.RootCapability, World.Slot(CapabilityWorld.CNode), Slots.Of(thread, TcbSlot.CSpaceRoot));
        World.Send(thread, World.At(Object).EndpointAddress, 0, IpcFlags.None);
        Expect.None(World.Copy(Thread, Copy));
        Expect.None(World.Delete(Thread));
        Assert.Equal(ThreadState.BlockedOnSend, thread.Value.State);
        Expect.None(World.Delete(Copy));
        Assert.Equal(ThreadState.Inactive, thread.Value.State);
        Assert.Equal(EndpointState.Idle, new Ref<Endpoint>(World.At(Object).EndpointAddress).Value.State);
        for (int i = 0; i < TcbSlots.Count; i++) Assert.True(Slots.Of(thread, (TcbSlot)i).Value.IsEmpty);
        Assert.Equal(CapabilityTag.CNode, World.At(CapabilityWorld.CNode).Tag);
    }

    [Fact]
    [Rule("R-DEL-04")]
    public void A_running_thread_leaves_the_ready_queues()
    {
        Threads<TestArch>.Restart(ref World.Kernel, At(Thread));
        Threads<TestArch>.Restart(ref World.Kernel, At(Thread + 1));
        World.CheckInvariants();
        Expect.None(World.Delete(Thread));
        Expect.None(World.Delete(Thread + 1));
        Assert.Equal(0ul, World.Kernel.ReadySummary);
    }

    [Fact]
    [Rule("R-DEL-12")]
    public void The_last_handler_capability_clears_its_notification_and_frees_the_vector()
    {
        World.Make(ObjectType.Notification, 0, Object);
        MappingDatabase<TestArch>.InsertRoot(World.Slot(40), Capability.NewIrqControl());
        World.Kernel.Irqs[9].Kind = 1;
        MappingDatabase<TestArch>.Insert(ref World.Kernel, Capability.NewIrqHandler(9), World.Slot(40), World.Slot(41));
        Expect.None(World.Copy(41, 42));
        MappingDatabase<TestArch>.Insert(
            ref World.Kernel, World.At(Object), World.Slot(Object), References.IrqSlot(ref World.Kernel, 9));
        World.CheckInvariants();
        Expect.None(World.Delete(41));
        Assert.Equal(1ul, World.Kernel.Irqs[9].Kind);
        Assert.Empty(World.Machine.ReleasedInterrupts);
        Expect.None(World.Delete(42));
        Assert.Equal(0ul, World.Kernel.Irqs[9].Kind);
        Assert.True(World.Kernel.Irqs[9].Notification.IsEmpty);
        Assert.Equal([9], World.Machine.ReleasedInterrupts);
    }

    [Fact]
    [Rule("R-DEL-01")]
    public void Deleting_a_control_or_untyped_capability_touches_nothing_else()
    {
        World.Make(ObjectType.Untyped, 12, Object);
        World.Make(ObjectType.Endpoint, 0, Copy, 1, Object);
        MappingDatabase<TestArch>.InsertRoot(World.Slot(40), Capability.NewDomain());
        Expect.None(World.Delete(40));
        Expect.None(World.Delete(Object));
        Assert.Equal(CapabilityTag.Endpoint, World.At(Copy).Tag);
    }

    [Fact]
    [Rule("R-DEL-05")]
    public void Only_last_capabilities_to_CNodes_and_threads_and_zombies_are_long_to_delete()
    {
        World.Make(ObjectType.CNode, 2, Object);
        Assert.True(Deletion<TestArch>.IsLongRunning(World.Slot(Object)));
        Assert.True(Deletion<TestArch>.IsLongRunning(World.Slot(Thread)));
        Expect.None(World.Copy(Object, Copy));
        Expect.None(World.Copy(Thread, Copy + 1));
        Assert.False(Deletion<TestArch>.IsLongRunning(World.Slot(Object)));
        Assert.False(Deletion<TestArch>.IsLongRunning(World.Slot(Copy + 1)));
        Assert.False(Deletion<TestArch>.IsLongRunning(World.Slot(90)));
        Assert.False(Deletion<TestArch>.IsLongRunning(World.Slot(CapabilityWorld.Untyped)));
    }

    private Ref<Tcb> At(int slot) => new(World.At(slot).TcbAddress);
}
