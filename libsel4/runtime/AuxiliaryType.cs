// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4;

/// <summary>What an entry of a child's auxiliary vector tells. RT 4.4; types that are not known are skipped (RT:C7).</summary>
public enum AuxiliaryType : ulong
{
    /// <summary>The vector ends here.</summary>
    End = 0,

    /// <summary>Address of the program headers.</summary>
    ProgramHeaders = 3,

    /// <summary>Bytes of one of them.</summary>
    ProgramHeaderSize = 4,

    /// <summary>How many there are.</summary>
    ProgramHeaderCount = 5,

    /// <summary>Bytes of a page.</summary>
    PageSize = 6,

    /// <summary>The program's entry point.</summary>
    Entry = 9,

    /// <summary>Address of 16 random bytes.</summary>
    RandomBytes = 25,

    /// <summary>Address of BootInfo; root tasks only.</summary>
    BootInfo = 64,

    /// <summary>Address of the IPC buffer.</summary>
    IpcBufferAddress = 67,

    /// <summary>Capability of its frame.</summary>
    IpcBufferFrame = 68,

    /// <summary>Capability of the thread.</summary>
    Tcb = 69,

    /// <summary>Capability of the CNode.</summary>
    CNode = 70,

    /// <summary>Capability of the address space.</summary>
    VSpace = 71,

    /// <summary>Capability of a pool of address space numbers.</summary>
    AsidPool = 72,

    /// <summary>Address of the start-up page.</summary>
    StartupPage = 1000,

    /// <summary>Capability of the endpoint for RPC.</summary>
    RpcEndpoint = 1001,

    /// <summary>First word of every RPC request (RPC:T10).</summary>
    RpcMagic = 1002,

    /// <summary>Version of the RPC protocol, and what the server offers.</summary>
    RpcFeatures = 1003,

    /// <summary>First slot that granted capabilities may go to.</summary>
    GrantWindowStart = 1004,

    /// <summary>One past the last such slot.</summary>
    GrantWindowEnd = 1005,

    /// <summary>Seed for everything that is random on purpose.</summary>
    Seed = 1006,

    /// <summary>Capability of the endpoint for exit and log messages.</summary>
    ExitEndpoint = 1007,
}
