/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A root task in C that knows nothing of this project: no library, only a start-up stub and the published binary interface.
 * It checks what a kernel promises its first thread and prints one line for each check.
 */
#include "abi.h"

extern word entry_registers[23];
extern unsigned entry_mxcsr;
extern unsigned short entry_fcw;
extern char __executable_start[], _end[];

static struct boot_info *boot;
static struct ipc_buffer *ipc;
static int passed, failed;
static word free_slot;

static void put(char c)
{
    word m[4] = { 0, 0, 0, 0 };
    kernel_call(SYS_DEBUG_PUT_CHAR, (unsigned char)c, 0, m, 0);
}

static void print(const char *text) { while (*text) put(*text++); }

static void print_hex(word value)
{
    print("0x");
    int started = 0;
    for (int shift = 60; shift >= 0; shift -= 4) {
        int digit = value >> shift & 15;
        started |= digit != 0 || shift == 0;
        if (started) put("0123456789abcdef"[digit]);
    }
}

static void print_number(word value)
{
    char digits[20];
    int count = 0;
    do digits[count++] = '0' + value % 10; while (value /= 10);
    while (count) put(digits[--count]);
}

static void check(const char *what, int holds)
{
    print(holds ? "ok " : "FAILED ");
    print(what);
    put('\n');
    if (holds) passed++; else failed++;
}

static void equal(const char *what, word expected, word found)
{
    if (expected == found) { check(what, 1); return; }
    failed++;
    print("FAILED "); print(what); print(": expected "); print_hex(expected); print(", found "); print_hex(found); put('\n');
}

static word identify(word slot)
{
    word m[4] = { 0, 0, 0, 0 }, tag;
    kernel_call(SYS_DEBUG_CAP_IDENTIFY, slot, 0, m, &tag);
    return tag;
}

static word result[4];

/* An invocation: up to eight words, up to two capabilities. */
static word invoke(word capability, word label, const word *words, word count, const word *caps, word cap_count)
{
    word m[4] = { 0, 0, 0, 0 };
    for (word i = 0; i < count; i++) { if (i < 4) m[i] = words[i]; else ipc->message[i] = words[i]; }
    for (word i = 0; i < cap_count; i++) ipc->caps[i] = caps[i];
    word info = kernel_call(SYS_CALL, capability, make_info(label, cap_count, count), m, 0);
    for (int i = 0; i < 4; i++) result[i] = m[i];
    return info_label(info);
}

static word retype(word untyped, word type, word bits, word slot, word count)
{
    word words[6] = { type, bits, 0, 0, slot, count }, caps[1] = { 2 };
    return invoke(untyped, LABEL_UNTYPED_RETYPE, words, 6, caps, 1);
}

static void check_registers(void)
{
    static const char *const zero[] = { "rax is 0", "rbx is 0", "rcx is 0", "rdx is 0", "rsi is 0", 0, "rbp is 0", "rsp is 0: no stack",
        "r8 is 0", "r9 is 0", "r10 is 0", "r11 is 0", "r12 is 0", "r13 is 0", "r14 is 0", "r15 is 0" };
    for (int i = 0; i < 16; i++) {
        if (zero[i]) equal(zero[i], 0, entry_registers[i]);
    }
    equal("flags are 0x202", 0x202, entry_registers[16]);
    equal("cs is 0x2b", 0x2b, entry_registers[17]);
    equal("ss is 0x33", 0x33, entry_registers[18]);
    equal("ds is 0", 0, entry_registers[19]);
    equal("es is 0", 0, entry_registers[20]);
    equal("fs is 0", 0, entry_registers[21]);
    equal("gs is 0", 0, entry_registers[22]);
    equal("mxcsr is 0x1f80", 0x1f80, entry_mxcsr);
    equal("fpu control word is 0x37f", 0x37f, entry_fcw);
}

static void check_layout(void)
{
    word start = (word)__executable_start, end = ((word)_end + 4095) & ~4095ul;
    equal("the IPC buffer page follows the image", end, boot->ipc_buffer);
    equal("BootInfo follows the IPC buffer page", end + 4096, (word)boot);
    equal("one image frame for each page of the image", (end - start) / 4096, boot->image_frames.end - boot->image_frames.first);
    *(volatile char *)start = *(volatile char *)start;
    check("the image is writable, code included", 1);
    word sum = 0;
    for (word *w = (word *)boot->ipc_buffer; w < (word *)(boot->ipc_buffer + 4096); w++) sum |= *w;
    equal("the IPC buffer page begins as zeros", 0, sum);
}

