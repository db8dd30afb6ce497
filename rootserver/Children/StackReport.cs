// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Shows the stack of a child that was stopped: the last words, and who called whom (RT:F1).</summary>
/// <remarks>
/// A child decides what its registers say. Nothing is followed that does not lie in its stack, aligned, and above what was
/// followed before; what is shown may be nonsense, and is no danger.
/// </remarks>
public sealed class StackReport(OwnCSpace space, ScratchWindow scratch)
{
    private const int PageBytes = 4096;
    private const int WordBytes = 8;
    private const int Words = 16;
    private const int WordsInLine = 4;
    private const int MostCallers = 16;

    /// <summary>As many pages have slots that follow each other; larger stacks are shown as far as that goes.</summary>
    private const ulong MostPages = 64;

    private readonly OwnCSpace _space = space;
    private readonly ScratchWindow _scratch = scratch;
    private readonly ulong[] _words = new ulong[Words];

    /// <summary>Prints what lies at the stack pointer, and the chain of callers that begins at the frame pointer.</summary>
    public void Print(Child child, ulong stackPointer, ulong framePointer)
    {
        int count = 0;
        while (count < Words && TryRead(child, stackPointer + ((ulong)count * WordBytes), out _words[count])) count++;
        for (int line = 0; line + WordsInLine <= count; line += WordsInLine)
        {
            ulong address = stackPointer + ((ulong)line * WordBytes);
            Log.Line($"  stack 0x{address:x}: {_words[line]:x} {_words[line + 1]:x} {_words[line + 2]:x} {_words[line + 3]:x}");
        }

        ulong frame = framePointer;
        for (int caller = 0; caller < MostCallers; caller++)
        {
            if (!TryRead(child, frame, out ulong next) || !TryRead(child, frame + WordBytes, out ulong returnAddress)) return;
            if (returnAddress == 0) return;
            Log.Line($"  called from 0x{returnAddress:x}");
            if (next <= frame) return;
            frame = next;
        }
    }

    /// <summary>Reads a word of the child's stack; false for what is no word of it.</summary>
    private bool TryRead(Child child, ulong address, out ulong word)
    {
        word = 0;
        ulong bottom = ChildLayout.StackTop - child.Description.StackBytes;
        ulong page = (address - bottom) / PageBytes;
        bool isStack = address >= bottom && address < ChildLayout.StackTop && address % WordBytes == 0 && page < MostPages;
        if (!isStack || child.StackFrames == 0 || !_space.Slots.TryAllocate(out uint copy)) return false;

        // A capability is mapped in one place; the child has the first one.
        bool isRead = InitialThread.Slot(copy).CopyFrom(InitialThread.Slot(child.StackFrames + (uint)page)).IsOk;
        if (isRead)
        {
            isRead = _scratch.Open(copy, out Span<byte> bytes).IsOk;
            if (isRead)
            {
                word = MemoryMarshal.Read<ulong>(bytes.Slice((int)(address % PageBytes)));
                _scratch.Close(copy);
            }

            InitialThread.Slot(copy).Delete();
        }

        _space.Slots.Free(copy);
        return isRead;
    }
}
