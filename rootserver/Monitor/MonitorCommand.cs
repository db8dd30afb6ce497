// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What follows the name of a command.</summary>
public enum MonitorOperand : byte
{
    None,

    /// <summary>The name of a child, which must be there.</summary>
    Child,

    /// <summary>The name of a child, or nothing for all of them.</summary>
    AnyChild,

    /// <summary>"on" or "off".</summary>
    Switch,
}

/// <summary>A command of the operator's console.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Operand">What follows.</param>
/// <param name="Summary">A line for <c>help</c>.</param>
/// <param name="Run">Does it; the child is null when none was named, or when the switch is off.</param>
public sealed record MonitorCommand(string Name, MonitorOperand Operand, string Summary, System.Action<Child?> Run)
{
    /// <summary>For a switch: what to do with it.</summary>
    public System.Action<bool>? Set { get; init; }

    /// <summary>What a mistyped operand is answered with.</summary>
    public string Wants => Operand switch
    {
        MonitorOperand.None => "nothing",
        MonitorOperand.Child => "the name of one child",
        MonitorOperand.AnyChild => "the name of one child, or nothing for all",
        _ => "'on' or 'off'",
    };
}
