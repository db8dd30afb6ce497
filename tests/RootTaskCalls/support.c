// SPDX-License-Identifier: BSD-2-Clause
#include "support.h"

enum { THREAD_STACK_PAGES = 4, THREAD_AREA = 0x10000000, THREAD_STRIDE = 0x10000, REGISTER_COUNT = 20 };

struct boot_info *boot_info;
struct ipc_buffer *ipc;
word ram_untyped;

static word next_slot;
static int failure_count;
static word next_thread_area = THREAD_AREA;
extern char thread_entry[];

void use_boot_info(word boot_info_address) {
    boot_info = (struct boot_info *)boot_info_address;
    ipc = (struct ipc_buffer *)boot_info->ipc_buffer;
    word best = 0;
    for (word i = 0; i < boot_info->untyped.end - boot_info->untyped.start; i++) {
        const struct untyped_entry *entry = &boot_info->untyped_list[i];
        if (entry->is_device || entry->size_bits <= best) continue;
        best = entry->size_bits;
        ram_untyped = boot_info->untyped.start + i;
    }
}

void print(const char *text) {
    for (; *text; text++) {
        struct message m = { .badge = (word)(unsigned char)*text };
        system_call(PUT_CHAR, &m);
    }
}

void print_number(word number) {
    char digits[19] = "0x";
    int at = 2;
    for (int shift = 60; shift >= 0; shift -= 4) {
        word digit = number >> shift & 15;
        if (digit == 0 && at == 2 && shift > 0) continue;
        digits[at++] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
    digits[at] = 0;
    print(digits);
}

void expect(const char *name, word got, word expected) {
    if (got == expected) {
        print("ok ");
        print(name);
        print("\n");
        return;
    }
    failure_count++;
    print("FAILED ");
    print(name);
    print(": expected ");
    print_number(expected);
    print(", got ");
    print_number(got);
    print("\n");
}

int failures(void) { return failure_count; }

word invoke(word cap, word label, word length, const word *words, word first_cap, word second_cap, struct message *reply) {
    struct message m = { .badge = cap, .info = message_info(label, (first_cap != 0) + (second_cap != 0), length) };
    for (word i = 0; i < length; i++) {
        if (i < 4) m.mr[i] = words[i];
        else ipc->msg[i] = words[i];
    }
    ipc->caps_or_badges[0] = first_cap;
    ipc->caps_or_badges[1] = second_cap;
    system_call(CALL, &m);
    if (reply) *reply = m;
    return label_of(m.info);
}

word new_slot(void) {
    if (next_slot == 0) next_slot = boot_info->empty.start;
    return next_slot++;
}

word identify(word slot) {
    struct message m = { .badge = slot };
    system_call(CAP_IDENTIFY, &m);
    return m.badge;
}

word retype(word untyped, word type, word size_bits, word slot, word count) {
    word words[6] = { type, size_bits, 0, 0, slot, count };
    return invoke(untyped, LABEL_RETYPE, 6, words, SLOT_CNODE, 0, 0);
}

word make(word type, word size_bits) {
    word slot = new_slot();
    word error = retype(ram_untyped, type, size_bits, slot, 1);
    if (error != NO_ERROR) expect("an object is made from memory", error, NO_ERROR);
    return slot;
}

word copy_cap(word from, word to, word rights) {
    word words[5] = { to, DEPTH, from, DEPTH, rights };
    return invoke(SLOT_CNODE, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, 0);
}

word mint_cap(word from, word to, word rights, word badge) {
    word words[6] = { to, DEPTH, from, DEPTH, rights, badge };
    return invoke(SLOT_CNODE, LABEL_CNODE_MINT, 6, words, SLOT_CNODE, 0, 0);
}

word delete_cap(word slot) {
    word words[2] = { slot, DEPTH };
    return invoke(SLOT_CNODE, LABEL_CNODE_DELETE, 2, words, 0, 0, 0);
}

word revoke_cap(word slot) {
    word words[2] = { slot, DEPTH };
    return invoke(SLOT_CNODE, LABEL_CNODE_REVOKE, 2, words, 0, 0, 0);
}

word map_page(word frame, word address, word rights) {
    word words[3] = { address, rights, 0 };
    return invoke(frame, LABEL_PAGE_MAP, 3, words, SLOT_VSPACE, 0, 0);
}

void prepare_tables(word address) {
    static const struct { word type, label; } levels[] = {
        { TYPE_PDPT, LABEL_PDPT_MAP }, { TYPE_PAGE_DIRECTORY, LABEL_PD_MAP }, { TYPE_PAGE_TABLE, LABEL_PT_MAP },
    };
    for (int i = 0; i < 3; i++) {
        word table = make(levels[i].type, 0);
        word words[2] = { address, 0 };
        word error = invoke(table, levels[i].label, 2, words, SLOT_VSPACE, 0, 0);
        if (error == DELETE_FIRST) delete_cap(table);      // there is one already
        else if (error != NO_ERROR) expect("a paging structure is mapped", error, NO_ERROR);
    }
}

word new_page(word address) {
    word frame = make(TYPE_PAGE, 0);
    word error = map_page(frame, address, RIGHT_READ | RIGHT_WRITE);
    if (error == FAILED_LOOKUP) {
        prepare_tables(address);
        error = map_page(frame, address, RIGHT_READ | RIGHT_WRITE);
    }
    if (error != NO_ERROR) expect("a page is mapped", error, NO_ERROR);
    return frame;
}

struct thread start_thread(void (*function)(word), word argument, word fault_endpoint, word priority) {
    word area = next_thread_area;
    next_thread_area += THREAD_STRIDE;
    struct thread thread = { .tcb = make(TYPE_TCB, 0), .buffer_slot = new_page(area), .buffer = (struct ipc_buffer *)area };
    word stack_end = area;
    for (int i = 0; i < THREAD_STACK_PAGES; i++) {
        stack_end = area + (word)(i + 3) * PAGE_SIZE;       // the page after the buffer stays unmapped, as a guard
        new_page(stack_end - PAGE_SIZE);
    }
    word configure[4] = { fault_endpoint, 0, 0, area };
    struct message m = { .badge = thread.tcb, .info = message_info(LABEL_TCB_CONFIGURE, 3, 4) };
    for (int i = 0; i < 4; i++) m.mr[i] = configure[i];
    ipc->caps_or_badges[0] = SLOT_CNODE;
    ipc->caps_or_badges[1] = SLOT_VSPACE;
    ipc->caps_or_badges[2] = thread.buffer_slot;
    system_call(CALL, &m);
    if (label_of(m.info) != NO_ERROR) expect("a thread is configured", label_of(m.info), NO_ERROR);
    invoke(thread.tcb, LABEL_TCB_PRIORITY, 1, &priority, SLOT_TCB, 0, 0);
    word registers[2 + REGISTER_COUNT] = { 1, REGISTER_COUNT };
    registers[2 + 0] = (word)thread_entry;
    registers[2 + 1] = stack_end;
    registers[2 + 7] = (word)function;      // RSI
    registers[2 + 8] = argument;            // RDI is word 8: RIP RSP RFLAGS RAX RBX RCX RDX RSI RDI RBP
    word error = invoke(thread.tcb, LABEL_TCB_WRITE, 2 + REGISTER_COUNT, registers, 0, 0, 0);
    if (error != NO_ERROR) expect("a thread is started", error, NO_ERROR);
    return thread;
}

void stop_thread(struct thread thread) { invoke(thread.tcb, LABEL_TCB_SUSPEND, 0, 0, 0, 0, 0); }
