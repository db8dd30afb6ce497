// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;

namespace Sel4;

/// <summary>A child's stack as its parent left it: argument count, arguments, environment, auxiliary vector. RT 4.4.</summary>
/// <remarks>Reading it allocates nothing. The words are the parent's, whom a child has to trust anyway.</remarks>
public readonly unsafe struct InitialStack
{
    private readonly ulong* _words;

    /// <summary>Takes the value of RSP at the first instruction.</summary>
    // SAFETY: start-up passes the stack pointer that it was entered with.
    public InitialStack(ulong stackPointer) => _words = (ulong*)stackPointer;

    /// <summary>Whether there is no such stack, as for a root task.</summary>
    public bool IsNull => _words == null;

    /// <summary>How many arguments there are.</summary>
    public int ArgumentCount => IsNull ? 0 : (int)_words[0];

    /// <summary>How many environment strings there are.</summary>
    public int VariableCount
    {
        get
        {
            int count = 0;
            while (!IsNull && Variables[count] != 0)
            {
                count++;
            }

            return count;
        }
    }

    private ulong* Variables => _words + 1 + ArgumentCount + 1;

    /// <summary>An argument as UTF-8 text.</summary>
    public ReadOnlySpan<byte> Argument(int index) => Text(_words[1 + index]);

    /// <summary>An environment string, "name=value", as UTF-8 text.</summary>
    public ReadOnlySpan<byte> Variable(int index) => Text(Variables[index]);

    /// <summary>The value of an auxiliary entry; <paramref name="missing"/> when there is none.</summary>
    public ulong Auxiliary(AuxiliaryType type, ulong missing = 0)
    {
        if (IsNull)
        {
            return missing;
        }

        for (ulong* entry = Variables + VariableCount + 1; entry[0] != (ulong)AuxiliaryType.End; entry += 2)
        {
            if (entry[0] == (ulong)type)
            {
                return entry[1];
            }
        }

        return missing;
    }

    private static ReadOnlySpan<byte> Text(ulong address) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)address);
}
