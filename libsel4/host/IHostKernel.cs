// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4;

/// <summary>The registers of a thread that executes a <c>syscall</c> instruction. The kernel changes them as ABI-3.2 says.</summary>
public struct HostRegisters
{
    /// <summary>System call number; unchanged on return.</summary>
    public ulong Rdx;

    /// <summary>Target, source or argument; then the badge.</summary>
    public ulong Rdi;

    /// <summary>Header of the message, both ways.</summary>
    public ulong Rsi;

    /// <summary>Message word 0.</summary>
    public ulong R10;

    /// <summary>Message word 1.</summary>
    public ulong R8;

    /// <summary>Message word 2.</summary>
    public ulong R9;

    /// <summary>Message word 3.</summary>
    public ulong R15;

    /// <summary>Reply object in builds with scheduling contexts.</summary>
    public ulong R12;

    /// <summary>Second target in such builds.</summary>
    public ulong R13;
}

/// <summary>A kernel for programs that run on the host: the simulated one, or a stand-in of a test.</summary>
public interface IHostKernel
{
    /// <summary>
    /// Does a system call on behalf of the host thread that calls it, and returns when the program would go on. Message
    /// words from number 4 are in the buffer (1024 bytes, ABI-4.5); words 0 to 3 are in the registers alone.
    /// </summary>
    void SystemCall(ref HostRegisters registers, IpcBuffer buffer);
}
