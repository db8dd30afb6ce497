// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Threads;

/// <summary>ReadRegisters, WriteRegisters, CopyRegisters (ABI §10.1–10.3).</summary>
public sealed class RegisterMethodTests : KernelTest
{
    private const ulong Resume1 = 1;
    private const int Words = AbiConstants.UserRegisterCount;

    private readonly SimThread _thread;

    public RegisterMethodTests() => _thread = Sim.NewStoppedThread("thread", 100);

    private static ulong[] Pattern(ulong seed)
    {
        ulong[] words = new ulong[Words];
        for (int i = 0; i < Words; i++) words[i] = seed + (ulong)i;
        words[(int)UserRegister.Rflags] = 0x202;
        return words;
    }

    private SimAnswer Read(SimThread target, ulong flags, ulong count) =>
        Root.Invoke(target.Capability, InvocationLabel.TcbReadRegisters, [flags, count]);

    private SimAnswer Write(SimThread target, ulong flags, ulong[] words) =>
        Root.Invoke(target.Capability, InvocationLabel.TcbWriteRegisters, [flags, (ulong)words.Length, .. words]);

    private SimAnswer Copy(ulong target, ulong flags, ulong source) =>
        Root.Invoke(target, InvocationLabel.TcbCopyRegisters, [flags], [source]);

    [Theory]
    [InlineData(0ul)]
    [InlineData(21ul)]
    [InlineData(ulong.MaxValue)]
    [Rule("R-TCB-08")]
    public void Reading_none_or_too_many_is_out_of_range_even_for_oneself(ulong count)
    {
        AssertRefused(Read(_thread, 0, count), ErrorCode.RangeError, 1, 20);
        AssertRefused(Read(Root, 0, count), ErrorCode.RangeError, 1, 20);
    }

    [Fact]
    [Rule("R-TCB-07")]
    public void Reading_ones_own_registers_is_refused() =>
        AssertRefused(Read(Root, 1, 20), ErrorCode.IllegalOperation);

    [Fact]
    [Rule("R-TCB-11")]
    public void Writing_ones_own_registers_is_refused() =>
        AssertRefused(Write(Root, 1, [1, 2]), ErrorCode.IllegalOperation);

