// SPDX-License-Identifier: BSD-2-Clause
// The kernel's binary interface as this program knows it: x86_64, non-MCS.
#pragma once
#include <stdint.h>

typedef uint64_t word;

enum { CALL = -1, REPLY_RECV = -2, SEND = -3, NB_SEND = -4, RECV = -5, REPLY = -6, YIELD = -7, NB_RECV = -8, PUT_CHAR = -9, CAP_IDENTIFY = -12 };

enum { SLOT_TCB = 1, SLOT_CNODE, SLOT_VSPACE, SLOT_IRQ_CONTROL, SLOT_ASID_CONTROL, SLOT_ASID_POOL, SLOT_PORT_CONTROL, SLOT_IO_SPACE,
       SLOT_BOOT_INFO, SLOT_IPC_BUFFER, SLOT_DOMAIN, FIRST_DYNAMIC = 16 };

enum { LABEL_RETYPE = 1, LABEL_TCB_READ = 2, LABEL_TCB_WRITE = 3, LABEL_TCB_CONFIGURE = 5, LABEL_TCB_PRIORITY = 6, LABEL_TCB_SUSPEND = 11,
       LABEL_TCB_RESUME = 12, LABEL_TCB_BIND = 13, LABEL_CNODE_REVOKE = 17, LABEL_CNODE_DELETE = 18, LABEL_CNODE_COPY = 20,
       LABEL_CNODE_MINT = 21, LABEL_CNODE_MOVE = 22, LABEL_IRQ_ACK = 27, LABEL_IRQ_SET_NOTIFICATION = 28, LABEL_PDPT_MAP = 33,
       LABEL_PD_MAP = 35, LABEL_PT_MAP = 37, LABEL_PAGE_MAP = 39, LABEL_PAGE_UNMAP = 40, LABEL_PAGE_ADDRESS = 41, LABEL_PORT_ISSUE = 44,
       LABEL_PORT_IN8 = 45, LABEL_PORT_OUT8 = 48, LABEL_IRQ_IOAPIC = 51 };

enum { TYPE_UNTYPED, TYPE_TCB, TYPE_ENDPOINT, TYPE_NOTIFICATION, TYPE_CNODE, TYPE_PDPT, TYPE_PML4, TYPE_HUGE_PAGE, TYPE_PAGE,
       TYPE_LARGE_PAGE, TYPE_PAGE_TABLE, TYPE_PAGE_DIRECTORY, TYPE_COUNT };

enum { TAG_NULL = 0, TAG_FRAME = 1, TAG_UNTYPED = 2, TAG_PAGE_TABLE = 3, TAG_ENDPOINT = 4, TAG_PAGE_DIRECTORY = 5, TAG_NOTIFICATION = 6,
       TAG_PDPT = 7, TAG_PML4 = 9, TAG_CNODE = 10, TAG_ASID_CONTROL = 11, TAG_TCB = 12, TAG_ASID_POOL = 13, TAG_IRQ_CONTROL = 14,
       TAG_DOMAIN = 20, TAG_PORT_CONTROL = 31 };

enum { NO_ERROR, INVALID_ARGUMENT, INVALID_CAPABILITY, ILLEGAL_OPERATION, RANGE_ERROR, ALIGNMENT_ERROR, FAILED_LOOKUP, TRUNCATED_MESSAGE,
       DELETE_FIRST, REVOKE_FIRST, NOT_ENOUGH_MEMORY };

enum { FAULT_CAP = 1, FAULT_SYSCALL = 2, FAULT_EXCEPTION = 3, FAULT_VM = 5 };
enum { RIGHT_WRITE = 1, RIGHT_READ = 2, RIGHT_GRANT = 4, RIGHT_GRANT_REPLY = 8, RIGHT_ALL = 15 };
enum { READ_WRITE = 3, PAGE_BITS = 12, PAGE_SIZE = 4096, DEPTH = 64 };

struct region { word start, end; };

struct untyped_entry { word address; uint8_t size_bits, is_device, padding[6]; };

struct boot_info {
    word extra_length, node, node_count, iopt_levels, ipc_buffer;
    struct region empty, shared_frames, image_frames, image_paging, io_space_caps, extra_pages;
    word cnode_bits, domain;
    struct region untyped;
    struct untyped_entry untyped_list[230];
};

struct ipc_buffer {
    word tag, msg[120], user_data, caps_or_badges[3], receive_cnode, receive_index, receive_depth;
};

struct message { word badge, info, mr[4]; };

static inline word message_info(word label, word extra_caps, word length) { return label << 12 | extra_caps << 7 | length; }
static inline word label_of(word info) { return info >> 12; }
static inline word length_of(word info) { return info & 127; }
static inline word extra_caps_of(word info) { return info >> 7 & 3; }
static inline word unwrapped_of(word info) { return info >> 9 & 7; }

// RSP does not survive a system call by contract; RBX keeps it.
static inline void system_call(long number, struct message *m) {
    register word r10 __asm__("r10") = m->mr[0];
    register word r8 __asm__("r8") = m->mr[1];
    register word r9 __asm__("r9") = m->mr[2];
    register word r15 __asm__("r15") = m->mr[3];
    __asm__ volatile("movq %%rsp, %%rbx\n\tsyscall\n\tmovq %%rbx, %%rsp"
                     : "+D"(m->badge), "+S"(m->info), "+r"(r10), "+r"(r8), "+r"(r9), "+r"(r15)
                     : "d"(number)
                     : "rbx", "rcx", "r11", "memory");
    m->mr[0] = r10;
    m->mr[1] = r8;
    m->mr[2] = r9;
    m->mr[3] = r15;
}
