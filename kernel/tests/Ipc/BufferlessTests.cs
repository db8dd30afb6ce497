// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Ipc;

/// <summary>Messages between threads of which one has no IPC buffer, or one that it may not write to.</summary>
[Rule("R-IPC-09")]
public sealed class BufferlessTests : KernelTest
{
    private static readonly ulong[] Five = [1, 2, 3, 4, 5];

    private readonly ulong _endpoint;

    public BufferlessTests() => _endpoint = Sim.NewObject(ObjectType.Endpoint);

    private SimThread Exchange(SimBuffer receiverBuffer, SimBuffer senderBuffer)
    {
        SimThread receiver = Sim.NewThread("receiver", 120, 0, receiverBuffer);
        SimThread sender = Sim.NewThread("sender", 110, 0, senderBuffer);
        Sim.Park();
        receiver.Recv(_endpoint);
        sender.Load(0, Five, []);
        sender.Enter(SystemCall.Send, _endpoint, new MessageInfo(6, 0, 0, 5).Word);
        Assert.True(receiver.IsRunning);
        return receiver;
    }

    [Fact]
    public void With_two_buffers_all_words_arrive() =>
        Assert.Equal(Five, Exchange(SimBuffer.Own, SimBuffer.Own).Answer.Words);

    [Fact]
    public void Without_a_receivers_buffer_four_words_arrive_and_the_length_says_so() =>
        Assert.Equal([1ul, 2, 3, 4], Exchange(SimBuffer.None, SimBuffer.Own).Answer.Words);

    [Fact]
    public void Without_a_senders_buffer_four_words_arrive_and_the_length_says_so() =>
        Assert.Equal([1ul, 2, 3, 4], Exchange(SimBuffer.Own, SimBuffer.None).Answer.Words);

    [Fact]
    public void Four_words_need_no_buffer_at_all()
    {
        SimThread receiver = Sim.NewThread("receiver", 120, 0, SimBuffer.None);
        SimThread sender = Sim.NewThread("sender", 110, 0, SimBuffer.None);
        Sim.Park();
        receiver.Recv(_endpoint);
        sender.Send(_endpoint, 6, [1, 2, 3, 4]);
        Assert.Equal([1ul, 2, 3, 4], receiver.Answer.Words);
    }

    [Fact]
    [Rule("R-TCB-25")]
    public void A_read_only_buffer_serves_for_sending_but_not_for_receiving()
    {
        ulong frame = Sim.NewObject(ObjectType.SmallPage);
        ulong readOnly = Sim.NewSlot();
        AssertDone(CopyCap(frame, readOnly, CapRights.Read));
        SimThread receiver = Sim.NewThread("receiver", 120);
        SimThread sender = Sim.NewThread("sender", 110);
        AssertDone(Root.Invoke(receiver.Capability, InvocationLabel.TcbSetIpcBuffer, [0x7000], [readOnly]));
        Sim.Park();
        receiver.Recv(_endpoint);
        sender.Send(_endpoint, 0, Five);
        Assert.Equal(4, receiver.Answer.Length);

        // As a sender it passes all five: its buffer can be read. The former sender receives them.
        new Ref<ulong>(Sim.CapabilityAt(frame).FrameAddress + 8 + 32).Value = 55;
        receiver.Enter(SystemCall.Send, _endpoint, new MessageInfo(0, 0, 0, 5).Word);
        sender.Recv(_endpoint);
        Assert.Equal(55ul, sender.Word(4));
    }

    [Fact]
    [Rule("R-TCB-23", "R-TCB-24")]
    public void The_buffer_may_lie_anywhere_in_a_page_that_is_mapped_nowhere()
    {
        ulong frame = Sim.NewObject(ObjectType.SmallPage);
        SimThread receiver = Sim.NewThread("receiver", 120);
        SimThread sender = Sim.NewThread("sender", 110);
        AssertDone(Root.Invoke(receiver.Capability, InvocationLabel.TcbSetIpcBuffer, [0x7000_0c00], [frame]));
        Sim.Park();
        receiver.Recv(_endpoint);
        sender.Send(_endpoint, 0, Five);
        Assert.Equal(5ul, new Ref<ulong>(Sim.CapabilityAt(frame).FrameAddress + 0xc00 + 8 + 32).Value);
    }

    [Fact]
    [Rule("R-TCB-41")]
    public void A_buffer_set_on_a_waiting_thread_is_used_for_its_next_message()
    {
        SimThread receiver = Sim.NewThread("receiver", 120, 0, SimBuffer.None);
        SimThread sender = Sim.NewThread("sender", 110);
        ulong frame = Sim.NewObject(ObjectType.SmallPage);
        Sim.Park();
        receiver.Recv(_endpoint);
        Sim.AsRoot(root => AssertDone(root.Invoke(receiver.Capability, InvocationLabel.TcbSetIpcBuffer, [0x1000], [frame])));
        sender.Send(_endpoint, 0, Five);
        Assert.Equal(Five, receiver.Answer.Words);
    }

    [Fact]
    [Rule("R-IPC-09")]
    public void The_first_four_words_of_the_buffers_and_the_tag_are_never_touched()
    {
        SimThread receiver = Sim.NewThread("receiver", 120);
        SimThread sender = Sim.NewThread("sender", 110);
        for (ulong i = 0; i < 5; i++)
        {
            new Ref<ulong>(receiver.Buffer.Address + (8 * i)).Value = 0x1111;
            new Ref<ulong>(sender.Buffer.Address + (8 * i)).Value = 0x2222;
        }

        Sim.Park();
        receiver.Recv(_endpoint);
        sender.Send(_endpoint, 0, Five);
        for (ulong i = 0; i < 5; i++) Assert.Equal(0x1111ul, new Ref<ulong>(receiver.Buffer.Address + (8 * i)).Value);
    }
}
