// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An error of the program's own making.</summary>
public class ApplicationException : Exception
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public ApplicationException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public ApplicationException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public ApplicationException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Error in the application.";
}

/// <summary>Arithmetic that has no result.</summary>
public class ArithmeticException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public ArithmeticException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public ArithmeticException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public ArithmeticException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Overflow or underflow in the arithmetic operation.";
}

/// <summary>A result that does not fit its type.</summary>
public class OverflowException : ArithmeticException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public OverflowException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public OverflowException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public OverflowException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Arithmetic operation resulted in an overflow.";
}

/// <summary>A division by zero.</summary>
public class DivideByZeroException : ArithmeticException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public DivideByZeroException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public DivideByZeroException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public DivideByZeroException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Attempted to divide by zero.";
}

/// <summary>An element of the wrong class for its array.</summary>
public class ArrayTypeMismatchException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public ArrayTypeMismatchException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public ArrayTypeMismatchException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public ArrayTypeMismatchException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Attempted to access an element as a type incompatible with the array.";
}

/// <summary>Text that does not have the form it should.</summary>
public class FormatException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public FormatException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public FormatException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public FormatException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "One of the identified items was in an invalid format.";
}

/// <summary>A place outside an array.</summary>
public class IndexOutOfRangeException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public IndexOutOfRangeException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public IndexOutOfRangeException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public IndexOutOfRangeException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Index was outside the bounds of the array.";
}

/// <summary>An object of another type than it was taken for.</summary>
public class InvalidCastException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public InvalidCastException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public InvalidCastException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public InvalidCastException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Specified cast is not valid.";
}

/// <summary>A call at the wrong time.</summary>
public class InvalidOperationException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public InvalidOperationException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public InvalidOperationException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public InvalidOperationException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Operation is not valid due to the current state of the object.";
}

/// <summary>Something not written yet.</summary>
public class NotImplementedException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public NotImplementedException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public NotImplementedException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public NotImplementedException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "The method or operation is not implemented.";
}

/// <summary>A use of no object.</summary>
public class NullReferenceException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public NullReferenceException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public NullReferenceException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public NullReferenceException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Object reference not set to an instance of an object.";
}

/// <summary>No memory left.</summary>
public class OutOfMemoryException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public OutOfMemoryException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public OutOfMemoryException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public OutOfMemoryException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Insufficient memory to continue the execution of the program.";
}

/// <summary>Something that took too long.</summary>
public class TimeoutException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public TimeoutException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public TimeoutException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public TimeoutException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "The operation has timed out.";
}

/// <summary>Something that was not allowed.</summary>
public class UnauthorizedAccessException : SystemException
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public UnauthorizedAccessException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public UnauthorizedAccessException(string? message) : base(message)
    {
    }

    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public UnauthorizedAccessException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Attempted to perform an unauthorized operation.";
}

public partial class SystemException
{
    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public SystemException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "System error.";
}

public partial class NotSupportedException
{
    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public NotSupportedException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Specified method is not supported.";
}
