# SPDX-License-Identifier: BSD-2-Clause
#
# The kernel's own representation of a capability: two 64-bit words. User programs never see these words,
# so the positions are ours to choose; the tags are not, because DebugCapIdentify reports them (ABI-11.2).
#
#   tag WORD[HIGH:LOW]                            where every capability keeps its type
#   capability NAME TAG "sentence"
#     address FIELD WORD[HIGH:LOW] align N "..."  a 48-bit address, a multiple of 2^N. The bit range holds the
#                                                 address without its low bits when it is narrower than 48, and
#                                                 the whole address when it is 48 wide; reading sign-extends from bit 47
#     bits    FIELD WORD[HIGH:LOW] "..."          an unsigned number
#     flag    FIELD WORD[BIT] "..."               a truth value
#
# The order of fields is the order of the constructor's parameters.
# Positions: an address alone in its half of a word costs two shifts to read. A radix sits at bit 0 because a
# 64-bit shift uses just the low six bits of its count, so the word itself serves as the count.

tag 0[63:59]

capability Null 0 "An empty slot."

capability Frame 1 "A page of user memory: 4 KiB, 2 MiB or 1 GiB."
  address Address       0[47:0]  align 12 "Start of the frame in the kernel's window."
  bits    SizeClass     0[49:48] "0 = 4 KiB, 1 = 2 MiB, 2 = 1 GiB."
  bits    Rights        0[51:50] "1 = kernel only, 2 = read only, 3 = read and write."
  flag    IsDevice      0[52]    "The memory is a device's: never cleared, never an IPC buffer."
  bits    MapKind       0[54:53] "What sort of table it is mapped in; 0 = not mapped."
  bits    MappedAsid    1[11:0]  "Address space it is mapped in; 0 = none."
  address MappedAddress 1[47:12] align 12 "User address it is mapped at."

capability Untyped 2 "Memory from which objects are made."
  address Address       0[47:0]  align 4 "Start of the region in the kernel's window."
  bits    SizeBits      1[5:0]   "log2 of the region's bytes."
  flag    IsDevice      1[6]     "The region is device memory."
  bits    FreeIndex     1[63:16] "First unused place, counted from the start in units of 16 bytes."

capability PageTable 3 "A table of 512 4 KiB pages."
  address Address       0[47:0]  align 12 "Start of the table in the kernel's window."
  flag    IsMapped      0[48]    "It hangs in an address space."
  bits    MappedAsid    1[11:0]  "Address space it is mapped in."
  address MappedAddress 1[47:12] align 12 "First user address it covers."

capability Endpoint 4 "A meeting point of senders and receivers."
  address Address       0[47:0]  align 4 "The endpoint object."
  bits    Badge         1[63:0]  "What receivers are told of the capability used; 0 = unbadged."
  flag    CanSend       0[48]    "The Write right."
  flag    CanReceive    0[49]    "The Read right."
  flag    CanGrant      0[50]    "The Grant right: messages may carry capabilities."
  flag    CanGrantReply 0[51]    "The GrantReply right: calls may be answered."

capability PageDirectory 5 "A table of 512 page tables or 2 MiB pages."
  address Address       0[47:0]  align 12 "Start of the table in the kernel's window."
  flag    IsMapped      0[48]    "It hangs in an address space."
  bits    MappedAsid    1[11:0]  "Address space it is mapped in."
  address MappedAddress 1[47:12] align 12 "First user address it covers."

capability Notification 6 "A word of signals."
  address Address       0[47:0]  align 4 "The notification object."
  bits    Badge         1[63:0]  "Bits that a signal through this capability sets; 0 = unbadged."
  flag    CanSend       0[48]    "The Write right: it may be signalled."
  flag    CanReceive    0[49]    "The Read right: it may be waited for."

capability Pdpt 7 "A table of 512 page directories or 1 GiB pages."
  address Address       0[47:0]  align 12 "Start of the table in the kernel's window."
  flag    IsMapped      0[48]    "It hangs in an address space."
  bits    MappedAsid    1[11:0]  "Address space it is mapped in."
  address MappedAddress 1[47:12] align 12 "First user address it covers."

capability Reply 8 "The right to answer one caller, once."
  address TcbAddress    0[47:0]  align 11 "The caller who waits."
  flag    IsMaster      0[48]    "The caller's own record of its wait; cannot be invoked."
  flag    CanGrant      0[49]    "The answer may carry capabilities."

capability Pml4 9 "The root of an address space."
  address Address       0[47:0]  align 12 "Start of the table in the kernel's window."
  flag    IsMapped      0[48]    "It has an address space number."
  bits    MappedAsid    1[11:0]  "The number."

capability CNode 10 "A table of capability slots."
  address Address       0[58:16] align 5 "The first slot."
  bits    Radix         0[5:0]   "log2 of the number of slots."
  bits    GuardSize     0[11:6]  "Address bits that the guard takes."
  bits    Guard         1[63:0]  "What those bits must be, right-aligned."

capability AsidControl 11 "The right to make pools of address space numbers."

capability Tcb 12 "A thread."
  address Address       0[47:0]  align 11 "The thread control block."

capability AsidPool 13 "512 address space numbers."
  address Address       0[47:0]  align 12 "The pool in the kernel's window."
  bits    Base          1[11:0]  "The first number of the pool."

capability IrqControl 14 "The right to issue interrupt handlers."

capability IrqHandler 16 "One interrupt vector."
  bits    Vector        1[7:0]   "The user vector, 0 to 107."

capability Zombie 18 "An object in the middle of a long deletion."
  address Address       0[58:16] align 5 "The first slot that is still to be emptied from the top."
  bits    Remaining     1[47:0]  "Slots that are not yet empty."
  bits    Radix         0[5:0]   "log2 of the slots that the object had."
  flag    IsTcb         0[6]     "The object was a thread and not a CNode."

capability IoPort 19 "A range of I/O ports."
  bits    First         1[15:0]  "Lowest port."
  bits    Last          1[31:16] "Highest port."

capability Domain 20 "The right to arrange domains."

capability IoPortControl 31 "The right to issue ranges of I/O ports."
