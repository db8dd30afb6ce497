// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>Numbers of a child's world beyond <see cref="ChildSlot"/>: free slots and addresses (RT:§4.2, RT:§4.4).</summary>
public static class ChildLayout
{
    /// <summary>First slot that the child may use as it likes; what it is granted goes here.</summary>
    public const ulong FirstGrantSlot = 64;

    // Memory: everything of the server's making lies in the 2 MiB below the program (which is linked at 4 MiB), each part
    // between unmapped pages.
    public const ulong IpcBufferPage = 0x20_1000;

    public const ulong StackTop = 0x3f_0000;

    /// <summary>Largest stack: a page stays free between it and the IPC buffer.</summary>
    public const ulong MaxStackBytes = StackTop - IpcBufferPage - (2 * 4096);
}
