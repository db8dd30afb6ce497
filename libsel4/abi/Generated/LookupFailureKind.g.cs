// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Why an address led to no slot. ABI-6.2.</summary>
public enum LookupFailureKind : ulong
{
    /// <summary>It did.</summary>
    None = 0,
    /// <summary>The search began at something that is no CNode.</summary>
    InvalidRoot = 1,
    /// <summary>An empty slot; the next word is the number of bits left.</summary>
    MissingCapability = 2,
    /// <summary>The address ended inside a CNode, or went on below something that is none; bits left and found follow.</summary>
    DepthMismatch = 3,
    /// <summary>A guard did not agree; bits left, the guard found and its size follow.</summary>
    GuardMismatch = 4,
}
