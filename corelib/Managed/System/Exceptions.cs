// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;

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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<ApplicationException>(), "System.ApplicationException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<ArithmeticException>(), "System.ArithmeticException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<OverflowException>(), "System.OverflowException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<DivideByZeroException>(), "System.DivideByZeroException");
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

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<ArrayTypeMismatchException>(), "System.ArrayTypeMismatchException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<FormatException>(), "System.FormatException");
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

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<IndexOutOfRangeException>(), "System.IndexOutOfRangeException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<InvalidCastException>(), "System.InvalidCastException");
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

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<InvalidOperationException>(), "System.InvalidOperationException");
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

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<NotImplementedException>(), "System.NotImplementedException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<NullReferenceException>(), "System.NullReferenceException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<OutOfMemoryException>(), "System.OutOfMemoryException");
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

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<TimeoutException>(), "System.TimeoutException");
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

    internal override unsafe KnownClass NearestKnownClass
        => new(MethodTable.Of<UnauthorizedAccessException>(), "System.UnauthorizedAccessException");
}

public partial class SystemException
{
    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public SystemException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "System error.";

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<SystemException>(), "System.SystemException");
}

public partial class NotSupportedException
{
    /// <summary>Makes an exception with a message and the one that led to it.</summary>
    public NotSupportedException(string? message, Exception? innerException) : base(message, innerException)
    {
    }

    private protected override string DefaultMessage => "Specified method is not supported.";

    internal override unsafe KnownClass NearestKnownClass => new(MethodTable.Of<NotSupportedException>(), "System.NotSupportedException");
}
