// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Diagnostics;

/// <summary>Each kind of damage to a state is noticed by the invariants, and named.</summary>
public sealed class InvariantsTests : IDisposable
{
    private const int Endpoint = 20;
    private const int Copy = 21;
    private const int Thread = 22;
    private const int Other = 23;
    private const int Node = 24;
    private const int Notification = 25;
    private const int Small = 26;
    private readonly CapabilityWorld _world = new();

    public InvariantsTests()
    {
        _world.Make(ObjectType.Endpoint, 0, Endpoint);
        Expect.None(_world.Copy(Endpoint, Copy));
        _world.Make(ObjectType.Tcb, 0, Thread, 2);
        _world.Make(ObjectType.CNode, 3, Node);
        _world.Make(ObjectType.Notification, 0, Notification);
        _world.Make(ObjectType.Untyped, 12, Small);
        _world.CheckInvariants();
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_broken_link_of_the_derivation_list()
    {
        _world.Slot(Copy).Value.MdbPrevious = _world.Slot(Node).Address;
        Noticed("points back at");
    }

    [Fact]
    public void A_link_to_an_empty_slot()
    {
        _world.Slot(Copy).Value.Word0 = 0;
        _world.Slot(Copy).Value.Word1 = 0;
        Noticed("has the empty slot");
        Noticed("is not all zero");
    }

    [Fact]
    public void A_link_out_of_memory_does_not_end_the_process()
    {
        _world.Slot(Copy).Value.MdbNextAndFlags = 0x7ff0_0000_1000;
        Noticed("which is no memory");
    }

    [Fact]
    public void A_ring_in_the_derivation_list()
    {
        // The domain capability and its copy, closed to a ring of their own.
        MappingDatabase<TestArch>.InsertRoot(_world.Slot(40), Capability.NewDomain());
        Expect.None(_world.Copy(40, 41));
        _world.Slot(40).Value.MdbPrevious = _world.Slot(41).Address;
        _world.Slot(41).Value.MdbNextAndFlags |= _world.Slot(40).Address;
        Noticed("form a ring");
    }

    [Fact]
    public void Capabilities_to_one_object_apart_from_each_other()
    {
        Ref<CapabilitySlot> slot = _world.Slot(40);
        MappingDatabase<TestArch>.InsertRoot(slot, _world.At(Endpoint));
        Noticed("but are not neighbours");
        Noticed("but not made from it");
    }

    [Fact]
    public void A_capability_to_memory_that_counts_as_free()
    {
        Capability lost = Capability.NewEndpoint(_world.At(Small).UntypedAddress + 64, 0, true, true, true, true);
        MappingDatabase<TestArch>.InsertRoot(_world.Slot(40), lost);
        Noticed("but not made from it");
    }

    [Fact]
    public void A_watermark_below_the_end_of_a_child()
    {
        Ref<CapabilitySlot> untyped = _world.Slot(CapabilityWorld.Untyped);
        untyped.Value.Capability = untyped.Value.Capability.WithUntypedFreeIndex(1);
        Noticed("ends at offset");
    }

    [Fact]
    public void A_watermark_beyond_the_end()
    {
        Ref<CapabilitySlot> untyped = _world.Slot(CapabilityWorld.Untyped);
        untyped.Value.Capability = untyped.Value.Capability.WithUntypedFreeIndex(1 << 20);
        Noticed("beyond its end");
    }

    [Fact]
    public void Objects_that_share_memory()
    {
        Capability overlapping = Capability.NewEndpoint(_world.At(Node).CNodeAddress + 32, 0, true, true, true, true);
        MappingDatabase<TestArch>.InsertChild(_world.Slot(CapabilityWorld.Untyped), _world.Slot(40), overlapping);
        Noticed("share memory");
    }

    [Fact]
    public void An_object_that_is_not_aligned()
    {
        Capability crooked = Capability.NewNotification(_world.At(Notification).NotificationAddress + 16, 0, true, true);
        MappingDatabase<TestArch>.InsertChild(_world.Slot(CapabilityWorld.Untyped), _world.Slot(40), crooked);
        Noticed("is not aligned");
    }

    [Fact]
    public void A_capability_in_a_slot_of_nothing()
    {
        Ref<CapabilitySlot> nowhere = new(_world.UntypedAddress + (1 << 19));
        MappingDatabase<TestArch>.Insert(ref _world.Kernel, _world.At(Endpoint), _world.Slot(Endpoint), nowhere);
        Noticed("lies in no object");
    }

    [Fact]
    public unsafe void Free_memory_that_is_not_zero()
    {
        *(ulong*)(_world.At(Small).UntypedAddress + 512) = 1;
        InvariantException exception = Assert.Throws<InvariantException>(_world.CheckFreeMemory);
        Assert.Contains("is not zero at offset 200", exception.Message);
    }

    [Fact]
    public void A_runnable_thread_that_is_in_no_queue()
    {
        At(Thread).Value.State = ThreadState.Running;
        Noticed("nobody will ever run it");
    }

    [Fact]
    public void A_stopped_thread_in_a_ready_queue()
    {
        Threads<TestArch>.Restart(ref _world.Kernel, At(Thread));
        Threads<TestArch>.Restart(ref _world.Kernel, At(Other));
        At(Other).Value.State = ThreadState.Inactive;
        Noticed("does not belong in ready queue");
    }

    [Fact]
    public void A_ready_bit_without_a_thread()
    {
        _world.Kernel.ReadyBits[1] |= 4;
        Noticed("the ready bit of priority 66");
        Noticed("the summary of ready priorities");
    }

    [Fact]
    public void A_waiting_thread_that_is_in_no_queue()
    {
        At(Thread).Value.State = ThreadState.BlockedOnSend;
        At(Thread).Value.BlockingObject = _world.At(Endpoint).EndpointAddress;
        Noticed("but its queue says otherwise");
    }

    [Fact]
    public void A_thread_in_a_queue_that_does_not_wait()
    {
        _world.Send(At(Thread), _world.At(Endpoint).EndpointAddress, 0, IpcFlags.None);
        At(Thread).Value.State = ThreadState.Inactive;
        Noticed("does not belong in the queue");
    }

    [Fact]
    public void An_endpoint_with_a_wrong_tail()
    {
        _world.Send(At(Thread), _world.At(Endpoint).EndpointAddress, 0, IpcFlags.None);
        new Ref<Endpoint>(_world.At(Endpoint).EndpointAddress).Value.Tail = At(Other);
        Noticed("has a wrong tail");
    }

    [Fact]
    public void A_binding_that_one_side_does_not_know()
    {
        new Ref<Notification>(_world.At(Notification).NotificationAddress).Value.BoundTcb = At(Thread);
        Noticed("which does not know of it");
    }

    [Fact]
    public void A_reply_capability_for_a_thread_that_does_not_wait()
    {
        Replies<TestArch>.EnsureMaster(At(Thread));
        Capability reply = Capability.NewReply(At(Thread).Address, false, true);
        MappingDatabase<TestArch>.Insert(ref _world.Kernel, reply, Slots.Of(At(Thread), TcbSlot.Reply), _world.Slot(40));
        Noticed("with 1 reply capabilities about");
    }

    [Fact]
    public void A_master_reply_capability_in_the_wrong_place()
    {
        MappingDatabase<TestArch>.InsertRoot(_world.Slot(40), Capability.NewReply(At(Thread).Address, true, true));
        Noticed("of the wrong kind");
    }

    [Fact]
    public void A_thread_with_a_root_of_the_wrong_type()
    {
        Capability endpoint = _world.At(Endpoint);
        MappingDatabase<TestArch>.Insert(ref _world.Kernel, endpoint, _world.Slot(Endpoint), Slots.Of(At(Thread), TcbSlot.CSpaceRoot));
        Noticed("has a Endpoint in slot CSpaceRoot");
    }

    [Fact]
    public void A_thread_that_left_the_list_of_all_threads()
    {
        _world.Kernel.AllThreads = _world.Kernel.AllThreads.Value.AllNext;
        _world.Kernel.AllThreads.Value.AllPrevious = default;
        Noticed("is not in the list of all threads");
    }

    [Fact]
    public void An_interrupt_handler_whose_vector_is_not_issued()
    {
        MappingDatabase<TestArch>.InsertRoot(_world.Slot(40), Capability.NewIrqHandler(5));
        Noticed("interrupt 5 does not match");
    }

    [Fact]
    public void Two_capabilities_to_a_dying_object()
    {
        Expect.None(_world.Copy(Node, 40));
        _world.Slot(Node).Value.Capability = Zombies.OfCNode(_world.At(Node));
        Noticed("dying object");
    }

    private Ref<Tcb> At(int slot) => new(_world.At(slot).TcbAddress);

    private void Noticed(string words)
    {
        InvariantException exception = Assert.Throws<InvariantException>(_world.CheckInvariants);
        Assert.Contains(words, exception.Message);
    }
}
