// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The root task's image as its ELF file describes it. User addresses.</summary>
public struct RootImage
{
    public ulong Entry;

    /// <summary>Lowest address of a segment, a multiple of 4 KiB.</summary>
    public ulong Start;

    /// <summary>Highest address of a segment, rounded up to 4 KiB.</summary>
    public ulong End;

    public readonly ulong Pages => (End - Start) >> AbiConstants.PageBits;
}

/// <summary>Where everything of the root task is, and how far its CSpace has been filled. Kernel addresses unless said otherwise.</summary>
/// <remarks>Boot only; part of <see cref="BootDescription"/> so that it needs no place of its own.</remarks>
public struct RootTaskPlan
{
    public RootImage Image;

    /// <summary>Bytes of extra BootInfo, and the power-of-two number of pages that hold them; zero pages for none.</summary>
    public ulong ExtraBytes;
    public ulong ExtraPages;

    /// <summary>Number of paging structures below the root.</summary>
    public ulong TableCount;

    /// <summary>Where the image was put.</summary>
    public ulong ImageAddress;

    /// <summary>Bytes of the objects, which are zeroed before anything is made of them.</summary>
    public ulong ObjectBytes;

    // The objects, in the order in which they lie in memory (see BootPlacement).
    public ulong CNode;
    public ulong VSpace;
    public ulong AsidPool;
    public ulong IpcBuffer;
    public ulong BootInfo;
    public ulong ExtraBootInfo;
    public ulong Threads;
    public ulong NextTable;

    /// <summary>The next free slot of the root CNode.</summary>
    public ulong NextSlot;

    /// <summary>Number of untyped capabilities made, and of blocks for which there was no entry in BootInfo.</summary>
    public ulong UntypedCount;
    public ulong DroppedUntypeds;

    /// <summary>User address of the IPC buffer's page, directly above the image (boot sheet §4.1).</summary>
    public readonly ulong IpcBufferUserAddress => Image.End;

    public readonly ulong BootInfoUserAddress => Image.End + PageBytes;

    public readonly ulong ExtraUserAddress => Image.End + (2 * PageBytes);

    /// <summary>End of all that is mapped for the root task.</summary>
    public readonly ulong UserEnd => Image.End + ((2 + ExtraPages) * PageBytes);

    /// <summary>The thread of the root task; the idle thread lies behind it in the same page.</summary>
    public readonly Ref<Tcb> RootThread => new(Threads);

    public readonly Ref<Tcb> IdleThread => new(Threads + (1ul << AbiConstants.TcbSizeBits));

    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
}
