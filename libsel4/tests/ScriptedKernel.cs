// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4.Tests.Client;

/// <summary>A kernel that records what it was asked and answers as it was told.</summary>
internal sealed class ScriptedKernel : IHostKernel, IDisposable
{
    private readonly HostSyscall _installation;

    internal ScriptedKernel() => _installation = HostSyscall.Install(this);

    /// <summary>What the answer does to the registers and the buffer; without it nothing changes but an empty header in RSI.</summary>
    internal ScriptedAnswer? Answer { get; set; }

    /// <summary>The registers at the entry of the last call.</summary>
    internal HostRegisters Asked { get; private set; }

    /// <summary>All message words at that moment: the first four from registers, the rest from the buffer.</summary>
    internal ulong[] AskedWords { get; private set; } = [];

    /// <summary>The capabilities of the message.</summary>
    internal ulong[] AskedCapabilities { get; private set; } = [];

    internal int Calls { get; private set; }

    internal SystemCall AskedNumber => (SystemCall)unchecked((long)Asked.Rdx);

    internal MessageInfo AskedInfo => MessageInfo.FromWord(Asked.Rsi);

    internal InvocationLabel AskedLabel => (InvocationLabel)AskedInfo.Label;

    public void SystemCall(ref HostRegisters registers, IpcBuffer buffer)
    {
        Calls++;
        Asked = registers;
        ulong[] words = new ulong[AskedInfo.Length];
        ulong[] first = [registers.R10, registers.R8, registers.R9, registers.R15];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = i < first.Length ? first[i] : buffer[i];
        }

        AskedWords = words;
        AskedCapabilities = [.. Enumerable.Range(0, AskedInfo.ExtraCaps).Select(place => buffer.BadgeOf(place).Value)];
        registers.Rdi = 0;
        registers.Rsi = 0;
        Answer?.Invoke(ref registers, buffer);
    }

    public void Dispose() => _installation.Dispose();

    /// <summary>Answers every call with an error and its details.</summary>
    internal void Refuse(ErrorCode code, params ulong[] details) => Answer = (ref HostRegisters registers, IpcBuffer buffer) =>
        Put(ref registers, buffer, (ulong)code, details);

    /// <summary>Answers every call with result words.</summary>
    internal void Return(params ulong[] results) => Answer = (ref HostRegisters registers, IpcBuffer buffer) =>
        Put(ref registers, buffer, 0, results);

    private static void Put(ref HostRegisters registers, IpcBuffer buffer, ulong label, ulong[] words)
    {
        registers.Rsi = new MessageInfo(label, 0, 0, words.Length).Word;
        registers.R10 = words.Length > 0 ? words[0] : registers.R10;
        registers.R8 = words.Length > 1 ? words[1] : registers.R8;
        registers.R9 = words.Length > 2 ? words[2] : registers.R9;
        registers.R15 = words.Length > 3 ? words[3] : registers.R15;
        for (int i = 4; i < words.Length; i++)
        {
            buffer[i] = words[i];
        }
    }
}

/// <summary>What a <see cref="ScriptedKernel"/> does when it is called.</summary>
internal delegate void ScriptedAnswer(ref HostRegisters registers, IpcBuffer buffer);
