/* SPDX-License-Identifier: BSD-2-Clause */
/* What the root task finds at its first instruction. */
#include "check.h"

extern word entry_registers[16], entry_flags, entry_xmm[4];
extern half entry_selectors[6], entry_fpu_control;
extern dword entry_mxcsr;

static word identify(word cap)
{
    struct message m = { cap, 0, { 0 } };
    system_call(SYS_CAP_IDENTIFY, &m);
    return m.badge;
}

static void registers(void)
{
    static const char *const names[16] = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp",
                                           "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15" };
    static const half selectors[6] = { 0x2b, 0x33, 0, 0, 0, 0 };
    begin("first registers are as promised");
    for (int i = 0; i < 16; i++) {
        if (i != 5) check_equal(names[i], entry_registers[i], 0);
    }
    check_equal("flags", entry_flags, 0x202);
    for (int i = 0; i < 6; i++) check_equal("selector", entry_selectors[i], selectors[i]);
    check_equal("x87 control word", entry_fpu_control, 0x37f);
    check_equal("mxcsr", entry_mxcsr, 0x1f80);
    check_equal("xmm0 and xmm15", entry_xmm[0] | entry_xmm[1] | entry_xmm[2] | entry_xmm[3], 0);
    finish();
}

static void fields(void)
{
    extern byte _end[];
    word image_end = ((word)_end + 4095) & ~4095ul;
    struct boot_info *b = boot_info;
    begin("BootInfo describes this image");
    check_equal("IPC buffer", b->ipc_buffer, image_end);
    check_equal("BootInfo", (word)b, image_end + 4096);
    check_equal("node", b->node, 0);
    check_equal("nodes", b->nodes, 1);
    check_equal("I/O page table levels", b->iopt_levels, ~0ul);
    check_equal("shared frames", b->shared.end - b->shared.start, 0);
    check_equal("I/O spaces", b->io_space.end - b->io_space.start, 0);
    CHECK(b->cnode_bits == 12 || b->cnode_bits == 13);
    check_equal("end of empty slots", b->empty.end, 1ul << b->cnode_bits);
    check_equal("domain", b->domain, 0);
    check_equal("paging starts", b->image_paging.start, SLOT_FIRST_DYNAMIC);
    check_equal("extra pages follow", b->extra_pages.start, b->image_paging.end);
    check_equal("image frames follow", b->image_frames.start, b->extra_pages.end);
    check_equal("image frames", b->image_frames.end - b->image_frames.start, (image_end - 0x400000) / 4096);
    check_equal("untypeds follow", b->untyped.start, b->image_frames.end);
    check_equal("empty slots follow", b->empty.start, b->untyped.end);
    finish();
}

static void capabilities(void)
{
    static const byte tags[16] = { 0, 12, 10, 9, 14, 11, 13, 31, 0, 1, 1, 20, 0, 0, 0, 0 };
    begin("initial capabilities are in their slots");
    for (word slot = 0; slot < 16; slot++) check_equal("tag", identify(slot), tags[slot]);
    check_equal("first paging structure", identify(boot_info->image_paging.start), 7);
    check_equal("last paging structure", identify(boot_info->image_paging.end - 1), 3);
    check_equal("first image frame", identify(boot_info->image_frames.start), 1);
    check_equal("first untyped", identify(boot_info->untyped.start), 2);
    check_equal("last untyped", identify(boot_info->untyped.end - 1), 2);
    check_equal("first empty slot", identify(boot_info->empty.start), 0);
    check_equal("last slot", identify(boot_info->empty.end - 1), 0);
    finish();
}

static void untypeds(void)
{
    word count = boot_info->untyped.end - boot_info->untyped.start;
    word ram = 0;
    begin("untypeds are aligned, disjoint and cover memory");
    CHECK(count > 0 && count <= 230);
    for (word i = 0; i < count; i++) {
        struct untyped *u = &boot_info->untyped_list[i];
        word size = 1ul << u->size_bits;
        CHECK(u->size_bits >= 4 && u->size_bits <= 47);
        if (u->size_bits < 39) check_equal("misaligned bits", u->address & (size - 1), 0);
        if (!u->is_device) ram += size;
        for (word j = 0; j < i; j++) {
            struct untyped *v = &boot_info->untyped_list[j];
            CHECK(v->address + (1ul << v->size_bits) <= u->address || u->address + size <= v->address);
        }
        /* The local APIC and the IOAPIC belong to the kernel. */
        CHECK(u->address + size <= 0xfee00000 || u->address > 0xfee00fff);
        CHECK(u->address + size <= 0xfec00000 || u->address > 0xfec00fff);
    }
    check_equal("first MiB", boot_info->untyped_list[0].address, 0);
    check_equal("bits of the first MiB", boot_info->untyped_list[0].size_bits, 20);
    CHECK(ram > 8ul << 20);
    finish();
}

static void extra(void)
{
    byte *chunk = (byte *)boot_info + 4096;
    byte *end = chunk + boot_info->extra_bytes;
    word seen = 0;
    begin("extra BootInfo holds RSDP, memory map and TSC frequency");
    CHECK(boot_info->extra_bytes > 0);
    while (chunk < end) {
        word id, length;
        __builtin_memcpy(&id, chunk, 8);
        __builtin_memcpy(&length, chunk + 8, 8);
        CHECK(length >= 16 && chunk + length <= end);
        if (length < 16) break;
        if (id == 3) check_equal("RSDP signature", __builtin_memcmp(chunk + 16, "RSD PTR ", 8) == 0, 1);
        if (id == 5) CHECK(*(dword *)(chunk + 16) >= 100 && *(dword *)(chunk + 16) < 10000);
        if (id < 8) seen |= 1ul << id;
        chunk += length;
    }
    check_equal("chunks 2, 3 and 5", seen & 0x2c, 0x2c);
    finish();
}

void test_boot(void)
{
    registers();
    fields();
    capabilities();
    untypeds();
    extra();
}
