// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4;

/// <summary>Where the root server puts a child's capabilities. RT:C4; programs ask ProcessEnvironment where it can tell.</summary>
public static class ChildSlot
{
    /// <summary>The child's CNode, with a guard that makes slot numbers addresses.</summary>
    public const ulong CNode = 1;

    /// <summary>The endpoint that the child's faults go to.</summary>
    public const ulong FaultHandler = 2;

    /// <summary>The child's address space; empty for confined children.</summary>
    public const ulong VSpace = 3;

    /// <summary>A pool of address space numbers; normally empty.</summary>
    public const ulong AsidPool = 4;

    /// <summary>The child's thread; empty for confined children.</summary>
    public const ulong Tcb = 5;

    /// <summary>The endpoint of the root server's services.</summary>
    public const ulong Service = 8;

    /// <summary>The endpoint for exit and log messages.</summary>
    public const ulong Exit = 9;

    /// <summary>The child's own wake-up notification.</summary>
    public const ulong WakeUp = 10;

    /// <summary>Slots from here on belong to the system description, the grant window and the program.</summary>
    public const ulong FirstDynamic = 16;
}
