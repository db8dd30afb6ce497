// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>What happens in a step of a game.</summary>
public enum StepKind
{
    /// <summary>The running thread makes a system call.</summary>
    Call,

    /// <summary>The running thread executes its last system call again, if that is where it stands.</summary>
    Repeat,

    /// <summary>The running thread reads or writes memory; a page fault if it may not.</summary>
    Access,

    /// <summary>The running thread's instruction raises a CPU exception.</summary>
    Exception,

    /// <summary>A CPU vector above 31 arrives: a device, the tick, or <c>int N</c> of the running thread.</summary>
    Vector,

    /// <summary>The supervisor answers faults and sets stopped players going again.</summary>
    Supervise,
}

/// <summary>One step, with every value written out, so that a list of steps without some of them still means something.</summary>
/// <remarks>Who makes a call is not said: it is whoever runs when the step comes.</remarks>
public sealed record FuzzStep(StepKind Kind)
{
    /// <summary>System-call number; vector; 1 for an access that writes; seed of the supervisor's choices.</summary>
    public long Number { get; init; }

    /// <summary>RDI, or the address of an access or a page fault.</summary>
    public ulong Target { get; init; }

    /// <summary>RSI, the error code of an exception, or the word that an access writes.</summary>
    public ulong Info { get; init; }

    /// <summary>Message words from the first on.</summary>
    public ulong[] Words { get; init; } = [];

    /// <summary>The buffer's fields for extra capabilities (3), then receiveCNode, receiveIndex and receiveDepth; or nothing.</summary>
    public ulong[] Pointers { get; init; } = [];

    /// <summary>When not zero: an interrupt begins to wait at that check of a long operation.</summary>
    public int PreemptAfter { get; init; }

    /// <summary>When not zero: all other registers get values made from this first.</summary>
    public ulong Scramble { get; init; }

    /// <summary>The step on one line that <see cref="Parse"/> reads.</summary>
    public string ToLine()
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{Kind} {Number} {Target:x} {Info:x} {PreemptAfter} {Scramble:x} ");
        line.Append(Words.Length == 0 ? "-" : string.Join(',', Words.Select(word => word.ToString("x")))).Append(' ');
        line.Append(Pointers.Length == 0 ? "-" : string.Join(',', Pointers.Select(word => word.ToString("x"))));
        return line.Append(" # ").Append(ToString()).ToString();
    }

    /// <summary>Reads a line of <see cref="ToLine"/>; null for an empty line and a comment.</summary>
    public static FuzzStep? Parse(string line)
    {
        string text = line.Split('#')[0].Trim();
        if (text.Length == 0) return null;
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 8) throw new FormatException($"a step has eight parts: {line}");
        return new(Enum.Parse<StepKind>(parts[0]))
        {
            Number = long.Parse(parts[1], CultureInfo.InvariantCulture),
            Target = Hex(parts[2]),
            Info = Hex(parts[3]),
            PreemptAfter = int.Parse(parts[4], CultureInfo.InvariantCulture),
            Scramble = Hex(parts[5]),
            Words = List(parts[6]),
            Pointers = List(parts[7]),
        };
    }

    public override string ToString() => Kind switch
    {
        StepKind.Call => DescribeCall(),
        StepKind.Access => Number == 1 ? $"write 0x{Info:x} to address 0x{Target:x}" : $"read address 0x{Target:x}",
        StepKind.Exception => $"exception {Number}, error code 0x{Info:x}, address 0x{Target:x}",
        StepKind.Vector => $"vector {Number}",
        StepKind.Supervise => $"supervise with seed {Number}",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    private string DescribeCall()
    {
        MessageInfo info = MessageInfo.FromWord(Info);
        string method = Enum.IsDefined((InvocationLabel)info.Label) ? $" ({(InvocationLabel)info.Label})" : "";
        string preempted = PreemptAfter == 0 ? "" : $", interrupt at check {PreemptAfter}";
        string scrambled = Scramble == 0 ? "" : ", other registers scrambled";
        return $"{(SystemCall)Number} to 0x{Target:x}, label {info.Label}{method}, length {info.Length}, "
            + $"extra caps {info.ExtraCaps}, words [{Join(Words)}], pointers [{Join(Pointers)}]{preempted}{scrambled}";
    }

    private static string Join(IEnumerable<ulong> words) => string.Join(", ", words.Select(word => $"0x{word:x}"));

    private static ulong Hex(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ulong[] List(string text) => text == "-" ? [] : [.. text.Split(',').Select(Hex)];
}
