/* SPDX-License-Identifier: BSD-2-Clause */
/* The binary interface of an seL4 kernel as far as this program uses it, written from the published interface alone. */
#ifndef ABI_H
#define ABI_H

typedef unsigned long word;

enum { SYS_CALL = -1, SYS_DEBUG_PUT_CHAR = -9, SYS_DEBUG_CAP_IDENTIFY = -12 };

enum { LABEL_UNTYPED_RETYPE = 1, LABEL_TCB_READ_REGISTERS = 2, LABEL_CNODE_DELETE = 18, LABEL_CNODE_COPY = 20, LABEL_CNODE_MINT = 21,
       LABEL_PAGE_MAP = 39, LABEL_PAGE_GET_ADDRESS = 41 };

enum { TYPE_UNTYPED = 0, TYPE_TCB = 1, TYPE_ENDPOINT = 2, TYPE_NOTIFICATION = 3, TYPE_CNODE = 4, TYPE_PDPT = 5, TYPE_4K = 8,
       TYPE_PAGE_TABLE = 10, TYPE_PAGE_DIRECTORY = 11, TYPE_COUNT = 12 };

enum { TAG_NULL = 0, TAG_FRAME = 1, TAG_UNTYPED = 2, TAG_PAGE_TABLE = 3, TAG_ENDPOINT = 4, TAG_PAGE_DIRECTORY = 5, TAG_NOTIFICATION = 6,
       TAG_PDPT = 7, TAG_PML4 = 9, TAG_CNODE = 10, TAG_ASID_CONTROL = 11, TAG_TCB = 12, TAG_ASID_POOL = 13, TAG_IRQ_CONTROL = 14,
       TAG_DOMAIN = 20, TAG_IO_PORT_CONTROL = 31 };

enum { ERR_NONE = 0, ERR_INVALID_ARGUMENT = 1, ERR_INVALID_CAPABILITY = 2, ERR_ILLEGAL_OPERATION = 3, ERR_RANGE = 4,
       ERR_FAILED_LOOKUP = 6, ERR_TRUNCATED = 7, ERR_DELETE_FIRST = 8 };

struct region { word first, end; };

struct untyped_entry {
    word address;
    unsigned char size_bits, is_device, padding[6];
};

struct boot_info {
    word extra_bytes, node_id, node_count, iopt_levels, ipc_buffer;
    struct region empty, shared_frames, image_frames, image_paging, io_space, extra_pages;
    word cnode_size_bits, domain;
    struct region untyped;
    struct untyped_entry untyped_list[230];
};

struct ipc_buffer {
    word tag, message[120], user_data, caps[3], receive_cnode, receive_index, receive_depth;
};

/* One kernel entry by the syscall instruction. RSP is kept in RBX because the kernel need not preserve it. */
static inline word kernel_call(word number, word capability, word info, word m[4], word *badge)
{
    register word r10 __asm__("r10") = m[0];
    register word r8 __asm__("r8") = m[1];
    register word r9 __asm__("r9") = m[2];
    register word r15 __asm__("r15") = m[3];
    word rdi = capability, rsi = info;
    __asm__ volatile("movq %%rsp, %%rbx; syscall; movq %%rbx, %%rsp"
        : "+D"(rdi), "+S"(rsi), "+r"(r10), "+r"(r8), "+r"(r9), "+r"(r15)
        : "d"(number) : "rbx", "rcx", "r11", "memory");
    m[0] = r10; m[1] = r8; m[2] = r9; m[3] = r15;
    if (badge) *badge = rdi;
    return rsi;
}

static inline word info_label(word info) { return info >> 12; }
static inline word info_length(word info) { return info & 0x7f; }
static inline word make_info(word label, word caps, word length) { return label << 12 | caps << 7 | length; }

#endif
