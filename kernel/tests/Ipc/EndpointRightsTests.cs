// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Ipc;

/// <summary>What an endpoint capability without some right cannot do.</summary>
public sealed class EndpointRightsTests : KernelTest
{
    private readonly ulong _endpoint;
    private readonly ulong _faults;
    private readonly SimThread _handler;
    private readonly SimThread _thread;

    public EndpointRightsTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _faults = Sim.NewObject(ObjectType.Endpoint);
        _handler = Sim.NewThread("handler", 120);
        _thread = Sim.NewThread("thread", 110, _faults);
    }

    private ulong Restricted(CapRights rights)
    {
        ulong slot = Sim.NewSlot();
        AssertDone(CopyCap(_endpoint, slot, rights));
        return slot;
    }

    private void Start()
    {
        Sim.Park();
        _handler.Recv(_faults);
    }

    [Theory]
    [InlineData(CapRights.None)]
    [InlineData(CapRights.Read)]
    [InlineData(CapRights.Read | CapRights.Grant | CapRights.GrantReply)]
    [Rule("R-IPC-11")]
    public void Calling_without_Write_fails_with_InvalidCapability_0(CapRights rights)
    {
        ulong endpoint = Restricted(rights);
        Start();
        AssertRefused(_thread.Call(endpoint, 1), ErrorCode.InvalidCapability, 0);
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [InlineData(SystemCall.ReplyRecv)]
    [Rule("R-IPC-12", "R-IPC-15")]
    public void Receiving_without_Read_raises_a_fault_in_the_receive_phase(SystemCall call)
    {
        ulong endpoint = Restricted(CapRights.Write | CapRights.Grant | CapRights.GrantReply);
        Start();
        ulong ip = _thread.Rip;
        _thread.Enter(call, endpoint, 0);
        AssertCapFault(_handler.Answer, ip, endpoint, 1, 2, 0);
        Assert.Equal(5, _handler.Answer.Length);
    }

    [Theory]
    [InlineData(InitialSlot.Tcb, SystemCall.Recv)]
    [InlineData(InitialSlot.CNode, SystemCall.NBRecv)]
    [InlineData(InitialSlot.IpcBufferFrame, SystemCall.ReplyRecv)]
    [InlineData(EmptySlot, SystemCall.Recv)]
    [InlineData(EmptySlot, SystemCall.NBRecv)]
    [Rule("R-IPC-13", "R-IPC-15")]
    public void Receiving_from_what_is_neither_endpoint_nor_notification_raises_the_same_fault(ulong source, SystemCall call)
    {
        Start();
        ulong ip = _thread.Rip;
        _thread.Enter(call, source, 0);
        AssertCapFault(_handler.Answer, ip, source, 1, 2, 0);
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [InlineData(SystemCall.ReplyRecv)]
    [Rule("R-IPC-14", "R-IPC-15")]
    public void Receiving_from_an_address_that_leads_nowhere_carries_that_lookup_failure(SystemCall call)
    {
        Start();
        ulong ip = _thread.Rip;
        _thread.Enter(call, Unresolvable, 0);
        AssertCapFault(_handler.Answer, ip, Unresolvable, 1, 4, 64, 0, 54);
        Assert.Equal(7, _handler.Answer.Length);
    }

    [Fact]
    [Rule("R-IPC-17")]
    public void A_call_blocks_until_the_reply_although_the_message_is_delivered()
    {
        Sim.Park();
        _handler.Recv(_endpoint);
        _thread.Call(_endpoint, 7);
        Assert.Equal(7ul, _handler.Answer.Label);
        Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
        Assert.True(_handler.IsRunning);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Rule("R-IPC-18", "R-IPC-19")]
    public void A_call_without_Grant_and_GrantReply_delivers_and_stops_the_caller_who_repeats_it_when_resumed(bool receiverFirst)
    {
        ulong endpoint = Restricted(CapRights.Write | CapRights.Read);
        if (!receiverFirst) AssertDone(Root.Invoke(_handler.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        if (receiverFirst) _handler.Recv(_endpoint);
        ulong ip = _thread.Rip;
        _thread.Call(endpoint, 7);
        if (!receiverFirst)
        {
            Resume(_handler);
            _handler.Recv(_endpoint);
        }

        Assert.Equal(7ul, _handler.Answer.Label);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Assert.True(_handler.Tcb.Value.Slots[(int)TcbSlot.Caller].IsEmpty);
        _handler.Recv(_endpoint);
        Resume(_thread);
        Assert.True(_thread.IsRunning);
        Assert.Equal(ip, _thread.Rip);
        _thread.Repeat();
        Assert.Equal(7ul, _handler.Answer.Label);
    }

    [Theory]
    [InlineData(CapRights.Grant)]
    [InlineData(CapRights.GrantReply)]
    [Rule("R-IPC-18")]
    [Rule("RPC:K5")]
    public void One_of_Grant_and_GrantReply_is_enough_to_be_answered(CapRights right)
    {
        ulong endpoint = Restricted(CapRights.Write | right);
        Sim.Park();
        _handler.Recv(_endpoint);
        _thread.Call(endpoint, 7);
        Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
        _handler.ReplyRecv(_endpoint, 8);
        Assert.Equal(8ul, _thread.Answer.Label);
    }
}
