// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>How a mapping is cached. ABI-17.3.</summary>
public enum VmAttributes : ulong
{
    /// <summary>The default.</summary>
    WriteBack = 0,
    /// <summary>Writes go to memory at once.</summary>
    WriteThrough = 1,
    /// <summary>Not cached unless the memory type registers say so (UC-).</summary>
    CacheDisabled = 2,
    /// <summary>Not cached (UC).</summary>
    Uncacheable = 3,
    /// <summary>Writes may be gathered.</summary>
    WriteCombining = 4,
}
