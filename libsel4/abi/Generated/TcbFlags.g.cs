// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Switches of a thread. ABI-10.2.</summary>
public enum TcbFlags : ulong
{
    /// <summary>No switch.</summary>
    None = 0,
    /// <summary>Floating point and vector instructions raise an exception.</summary>
    FpuDisabled = 1,
}
