// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Tests.Client;

/// <summary>System calls: registers in, registers out, and the message words in between.</summary>
public sealed class SyscallTests
{
    private static readonly Cap<Endpoint> s_endpoint = new(0x55);

    [Fact]
    [Rule("ABI-3.2", "RPC:T5")]
    public void Call_loads_four_words_from_the_buffer_and_stores_them_back()
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        for (int i = 0; i < 6; i++)
        {
            buffer[i] = 100 + (ulong)i;
        }

        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) =>
        {
            registers.Rsi = new MessageInfo(9, 0, 0, 2).Word;
            registers.R10 = 1;
            registers.R8 = 2;
        };
        MessageInfo answer = s_endpoint.Call(new MessageInfo(7, 0, 0, 6));

        Assert.Equal(SystemCall.Call, kernel.AskedNumber);
        Assert.Equal(0x55UL, kernel.Asked.Rdi);
        Assert.Equal([100, 101, 102, 103, 104, 105], kernel.AskedWords);
        Assert.Equal((9UL, 2), (answer.Label, answer.Length));
        Assert.Equal([1UL, 2, 102, 103, 104, 105], Enumerable.Range(0, 6).Select(i => IpcBuffer.Current[i]));
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [Rule("ABI-3.5", "R-NTFN-08")]
    public void A_signal_brings_a_badge_an_empty_header_and_leaves_the_words(SystemCall call)
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = 42;
        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) =>
        {
            registers.Rdi = 0x30;
            registers.Rsi = kernel.Asked.Rsi;
        };

        Received received = call == SystemCall.Recv ? s_endpoint.Recv() : s_endpoint.NBRecv();

        Assert.Equal(call, kernel.AskedNumber);
        Assert.Equal((0x30UL, 0UL), (received.Badge.Value, received.Info.Word));
        Assert.Equal(42UL, IpcBuffer.Current[0]);
    }

    [Fact]
    [Rule("ABI-3.4")]
    public void ReplyRecv_sends_the_answer_and_takes_the_next_message()
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[1] = 8;
        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) =>
        {
            registers.Rdi = 77;
            registers.Rsi = new MessageInfo(3, 0, 0, 1).Word;
            registers.R10 = 5;
        };

        Received received = s_endpoint.ReplyRecv(new MessageInfo(0, 0, 1, 2));

        Assert.Equal(SystemCall.ReplyRecv, kernel.AskedNumber);
        Assert.Equal(new MessageInfo(0, 0, 1, 2).Word, kernel.Asked.Rsi);
        Assert.Equal(8UL, kernel.Asked.R8);
        Assert.Equal((77UL, 3UL, 5UL), (received.Badge.Value, received.Info.Label, IpcBuffer.Current[0]));
    }

    [Fact]
    [Rule("ABI-3.4", "R-IPC-26")]
    public void Sending_leaves_the_words_as_they_were()
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = 11;
        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) => registers.R10 = 12;

        s_endpoint.Send(new MessageInfo(1, 0, 0, 1));
        Assert.Equal((SystemCall.Send, 11UL), (kernel.AskedNumber, kernel.Asked.R10));
        s_endpoint.NBSend(new MessageInfo(1, 0, 0, 1));
        Assert.Equal((SystemCall.NBSend, 11UL), (kernel.AskedNumber, kernel.Asked.R10));
        Syscall.Reply(new MessageInfo(1, 0, 0, 1));
        Assert.Equal((SystemCall.Reply, 11UL), (kernel.AskedNumber, kernel.Asked.R10));
        Assert.Equal(11UL, IpcBuffer.Current[0]);
    }

    [Fact]
    [Rule("R-NTFN-01", "R-NTFN-02", "R-NTFN-03")]
    public void Notification_methods_use_the_calls_of_endpoints()
    {
        using ScriptedKernel kernel = new();
        Cap<Notification> notification = new(9);
        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) => registers.Rdi = 6;

        notification.Signal();
        Assert.Equal((SystemCall.Send, 9UL, 0), (kernel.AskedNumber, kernel.Asked.Rdi, kernel.AskedInfo.Length));
        Assert.Equal(6UL, notification.Wait().Value);
        Assert.Equal(SystemCall.Recv, kernel.AskedNumber);
        Assert.Equal(6UL, notification.Poll().Value);
        Assert.Equal(SystemCall.NBRecv, kernel.AskedNumber);
    }

    [Fact]
    [Rule("ABI-25")]
    public void Debug_calls_pass_one_word_in_RDI()
    {
        using ScriptedKernel kernel = new();
        kernel.Answer = (ref HostRegisters registers, IpcBuffer _) => registers.Rdi = 12;

        Syscall.DebugPutChar((byte)'x');
        Assert.Equal((SystemCall.DebugPutChar, (ulong)'x'), (kernel.AskedNumber, kernel.Asked.Rdi));
        Assert.Equal(CapabilityTypeTag.Tcb, new Cap<Tcb>(1).Identify());
        Assert.Equal((SystemCall.DebugCapIdentify, 1UL), (kernel.AskedNumber, kernel.Asked.Rdi));
        Syscall.Yield();
        Assert.Equal(SystemCall.Yield, kernel.AskedNumber);
        Syscall.SetTlsBase(0x7000);
        Assert.Equal((SystemCall.SetTlsBase, 0x7000UL), (kernel.AskedNumber, kernel.Asked.Rdi));
    }

    [Fact]
    [Rule("ABI-25")]
    public void A_debug_name_is_cut_off_before_the_kernel_would_stop()
    {
        using ScriptedKernel kernel = new();
        byte[] name = [.. Enumerable.Repeat((byte)'n', AbiConstants.MaxDebugNameBytes)];

        Assert.False(Syscall.DebugNameThread(new Cap<Tcb>(1), new byte[AbiConstants.MaxDebugNameBytes + 1]));
        Assert.Equal(0, kernel.Calls);
        Assert.True(Syscall.DebugNameThread(new Cap<Tcb>(1), name));
        Assert.Equal(SystemCall.DebugNameThread, kernel.AskedNumber);
        Assert.Equal(name, IpcBuffer.Current.Bytes[..AbiConstants.MaxDebugNameBytes].ToArray());
        Assert.Equal(0, IpcBuffer.Current.Bytes[AbiConstants.MaxDebugNameBytes]);
    }

    [Fact]
    public void A_host_thread_without_kernel_says_so()
    {
        Assert.Contains("no kernel is installed", Assert.Throws<InvalidOperationException>(() => Syscall.Yield()).Message);
        Assert.Contains("no kernel is installed", Assert.Throws<InvalidOperationException>(() => IpcBuffer.Current).Message);
    }

    [Fact]
    [Rule("ABI-4.5")]
    public void The_buffer_keeps_everything_at_its_offset()
    {
        using ScriptedKernel kernel = new();
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[119] = 1;
        buffer.UserData = 2;
        buffer.SetCapability(2, new CapabilityPointer(3));
        buffer.SetReceiveSlot(new SlotPath(new Cap<CNode>(4), 5, 6));

        unsafe
        {
            ulong* words = (ulong*)buffer.Address;
            Assert.Equal(0UL, buffer.Address % IpcBufferLayout.Size);
            ulong[] offsets = [960, 968, 992, 1000, 1008, 1016];
            Assert.Equal([1UL, 2, 3, 4, 5, 6], offsets.Select(offset => words[offset / 8]).ToArray());
            buffer.ClearReceiveSlot();
            Assert.Equal((0UL, 0UL, 0UL), (words[1000 / 8], words[1008 / 8], words[1016 / 8]));
        }

        Assert.Equal((120, 960), (buffer.Words.Length, buffer.Bytes.Length));
    }
}
