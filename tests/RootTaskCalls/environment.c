// SPDX-License-Identifier: BSD-2-Clause
// What user code may execute, and what of the processor's state belongs to a thread.
#include "support.h"

enum { LOW = 90, GENERAL_PROTECTION = 13, DEBUG_EXCEPTION = 1, TRAP_FLAG = 0x100, DIRECTION_FLAG = 0x400, ALIGNMENT_FLAG = 0x40000, MXCSR = 0x3f80 };

static word handler;

static void in_thread(word port) { __asm__ volatile("inb %%dx, %%al" : : "d"(port) : "rax"); }
static void out_thread(word port) { __asm__ volatile("outb %%al, %%dx" : : "d"(port), "a"(0)); }
static void cli_thread(word unused) { (void)unused; __asm__ volatile("cli"); }
static void sti_thread(word unused) { (void)unused; __asm__ volatile("sti"); }
static void hlt_thread(word unused) { (void)unused; __asm__ volatile("hlt"); }
static void control_thread(word unused) { (void)unused; __asm__ volatile("mov %%cr0, %%rax" : : : "rax"); }
static void model_thread(word number) { __asm__ volatile("rdmsr" : : "c"(number) : "rax", "rdx"); }
static void trap_thread(word flags) { __asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq\n\tnop\n\tnop" : : "r"(flags)); }

static word exception_of(void (*function)(word), word argument) {
    struct thread thread = start_thread(function, argument, handler, LOW);
    struct message m = { .badge = handler };
    system_call(RECV, &m);
    word number = label_of(m.info) == FAULT_EXCEPTION ? m.mr[3] : 0x1000 + label_of(m.info);
    stop_thread(thread);
    return number;
}

static word flags(void) {
    word value;
    __asm__ volatile("pushfq\n\tpopq %0" : "=r"(value));
    return value;
}

static void check_flags(void) {
    struct message m = { 0 };
    word before = flags();
    __asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "r"((word)ALIGNMENT_FLAG));
    system_call(YIELD, &m);
    word after = flags();
    __asm__ volatile("pushq %0\n\tpopfq" : : "r"(before));
    expect("the alignment flag survives a system call", after & ALIGNMENT_FLAG, ALIGNMENT_FLAG);
    expect("interrupts are on", after & 0x200, 0x200);
    expect("the I/O privilege is 0", after & 0x3000, 0);
    word direction;
    __asm__ volatile("std\n\tsyscall\n\tpushfq\n\tpopq %0\n\tcld" : "=&r"(direction) : "d"((word)YIELD), "D"(0), "S"(0) : "rcx", "r11", "rax", "r8", "r9", "r10", "r15", "memory");
    expect("the direction flag survives a system call", direction & DIRECTION_FLAG, DIRECTION_FLAG);
}

static volatile word vector_progress;

static void vector_thread(word value) {
    unsigned control = MXCSR;
    word high;
    __asm__ volatile("ldmxcsr %0\n\tmovq %1, %%xmm5" : : "m"(control), "r"(value) : "xmm5");
    vector_progress = 1;
    struct message m = { .badge = handler };
    system_call(RECV, &m);                                  // the parent uses the same registers meanwhile
    __asm__ volatile("movq %%xmm5, %0\n\tstmxcsr %1" : "=r"(high), "=m"(control));
    vector_progress = high == value && control == MXCSR ? 2 : 3;
    m = (struct message) { .badge = handler, .info = message_info(0, 0, 0) };
    system_call(SEND, &m);
}

static void check_vectors(void) {
    struct thread thread = start_thread(vector_thread, 0x1122334455667788, handler, LOW);
    word own = 0x99aabbccddeeff00, back;
    unsigned control;
    __asm__ volatile("movq %0, %%xmm5" : : "r"(own) : "xmm5");
    struct message m = { .badge = handler, .info = message_info(0, 0, 0) };
    system_call(SEND, &m);                                  // waits until the thread receives
    m = (struct message) { .badge = handler };
    system_call(RECV, &m);
    __asm__ volatile("movq %%xmm5, %0\n\tstmxcsr %1" : "=r"(back), "=m"(control));
    expect("a thread keeps its vector registers and their control word", vector_progress, 2);
    expect("and so does the other", back, own);
    expect("whose control word is untouched", control, 0x1f80);
    stop_thread(thread);
}

void check_environment(void) {
    handler = make(TYPE_ENDPOINT, 0);
    expect("in without a capability raises 13", exception_of(in_thread, 0x70), GENERAL_PROTECTION);
    expect("out raises 13", exception_of(out_thread, 0x80), GENERAL_PROTECTION);
    expect("cli raises 13", exception_of(cli_thread, 0), GENERAL_PROTECTION);
    expect("sti raises 13", exception_of(sti_thread, 0), GENERAL_PROTECTION);
    expect("hlt raises 13", exception_of(hlt_thread, 0), GENERAL_PROTECTION);
    expect("mov from cr0 raises 13", exception_of(control_thread, 0), GENERAL_PROTECTION);
    expect("rdmsr raises 13", exception_of(model_thread, 0xc0000080), GENERAL_PROTECTION);
    expect("the trap flag raises 1", exception_of(trap_thread, TRAP_FLAG), DEBUG_EXCEPTION);
    word low, high, selectors = 0, part;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    word first = high << 32 | low;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    expect("rdtsc is usable and goes on", (high << 32 | low) > first, 1);
    word leaf = 0, b, c, d;
    __asm__ volatile("cpuid" : "+a"(leaf), "=b"(b), "=c"(c), "=d"(d));
    expect("cpuid is usable", leaf >= 1, 1);
    __asm__ volatile("mov %%ds, %0" : "=r"(part)); selectors |= part;
    __asm__ volatile("mov %%es, %0" : "=r"(part)); selectors |= part;
    __asm__ volatile("mov %%fs, %0" : "=r"(part)); selectors |= part;
    __asm__ volatile("mov %%gs, %0" : "=r"(part)); selectors |= part;
    expect("the data selectors are 0", selectors, 0);
    check_flags();
    check_vectors();
}
