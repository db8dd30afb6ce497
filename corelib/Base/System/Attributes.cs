// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>The base of all attributes.</summary>
public abstract class Attribute
{
}

/// <summary>Where an attribute may stand.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AttributeUsageAttribute(AttributeTargets validOn) : Attribute
{
    /// <summary>As given.</summary>
    public AttributeTargets ValidOn { get; } = validOn;

    /// <summary>Whether it may stand more than once on one thing.</summary>
    public bool AllowMultiple { get; set; }

    /// <summary>Whether derived classes and overrides have it too.</summary>
    public bool Inherited { get; set; } = true;
}

/// <summary>Kinds of things an attribute may stand on.</summary>
[Flags]
public enum AttributeTargets
{
    Assembly = 1,
    Module = 2,
    Class = 4,
    Struct = 8,
    Enum = 16,
    Constructor = 32,
    Method = 64,
    Property = 128,
    Field = 256,
    Event = 512,
    Interface = 1024,
    Parameter = 2048,
    Delegate = 4096,
    ReturnValue = 8192,
    GenericParameter = 16384,
    All = 32767,
}

/// <summary>The enumeration's values are combined as bits.</summary>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class FlagsAttribute : Attribute;

/// <summary>Written by the compiler on <c>params</c> arrays.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParamArrayAttribute : Attribute;

/// <summary>Use of this draws a warning.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ObsoleteAttribute(string? message, bool error = false) : Attribute
{
    /// <summary>Whether use is an error.</summary>
    public bool IsError { get; } = error;

    /// <summary>As given.</summary>
    public string? Message { get; } = message;
}

/// <summary>Kept so that common sources compile.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class CLSCompliantAttribute(bool isCompliant) : Attribute
{
    /// <summary>As given.</summary>
    public bool IsCompliant { get; } = isCompliant;
}

/// <summary>One value for each thread; here programs have one thread, so one value.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ThreadStaticAttribute : Attribute;
