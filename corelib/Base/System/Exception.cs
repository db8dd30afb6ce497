// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An error that ends the program: there is no unwinding.</summary>
public partial class Exception
{
    private readonly string? _message;

    /// <summary>Makes an exception with its class's own message.</summary>
    public Exception()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public Exception(string? message) => _message = message;
}

/// <summary>The base of errors that the library itself detects.</summary>
public partial class SystemException : Exception
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public SystemException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public SystemException(string? message) : base(message)
    {
    }
}

/// <summary>The body that C# puts into the shell of an extension block.</summary>
public partial class NotSupportedException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public NotSupportedException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public NotSupportedException(string? message) : base(message)
    {
    }
}
