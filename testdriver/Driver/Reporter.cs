// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>Everything that the driver says on the serial line: records for the host, plain lines for people and older scripts.</summary>
internal sealed class Reporter
{
    private const int RecordBytes = 16 * 1024;
    private readonly byte[] _line = new byte[RecordFrame.MaxLineBytes];
    private uint _sequence;

    /// <summary>The record being put together; one at a time.</summary>
    public RecordText Record { get; } = new(RecordBytes);

    public ulong Nonce { get; set; }

    /// <summary>Whether plain lines are wanted (TD:§7.1).</summary>
    public bool HasPlainLines { get; set; } = true;

    /// <summary>Sends the record.</summary>
    public void Send()
    {
        Record.End();
        ReadOnlySpan<byte> bytes = Record.Bytes;
        uint parts = (uint)((bytes.Length + RecordFrame.PartBytes - 1) / RecordFrame.PartBytes);
        for (uint part = 0; part < parts; part++)
        {
            int start = (int)part * RecordFrame.PartBytes;
            int length = Math.Min(RecordFrame.PartBytes, bytes.Length - start);
            int written = RecordFrame.Write(_line, Nonce, _sequence, part, parts, bytes.Slice(start, length));
            // Somebody may have printed half a line.
            Syscall.DebugPutChar((byte)'\n');
            for (int index = 0; index < written; index++) Syscall.DebugPutChar(_line[index]);
        }

        _sequence++;
    }

    /// <summary>A plain line, when they are wanted.</summary>
    public void Plain(string text)
    {
        if (!HasPlainLines) return;
        for (int index = 0; index < text.Length; index++) Syscall.DebugPutChar((byte)text[index]);
        Syscall.DebugPutChar((byte)'\n');
    }

    /// <summary>"Starting test INDEX: NAME" (TD:§7.1).</summary>
    public void PlainStart(ulong number, string name)
    {
        if (!HasPlainLines) return;
        Put("Starting test ");
        PutNumber(number);
        Put(": ");
        Plain(name);
    }

    /// <summary>The last lines that scripts look for.</summary>
    public void PlainEnd(ulong passed, ulong disabled, bool isGood, bool isComplete)
    {
        if (!HasPlainLines) return;
        Put(isGood ? "Test suite passed. " : "Test suite failed. ");
        PutNumber(passed);
        Put(" tests passed. ");
        PutNumber(disabled);
        Plain(" tests disabled.");
        Plain(isGood ? "All is well in the universe" : "*** FAILURES DETECTED ***");
        if (!isComplete) Plain("*** ALL tests not run ***");
    }

    private static void Put(string text)
    {
        for (int index = 0; index < text.Length; index++) Syscall.DebugPutChar((byte)text[index]);
    }

    private static void PutNumber(ulong value)
    {
        ulong weight = 1;
        while (value / weight >= 10) weight *= 10;
        for (; weight != 0; weight /= 10) Syscall.DebugPutChar((byte)('0' + (value / weight % 10)));
    }
}
