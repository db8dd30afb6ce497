// SPDX-License-Identifier: BSD-2-Clause
namespace System.Runtime.CompilerServices;

/// <summary>The compiler passes the text of another argument.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
{
    /// <summary>As given.</summary>
    public string ParameterName { get; } = parameterName;
}

/// <summary>The compiler passes the caller's line.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CallerLineNumberAttribute : Attribute;

/// <summary>The compiler passes the caller's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CallerMemberNameAttribute : Attribute;

/// <summary>The compiler passes the caller's file.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CallerFilePathAttribute : Attribute;

/// <summary>The struct is its one field repeated this many times.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class InlineArrayAttribute(int length) : Attribute
{
    /// <summary>As given.</summary>
    public int Length { get; } = length;
}

/// <summary>Locals are not cleared on entry.</summary>
[AttributeUsage(
    AttributeTargets.Module | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface
    | AttributeTargets.Constructor | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Event)]
public sealed class SkipLocalsInitAttribute : Attribute;

/// <summary>ilc or its JIT knows the method and replaces its body.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Constructor)]
internal sealed class IntrinsicAttribute : Attribute;

/// <summary>The struct receives the parts of an interpolated string.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class InterpolatedStringHandlerAttribute : Attribute;

/// <summary>Which arguments of the call are passed to the constructor of the handler.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InterpolatedStringHandlerArgumentAttribute : Attribute
{
    /// <summary>One argument, by name; the empty name is the receiver.</summary>
    public InterpolatedStringHandlerArgumentAttribute(string argument) => Arguments = [argument];

    /// <summary>Several arguments, by name.</summary>
    public InterpolatedStringHandlerArgumentAttribute(params string[] arguments) => Arguments = arguments;

    /// <summary>The names.</summary>
    public string[] Arguments { get; }
}

/// <summary>Names the method that builds the collection from a collection expression.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class CollectionBuilderAttribute(Type builderType, string methodName) : Attribute
{
    /// <summary>As given.</summary>
    public Type BuilderType { get; } = builderType;

    /// <summary>As given.</summary>
    public string MethodName { get; } = methodName;
}

/// <summary>Which of two applicable overloads wins.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property)]
public sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    /// <summary>As given.</summary>
    public int Priority { get; } = priority;
}

/// <summary>Would run at program start; the image build has no caller for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ModuleInitializerAttribute : Attribute;

/// <summary>The name under which an indexer is compiled.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IndexerNameAttribute : Attribute
{
    /// <summary>Read by the compiler alone.</summary>
    public IndexerNameAttribute(string indexerName)
    {
    }
}

/// <summary>Opens internals to another assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class InternalsVisibleToAttribute(string assemblyName) : Attribute
{
    /// <summary>As given.</summary>
    public string AssemblyName { get; } = assemblyName;
}

/// <summary>Wanted by the compiler when it meets a task-like type; there are none.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class AsyncMethodBuilderAttribute(Type builderType) : Attribute
{
    /// <summary>As given.</summary>
    public Type BuilderType { get; } = builderType;
}

/// <summary>How a method is compiled.</summary>
[AttributeUsage(AttributeTargets.Constructor | AttributeTargets.Method)]
public sealed class MethodImplAttribute(MethodImplOptions methodImplOptions) : Attribute
{
    /// <summary>As given.</summary>
    public MethodImplOptions Value { get; } = methodImplOptions;
}

/// <summary>Flags of <see cref="MethodImplAttribute"/> (ECMA-335 §II.23.1.11).</summary>
[Flags]
public enum MethodImplOptions
{
    /// <summary>The body is elsewhere, not in a managed assembly.</summary>
    Unmanaged = 4,

    /// <summary>Never inlined.</summary>
    NoInlining = 8,

    /// <summary>Only the signature is here.</summary>
    ForwardRef = 16,

    /// <summary>One thread at a time; not supported.</summary>
    Synchronized = 32,

    /// <summary>Never optimised.</summary>
    NoOptimization = 64,

    /// <summary>The signature is not changed for interop.</summary>
    PreserveSig = 128,

    /// <summary>Inlined where possible.</summary>
    AggressiveInlining = 256,

    /// <summary>Optimised in any case.</summary>
    AggressiveOptimization = 512,

    /// <summary>A symbol of the image; together with <see cref="RuntimeImportAttribute"/>.</summary>
    InternalCall = 4096,
}

/// <summary>Marks init-only setters; a modifier type, never used as a value.</summary>
public static class IsExternalInit
{
}

/// <summary>Marks volatile fields; a modifier type, never used as a value.</summary>
public static class IsVolatile
{
}

/// <summary>Marks unmanaged calling conventions; a modifier type, never used as a value.</summary>
public class CallConvCdecl
{
}
