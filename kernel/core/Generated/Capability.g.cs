// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/layout/capability.bf by `./sel4 gen`. Change that file, not this one.
using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>The type of a capability, in its top five bits. DebugCapIdentify reports these numbers (ABI-11.2).</summary>
public enum CapabilityTag : byte
{
    /// <summary>An empty slot.</summary>
    Null = 0,
    /// <summary>A page of user memory: 4 KiB, 2 MiB or 1 GiB.</summary>
    Frame = 1,
    /// <summary>Memory from which objects are made.</summary>
    Untyped = 2,
    /// <summary>A table of 512 4 KiB pages.</summary>
    PageTable = 3,
    /// <summary>A meeting point of senders and receivers.</summary>
    Endpoint = 4,
    /// <summary>A table of 512 page tables or 2 MiB pages.</summary>
    PageDirectory = 5,
    /// <summary>A word of signals.</summary>
    Notification = 6,
    /// <summary>A table of 512 page directories or 1 GiB pages.</summary>
    Pdpt = 7,
    /// <summary>The right to answer one caller, once.</summary>
    Reply = 8,
    /// <summary>The root of an address space.</summary>
    Pml4 = 9,
    /// <summary>A table of capability slots.</summary>
    CNode = 10,
    /// <summary>The right to make pools of address space numbers.</summary>
    AsidControl = 11,
    /// <summary>A thread.</summary>
    Tcb = 12,
    /// <summary>512 address space numbers.</summary>
    AsidPool = 13,
    /// <summary>The right to issue interrupt handlers.</summary>
    IrqControl = 14,
    /// <summary>One interrupt vector.</summary>
    IrqHandler = 16,
    /// <summary>An object in the middle of a long deletion.</summary>
    Zombie = 18,
    /// <summary>A range of I/O ports.</summary>
    IoPort = 19,
    /// <summary>The right to arrange domains.</summary>
    Domain = 20,
    /// <summary>The right to issue ranges of I/O ports.</summary>
    IoPortControl = 31,
}

