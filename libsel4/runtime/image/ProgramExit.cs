// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using Sel4.Abi;

namespace Sel4;

/// <summary>The end of a program, and what the core library asks of the layer above it.</summary>
internal static unsafe class ProgramExit
{
    /// <summary>Exit status after a failure that the program did not handle; what a shell shows for an abort.</summary>
    private const int FailureStatus = 134;

    /// <summary>Digits of a 64-bit number in hexadecimal.</summary>
    private const int HexDigits = 16;

    /// <summary>Ends the program: a child tells its parent, a root task stops the machine. RT:L3.</summary>
    [DoesNotReturn]
    [RuntimeExport("runtime_exit")]
    internal static void Exit(int status)
    {
        Cap<Endpoint> endpoint = ProcessEnvironment.ExitEndpoint;
        while (!endpoint.IsNull)
        {
            // The parent does not answer; should it do so, the program has still ended.
            IpcBuffer buffer = IpcBuffer.Current;
            buffer[0] = (ulong)(long)status;
            endpoint.Call(new MessageInfo((ulong)ProcessMessage.Exit, 0, 0, 1));
        }

        EndWithoutParent(status);
    }

    /// <summary>Prints a message and where it came from, and ends the program.</summary>
    [DoesNotReturn]
    [RuntimeExport("runtime_fail_fast")]
    private static void FailFast(byte* message, nuint length, nuint address)
    {
        ProgramConsole.Write(message, length);
        ProgramConsole.Write(" at 0x"u8);
        for (int digit = HexDigits - 1; digit >= 0; digit--)
        {
            byte value = (byte)((address >> (digit * 4)) & 0xF);
            byte character = (byte)(value < 10 ? '0' + value : 'a' + value - 10);
            ProgramConsole.Write(&character, 1);
        }

        ProgramConsole.Write("\n"u8);
        Exit(FailureStatus);
    }

    [RuntimeExport("runtime_console_write")]
    private static void WriteConsole(byte* text, nuint length) => ProgramConsole.Write(text, length);

    /// <summary>
    /// A root task has nobody to tell. A release kernel has no DebugHalt: the call then is a fault without handler, which
    /// stops the thread as well.
    /// </summary>
    [DoesNotReturn]
    private static void EndWithoutParent(int status)
    {
        ProgramConsole.Write(status == 0 ? "program ended\n"u8 : "program ended with a failure\n"u8);
        while (true)
        {
            Syscall.DebugHalt();
        }
    }
}