static void check_boot_info(void)
{
    equal("node id", 0, boot->node_id);
    equal("one node", 1, boot->node_count);
    equal("no I/O page table levels", ~0ul, boot->iopt_levels);
    equal("domain 0", 0, boot->domain);
    equal("root CNode of 2^13 slots", 13, boot->cnode_size_bits);
    equal("no shared frames", 0, boot->shared_frames.first | boot->shared_frames.end);
    equal("no I/O spaces", 0, boot->io_space.first | boot->io_space.end);
    equal("paging structures begin at slot 16", 16, boot->image_paging.first);
    equal("extra pages follow the paging structures", boot->image_paging.end, boot->extra_pages.first);
    equal("one extra page", 1, boot->extra_pages.end - boot->extra_pages.first);
    equal("image frames follow the extra pages", boot->extra_pages.end, boot->image_frames.first);
    equal("untypeds follow the image frames", boot->image_frames.end, boot->untyped.first);
    equal("empty slots follow the untypeds", boot->untyped.end, boot->empty.first);
    equal("empty slots reach the end of the CNode", 1ul << boot->cnode_size_bits, boot->empty.end);
    check("there are untypeds, at most 230", boot->untyped.end > boot->untyped.first && boot->untyped.end - boot->untyped.first <= 230);
}

static void check_slots(void)
{
    static const unsigned char tags[16] = { TAG_NULL, TAG_TCB, TAG_CNODE, TAG_PML4, TAG_IRQ_CONTROL, TAG_ASID_CONTROL, TAG_ASID_POOL,
        TAG_IO_PORT_CONTROL, TAG_NULL, TAG_FRAME, TAG_FRAME, TAG_DOMAIN, TAG_NULL, TAG_NULL, TAG_NULL, TAG_NULL };
    int wrong = -1;
    for (int slot = 0; slot < 16; slot++) if (identify(slot) != tags[slot]) wrong = slot;
    equal("fixed slots 0 to 15 hold what they should", (word)-1, (word)wrong);
    word slot = boot->image_paging.first;
    while (slot < boot->image_paging.end && identify(slot) == TAG_PDPT) slot++;
    check("paging structures: PDPTs first", slot > boot->image_paging.first);
    word after = slot;
    while (slot < boot->image_paging.end && identify(slot) == TAG_PAGE_DIRECTORY) slot++;
    check("then page directories", slot > after);
    after = slot;
    while (slot < boot->image_paging.end && identify(slot) == TAG_PAGE_TABLE) slot++;
    check("then page tables, and nothing else", slot > after && slot == boot->image_paging.end);
    word bad = 0;
    for (slot = boot->extra_pages.first; slot < boot->image_frames.end; slot++) bad += identify(slot) != TAG_FRAME;
    equal("extra pages and image frames are frames", 0, bad);
    for (slot = boot->untyped.first, bad = 0; slot < boot->untyped.end; slot++) bad += identify(slot) != TAG_UNTYPED;
    equal("the untyped region holds untypeds", 0, bad);
    for (slot = boot->empty.first, bad = 0; slot < boot->empty.end; slot++) bad += identify(slot) != TAG_NULL;
    equal("the empty region is empty", 0, bad);
}

