// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>Something that lies in memory, known by its physical address: where Retype puts it is part of what is predicted.</summary>
public abstract class ModelObject(ulong address, int sizeBits)
{
    public ulong Address { get; } = address;

    /// <summary>log2 bytes.</summary>
    public int SizeBits { get; } = sizeBits;

    /// <summary>Slots with a capability to it; the last one gone is the end of it (R-DEL-01).</summary>
    public HashSet<ModelSlot> Capabilities { get; } = [];

    public bool Lies(ulong start, int bits) => Address >= start && Address - start < 1ul << bits;
}

/// <summary>Untyped memory. How much of it is used is written in its capability, not here (R-DER-08).</summary>
public sealed class ModelUntyped(ulong address, int sizeBits, bool isDevice) : ModelObject(address, sizeBits)
{
    public bool IsDevice { get; } = isDevice;
}

/// <summary>A queue of senders or of receivers, never both (R-IPC-23).</summary>
public sealed class ModelEndpoint(ulong address) : ModelObject(address, 4)
{
    public List<ModelThread> Queue { get; } = [];
}

/// <summary>A word of signals, or a queue of those who wait for one (ABI-14.4).</summary>
public sealed class ModelNotification(ulong address) : ModelObject(address, 5)
{
    public List<ModelThread> Waiters { get; } = [];

    /// <summary>The word, while it is active; null while it is not. A word of 0 is a word (R-NTFN-07).</summary>
    public ulong? Word { get; set; }

    public ModelThread? Bound { get; set; }
}

/// <summary>A table of slots.</summary>
public sealed class ModelNode : ModelObject
{
    public ModelNode(ulong address, int radix) : base(address, radix + AbiConstants.SlotSizeBits)
    {
        Radix = radix;
        Slots = new ModelSlot[1 << radix];
        for (int index = 0; index < Slots.Length; index++)
            Slots[index] = new ModelSlot(address + ((ulong)index << AbiConstants.SlotSizeBits));
    }

    public int Radix { get; }

    public ModelSlot[] Slots { get; }
}

/// <summary>A page of user memory.</summary>
public sealed class ModelFrame(ulong address, int sizeBits, bool isDevice) : ModelObject(address, sizeBits)
{
    public bool IsDevice { get; } = isDevice;
}

/// <summary>512 numbers of address spaces, from the first on.</summary>
public sealed class ModelAsidPool(ulong address, int firstAsid) : ModelObject(address, 12)
{
    public int FirstAsid { get; } = firstAsid;

    public Dictionary<int, ModelTable> Spaces { get; } = [];
}

/// <summary>A paging structure with what its 512 entries name: a lower table, a page, or nothing.</summary>
/// <param name="level">1 page table, 2 page directory, 3 PDPT, 4 PML4.</param>
public sealed class ModelTable(ulong address, int level) : ModelObject(address, 12)
{
    public int Level { get; } = level;

    public Dictionary<int, ModelEntry> Entries { get; } = [];
}

/// <summary>What an entry names.</summary>
/// <param name="Table">The lower table; null for a page.</param>
/// <param name="Page">Physical address of the page.</param>
/// <param name="Rights">1 kernel only, 2 read only, 3 read and write (ABI-16).</param>
/// <param name="Attributes">The three bits of ABI-17.3.</param>
public sealed record ModelEntry(ModelTable? Table, ulong Page, int Rights, ulong Attributes);

/// <summary>One place for a capability.</summary>
/// <remarks>The family tree is kept as it is explained in the manual: parents know their children (ABI-21.2).</remarks>
public sealed class ModelSlot(ulong address)
{
    /// <summary>Physical address, by which it is found in the kernel.</summary>
    public ulong Address { get; } = address;

    public ModelCap? Cap { get; set; }

    public ModelSlot? Parent { get; set; }

    public List<ModelSlot> Children { get; } = [];

    /// <summary>True for a capability whose copies are its children (R-DER-02, R-DER-04).</summary>
    public bool IsOriginal { get; set; }

    public bool IsEmpty => Cap is null;
}

/// <summary>What a capability says. Two that say the same are the same.</summary>
/// <param name="Target">The object; null for those of the machine itself.</param>
public sealed record ModelCap(CapabilityTypeTag Type, ModelObject? Target)
{
    /// <summary>Of endpoints and notifications.</summary>
    public ulong Badge { get; init; }

    /// <summary>Of endpoints, notifications and replies.</summary>
    public CapRights Rights { get; init; }

    /// <summary>Of nodes.</summary>
    public ulong Guard { get; init; }

    public int GuardSize { get; init; }

    /// <summary>Of untyped memory: bytes in use, counted from its start.</summary>
    public ulong Used { get; init; }

    /// <summary>Of pages: 1 kernel only, 2 read only, 3 read and write.</summary>
    public int PageRights { get; init; }

    /// <summary>Of pages and tables: where it is mapped; null for nowhere. Of roots: the number, with address 0.</summary>
    public ModelMapping? Mapping { get; init; }

    /// <summary>Of interrupt handlers the vector, of port ranges first and last port.</summary>
    public ulong First { get; init; }

    public ulong Last { get; init; }
}

/// <summary>Where a page or table hangs.</summary>
public sealed record ModelMapping(int Asid, ulong Address);
