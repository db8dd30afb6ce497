// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.X64;

/// <summary>Order of the words in <c>Tcb.Registers</c> on x86_64. Trap.S pushes and pops in this order.</summary>
/// <remarks>
/// The last five words are the frame that the CPU pushes on an interrupt (SDM 3A §6.14.2), so TSS.RSP0 of a running thread
/// points at the end of its register area. FaultIp is the address at which the thread restarts, Rip the one at which it resumes.
/// </remarks>
public static class UserContext
{
    public const int Rdi = 0;
    public const int Rsi = 1;
    public const int Rax = 2;
    public const int Rbx = 3;
    public const int Rbp = 4;
    public const int R12 = 5;
    public const int R13 = 6;
    public const int R14 = 7;
    public const int Rdx = 8;
    public const int R10 = 9;
    public const int R8 = 10;
    public const int R9 = 11;
    public const int R15 = 12;
    public const int R11 = 13;
    public const int Rcx = 14;
    public const int FsBase = 15;
    public const int GsBase = 16;
    public const int FaultIp = 17;
    public const int ErrorCode = 18;
    public const int Rip = 19;
    public const int Cs = 20;
    public const int Rflags = 21;
    public const int Rsp = 22;
    public const int Ss = 23;
    public const int Count = 24;
}