    [Theory]
    [InlineData(3ul)]
    [InlineData(ulong.MaxValue)]
    [Rule("R-TCB-12")]
    public void Writing_more_than_the_message_has_is_truncated_even_for_oneself(ulong count)
    {
        AssertRefused(Root.Invoke(_thread.Capability, InvocationLabel.TcbWriteRegisters, [0, count, 1, 2]), ErrorCode.TruncatedMessage);
        AssertRefused(Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbWriteRegisters, [0, count, 1, 2]), ErrorCode.TruncatedMessage);
    }

    [Fact]
    [Rule("R-TCB-10", "R-TCB-13")]
    public void What_is_written_is_read_back_in_the_order_of_the_ABI()
    {
        ulong[] words = Pattern(0x1000);
        AssertDone(Write(_thread, 0, words));
        AssertDone(Read(_thread, 0, Words), words);
        Assert.Equal(words[0], _thread.Register(UserContext.FaultIp));
        Assert.Equal(words[0], _thread.Register(UserContext.Rip));
        Assert.Equal(words[(int)UserRegister.Rax], _thread.Register(UserContext.Rax));
        Assert.Equal(words[(int)UserRegister.R15], _thread.Register(UserContext.R15));
        Assert.Equal(words[(int)UserRegister.FsBase], _thread.Register(UserContext.FsBase));
    }

    [Fact]
    [Rule("R-TCB-13")]
    public void Only_the_first_count_registers_are_written()
    {
        AssertDone(Write(_thread, 0, Pattern(0x1000)));
        AssertDone(Write(_thread, 0, [0x9000, 0x9100]));
        ulong[] expected = Pattern(0x1000);
        expected[0] = 0x9000;
        expected[1] = 0x9100;
        AssertDone(Read(_thread, 0, Words), expected);
    }

    [Fact]
    [Rule("R-TCB-13")]
    public void A_count_above_20_is_cut_and_a_count_of_0_writes_nothing()
    {
        AssertDone(Write(_thread, 0, Pattern(0x1000)));
        AssertDone(Write(_thread, 0, []));
        AssertDone(Read(_thread, 0, Words), Pattern(0x1000));
        AssertDone(Write(_thread, 0, [.. Pattern(0x2000), 1, 2, 3]));
        AssertDone(Read(_thread, 0, Words), Pattern(0x2000));
    }

    [Fact]
    [Rule("R-TCB-14")]
    public void The_resume_flag_resumes_also_with_count_0()
    {
        AssertDone(Write(_thread, Resume1, []));
        Assert.Equal(ThreadState.Restart, _thread.State);
    }

    [Fact]
    [Rule("R-TCB-14", "R-TCB-02")]
    public void A_thread_written_and_resumed_begins_where_it_was_told()
    {
        AssertDone(Write(_thread, Resume1, [0xabc000, 0x7000]));
        Sim.Park();
        Assert.True(_thread.IsRunning);
        Assert.Equal(0xabc000ul, _thread.Rip);
        Assert.Equal(0x7000ul, _thread.Register(UserContext.Rsp));
    }

    [Theory]
    [InlineData(ulong.MaxValue, 0xed7ul)]
    [InlineData(0ul, 0x202ul)]
    [InlineData(0x3000ul, 0x202ul)]
    [Rule("R-TCB-15", "ABI-10.3")]
    public void Flags_that_would_break_privilege_are_altered(ulong flags, ulong stored)
    {
        AssertDone(Write(_thread, 0, [0, 0, flags]));
        Assert.Equal(stored, Read(_thread, 0, 3)[2]);
    }

    [Fact]
    [Rule("R-TCB-15")]
    public void Addresses_that_are_not_canonical_become_0_and_other_registers_are_stored_as_given()
    {
        ulong[] words = new ulong[Words];
        Array.Fill(words, 0x8000_0000_0000_0000);
        AssertDone(Write(_thread, 0, words));
        SimAnswer answer = Read(_thread, 0, Words);
        Assert.Equal(0ul, answer[(int)UserRegister.Rip]);
        Assert.Equal(0ul, answer[(int)UserRegister.FsBase]);
        Assert.Equal(0ul, answer[(int)UserRegister.GsBase]);
        Assert.Equal(0x8000_0000_0000_0000, answer[(int)UserRegister.Rsp]);
        Assert.Equal(0x8000_0000_0000_0000, answer[(int)UserRegister.R12]);
    }

    [Fact]
    [Rule("R-TCB-09")]
    public void Reading_with_the_suspend_flag_stops_the_thread_first()
    {
        AssertDone(Root.Invoke(_thread.Capability, InvocationLabel.TcbResume));
        AssertDone(Read(_thread, 2, 1), _thread.Register(UserContext.FaultIp));
        Assert.Equal(ThreadState.Restart, _thread.State);
        Read(_thread, 1, 1);
        Assert.Equal(ThreadState.Inactive, _thread.State);
    }

    [Fact]
    [Rule("R-TCB-09", "R-TCB-05")]
    public void A_thread_stopped_while_running_shows_its_next_instruction()
    {
        AssertDone(Write(_thread, Resume1, [0x5000]));
        Sim.Park();
        _thread.Yield();
        Assert.Equal(0x5002ul, _thread.Rip);
        Sim.AsRoot(_ => Assert.Equal(0x5002ul, Read(_thread, 1, 1)[0]));
    }

    [Fact]
    [Rule("R-IPC-22", "R-TCB-10")]
    public void A_thread_blocked_in_a_system_call_shows_the_address_of_the_instruction()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        AssertDone(Write(_thread, Resume1, [0x5000]));
        Sim.Park();
        _thread.Recv(endpoint);
        Sim.AsRoot(_ => Assert.Equal(0x5000ul, Read(_thread, 0, 1)[0]));
    }

    [Theory]
    [InlineData(InitialSlot.CNode)]
    [InlineData(EmptySlot)]
    [Rule("R-TCB-17")]
    public void Copying_from_what_is_no_thread_names_capability_1(ulong source) =>
        AssertRefused(Copy(_thread.Capability, 15, source), ErrorCode.InvalidCapability, 1);

    [Fact]
    [Rule("R-TCB-16")]
    public void The_frame_group_and_the_integer_group_are_copied_separately()
    {
        SimThread source = Sim.NewStoppedThread("source");
        AssertDone(Write(source, 0, Pattern(0x1000)));
        AssertDone(Write(_thread, 0, Pattern(0x5000)));
        AssertDone(Copy(_thread.Capability, 4, source.Capability));
        AssertDone(Read(_thread, 0, Words), [.. Pattern(0x1000)[..18], .. Pattern(0x5000)[18..]]);
        Assert.Equal(0x1000ul, _thread.Rip);
        AssertDone(Copy(_thread.Capability, 8, source.Capability));
        AssertDone(Read(_thread, 0, Words), Pattern(0x1000));
    }

    [Fact]
    [Rule("R-TCB-16")]
    public void Copying_suspends_the_source_and_resumes_the_target()
    {
        SimThread source = Sim.NewThread("source");
        AssertDone(Copy(_thread.Capability, 3, source.Capability));
        Assert.Equal(ThreadState.Inactive, source.State);
        Assert.Equal(ThreadState.Restart, _thread.State);
    }

    [Fact]
    [Rule("R-TCB-16")]
    public void A_thread_may_copy_its_own_registers_to_another_and_from_another()
    {
        Root.Register(UserContext.Rbx) = 0x3333;
        AssertDone(Copy(_thread.Capability, 4, InitialSlot.Tcb));
        Assert.Equal(0x3333ul, _thread.Register(UserContext.Rbx));
        Assert.Equal(Root.FaultIp, _thread.Rip);

        // The other way round the caller goes on where the source would have, with the answer in its registers.
        ulong[] words = Pattern(0x1000);
        AssertDone(Write(_thread, 0, words));
        AssertDone(Copy(InitialSlot.Tcb, 4, _thread.Capability));
        Assert.True(Root.IsRunning);
        Assert.Equal(words[(int)UserRegister.R12], Root.Register(UserContext.R12));
        Assert.Equal(words[0], Root.Rip);
    }
}
