// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Limits and sizes that programs and kernel agree on. ABI-1, ABI-2, ABI-11, ABI-17 to ABI-19.</summary>
public static class AbiConstants
{
    /// <summary>Bits of a machine word, a capability pointer, a badge.</summary>
    public const int WordBits = 64;
    /// <summary>Message words that travel in processor registers.</summary>
    public const int MessageRegisterCount = 4;
    /// <summary>Words of the longest message.</summary>
    public const int MaxMessageLength = 120;
    /// <summary>Capabilities of one message.</summary>
    public const int MaxExtraCaps = 3;
    /// <summary>Capabilities of one message that may arrive as badges.</summary>
    public const int MaxUnwrappedCaps = 3;
    /// <summary>log2 bytes of the IPC buffer, and of its alignment.</summary>
    public const int IpcBufferSizeBits = 10;
    /// <summary>log2 bytes of a capability slot.</summary>
    public const int SlotSizeBits = 5;
    /// <summary>log2 bytes of a thread control block.</summary>
    public const int TcbSizeBits = 11;
    /// <summary>log2 bytes of an endpoint.</summary>
    public const int EndpointSizeBits = 4;
    /// <summary>log2 bytes of a notification.</summary>
    public const int NotificationSizeBits = 5;
    /// <summary>log2 bytes of a small page and of every paging structure.</summary>
    public const int PageBits = 12;
    /// <summary>log2 bytes of a large page; what one page table covers.</summary>
    public const int LargePageBits = 21;
    /// <summary>log2 bytes of a huge page; what one page directory covers.</summary>
    public const int HugePageBits = 30;
    /// <summary>log2 bytes that one page directory pointer table covers.</summary>
    public const int PdptCoverBits = 39;
    /// <summary>log2 entries of a paging structure.</summary>
    public const int TableIndexBits = 9;
    /// <summary>The highest priority.</summary>
    public const int MaxPriority = 255;
    /// <summary>Number of priorities.</summary>
    public const int PriorityCount = 256;
    /// <summary>log2 bytes of the smallest untyped object.</summary>
    public const int MinUntypedBits = 4;
    /// <summary>log2 bytes of the largest untyped object.</summary>
    public const int MaxUntypedBits = 47;
    /// <summary>Objects that one Retype can make.</summary>
    public const int RetypeFanOutLimit = 256;
    /// <summary>An address above this is refused; so is a page that ends above it. ABI-17.2.</summary>
    public const ulong UserTop = 0x7FFFFFFFFFFF;
    /// <summary>log2 bytes of a pool of address space numbers.</summary>
    public const int AsidPoolSizeBits = 12;
    /// <summary>Address spaces of one pool.</summary>
    public const int AsidPoolEntries = 512;
    /// <summary>Pools in the system.</summary>
    public const int AsidPoolCount = 8;
    /// <summary>The address space number of the initial thread.</summary>
    public const int InitialAsid = 1;
    /// <summary>The highest interrupt vector that a program can ask for.</summary>
    public const int MaxIrqVector = 107;
    /// <summary>The processor's vector for a program's vector 0.</summary>
    public const int IrqVectorBase = 48;
    /// <summary>Scheduling domains.</summary>
    public const int DomainCount = 1;
    /// <summary>Entries of the domain schedule, the last one always an end marker.</summary>
    public const int DomainScheduleLength = 2;
    /// <summary>Bits of the duration of a schedule entry.</summary>
    public const int DomainDurationBits = 56;
    /// <summary>Length of a kernel tick.</summary>
    public const int TickMilliseconds = 2;
    /// <summary>Ticks of a time slice.</summary>
    public const int TimeSliceTicks = 5;
    /// <summary>log2 slots of the initial thread's CNode.</summary>
    public const int RootCNodeRadix = 13;
    /// <summary>Entries of the untyped list in BootInfo.</summary>
    public const int MaxBootUntypeds = 230;
    /// <summary>Words of a thread's registers.</summary>
    public const int UserRegisterCount = 20;
    /// <summary>How many of them are in the frame group; the rest is the integer group.</summary>
    public const int FrameRegisterCount = 18;
    /// <summary>Longest debug name without its zero byte; a longer one stops the machine.</summary>
    public const int MaxDebugNameBytes = 959;
}
