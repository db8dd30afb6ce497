// SPDX-License-Identifier: BSD-2-Clause
namespace System.Diagnostics.CodeAnalysis;

/// <summary>The method never returns.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DoesNotReturnAttribute : Attribute;

/// <summary>The method never returns when the argument has this value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DoesNotReturnIfAttribute(bool parameterValue) : Attribute
{
    /// <summary>As given.</summary>
    public bool ParameterValue { get; } = parameterValue;
}

/// <summary>The reference may leave the method.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UnscopedRefAttribute : Attribute;

/// <summary>Not null afterwards.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue)]
public sealed class NotNullAttribute : Attribute;

/// <summary>May be null afterwards.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue)]
public sealed class MaybeNullAttribute : Attribute;

/// <summary>Null may be passed.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class AllowNullAttribute : Attribute;

/// <summary>Null may not be passed.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class DisallowNullAttribute : Attribute;

/// <summary>Not null when the method returns this.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>As given.</summary>
    public bool ReturnValue { get; } = returnValue;
}

/// <summary>May be null when the method returns this.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MaybeNullWhenAttribute(bool returnValue) : Attribute
{
    /// <summary>As given.</summary>
    public bool ReturnValue { get; } = returnValue;
}

/// <summary>Not null when the named argument is not.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, AllowMultiple = true)]
public sealed class NotNullIfNotNullAttribute(string parameterName) : Attribute
{
    /// <summary>As given.</summary>
    public string ParameterName { get; } = parameterName;
}

/// <summary>The constructor sets every required member.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class SetsRequiredMembersAttribute : Attribute;

/// <summary>Use of this draws a warning.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ExperimentalAttribute(string diagnosticId) : Attribute
{
    /// <summary>As given.</summary>
    public string DiagnosticId { get; } = diagnosticId;
}

/// <summary>The argument should be a constant.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ConstantExpectedAttribute : Attribute;

/// <summary>For coverage tools of other platforms.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ExcludeFromCodeCoverageAttribute : Attribute
{
    /// <summary>Set by name.</summary>
    public string? Justification { get; set; }
}

/// <summary>The named members are not null afterwards.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, AllowMultiple = true)]
public sealed class MemberNotNullAttribute : Attribute
{
    /// <summary>One member.</summary>
    public MemberNotNullAttribute(string member) => Members = [member];

    /// <summary>Several members.</summary>
    public MemberNotNullAttribute(params string[] members) => Members = members;

    /// <summary>The names.</summary>
    public string[] Members { get; }
}

/// <summary>A warning that is not wanted here.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
[Conditional("CODE_ANALYSIS")]
public sealed class SuppressMessageAttribute(string category, string checkId) : Attribute
{
    /// <summary>As given.</summary>
    public string Category { get; } = category;

    /// <summary>As given.</summary>
    public string CheckId { get; } = checkId;

    /// <summary>Why.</summary>
    public string? Justification { get; set; }
}
