// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>The label of an answer to an invocation. ABI-6.1.</summary>
public enum ErrorCode : byte
{
    /// <summary>It was done.</summary>
    None = 0,
    /// <summary>Detail 0 is the number of the argument, counted without capabilities.</summary>
    InvalidArgument = 1,
    /// <summary>Detail 0 is the number of the capability: 0 the one invoked, 1 and up the extra ones.</summary>
    InvalidCapability = 2,
    /// <summary>Not allowed on this object or in this state.</summary>
    IllegalOperation = 3,
    /// <summary>Details are the smallest and largest value allowed.</summary>
    RangeError = 4,
    /// <summary>An address is not aligned as it must be.</summary>
    AlignmentError = 5,
    /// <summary>Detail 0 is 1 for the source argument; then the lookup failure follows.</summary>
    FailedLookup = 6,
    /// <summary>Words or capabilities are missing.</summary>
    TruncatedMessage = 7,
    /// <summary>The place is occupied.</summary>
    DeleteFirst = 8,
    /// <summary>Something derived from it, or using it, still exists.</summary>
    RevokeFirst = 9,
    /// <summary>Detail 0 is the number of bytes left.</summary>
    NotEnoughMemory = 10,
}
