// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Globalization;

namespace Sel4.Rpc.Fuzz;

/// <summary>What can happen.</summary>
public enum RpcStepKind : byte
{
    /// <summary>A client sends something.</summary>
    Message,

    /// <summary>A client ends, and everybody below it.</summary>
    Kill,

    /// <summary>Some of what an ended client held is taken back; the number says how much at most.</summary>
    Reclaim,

    /// <summary>A client begins a new life; its limits follow from the number.</summary>
    Open,

    /// <summary>Time passes, as many milliseconds as the number says.</summary>
    Tick,

    /// <summary>A client deletes what lies in one of its slots, or puts something of its own there.</summary>
    Toggle,
}

/// <summary>One thing that happens, with every value that counts, so that a list of them is a whole game.</summary>
public sealed class RpcStep
{
    private const int Parts = 8;

    public RpcStepKind Kind { get; init; }

    public int Actor { get; init; }

    public ulong Number { get; init; }

    /// <summary>The stream, its length prefix included.</summary>
    public byte[] Bytes { get; init; } = [];

    public ulong Label { get; init; }

    public int ExtraCaps { get; init; }

    /// <summary>Words in the message beyond or below what the stream needs.</summary>
    public int LengthChange { get; init; }

    public ulong Magic { get; init; }

    /// <summary>One line, from which <see cref="Parse"/> makes the same step.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind} {Actor} {Number} {Label} {ExtraCaps} {LengthChange} {Magic:x} {(Bytes.Length == 0 ? "-" : Convert.ToHexString(Bytes))}");

    public override string ToString() => ToLine();

    /// <summary>Reads a line; null for an empty one.</summary>
    public static RpcStep? Parse(string line)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return null;
        if (parts.Length != Parts) throw new FormatException($"a step has {Parts} parts: {line}");
        return new RpcStep
        {
            Kind = Enum.Parse<RpcStepKind>(parts[0]),
            Actor = int.Parse(parts[1], CultureInfo.InvariantCulture),
            Number = ulong.Parse(parts[2], CultureInfo.InvariantCulture),
            Label = ulong.Parse(parts[3], CultureInfo.InvariantCulture),
            ExtraCaps = int.Parse(parts[4], CultureInfo.InvariantCulture),
            LengthChange = int.Parse(parts[5], CultureInfo.InvariantCulture),
            Magic = ulong.Parse(parts[6], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            Bytes = parts[7] == "-" ? [] : Convert.FromHexString(parts[7]),
        };
    }
}
