// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>The short names that programs give to threads; they change nothing but messages (R-TCB-42).</summary>
internal static class DebugNames
{
    /// <summary>Characters that are kept.</summary>
    public const int MaximumLength = 15;

    /// <summary>Character <paramref name="index"/>, 0…15; zero behind the end.</summary>
    public static byte Character(ref Tcb thread, int index) => (byte)(thread.Name[index >> 3] >> (8 * (index & 7)));

    /// <summary>Takes the zero-terminated name at message word 0 of an IPC buffer, cut to what is kept.</summary>
    public static void Set(ref Tcb thread, IpcBuffer buffer)
    {
        ulong first = UpToZero(buffer.Message(0), 8);
        thread.Name[0] = first;
        thread.Name[1] = first >> 56 == 0 ? 0 : UpToZero(buffer.Message(1), MaximumLength - 8);
    }

    /// <summary>The bytes of a word before the first zero byte, at most <paramref name="limit"/> of them; the rest is zero.</summary>
    private static ulong UpToZero(ulong word, int limit)
    {
        ulong result = 0;
        for (int i = 0; i < limit; i++)
        {
            ulong character = (word >> (8 * i)) & 0xff;
            if (character == 0) break;
            result |= character << (8 * i);
        }

        return result;
    }
}
