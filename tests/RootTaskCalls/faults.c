// SPDX-License-Identifier: BSD-2-Clause
// Faults arrive as messages at the handler, and the reply decides what becomes of the thread.
#include "support.h"

enum { LOW = 90, NOWHERE = 0x7000000000, UNMAPPED_SLOT = 0xfff00000, HANDLER_BADGE = 0xfa };

static word handler, handler_cap;
static volatile word progress;

static void faulting_thread(word argument) {
    (void)argument;
    *(volatile word *)NOWHERE = 1;                          // repaired by mapping a page
    progress = *(volatile word *)NOWHERE;
    __asm__ volatile("syscall" : : "d"((word)12345), "a"((word)0xaaa) : "rcx", "r11", "memory");
    progress = 2;
    struct message m = { .badge = UNMAPPED_SLOT, .info = message_info(0, 0, 0) };
    system_call(SEND, &m);
    __asm__ volatile("hlt");                                // privileged
}

static void receive(struct message *m) {
    *m = (struct message) { .badge = handler };
    system_call(RECV, m);
}

void check_faults(void) {
    struct message m;
    handler = make(TYPE_ENDPOINT, 0);
    handler_cap = new_slot();
    mint_cap(handler, handler_cap, RIGHT_ALL, HANDLER_BADGE);
    struct thread thread = start_thread(faulting_thread, 0, handler_cap, LOW);

    receive(&m);
    expect("a VM fault arrives", label_of(m.info), FAULT_VM);
    expect("with the badge of the handler", m.badge, HANDLER_BADGE);
    expect("of four words", length_of(m.info), 4);
    expect("names the address", m.mr[1], NOWHERE);
    expect("is no fetch", m.mr[2], 0);
    expect("was a write of user code", m.mr[3], 6);
    expect("names the instruction", m.mr[0] >= (word)faulting_thread && m.mr[0] < (word)faulting_thread + 64, 1);
    new_page(NOWHERE);
    m = (struct message) { .badge = handler, .info = message_info(0, 0, 0) };
    system_call(REPLY_RECV, &m);
    expect("the thread went on after the repair", progress, 1);

    expect("an unknown system call arrives", label_of(m.info), FAULT_SYSCALL);
    expect("of nineteen words", length_of(m.info), 19);
    expect("with RAX", m.mr[0], 0xaaa);
    expect("with its number", ipc->msg[18], 12345);
    word resume = ipc->msg[15] + 2;
    struct message reply = { .badge = handler, .info = message_info(0, 0, 16), .mr = { m.mr[0], m.mr[1], m.mr[2], m.mr[3] } };
    ipc->msg[15] = resume;
    system_call(REPLY_RECV, &reply);
    expect("the thread went on behind the call", progress, 2);

    expect("a capability fault arrives", label_of(reply.info), FAULT_CAP);
    expect("names the capability", reply.mr[1], UNMAPPED_SLOT);
    expect("in the send phase", reply.mr[2], 0);
    expect("as a guard mismatch", reply.mr[3], 4);
    expect("of seven words", length_of(reply.info), 7);
    word words[3] = { 1, 1, reply.mr[0] + 2 };
    invoke(thread.tcb, LABEL_TCB_WRITE, 3, words, 0, 0, 0);     // behind the system call
    receive(&m);
    // The stub restores RSP from RBX after the call, so the thread is intact and reaches its last instruction.
    expect("an exception arrives", label_of(m.info), FAULT_EXCEPTION);
    expect("of five words", length_of(m.info), 5);
    expect("is a general protection fault", m.mr[3], 13);
    stop_thread(thread);
}
