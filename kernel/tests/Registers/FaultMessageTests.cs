// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using Arch = Kernel.X64.X64<Kernel.Sim.SimMachine>;

namespace Kernel.Tests.Registers;

/// <summary>Fault messages word by word, and the registers that replies set (ABI §8.2, §8.4).</summary>
public sealed class FaultMessageTests : IDisposable
{
    private readonly SimKernel _kernel = new();

    private Ref<Tcb> Thread => new(_kernel.Window(0x20_0000));

    [Fact]
    [Rule("R-FAULT-03", "R-FAULT-19")]
    public void Unknown_system_call_tells_all_registers_and_the_number()
    {
        ref Tcb tcb = ref Prepare(FaultLabel.UnknownSyscall, 0x1234, 0);
        int[] order =
        [
            UserContext.Rax, UserContext.Rbx, UserContext.Rcx, UserContext.Rdx, UserContext.Rsi, UserContext.Rdi,
            UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10, UserContext.R11, UserContext.R12, UserContext.R13,
            UserContext.R14, UserContext.R15, UserContext.FaultIp, UserContext.Rsp, UserContext.Rflags,
        ];
        AssertMessage(ref tcb, [.. order.Select(ValueOf), 0x1234]);
    }

    [Fact]
    [Rule("R-FAULT-02")]
    public void User_exception_tells_ip_stack_flags_number_and_code()
    {
        ref Tcb tcb = ref Prepare(FaultLabel.UserException, 13, 0x1f8);
        AssertMessage(
            ref tcb, [ValueOf(UserContext.FaultIp), ValueOf(UserContext.Rsp), ValueOf(UserContext.Rflags), 13, 0x1f8]);
    }

    [Theory]
    [Rule("R-FAULT-01")]
    [InlineData(0x4, 0, 0x4)]
    [InlineData(0x6, 0, 0x6)]
    [InlineData(0x7, 0, 0x7)]
    [InlineData(0x14, 1, 0x14)]
    [InlineData(0x8000_0025, 0, 0x5)]
    public void Vm_fault_tells_ip_address_fetch_and_status(ulong errorCode, ulong fetch, ulong status)
    {
        ref Tcb tcb = ref Prepare(FaultLabel.VmFault, 0x7000_1234, errorCode);
        AssertMessage(ref tcb, [ValueOf(UserContext.FaultIp), 0x7000_1234, fetch, status]);
    }

    [Fact]
    public void A_thread_without_fault_has_no_message()
    {
        ref Tcb tcb = ref Prepare(FaultLabel.NullFault, 1, 2);
        Assert.Equal(0, Arch.FaultMessageLength(ref tcb));
    }

    [Fact]
    [Rule("R-FAULT-12")]
    public void A_reply_to_an_unknown_system_call_sets_the_18_registers_it_was_told()
    {
        const byte Kind = (byte)FaultLabel.UnknownSyscall;
        ref Tcb tcb = ref Prepare(FaultLabel.UnknownSyscall, 0, 0);
        Assert.Equal(18, Arch.FaultReplyLength(Kind));
        for (int word = 0; word < 18; word++)
        {
            int register = Arch.IndexOfUserRegister(Arch.FaultReplyUserRegister(Kind, word));
            Assert.Equal(Arch.FaultMessageWord(ref tcb, word), tcb.Registers[register]);
        }
    }

    [Fact]
    [Rule("R-FAULT-12")]
    public void A_reply_to_a_user_exception_sets_ip_stack_and_flags()
    {
        const byte Kind = (byte)FaultLabel.UserException;
        Assert.Equal(3, Arch.FaultReplyLength(Kind));
        UserRegister[] registers = [.. Enumerable.Range(0, 3).Select(word => (UserRegister)Arch.FaultReplyUserRegister(Kind, word))];
        Assert.Equal([UserRegister.Rip, UserRegister.Rsp, UserRegister.Rflags], registers);
    }

    [Fact]
    [Rule("R-FAULT-11")]
    public void Replies_to_capability_and_vm_faults_set_nothing_and_always_restart()
    {
        foreach (FaultLabel fault in new[] { FaultLabel.CapFault, FaultLabel.VmFault })
        {
            Assert.Equal(0, Arch.FaultReplyLength((byte)fault));
            Assert.True(Arch.FaultReplyAlwaysRestarts((byte)fault));
        }
        Assert.False(Arch.FaultReplyAlwaysRestarts((byte)FaultLabel.UnknownSyscall));
        Assert.False(Arch.FaultReplyAlwaysRestarts((byte)FaultLabel.UserException));
    }

    /// <summary>ABI §8.2: vector in bits 24–31, low 24 bits of EAX, sign-extended from 32 bits.</summary>
    [Theory]
    [InlineData(158, 0x1122_3344_5566_7788, 0xffff_ffff_9e66_7788)]
    [InlineData(254, 0, 0xffff_ffff_fe00_0000)]
    [InlineData(0x80, 1, 0xffff_ffff_8000_0001)]
    [InlineData(0x7f, 1, 0x7f00_0001)]
    public void Software_interrupts_have_numbers_made_of_vector_and_eax(ulong vector, ulong rax, ulong number) =>
        Assert.Equal(number, Traps<SimMachine>.SyscallNumber(vector, rax));

    public void Dispose() => _kernel.Dispose();

    /// <summary>A value that tells which register it is from.</summary>
    private static ulong ValueOf(int register) => 0xabcd_0000 + (ulong)register;

    private ref Tcb Prepare(FaultLabel fault, ulong word0, ulong word1)
    {
        ref Tcb tcb = ref Thread.Value;
        for (int register = 0; register < UserContext.Count; register++) tcb.Registers[register] = ValueOf(register);
        tcb.FaultKind = (byte)fault;
        tcb.Fault0 = word0;
        tcb.Fault1 = word1;
        return ref tcb;
    }

    private static void AssertMessage(ref Tcb tcb, ulong[] expected)
    {
        Assert.Equal(expected.Length, Arch.FaultMessageLength(ref tcb));
        for (int word = 0; word < expected.Length; word++) Assert.Equal(expected[word], Arch.FaultMessageWord(ref tcb, word));
    }
}
