// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>What Retype can make. ABI-11.1.</summary>
public enum ObjectType : ulong
{
    /// <summary>Memory for other objects.</summary>
    Untyped = 0,
    /// <summary>A thread.</summary>
    Tcb = 1,
    /// <summary>A meeting point of senders and receivers.</summary>
    Endpoint = 2,
    /// <summary>A word of signals.</summary>
    Notification = 3,
    /// <summary>A table of capability slots; the size argument is log2 slots.</summary>
    CNode = 4,
    /// <summary>Page directory pointer table.</summary>
    Pdpt = 5,
    /// <summary>Root of an address space.</summary>
    Pml4 = 6,
    /// <summary>A page of 1 GiB.</summary>
    HugePage = 7,
    /// <summary>A page of 4 KiB.</summary>
    SmallPage = 8,
    /// <summary>A page of 2 MiB.</summary>
    LargePage = 9,
    /// <summary>Page table.</summary>
    PageTable = 10,
    /// <summary>Page directory.</summary>
    PageDirectory = 11,
    /// <summary>The first number that means nothing.</summary>
    Count = 12,
}
