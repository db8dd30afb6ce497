// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>Numbers of a child's world beyond <see cref="ChildSlot"/>: free slots and addresses (RT:§4.2, RT:§4.4).</summary>
public static class ChildLayout
{
    /// <summary>log2 slots of a child's CNode.</summary>
    public const int CNodeRadix = 12;

    /// <summary>First slot that the child may use as it likes; what it is granted goes here.</summary>
    public const ulong FirstGrantSlot = 64;
    public const ulong EndGrantSlot = 1ul << CNodeRadix;

    // Memory: everything of the server's making lies in the 2 MiB below the program (which is linked at 4 MiB), each part
    // between unmapped pages.
    public const ulong IpcBufferPage = 0x20_1000;

    public const ulong StackTop = 0x3f_0000;
    public const int StackPages = 16;
    public const ulong StackBottom = StackTop - (StackPages * 4096);
}
