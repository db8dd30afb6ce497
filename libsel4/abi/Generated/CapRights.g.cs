// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/layout/shared.bf by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>What a copy of a capability may still do. ABI-4.2.</summary>
[Flags]
public enum CapRights : ulong
{
    /// <summary>Send and signal; write to a mapped frame.</summary>
    Write = 1,
    /// <summary>Receive and wait; read a mapped frame.</summary>
    Read = 2,
    /// <summary>Send capabilities along, and answer with capabilities.</summary>
    Grant = 4,
    /// <summary>Be answered.</summary>
    GrantReply = 8,
    /// <summary>No right at all.</summary>
    None = 0,
    /// <summary>Read and Write.</summary>
    ReadWrite = 3,
    /// <summary>Every right.</summary>
    All = 15,
}
