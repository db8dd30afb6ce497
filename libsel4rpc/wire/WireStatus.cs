// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc.Wire;

/// <summary>What came of reading or writing bytes. Reader and writer keep the first one that is not <see cref="Ok"/>.</summary>
public enum WireStatus : byte
{
    /// <summary>Everything was read or written.</summary>
    Ok = 0,

    /// <summary>The length prefix announces more bytes than there are, or is itself cut off (RPC:T9, RPC:R3).</summary>
    NeedMoreData,

    /// <summary>A field runs past the end of the message that it is in.</summary>
    Truncated,

    /// <summary>A varint goes on after its tenth byte.</summary>
    VarintTooLong,

    /// <summary>A field header with the number 0, or one that does not fit 32 bits.</summary>
    BadFieldNumber,

    /// <summary>Wire type 3 or 4 (groups), 6 or 7.</summary>
    BadWireType,

    /// <summary>A known field with another wire type than its own.</summary>
    WrongWireType,

    /// <summary>A sub-message or string is longer than what is left of its parent.</summary>
    LengthOverrun,

    /// <summary>A 32-bit field with a value of 2^32 or more.</summary>
    ValueTooLarge,

    /// <summary>The message does not fit into the target (RPC:T7).</summary>
    BufferTooSmall,
}
