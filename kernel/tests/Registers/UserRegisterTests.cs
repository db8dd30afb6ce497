// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Registers;

/// <summary>Order and permitted values of user registers (ABI §3.2, §10.1, §10.3).</summary>
public sealed class UserRegisterTests
{
    [Theory]
    [Rule("R-TCB-15")]
    [InlineData(0xffff_ffff_ffff_ffff, 0xed7)]
    [InlineData(0, 0x202)]
    [InlineData(0x100, 0x202)]
    [InlineData(0x28, 0x202)]
    [InlineData(0x3000, 0x202)]
    [InlineData(0xcd5, 0xed7)]
    public void Flags_keep_what_is_harmless(ulong written, ulong stored) =>
        Assert.Equal(stored, X64<SimMachine>.Sanitize((int)UserRegister.Rflags, written));

    [Theory]
    [Rule("R-TCB-15")]
    [InlineData(0x0000_8000_0000_0000, 0)]
    [InlineData(0xffff_7fff_ffff_ffff, 0)]
    [InlineData(0x8000_0000_0000_0000, 0)]
    [InlineData(0x0000_7fff_ffff_ffff, 0x0000_7fff_ffff_ffff)]
    [InlineData(0xffff_8000_0000_0000, 0xffff_8000_0000_0000)]
    public void Addresses_that_the_cpu_refuses_become_zero(ulong written, ulong stored)
    {
        foreach (UserRegister register in new[] { UserRegister.Rip, UserRegister.FsBase, UserRegister.GsBase })
            Assert.Equal(stored, X64<SimMachine>.Sanitize((int)register, written));
    }

    [Fact]
    public void Other_registers_take_any_value()
    {
        for (UserRegister register = 0; register < UserRegister.Count; register++)
        {
            if (register is UserRegister.Rip or UserRegister.Rflags or UserRegister.FsBase or UserRegister.GsBase) continue;
            Assert.Equal(0x8000_dead_beef_0000, X64<SimMachine>.Sanitize((int)register, 0x8000_dead_beef_0000));
        }
    }

    [Fact]
    [Rule("R-TCB-10")]
    public void Register_words_come_in_the_order_of_the_abi()
    {
        int[] expected =
        [
            UserContext.FaultIp, UserContext.Rsp, UserContext.Rflags, UserContext.Rax, UserContext.Rbx, UserContext.Rcx,
            UserContext.Rdx, UserContext.Rsi, UserContext.Rdi, UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10,
            UserContext.R11, UserContext.R12, UserContext.R13, UserContext.R14, UserContext.R15, UserContext.FsBase,
            UserContext.GsBase,
        ];
        Assert.Equal(20, X64<SimMachine>.UserRegisterCount);
        Assert.Equal(18, X64<SimMachine>.FrameRegisterCount);
        Assert.Equal(expected, Enumerable.Range(0, 20).Select(X64<SimMachine>.IndexOfUserRegister));
    }

    [Fact]
    public void Messages_travel_in_R10_R8_R9_R15()
    {
        int[] expected = [UserContext.R10, UserContext.R8, UserContext.R9, UserContext.R15];
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(X64<SimMachine>.MessageRegister));
        Assert.Equal(UserContext.Rdi, X64<SimMachine>.CapabilityRegister);
        Assert.Equal(UserContext.Rsi, X64<SimMachine>.MessageInfoRegister);
    }

    [Fact]
    [Rule("R-TCB-01")]
    public void A_new_thread_has_flags_selectors_and_a_power_on_fpu_and_otherwise_zeros()
    {
        using SimKernel kernel = new();
        Ref<Tcb> tcb = new(kernel.Window(0x20_0000));
        X64<SimMachine>.InitializeThread(ref tcb.Value);
        for (int register = 0; register < UserContext.Count; register++)
        {
            ulong expected = register switch
            {
                UserContext.Rflags => 0x202,
                UserContext.Cs => 0x2b,
                UserContext.Ss => 0x33,
                _ => 0,
            };
            Assert.Equal(expected, tcb.Value.Registers[register]);
        }
        Assert.Equal(0x37ful, tcb.Value.Fpu[0]);
        Assert.Equal(0x1f80ul, tcb.Value.Fpu[3]);
    }

    [Fact]
    public void The_cpu_finds_its_frame_at_the_aligned_end_of_the_registers()
    {
        Assert.Equal(RegisterWords.Count, UserContext.Count);
        Assert.Equal(0, (Tcb.RegistersOffset + (8 * UserContext.Count)) % 16);
        Assert.Equal(0, Tcb.FpuOffset % 64);
    }
}
