// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Internal.Runtime;

namespace System;

public partial class Exception
{
    private readonly Exception? _innerException;

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public Exception(string? message, Exception? innerException)
    {
        _message = message;
        _innerException = innerException;
    }

    /// <summary>What went wrong.</summary>
    public virtual string Message => _message ?? DefaultMessage;

    /// <summary>The exception that led to this one.</summary>
    public Exception? InnerException => _innerException;

    /// <summary>The message of an exception that was made without one.</summary>
    private protected virtual string DefaultMessage => "Exception of type '" + TypeNames.Get(this) + "' was thrown.";

    /// <summary>The class of this library that it is, or is derived from.</summary>
    internal virtual unsafe KnownClass NearestKnownClass => new(MethodTable.Of<Exception>(), "System.Exception");

    /// <summary>Type and message.</summary>
    public override string ToString()
        => TypeNames.Get(this) + ": " + Message + (_innerException is null ? "" : "\n ---> " + _innerException);

    /// <summary>Type and message without allocating, for the end of the program.</summary>
    internal void Describe(ref Utf8Buffer buffer)
    {
        TypeNames.Append(ref buffer, this);
        buffer.Append(": ");
        buffer.Append(Message);
        for (Exception? inner = _innerException; inner is not null; inner = inner._innerException)
        {
            buffer.Append(" ---> ");
            TypeNames.Append(ref buffer, inner);
            buffer.Append(": ");
            buffer.Append(inner.Message);
        }
    }
}
