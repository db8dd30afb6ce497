// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.CompilerServices;

/// <summary>Written by the compiler on <c>readonly</c> structs, <c>in</c> parameters and the like.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class IsReadOnlyAttribute : Attribute;

/// <summary>Written by the compiler on <c>ref</c> structs.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class IsByRefLikeAttribute : Attribute;

/// <summary>Written by the compiler on type parameters constrained to <c>unmanaged</c>.</summary>
[AttributeUsage(AttributeTargets.GenericParameter)]
public sealed class IsUnmanagedAttribute : Attribute;

/// <summary>Written by the compiler on <c>ref readonly</c> parameters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RequiresLocationAttribute : Attribute;

/// <summary>Written by the compiler on <c>scoped</c> parameters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ScopedRefAttribute : Attribute;

/// <summary>Written by the compiler: the version of the borrow rules a module was checked against.</summary>
[AttributeUsage(AttributeTargets.Module)]
public sealed class RefSafetyRulesAttribute(int version) : Attribute
{
    /// <summary>As given.</summary>
    public int Version { get; } = version;
}

/// <summary>Written by the compiler: nullability of one signature.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class NullableAttribute : Attribute
{
    /// <summary>One flag for the whole signature.</summary>
    public NullableAttribute(byte value)
    {
    }

    /// <summary>One flag for each type in the signature.</summary>
    public NullableAttribute(byte[] value)
    {
    }
}

/// <summary>Written by the compiler: nullability by default within a scope.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class NullableContextAttribute(byte flag) : Attribute
{
    /// <summary>As given.</summary>
    public readonly byte Flag = flag;
}

/// <summary>Written by the compiler on <c>params</c> parameters that are no arrays.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParamCollectionAttribute : Attribute;

/// <summary>Written by the compiler on extension members.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ExtensionAttribute : Attribute;

/// <summary>Written by the compiler on members of an extension block: the name of the marker.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ExtensionMarkerAttribute(string name) : Attribute
{
    /// <summary>As given.</summary>
    public string Name { get; } = name;
}

/// <summary>Written by the compiler on what it made up.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class CompilerGeneratedAttribute : Attribute;

/// <summary>Written by the compiler: names of tuple elements in a signature.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class TupleElementNamesAttribute : Attribute
{
    /// <summary>Written by the compiler; nothing here reads it.</summary>
    public TupleElementNamesAttribute(string?[] transformNames)
    {
    }
}

/// <summary>Written by the compiler on <c>required</c> members.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RequiredMemberAttribute : Attribute;

/// <summary>A compiler that does not know this feature must refuse the member.</summary>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    /// <summary>As given.</summary>
    public string FeatureName { get; } = featureName;

    /// <summary>Set by name.</summary>
    public bool IsOptional { get; set; }
}

/// <summary>Written by the compiler on fixed-size buffers.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class FixedBufferAttribute(Type elementType, int length) : Attribute
{
    /// <summary>As given.</summary>
    public Type ElementType { get; } = elementType;

    /// <summary>As given.</summary>
    public int Length { get; } = length;
}

/// <summary>Written by the compiler on structs with fixed-size buffers.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class UnsafeValueTypeAttribute : Attribute;

/// <summary>Written by the compiler on every assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RuntimeCompatibilityAttribute : Attribute
{
    /// <summary>Set by name.</summary>
    public bool WrapNonExceptionThrows { get; set; }
}

/// <summary>Written by the compiler on every assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Module)]
public class CompilationRelaxationsAttribute(int relaxations) : Attribute
{
    /// <summary>As given.</summary>
    public int CompilationRelaxations { get; } = relaxations;
}

/// <summary>Written by the compiler on iterators.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IteratorStateMachineAttribute : Attribute
{
    /// <summary>Written by the compiler; nothing here reads it.</summary>
    public IteratorStateMachineAttribute(Type stateMachineType)
    {
    }
}

/// <summary>Written by the compiler on overrides with a narrower return type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PreserveBaseOverridesAttribute : Attribute;
