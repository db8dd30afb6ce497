// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>The label of a fault message. ABI-8.1.</summary>
public enum FaultLabel : ulong
{
    /// <summary>No fault.</summary>
    NullFault = 0,
    /// <summary>An address led to no usable capability.</summary>
    CapFault = 1,
    /// <summary>The system call number means nothing.</summary>
    UnknownSyscall = 2,
    /// <summary>The processor raised an exception.</summary>
    UserException = 3,
    /// <summary>A breakpoint; only in builds with the debug interface.</summary>
    DebugException = 4,
    /// <summary>A page fault.</summary>
    VmFault = 5,
}
