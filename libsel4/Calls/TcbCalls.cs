// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4;

/// <summary>Whether a thread whose registers are read is stopped first.</summary>
public enum RegisterReading : ulong
{
    /// <summary>It goes on; what is read may be out of date.</summary>
    LetRun = 0,

    /// <summary>It is stopped first.</summary>
    Suspend = 1,
}

/// <summary>Whether a thread whose registers are written runs afterwards.</summary>
public enum RegisterWriting : ulong
{
    /// <summary>It stays as it is.</summary>
    LeaveAsIs = 0,

    /// <summary>It is resumed.</summary>
    Resume = 1,
}

/// <summary>Registers of threads; the other methods of a thread are in <see cref="TcbMethods"/>.</summary>
public static class TcbCalls
{
    /// <summary>Message words before the registers of WriteRegisters.</summary>
    private const int RegisterWords = 2;

    extension(Cap<Tcb> tcb)
    {
        /// <summary>Reads the first registers in the order of <see cref="UserRegister"/>.</summary>
        /// <remarks>
        /// Kernel name <c>seL4_TCB_ReadRegisters</c>. Errors: RangeError(1, 20) for none or too many; IllegalOperation for the
        /// caller's own thread.
        /// </remarks>
        public Sel4Error ReadRegisters(Span<ulong> registers, RegisterReading reading = RegisterReading.Suspend)
        {
            IpcBuffer buffer = IpcBuffer.Current;
            buffer[0] = (ulong)reading;
            buffer[1] = (ulong)registers.Length;
            MessageInfo request = new((ulong)InvocationLabel.TcbReadRegisters, 0, 0, RegisterWords);
            Sel4Error error = Syscall.Invoke(tcb.Pointer, request, buffer);
            if (error.IsOk)
            {
                buffer.Words.Slice(0, registers.Length).CopyTo(registers);
            }

            return error;
        }

        /// <summary>Writes the first registers in the order of <see cref="UserRegister"/>.</summary>
        /// <remarks>
        /// Kernel name <c>seL4_TCB_WriteRegisters</c>.
        /// Values that would break privilege are altered (ABI-10.3). Errors: RangeError(0, 20) from here for too many, which the
        /// kernel would ignore; IllegalOperation for the caller's own thread.
        /// </remarks>
        public Sel4Error WriteRegisters(ReadOnlySpan<ulong> registers, RegisterWriting writing = RegisterWriting.LeaveAsIs)
        {
            if (registers.Length > AbiConstants.UserRegisterCount)
            {
                return new Sel4Error(ErrorCode.RangeError, 0, AbiConstants.UserRegisterCount);
            }

            IpcBuffer buffer = IpcBuffer.Current;
            buffer[0] = (ulong)writing;
            buffer[1] = (ulong)registers.Length;
            registers.CopyTo(buffer.Words.Slice(RegisterWords));

            MessageInfo request = new((ulong)InvocationLabel.TcbWriteRegisters, 0, 0, RegisterWords + registers.Length);
            return Syscall.Invoke(tcb.Pointer, request, buffer);
        }
    }
}
