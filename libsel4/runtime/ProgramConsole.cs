// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4;

/// <summary>Where the program's text goes.</summary>
public enum ConsoleTarget : byte
{
    /// <summary>The kernel's console, byte by byte; needs a kernel with printing (ABI-25).</summary>
    Kernel,

    /// <summary>The exit endpoint, as log messages; they overwrite the words of the IPC buffer.</summary>
    LogEndpoint,

    /// <summary>Nowhere.</summary>
    Nothing,

    /// <summary>A function of the program, such as a driver of its own.</summary>
    Custom,
}

/// <summary>The program's text output: what <c>Console</c> of the core library ends in.</summary>
public static unsafe class ProgramConsole
{
    private const int LogBytes = (AbiConstants.MaxMessageLength - 1) * sizeof(ulong);

    private static delegate*<byte*, nuint, void> s_custom;

    /// <summary>Where text goes. Custom without a function means nowhere.</summary>
    public static ConsoleTarget Target { get; set; }

    /// <summary>Sends text to a function: address and number of bytes.</summary>
    public static void Redirect(delegate*<byte*, nuint, void> writer)
    {
        s_custom = writer;
        Target = ConsoleTarget.Custom;
    }

    /// <summary>Writes UTF-8 text.</summary>
    public static void Write(ReadOnlySpan<byte> text)
    {
        fixed (byte* bytes = text)
        {
            Write(bytes, (nuint)text.Length);
        }
    }

    internal static void Write(byte* text, nuint length)
    {
        switch (Target)
        {
            case ConsoleTarget.Kernel:
                for (nuint i = 0; i < length; i++)
                {
                    Syscall.DebugPutChar(text[i]);
                }

                break;
            case ConsoleTarget.LogEndpoint:
                WriteLog(text, length);
                break;
            case ConsoleTarget.Custom when s_custom != null:
                s_custom(text, length);
                break;
            default:
                break;
        }
    }

    private static void WriteLog(byte* text, nuint length)
    {
        Cap<Endpoint> endpoint = ProcessEnvironment.ExitEndpoint;
        while (length > 0 && !endpoint.IsNull)
        {
            int part = (int)Math.Min(length, LogBytes);
            int words = 1 + ((part + sizeof(ulong) - 1) / sizeof(ulong));
            IpcBuffer buffer = IpcBuffer.Current;
            buffer[words - 1] = 0;
            buffer[0] = (ulong)part;
            new ReadOnlySpan<byte>(text, part).CopyTo(buffer.Bytes.Slice(sizeof(ulong)));
            endpoint.Call(new MessageInfo((ulong)ProcessMessage.Log, 0, 0, words));
            text += part;
            length -= (nuint)part;
        }
    }
}
