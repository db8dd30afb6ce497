// SPDX-License-Identifier: BSD-2-Clause
namespace System.Diagnostics;

/// <summary>Calls are left out unless the symbol is defined.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConditionalAttribute(string conditionString) : Attribute
{
    /// <summary>As given.</summary>
    public string ConditionString { get; } = conditionString;
}

/// <summary>For debuggers of other platforms.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class DebuggerHiddenAttribute : Attribute;

/// <summary>For debuggers of other platforms.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class DebuggerStepThroughAttribute : Attribute;

/// <summary>For debuggers of other platforms.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class DebuggerNonUserCodeAttribute : Attribute;

/// <summary>For debuggers of other platforms.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class DebuggerBrowsableAttribute(DebuggerBrowsableState state) : Attribute
{
    /// <summary>As given.</summary>
    public DebuggerBrowsableState State { get; } = state;
}

/// <summary>For debuggers of other platforms.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class DebuggerDisplayAttribute(string? value) : Attribute
{
    /// <summary>As given.</summary>
    public string? Value { get; } = value;
}

/// <summary>For stack traces of other platforms.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class StackTraceHiddenAttribute : Attribute;

/// <summary>Written by the compiler on every assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Module)]
public sealed class DebuggableAttribute(DebuggableAttribute.DebuggingModes modes) : Attribute
{
    /// <summary>As given.</summary>
    public DebuggableAttribute.DebuggingModes DebuggingFlags { get; } = modes;

    /// <summary>How much the optimiser may do.</summary>
    [Flags]
    public enum DebuggingModes
    {
        None = 0,
        Default = 1,
        IgnoreSymbolStoreSequencePoints = 2,
        EnableEditAndContinue = 4,
        DisableOptimizations = 256,
    }
}

/// <summary>How a debugger shows a member.</summary>
public enum DebuggerBrowsableState
{
    Never = 0,
    Collapsed = 2,
    RootHidden = 3,
}
