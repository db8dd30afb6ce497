// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;

namespace System.Collections.Generic
{
    /// <summary>A key that is not there.</summary>
    public class KeyNotFoundException : SystemException
    {
        /// <summary>Makes an exception with its class's own message.</summary>
        public KeyNotFoundException()
        {
        }

        /// <summary>Makes an exception with a message.</summary>
        public KeyNotFoundException(string? message) : base(message)
        {
        }

        /// <summary>Makes an exception with a message and the one that led to it.</summary>
        public KeyNotFoundException(string? message, Exception? innerException) : base(message, innerException)
        {
        }

        private protected override string DefaultMessage => "The given key was not present in the dictionary.";

        internal override unsafe KnownClass NearestKnownClass
            => new(MethodTable.Of<KeyNotFoundException>(), "System.Collections.Generic.KeyNotFoundException");
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>A switch expression without an arm for its value.</summary>
    public sealed class SwitchExpressionException : InvalidOperationException
    {
        /// <summary>Makes an exception with its class's own message.</summary>
        public SwitchExpressionException()
        {
        }

        /// <summary>Makes an exception for a value.</summary>
        public SwitchExpressionException(object? unmatchedValue) => UnmatchedValue = unmatchedValue;

        /// <summary>The value.</summary>
        public object? UnmatchedValue { get; }

        private protected override string DefaultMessage => "Non-exhaustive switch expression failed to match its input.";

        internal override unsafe KnownClass NearestKnownClass
            => new(MethodTable.Of<SwitchExpressionException>(), "System.Runtime.CompilerServices.SwitchExpressionException");
    }
}
