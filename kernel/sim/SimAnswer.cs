// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Linq;
using Sel4.Abi;

namespace Kernel.Sim;

/// <summary>What a thread finds in its registers and buffer after a system call that receives something.</summary>
/// <param name="Badge">RDI.</param>
/// <param name="Info">RSI.</param>
/// <param name="Words">The words that the header announces.</param>
public readonly record struct SimAnswer(ulong Badge, MessageInfo Info, ulong[] Words)
{
    /// <summary>The label: of the message, of the fault, or of the answer to an invocation.</summary>
    public ulong Label => Info.Label;

    /// <summary>The label read as the result of an invocation.</summary>
    public ErrorCode Error => (ErrorCode)Info.Label;

    public int Length => Info.Length;

    public ulong this[int index] => Words[index];

    /// <summary>The words one after another, for comparison in one assertion.</summary>
    public override string ToString()
    {
        string words = string.Join(", ", Words.Select(word => $"0x{word:x}"));
        return $"badge 0x{Badge:x}, label {Label}, caps {Info.ExtraCaps}/{Info.CapsUnwrapped}, [{words}]";
    }
}

/// <summary>A test let a thread act that is not the one running.</summary>
public sealed class SimOrderException(string message) : Exception(message);

/// <summary>The kernel refused a step of the harness itself.</summary>
public sealed class SimSetupException(string message) : Exception(message);
