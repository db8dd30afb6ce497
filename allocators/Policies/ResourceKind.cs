// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Policies;

/// <summary>What is asked for or counted. 1 to 8 are the numbers of the protocol's quota kinds.</summary>
public enum ResourceKind : byte
{
    None = 0,

    /// <summary>Bytes of RAM.</summary>
    Ram = 1,

    /// <summary>Bytes of device memory.</summary>
    Device = 2,

    /// <summary>Grants of any kind.</summary>
    Grants = 3,

    /// <summary>Capability slots.</summary>
    Slots = 4,

    /// <summary>Interrupt handlers.</summary>
    Irqs = 5,

    /// <summary>I/O ports.</summary>
    IoPorts = 6,

    /// <summary>Requests in a second.</summary>
    Requests = 7,

    /// <summary>Bytes of the server's bookkeeping.</summary>
    Bookkeeping = 8,

    /// <summary>ASID pools, of 512 address spaces each.</summary>
    AsidPools = 9,

    /// <summary>Bytes of virtual addresses.</summary>
    Addresses = 10,

    /// <summary>How many there are.</summary>
    Count = 11,
}

/// <summary>How long the requester expects to keep what it asks for. The numbers are the protocol's.</summary>
public enum MemoryLifetime : byte
{
    Unknown = 0,
    Short = 1,
    Normal = 2,

    /// <summary>Until its owner ends.</summary>
    Static = 3,
}