static void check_untyped_list(void)
{
    word count = boot->untyped.end - boot->untyped.first, bad_size = 0, bad_base = 0, overlap = 0, order = 0, padding = 0, rest = 0;
    int seen_ram = 0, covers_vga = 0, covers_hpet = 0, covers_apic = 0, low = 0;
    word ram = 0;
    for (word i = 0; i < 230; i++) {
        struct untyped_entry *e = &boot->untyped_list[i];
        for (int p = 0; p < 6; p++) padding |= e->padding[p];
        if (i >= count) { rest |= e->address | e->size_bits | e->is_device; continue; }
        word size = 1ul << e->size_bits;
        bad_size += e->size_bits < 4 || e->size_bits > 47;
        if (e->address < 1ul << 39) bad_base += (e->address & (size - 1)) != 0;
        if (!e->is_device) { seen_ram = 1; ram += size; } else order += seen_ram;
        for (word j = 0; j < i; j++) {
            struct untyped_entry *o = &boot->untyped_list[j];
            overlap += e->address < o->address + (1ul << o->size_bits) && o->address < e->address + size;
        }
#define COVERS(a) (e->address <= (a) && (a) - e->address < size)
        covers_vga |= e->is_device && COVERS(0xb8000ul);
        covers_hpet |= e->is_device && COVERS(0xfed00000ul);
        covers_apic |= COVERS(0xfee00000ul) || COVERS(0xfec00000ul);
        low |= e->is_device && e->address == 0 && e->size_bits == 20;
    }
    equal("sizes lie between 4 and 47 bits", 0, bad_size);
    equal("bases are multiples of the size", 0, bad_base);
    equal("no two untypeds overlap", 0, overlap);
    equal("device untypeds come before RAM", 0, order);
    equal("padding is zero", 0, padding);
    equal("unused entries are zero", 0, rest);
    check("the first MiB is one device untyped of 20 bits", low);
    check("VGA memory is reachable", covers_vga);
    check("the HPET is reachable", covers_hpet);
    check("the APICs are not", !covers_apic);
    check("most of the RAM is there", ram > 256ul << 20);
}

static word unaligned_word(const unsigned char *bytes, int count)
{
    word value = 0;
    while (count) value = value << 8 | bytes[--count];
    return value;
}

static void check_extra(void)
{
    const unsigned char *chunk = (const unsigned char *)boot + 4096, *end = chunk + boot->extra_bytes;
    int rsdp = 0, map = 0, tsc = 0, others = 0, position = 0;
    while (chunk < end) {
        word id = unaligned_word(chunk, 8), length = unaligned_word(chunk + 8, 8);
        if (length < 16 || chunk + length > end) { check("extra chunks are well formed", 0); return; }
        position++;
        if (id == 3) {
            unsigned char sum = 0;
            for (int i = 0; i < 20; i++) sum += chunk[16 + i];
            rsdp = length == 52 && sum == 0 && chunk[16] == 'R' && chunk[17] == 'S' && chunk[18] == 'D' && chunk[21] == 'T' ? position : -1;
        } else if (id == 2) {
            word bytes = unaligned_word(chunk + 16, 4), usable = 0;
            for (word at = 0; at + 24 <= bytes; at += 24) {
                const unsigned char *e = chunk + 20 + at;
                if (unaligned_word(e, 4) == 20 && unaligned_word(e + 20, 4) == 1) usable += unaligned_word(e + 12, 8);
            }
            map = length == 1220 && bytes >= 24 && bytes % 24 == 0 && usable > 256ul << 20 ? position : -1;
        } else if (id == 5) {
            tsc = length == 20 && unaligned_word(chunk + 16, 4) > 0 ? position : -1;
        } else others++;
        chunk += length;
    }
    check("extra chunks are well formed", chunk == end);
    equal("the RSDP chunk comes first and is right", 1, (word)rsdp);
    equal("the memory map chunk comes second and is right", 2, (word)map);
    equal("the TSC chunk comes third and is right", 3, (word)tsc);
    equal("there are no other chunks", 0, (word)others);
    equal("together they have 1292 bytes", 1292, boot->extra_bytes);
}

static word find_untyped(int is_device, word at_least_bits)
{
    word best = 0, best_bits = 99;
    for (word i = 0; i < boot->untyped.end - boot->untyped.first; i++) {
        struct untyped_entry *e = &boot->untyped_list[i];
        if (e->is_device == is_device && e->size_bits >= at_least_bits && e->size_bits < best_bits) {
            best = boot->untyped.first + i;
            best_bits = e->size_bits;
        }
    }
    return best;
}