public readonly partial struct Capability
{
    /// <summary>An empty slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewNull() => new(
        0UL,
        0UL);

    /// <summary>A page of user memory: 4 KiB, 2 MiB or 1 GiB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewFrame(ulong address, ulong sizeClass, ulong rights, bool isDevice, ulong mapKind, ulong mappedAsid, ulong mappedAddress) => new(
        0x800000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((sizeClass << 48) & 0x3000000000000UL) | ((rights << 50) & 0xC000000000000UL) | ((isDevice ? 1UL : 0UL) << 52) | ((mapKind << 53) & 0x60000000000000UL),
        (mappedAsid & 0xFFFUL) | (mappedAddress & 0xFFFFFFFFF000UL));

    /// <summary>Start of the frame in the kernel's window. A multiple of 2^12.</summary>
    public ulong FrameAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another FrameAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>0 = 4 KiB, 1 = 2 MiB, 2 = 1 GiB.</summary>
    public ulong FrameSizeClass
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 >> 48) & 0x3UL;
    }

    /// <summary>The same capability with another FrameSizeClass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameSizeClass(ulong value) =>
        new((Word0 & 0xFFFCFFFFFFFFFFFFUL) | ((value << 48) & 0x3000000000000UL), Word1);

    /// <summary>1 = kernel only, 2 = read only, 3 = read and write.</summary>
    public ulong FrameRights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 >> 50) & 0x3UL;
    }

    /// <summary>The same capability with another FrameRights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameRights(ulong value) =>
        new((Word0 & 0xFFF3FFFFFFFFFFFFUL) | ((value << 50) & 0xC000000000000UL), Word1);

    /// <summary>The memory is a device's: never cleared, never an IPC buffer.</summary>
    public bool FrameIsDevice
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x10000000000000UL) != 0;
    }

    /// <summary>The same capability with another FrameIsDevice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameIsDevice(bool value) =>
        new((Word0 & 0xFFEFFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 52), Word1);

    /// <summary>What sort of table it is mapped in; 0 = not mapped.</summary>
    public ulong FrameMapKind
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 >> 53) & 0x3UL;
    }

    /// <summary>The same capability with another FrameMapKind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameMapKind(ulong value) =>
        new((Word0 & 0xFF9FFFFFFFFFFFFFUL) | ((value << 53) & 0x60000000000000UL), Word1);

    /// <summary>Address space it is mapped in; 0 = none.</summary>
    public ulong FrameMappedAsid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another FrameMappedAsid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameMappedAsid(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>User address it is mapped at. A multiple of 2^12.</summary>
    public ulong FrameMappedAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word1 << 16) >> 28) << 12;
    }

    /// <summary>The same capability with another FrameMappedAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithFrameMappedAddress(ulong value) =>
        new(Word0, (Word1 & 0xFFFF000000000FFFUL) | (value & 0xFFFFFFFFF000UL));

    /// <summary>Memory from which objects are made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewUntyped(ulong address, ulong sizeBits, bool isDevice, ulong freeIndex) => new(
        0x1000000000000000UL | (address & 0xFFFFFFFFFFFFUL),
        (sizeBits & 0x3FUL) | ((isDevice ? 1UL : 0UL) << 6) | (freeIndex << 16));

    /// <summary>Start of the region in the kernel's window. A multiple of 2^4.</summary>
    public ulong UntypedAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another UntypedAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithUntypedAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>log2 of the region's bytes.</summary>
    public ulong UntypedSizeBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0x3FUL;
    }

    /// <summary>The same capability with another UntypedSizeBits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithUntypedSizeBits(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFFFC0UL) | (value & 0x3FUL));

    /// <summary>The region is device memory.</summary>
    public bool UntypedIsDevice
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word1 & 0x40UL) != 0;
    }

    /// <summary>The same capability with another UntypedIsDevice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithUntypedIsDevice(bool value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFFFBFUL) | ((value ? 1UL : 0UL) << 6));

    /// <summary>First unused place, counted from the start in units of 16 bytes.</summary>
    public ulong UntypedFreeIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 >> 16;
    }

    /// <summary>The same capability with another UntypedFreeIndex.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithUntypedFreeIndex(ulong value) =>
        new(Word0, (Word1 & 0xFFFFUL) | (value << 16));

    /// <summary>A table of 512 4 KiB pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewPageTable(ulong address, bool isMapped, ulong mappedAsid, ulong mappedAddress) => new(
        0x1800000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((isMapped ? 1UL : 0UL) << 48),
        (mappedAsid & 0xFFFUL) | (mappedAddress & 0xFFFFFFFFF000UL));

    /// <summary>Start of the table in the kernel's window. A multiple of 2^12.</summary>
    public ulong PageTableAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another PageTableAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageTableAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>It hangs in an address space.</summary>
    public bool PageTableIsMapped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another PageTableIsMapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageTableIsMapped(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>Address space it is mapped in.</summary>
    public ulong PageTableMappedAsid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another PageTableMappedAsid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageTableMappedAsid(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>First user address it covers. A multiple of 2^12.</summary>
    public ulong PageTableMappedAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word1 << 16) >> 28) << 12;
    }

    /// <summary>The same capability with another PageTableMappedAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageTableMappedAddress(ulong value) =>
        new(Word0, (Word1 & 0xFFFF000000000FFFUL) | (value & 0xFFFFFFFFF000UL));

    /// <summary>A meeting point of senders and receivers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewEndpoint(ulong address, ulong badge, bool canSend, bool canReceive, bool canGrant, bool canGrantReply) => new(
        0x2000000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((canSend ? 1UL : 0UL) << 48) | ((canReceive ? 1UL : 0UL) << 49) | ((canGrant ? 1UL : 0UL) << 50) | ((canGrantReply ? 1UL : 0UL) << 51),
        badge);

    /// <summary>The endpoint object. A multiple of 2^4.</summary>
    public ulong EndpointAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another EndpointAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>What receivers are told of the capability used; 0 = unbadged.</summary>
    public ulong EndpointBadge
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1;
    }

    /// <summary>The same capability with another EndpointBadge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointBadge(ulong value) =>
        new(Word0, value);

    /// <summary>The Write right.</summary>
    public bool EndpointCanSend
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another EndpointCanSend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointCanSend(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>The Read right.</summary>
    public bool EndpointCanReceive
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x2000000000000UL) != 0;
    }

    /// <summary>The same capability with another EndpointCanReceive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointCanReceive(bool value) =>
        new((Word0 & 0xFFFDFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 49), Word1);

    /// <summary>The Grant right: messages may carry capabilities.</summary>
    public bool EndpointCanGrant
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x4000000000000UL) != 0;
    }

    /// <summary>The same capability with another EndpointCanGrant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointCanGrant(bool value) =>
        new((Word0 & 0xFFFBFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 50), Word1);

    /// <summary>The GrantReply right: calls may be answered.</summary>
    public bool EndpointCanGrantReply
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x8000000000000UL) != 0;
    }

    /// <summary>The same capability with another EndpointCanGrantReply.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithEndpointCanGrantReply(bool value) =>
        new((Word0 & 0xFFF7FFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 51), Word1);

    /// <summary>A table of 512 page tables or 2 MiB pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewPageDirectory(ulong address, bool isMapped, ulong mappedAsid, ulong mappedAddress) => new(
        0x2800000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((isMapped ? 1UL : 0UL) << 48),
        (mappedAsid & 0xFFFUL) | (mappedAddress & 0xFFFFFFFFF000UL));

    /// <summary>Start of the table in the kernel's window. A multiple of 2^12.</summary>
    public ulong PageDirectoryAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another PageDirectoryAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageDirectoryAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>It hangs in an address space.</summary>
    public bool PageDirectoryIsMapped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another PageDirectoryIsMapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageDirectoryIsMapped(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>Address space it is mapped in.</summary>
    public ulong PageDirectoryMappedAsid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another PageDirectoryMappedAsid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageDirectoryMappedAsid(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>First user address it covers. A multiple of 2^12.</summary>
    public ulong PageDirectoryMappedAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word1 << 16) >> 28) << 12;
    }

    /// <summary>The same capability with another PageDirectoryMappedAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPageDirectoryMappedAddress(ulong value) =>
        new(Word0, (Word1 & 0xFFFF000000000FFFUL) | (value & 0xFFFFFFFFF000UL));

    /// <summary>A word of signals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewNotification(ulong address, ulong badge, bool canSend, bool canReceive) => new(
        0x3000000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((canSend ? 1UL : 0UL) << 48) | ((canReceive ? 1UL : 0UL) << 49),
        badge);

    /// <summary>The notification object. A multiple of 2^4.</summary>
    public ulong NotificationAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another NotificationAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithNotificationAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>Bits that a signal through this capability sets; 0 = unbadged.</summary>
    public ulong NotificationBadge
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1;
    }

    /// <summary>The same capability with another NotificationBadge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithNotificationBadge(ulong value) =>
        new(Word0, value);

    /// <summary>The Write right: it may be signalled.</summary>
    public bool NotificationCanSend
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another NotificationCanSend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithNotificationCanSend(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>The Read right: it may be waited for.</summary>
    public bool NotificationCanReceive
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x2000000000000UL) != 0;
    }

    /// <summary>The same capability with another NotificationCanReceive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithNotificationCanReceive(bool value) =>
        new((Word0 & 0xFFFDFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 49), Word1);

    /// <summary>A table of 512 page directories or 1 GiB pages.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewPdpt(ulong address, bool isMapped, ulong mappedAsid, ulong mappedAddress) => new(
        0x3800000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((isMapped ? 1UL : 0UL) << 48),
        (mappedAsid & 0xFFFUL) | (mappedAddress & 0xFFFFFFFFF000UL));

    /// <summary>Start of the table in the kernel's window. A multiple of 2^12.</summary>
    public ulong PdptAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another PdptAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPdptAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>It hangs in an address space.</summary>
    public bool PdptIsMapped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another PdptIsMapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPdptIsMapped(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>Address space it is mapped in.</summary>
    public ulong PdptMappedAsid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another PdptMappedAsid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPdptMappedAsid(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>First user address it covers. A multiple of 2^12.</summary>
    public ulong PdptMappedAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word1 << 16) >> 28) << 12;
    }

    /// <summary>The same capability with another PdptMappedAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPdptMappedAddress(ulong value) =>
        new(Word0, (Word1 & 0xFFFF000000000FFFUL) | (value & 0xFFFFFFFFF000UL));

    /// <summary>The right to answer one caller, once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewReply(ulong tcbAddress, bool isMaster, bool canGrant) => new(
        0x4000000000000000UL | (tcbAddress & 0xFFFFFFFFFFFFUL) | ((isMaster ? 1UL : 0UL) << 48) | ((canGrant ? 1UL : 0UL) << 49),
        0UL);

    /// <summary>The caller who waits. A multiple of 2^11.</summary>
    public ulong ReplyTcbAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another ReplyTcbAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithReplyTcbAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>The caller's own record of its wait; cannot be invoked.</summary>
    public bool ReplyIsMaster
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another ReplyIsMaster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithReplyIsMaster(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>The answer may carry capabilities.</summary>
    public bool ReplyCanGrant
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x2000000000000UL) != 0;
    }

    /// <summary>The same capability with another ReplyCanGrant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithReplyCanGrant(bool value) =>
        new((Word0 & 0xFFFDFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 49), Word1);

    /// <summary>The root of an address space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewPml4(ulong address, bool isMapped, ulong mappedAsid) => new(
        0x4800000000000000UL | (address & 0xFFFFFFFFFFFFUL) | ((isMapped ? 1UL : 0UL) << 48),
        (mappedAsid & 0xFFFUL));

    /// <summary>Start of the table in the kernel's window. A multiple of 2^12.</summary>
    public ulong Pml4Address
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another Pml4Address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPml4Address(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>It has an address space number.</summary>
    public bool Pml4IsMapped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x1000000000000UL) != 0;
    }

    /// <summary>The same capability with another Pml4IsMapped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPml4IsMapped(bool value) =>
        new((Word0 & 0xFFFEFFFFFFFFFFFFUL) | ((value ? 1UL : 0UL) << 48), Word1);

    /// <summary>The number.</summary>
    public ulong Pml4MappedAsid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another Pml4MappedAsid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithPml4MappedAsid(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>A table of capability slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewCNode(ulong address, ulong radix, ulong guardSize, ulong guard) => new(
        0x5000000000000000UL | ((address << 11) & 0x7FFFFFFFFFF0000UL) | (radix & 0x3FUL) | ((guardSize << 6) & 0xFC0UL),
        guard);

    /// <summary>The first slot. A multiple of 2^5.</summary>
    public ulong CNodeAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 5) >> 21) << 5;
    }

    /// <summary>The same capability with another CNodeAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithCNodeAddress(ulong value) =>
        new((Word0 & 0xF80000000000FFFFUL) | ((value << 11) & 0x7FFFFFFFFFF0000UL), Word1);

    /// <summary>log2 of the number of slots.</summary>
    public ulong CNodeRadix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word0 & 0x3FUL;
    }

    /// <summary>The same capability with another CNodeRadix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithCNodeRadix(ulong value) =>
        new((Word0 & 0xFFFFFFFFFFFFFFC0UL) | (value & 0x3FUL), Word1);

    /// <summary>Address bits that the guard takes.</summary>
    public ulong CNodeGuardSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 >> 6) & 0x3FUL;
    }

    /// <summary>The same capability with another CNodeGuardSize.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithCNodeGuardSize(ulong value) =>
        new((Word0 & 0xFFFFFFFFFFFFF03FUL) | ((value << 6) & 0xFC0UL), Word1);

    /// <summary>What those bits must be, right-aligned.</summary>
    public ulong CNodeGuard
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1;
    }

    /// <summary>The same capability with another CNodeGuard.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithCNodeGuard(ulong value) =>
        new(Word0, value);

    /// <summary>The right to make pools of address space numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewAsidControl() => new(
        0x5800000000000000UL,
        0UL);

    /// <summary>A thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewTcb(ulong address) => new(
        0x6000000000000000UL | (address & 0xFFFFFFFFFFFFUL),
        0UL);

    /// <summary>The thread control block. A multiple of 2^11.</summary>
    public ulong TcbAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another TcbAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithTcbAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>512 address space numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewAsidPool(ulong address, ulong @base) => new(
        0x6800000000000000UL | (address & 0xFFFFFFFFFFFFUL),
        (@base & 0xFFFUL));

    /// <summary>The pool in the kernel's window. A multiple of 2^12.</summary>
    public ulong AsidPoolAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 16) >> 16);
    }

    /// <summary>The same capability with another AsidPoolAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithAsidPoolAddress(ulong value) =>
        new((Word0 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL), Word1);

    /// <summary>The first number of the pool.</summary>
    public ulong AsidPoolBase
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFUL;
    }

    /// <summary>The same capability with another AsidPoolBase.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithAsidPoolBase(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFF000UL) | (value & 0xFFFUL));

    /// <summary>The right to issue interrupt handlers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewIrqControl() => new(
        0x7000000000000000UL,
        0UL);

    /// <summary>One interrupt vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewIrqHandler(ulong vector) => new(
        0x8000000000000000UL,
        (vector & 0xFFUL));

    /// <summary>The user vector, 0 to 107.</summary>
    public ulong IrqHandlerVector
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFUL;
    }

    /// <summary>The same capability with another IrqHandlerVector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithIrqHandlerVector(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFFFF00UL) | (value & 0xFFUL));

    /// <summary>An object in the middle of a long deletion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewZombie(ulong address, ulong remaining, ulong radix, bool isTcb) => new(
        0x9000000000000000UL | ((address << 11) & 0x7FFFFFFFFFF0000UL) | (radix & 0x3FUL) | ((isTcb ? 1UL : 0UL) << 6),
        (remaining & 0xFFFFFFFFFFFFUL));

    /// <summary>The first slot that is still to be emptied from the top. A multiple of 2^5.</summary>
    public ulong ZombieAddress
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)((long)(Word0 << 5) >> 21) << 5;
    }

    /// <summary>The same capability with another ZombieAddress.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithZombieAddress(ulong value) =>
        new((Word0 & 0xF80000000000FFFFUL) | ((value << 11) & 0x7FFFFFFFFFF0000UL), Word1);

    /// <summary>Slots that are not yet empty.</summary>
    public ulong ZombieRemaining
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFFFFFFFFFFUL;
    }

    /// <summary>The same capability with another ZombieRemaining.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithZombieRemaining(ulong value) =>
        new(Word0, (Word1 & 0xFFFF000000000000UL) | (value & 0xFFFFFFFFFFFFUL));

    /// <summary>log2 of the slots that the object had.</summary>
    public ulong ZombieRadix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word0 & 0x3FUL;
    }

    /// <summary>The same capability with another ZombieRadix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithZombieRadix(ulong value) =>
        new((Word0 & 0xFFFFFFFFFFFFFFC0UL) | (value & 0x3FUL), Word1);

    /// <summary>The object was a thread and not a CNode.</summary>
    public bool ZombieIsTcb
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word0 & 0x40UL) != 0;
    }

    /// <summary>The same capability with another ZombieIsTcb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithZombieIsTcb(bool value) =>
        new((Word0 & 0xFFFFFFFFFFFFFFBFUL) | ((value ? 1UL : 0UL) << 6), Word1);

    /// <summary>A range of I/O ports.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewIoPort(ulong first, ulong last) => new(
        0x9800000000000000UL,
        (first & 0xFFFFUL) | ((last << 16) & 0xFFFF0000UL));

    /// <summary>Lowest port.</summary>
    public ulong IoPortFirst
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Word1 & 0xFFFFUL;
    }

    /// <summary>The same capability with another IoPortFirst.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithIoPortFirst(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFFFFFF0000UL) | (value & 0xFFFFUL));

    /// <summary>Highest port.</summary>
    public ulong IoPortLast
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Word1 >> 16) & 0xFFFFUL;
    }

    /// <summary>The same capability with another IoPortLast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Capability WithIoPortLast(ulong value) =>
        new(Word0, (Word1 & 0xFFFFFFFF0000FFFFUL) | ((value << 16) & 0xFFFF0000UL));

    /// <summary>The right to arrange domains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewDomain() => new(
        0xA000000000000000UL,
        0UL);

    /// <summary>The right to issue ranges of I/O ports.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Capability NewIoPortControl() => new(
        0xF800000000000000UL,
        0UL);
}
