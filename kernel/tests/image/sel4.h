/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of seL4's binary interface that the tests use, written from the ABI: non-MCS, one core, x86_64. */
#pragma once

typedef unsigned char byte;
typedef unsigned short half;
typedef unsigned int dword;
typedef unsigned long word;

enum { SYS_CALL = -1, SYS_REPLY_RECV = -2, SYS_SEND = -3, SYS_NB_SEND = -4, SYS_RECV = -5, SYS_REPLY = -6, SYS_YIELD = -7,
       SYS_NB_RECV = -8, SYS_PUT_CHAR = -9, SYS_CAP_IDENTIFY = -12, SYS_NAME_THREAD = -14, SYS_NULL = -22, SYS_SET_TLS_BASE = -30 };

enum { UNTYPED_RETYPE = 1, TCB_READ = 2, TCB_WRITE = 3, TCB_CONFIGURE = 5, TCB_SET_PRIORITY = 6, TCB_SUSPEND = 11, TCB_RESUME = 12,
       TCB_SET_FLAGS = 16, CNODE_REVOKE = 17, CNODE_DELETE = 18, CNODE_COPY = 20, CNODE_MINT = 21, IRQ_ACK = 27,
       IRQ_SET_NOTIFICATION = 28, PDPT_MAP = 33, DIRECTORY_MAP = 35, TABLE_MAP = 37, PAGE_MAP = 39, PAGE_UNMAP = 40, PAGE_ADDRESS = 41,
       ASID_ASSIGN = 43, PORT_ISSUE = 44, PORT_IN8 = 45, PORT_OUT8 = 48, IRQ_GET_IOAPIC = 51 };

enum { OBJECT_UNTYPED, OBJECT_TCB, OBJECT_ENDPOINT, OBJECT_NOTIFICATION, OBJECT_CNODE, OBJECT_PDPT, OBJECT_PML4, OBJECT_HUGE_PAGE,
       OBJECT_PAGE, OBJECT_LARGE_PAGE, OBJECT_TABLE, OBJECT_DIRECTORY };

enum { SLOT_TCB = 1, SLOT_CNODE, SLOT_VSPACE, SLOT_IRQ_CONTROL, SLOT_ASID_CONTROL, SLOT_ASID_POOL, SLOT_PORT_CONTROL, SLOT_IO_SPACE,
       SLOT_BOOT_INFO, SLOT_IPC_BUFFER, SLOT_DOMAIN, SLOT_FIRST_DYNAMIC = 16 };

enum { FAULT_CAP = 1, FAULT_SYSCALL = 2, FAULT_EXCEPTION = 3, FAULT_VM = 5 };

struct region { word start, end; };
struct untyped { word address; byte size_bits, is_device, padding[6]; };

struct boot_info {
    word extra_bytes, node, nodes, iopt_levels, ipc_buffer;
    struct region empty, shared, image_frames, image_paging, io_space, extra_pages;
    word cnode_bits, domain;
    struct region untyped;
    struct untyped untyped_list[230];
};

struct ipc_buffer { word tag, message[120], user, caps[3], receive_cnode, receive_index, receive_depth; };

/* What a system call leaves in the registers that carry messages. */
struct message { word badge, info, mr[4]; };

static inline word info_of(word label, word caps, word length) { return label << 12 | caps << 7 | length; }
static inline word label_of(word info) { return info >> 12; }
static inline word length_of(word info) { return info & 127; }

/* One system call; RSP is kept in RBX because a kernel need not preserve it. */
static inline void system_call(long number, struct message *m)
{
    register word mr0 __asm__("r10") = m->mr[0], mr1 __asm__("r8") = m->mr[1], mr2 __asm__("r9") = m->mr[2], mr3 __asm__("r15") = m->mr[3];
    __asm__ volatile("mov %%rsp, %%rbx\n\tsyscall\n\tmov %%rbx, %%rsp"
                 : "+D"(m->badge), "+S"(m->info), "+r"(mr0), "+r"(mr1), "+r"(mr2), "+r"(mr3)
                 : "d"(number)
                 : "rcx", "r11", "rbx", "memory");
    m->mr[0] = mr0;
    m->mr[1] = mr1;
    m->mr[2] = mr2;
    m->mr[3] = mr3;
}

static inline void put_char(char c)
{
    struct message m = { (word)(byte)c, 0, { 0 } };
    system_call(SYS_PUT_CHAR, &m);
}

static inline word time_stamp(void)
{
    dword low, high;
    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high));
    return (word)high << 32 | low;
}