static void check_use(void)
{
    word untyped = find_untyped(0, 16), device = find_untyped(1, 12);
    equal("retype of endpoints", ERR_NONE, retype(untyped, TYPE_ENDPOINT, 0, free_slot, 4));
    equal("they are endpoints", TAG_ENDPOINT, identify(free_slot + 3));
    equal("an occupied slot is refused", ERR_DELETE_FIRST, retype(untyped, TYPE_ENDPOINT, 0, free_slot + 3, 1));
    equal("an unknown type is refused", ERR_INVALID_ARGUMENT, retype(untyped, TYPE_COUNT, 0, free_slot + 4, 1));
    equal("and says which argument", 0, result[0]);
    equal("too many objects are refused", ERR_RANGE, retype(untyped, TYPE_ENDPOINT, 0, free_slot + 4, 257));
    check("with the limits", result[0] == 1 && result[1] == 256);
    equal("device memory makes no endpoints", ERR_INVALID_ARGUMENT, retype(device, TYPE_ENDPOINT, 0, free_slot + 4, 1));
    equal("an empty slot is no object", ERR_INVALID_CAPABILITY, invoke(free_slot + 4, 1, 0, 0, 0, 0));
    equal("a label of another type is refused", ERR_ILLEGAL_OPERATION, invoke(untyped, LABEL_CNODE_COPY, 0, 0, 0, 0));
    equal("a short message is refused", ERR_TRUNCATED, invoke(untyped, LABEL_UNTYPED_RETYPE, 0, 0, 0, 0));
    word own[2] = { 0, 20 };
    equal("a thread cannot read its own registers", ERR_ILLEGAL_OPERATION, invoke(1, LABEL_TCB_READ_REGISTERS, own, 2, 0, 0));

    word where = 0x10000000000ul, frame = free_slot + 4, caps[1] = { 3 }, words[3] = { where, 3, 0 };
    equal("retype of a page", ERR_NONE, retype(untyped, TYPE_4K, 0, frame, 1));
    equal("a page without tables is refused", ERR_FAILED_LOOKUP, invoke(frame, LABEL_PAGE_MAP, words, 3, caps, 1));
    check("and the first missing level is named", result[0] == 0 && result[1] == 2 && result[2] == 39);
    word table[2] = { where, 0 };
    equal("retype of a PDPT", ERR_NONE, retype(untyped, TYPE_PDPT, 0, frame + 1, 1));
    equal("retype of a page directory", ERR_NONE, retype(untyped, TYPE_PAGE_DIRECTORY, 0, frame + 2, 1));
    equal("retype of a page table", ERR_NONE, retype(untyped, TYPE_PAGE_TABLE, 0, frame + 3, 1));
    equal("map the PDPT", ERR_NONE, invoke(frame + 1, 33, table, 2, caps, 1));
    equal("map the page directory", ERR_NONE, invoke(frame + 2, 35, table, 2, caps, 1));
    equal("map the page table", ERR_NONE, invoke(frame + 3, 37, table, 2, caps, 1));
    equal("map the page", ERR_NONE, invoke(frame, LABEL_PAGE_MAP, words, 3, caps, 1));
    volatile word *memory = (volatile word *)where;
    equal("a new page is zero", 0, memory[0] | memory[511]);
    memory[17] = 0x1234567890abcdef;
    equal("and holds what is written", 0x1234567890abcdef, memory[17]);
    word own_frame = boot->image_frames.first;
    word handed_out = 0;
    for (word slot = boot->image_frames.first; slot < boot->image_frames.end; slot++) {
        invoke(slot, LABEL_PAGE_GET_ADDRESS, 0, 0, 0, 0);
        for (word i = 0; i < boot->untyped.end - boot->untyped.first; i++) {
            struct untyped_entry *e = &boot->untyped_list[i];
            handed_out += result[0] >= e->address && result[0] - e->address < 1ul << e->size_bits;
        }
    }
    equal("no page of the image is in an untyped", 0, handed_out);
    equal("the first image frame has an address", ERR_NONE, invoke(own_frame, LABEL_PAGE_GET_ADDRESS, 0, 0, 0, 0));
    check("page aligned", result[0] != 0 && (result[0] & 4095) == 0);
}

void root_main(void)
{
    boot = (struct boot_info *)entry_registers[5];
    print("C root task: image "); print_hex((word)__executable_start); print(" to "); print_hex((word)_end); put('\n');
    check("rdi points at BootInfo", boot != 0 && ((word)boot & 4095) == 0);
    ipc = (struct ipc_buffer *)boot->ipc_buffer;
    free_slot = boot->empty.first;
    check_layout();
    check_registers();
    check_boot_info();
    check_slots();
    check_untyped_list();
    check_extra();
    check_use();
    print("C root task: "); print_number(passed); print(" checks passed, "); print_number(failed); print(" failed\n");
    print(failed ? "[sel4rpc] end status=1\n" : "[sel4rpc] end status=0\n");
}
