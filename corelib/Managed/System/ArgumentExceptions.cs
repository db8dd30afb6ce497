// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>An argument that the method does not accept.</summary>
public class ArgumentException : SystemException
{
    private readonly string? _paramName;

    /// <summary>Makes an exception with its class's own message.</summary>
    public ArgumentException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public ArgumentException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public ArgumentException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Makes an exception with a message for a parameter.</summary>
    public ArgumentException(string? message, string? paramName) : base(message) => _paramName = paramName;

    /// <summary>The parameter.</summary>
    public virtual string? ParamName => _paramName;

    /// <summary>What went wrong, with the name of the parameter.</summary>
    public override string Message => string.IsNullOrEmpty(_paramName) ? base.Message : base.Message + " (Parameter '" + _paramName + "')";

    private protected override string DefaultMessage => "Value does not fall within the expected range.";

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<ArgumentException>(), "System.ArgumentException");

    /// <summary>Refuses no text and empty text.</summary>
    public static void ThrowIfNullOrEmpty(
        [NotNull] string? argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
    {
        ArgumentNullException.ThrowIfNull(argument, paramName);
        if (argument.Length == 0) throw new ArgumentException("The value cannot be an empty string.", paramName);
    }
}

/// <summary>No object where one is wanted.</summary>
public class ArgumentNullException : ArgumentException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public ArgumentNullException()
    {
    }

    /// <summary>Makes an exception for a parameter.</summary>
    public ArgumentNullException(string? paramName) : base(null, paramName)
    {
    }

    /// <summary>Makes an exception with a message for a parameter.</summary>
    public ArgumentNullException(string? paramName, string? message) : base(message, paramName)
    {
    }

    private protected override string DefaultMessage => "Value cannot be null.";

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<ArgumentNullException>(), "System.ArgumentNullException");

    /// <summary>Refuses null.</summary>
    public static void ThrowIfNull([NotNull] object? argument, [CallerArgumentExpression(nameof(argument))] string? paramName = null)
    {
        if (argument is null) throw new ArgumentNullException(paramName);
    }
}

/// <summary>An argument outside its bounds.</summary>
public class ArgumentOutOfRangeException : ArgumentException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public ArgumentOutOfRangeException()
    {
    }

    /// <summary>Makes an exception for a parameter.</summary>
    public ArgumentOutOfRangeException(string? paramName) : base(null, paramName)
    {
    }

    /// <summary>Makes an exception with a message for a parameter.</summary>
    public ArgumentOutOfRangeException(string? paramName, string? message) : base(message, paramName)
    {
    }

    private protected override string DefaultMessage => "Specified argument was out of the range of valid values.";

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<ArgumentOutOfRangeException>(), "System.ArgumentOutOfRangeException");

    /// <summary>Refuses values below zero.</summary>
    public static void ThrowIfNegative<T>(T value, [CallerArgumentExpression(nameof(value))] string? paramName = null)
        where T : struct, IComparable<T>
    {
        if (value.CompareTo(default) < 0) throw new ArgumentOutOfRangeException(paramName);
    }
}

/// <summary>A call on something that was given back.</summary>
public class ObjectDisposedException : InvalidOperationException
{
    /// <summary>Makes an exception for an object.</summary>
    public ObjectDisposedException(string? objectName) => ObjectName = objectName ?? "";

    /// <summary>The object.</summary>
    public string ObjectName { get; }

    private protected override string DefaultMessage => "Cannot access a disposed object.";

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<ObjectDisposedException>(), "System.ObjectDisposedException");
}
