// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>All twenty registers of a thread at once, word by word: what nearly every Read- and WriteRegisters asks for.</summary>
/// <remarks>
/// Written out, because with constant numbers the compiler knows every offset and which words have rules: three instructions a word
/// in place of twenty. <see cref="TcbRegisters{A}"/> does the same in loops for fewer words.
/// </remarks>
internal static class RegisterBlock<A> where A : struct, IArch
{
    /// <summary>How many words the methods here move.</summary>
    public const int Count = 20;

    /// <summary>Registers to words 4 to 19 of the buffer.</summary>
    public static void ToBuffer(Ref<Tcb> thread, IpcBuffer buffer)
    {
        ToWord(thread, buffer, 4);
        ToWord(thread, buffer, 5);
        ToWord(thread, buffer, 6);
        ToWord(thread, buffer, 7);
        ToWord(thread, buffer, 8);
        ToWord(thread, buffer, 9);
        ToWord(thread, buffer, 10);
        ToWord(thread, buffer, 11);
        ToWord(thread, buffer, 12);
        ToWord(thread, buffer, 13);
        ToWord(thread, buffer, 14);
        ToWord(thread, buffer, 15);
        ToWord(thread, buffer, 16);
        ToWord(thread, buffer, 17);
        ToWord(thread, buffer, 18);
        ToWord(thread, buffer, 19);
    }

    /// <summary>Words 4 to 21 of the buffer to registers 2 to 19, each as it may be (ABI §10.3).</summary>
    public static void FromBuffer(Ref<Tcb> thread, IpcBuffer buffer)
    {
        FromWord(thread, buffer, 2);
        FromWord(thread, buffer, 3);
        FromWord(thread, buffer, 4);
        FromWord(thread, buffer, 5);
        FromWord(thread, buffer, 6);
        FromWord(thread, buffer, 7);
        FromWord(thread, buffer, 8);
        FromWord(thread, buffer, 9);
        FromWord(thread, buffer, 10);
        FromWord(thread, buffer, 11);
        FromWord(thread, buffer, 12);
        FromWord(thread, buffer, 13);
        FromWord(thread, buffer, 14);
        FromWord(thread, buffer, 15);
        FromWord(thread, buffer, 16);
        FromWord(thread, buffer, 17);
        FromWord(thread, buffer, 18);
        FromWord(thread, buffer, 19);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToWord(Ref<Tcb> thread, IpcBuffer buffer, int register) =>
        buffer.SetMessage(register, ThreadRegisters.Read(thread, A.IndexOfUserRegister(register)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FromWord(Ref<Tcb> thread, IpcBuffer buffer, int register) =>
        ThreadRegisters.Write(thread, A.IndexOfUserRegister(register), A.Sanitize(register, buffer.Message(register + 2)));
}
