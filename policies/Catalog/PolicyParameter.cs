// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Policies.Catalog;

/// <summary>What a setting's value is.</summary>
internal enum ParameterKind
{
    /// <summary>A whole number, decimal or with 0x.</summary>
    Number,

    /// <summary>Bytes, perhaps with KiB, MiB or GiB.</summary>
    Bytes,

    /// <summary>A time with ms or s; the value is milliseconds.</summary>
    Time,

    /// <summary>One of a few words; the value is its place in the list.</summary>
    Choice,

    /// <summary>NODE@FIRST-LAST: a range of physical addresses and the memory node it belongs to. May be given several times.</summary>
    NodeRange,
}

/// <summary>A setting that a policy understands.</summary>
internal sealed class PolicyParameter(string name, ParameterKind kind, string summary)
{
    public string Name { get; } = name;

    public ParameterKind Kind { get; } = kind;

    /// <summary>What it means, a phrase.</summary>
    public string Summary { get; } = summary;

    public ulong Min { get; init; }

    public ulong Max { get; init; } = ulong.MaxValue;

    /// <summary>What holds when it is not given; meaningless when <see cref="IsRequired"/>.</summary>
    public ulong Default { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The words of a choice.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>What to write for the value, as in n=NUMBER.</summary>
    public string Form => Kind switch
    {
        ParameterKind.Number => "NUMBER",
        ParameterKind.Bytes => "BYTES",
        ParameterKind.Time => "TIME",
        ParameterKind.NodeRange => "NODE@FIRST-LAST",
        _ => string.Join("|", Words),
    };
}

/// <summary>A policy's line in the catalogue.</summary>
internal sealed class PolicyEntry(string name, string summary, PolicyParameter[] parameters)
{
    public string Name { get; } = name;

    /// <summary>What it does, one sentence without a full stop.</summary>
    public string Summary { get; } = summary;

    public PolicyParameter[] Parameters { get; } = parameters;

    /// <summary>The parameter's place; −1 when there is none of this name.</summary>
    public int IndexOf(string parameter)
    {
        for (int index = 0; index < Parameters.Length; index++)
            if (Parameters[index].Name == parameter) return index;
        return -1;
    }
}
