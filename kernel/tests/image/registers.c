/* SPDX-License-Identifier: BSD-2-Clause */
/* No register of a program is lost, whatever interrupts it. */
#include "check.h"

volatile word register_rounds[4];
volatile word register_failures;

/* Fills every register from one seed, then compares them again and again; the tick strikes somewhere in between. */
__asm__(".intel_syntax noprefix\n"
    ".macro CHECK_LOOP name, seed, counter\n"
    "\\name: mov rax, \\seed\n"
    "  lea rbx, [rax + 1]\n  lea rcx, [rax + 2]\n  lea rdx, [rax + 3]\n  lea rsi, [rax + 4]\n  lea rdi, [rax + 5]\n"
    "  lea rbp, [rax + 6]\n  lea r8, [rax + 8]\n  lea r9, [rax + 9]\n  lea r10, [rax + 10]\n  lea r11, [rax + 11]\n"
    "  lea r12, [rax + 12]\n  lea r13, [rax + 13]\n  lea r14, [rax + 14]\n  lea r15, [rax + 15]\n"
    "  movq xmm0, rax\n  movq xmm7, r15\n  movq xmm15, r8\n"
    "  std\n"
    "1: lea rsp, [rax + 1]\n  cmp rsp, rbx\n  jne 9f\n"
    "  lea rsp, [rax + 2]\n  cmp rsp, rcx\n  jne 9f\n"
    "  lea rsp, [rax + 3]\n  cmp rsp, rdx\n  jne 9f\n"
    "  lea rsp, [rax + 4]\n  cmp rsp, rsi\n  jne 9f\n"
    "  lea rsp, [rax + 5]\n  cmp rsp, rdi\n  jne 9f\n"
    "  lea rsp, [rax + 6]\n  cmp rsp, rbp\n  jne 9f\n"
    "  lea rsp, [rax + 8]\n  cmp rsp, r8\n  jne 9f\n"
    "  lea rsp, [rax + 9]\n  cmp rsp, r9\n  jne 9f\n"
    "  lea rsp, [rax + 10]\n  cmp rsp, r10\n  jne 9f\n"
    "  lea rsp, [rax + 11]\n  cmp rsp, r11\n  jne 9f\n"
    "  lea rsp, [rax + 12]\n  cmp rsp, r12\n  jne 9f\n"
    "  lea rsp, [rax + 13]\n  cmp rsp, r13\n  jne 9f\n"
    "  lea rsp, [rax + 14]\n  cmp rsp, r14\n  jne 9f\n"
    "  lea rsp, [rax + 15]\n  cmp rsp, r15\n  jne 9f\n"
    "  movq rsp, xmm0\n  cmp rsp, rax\n  jne 9f\n"
    "  movq rsp, xmm7\n  cmp rsp, r15\n  jne 9f\n"
    "  movq rsp, xmm15\n  cmp rsp, r8\n  jne 9f\n"
    "  inc qword ptr [register_rounds + \\counter * 8]\n"
    "  jmp 1b\n"
    "9: inc qword ptr [register_failures]\n"
    "8: jmp 8b\n"
    ".endm\n"
    "CHECK_LOOP check_loop_0, 0x1234567800000000, 0\n"
    "CHECK_LOOP check_loop_1, 0x0badcafe00000000, 1\n"
    "CHECK_LOOP check_loop_2, 0x7777000077770000, 2\n"
    ".att_syntax");
void check_loop_0(void), check_loop_1(void), check_loop_2(void);

static word seconds_passed(word start, word tenths)
{
    byte *chunk = (byte *)boot_info + 4096;
    while (*(word *)chunk != 5) chunk += *(word *)(chunk + 8);
    return time_stamp() - start > *(dword *)(chunk + 16) * 100000ul * tenths;
}

/* Three threads that never enter the kernel by themselves, switched by the tick. */
static void ticks(void)
{
    begin("the tick takes no register of the threads that it switches");
    struct thread threads[3] = { new_thread(check_loop_0, 50, 0), new_thread(check_loop_1, 50, 0), new_thread(check_loop_2, 50, 0) };
    for (int i = 0; i < 3; i++) resume(threads[i].tcb);
    word start = time_stamp();
    set_priority(SLOT_TCB, 50);
    while (!seconds_passed(start, 3)) {
        struct message m = { 0, 0, { 0 } };
        system_call(SYS_YIELD, &m);
    }
    set_priority(SLOT_TCB, 255);
    for (int i = 0; i < 3; i++) {
        CHECK(register_rounds[i] > 0);
        check_equal("direction flag", invoke(threads[i].tcb, TCB_READ, WORDS(1, 20), 0, 0), 0);
        check_equal("direction flag", result[2] & 0x400, 0x400);
        /* Reading and writing back everything must change nothing. */
        word all[22] = { 1, 20 };
        for (int k = 0; k < 20; k++) all[2 + k] = k < 8 ? result[k] : buffer->message[k];
        check_equal("write back", invoke(threads[i].tcb, TCB_WRITE, 22, all, 0, 0), 0);
    }
    word rounds = register_rounds[0];
    start = time_stamp();
    set_priority(SLOT_TCB, 50);
    while (!seconds_passed(start, 1)) {
        struct message m = { 0, 0, { 0 } };
        system_call(SYS_YIELD, &m);
    }
    set_priority(SLOT_TCB, 255);
    CHECK(register_rounds[0] > rounds);
    for (int i = 0; i < 3; i++) suspend(threads[i].tcb);
    check_equal("lost registers", register_failures, 0);
    finish();
}

static void system_calls(void)
{
    word out[8];
    begin("a system call keeps what it does not answer in");
    __asm__ volatile("mov $0x11, %%rax\n\tmov $0x22, %%rbp\n\tmov $0x33, %%r12\n\tmov $0x44, %%r13\n\tmov $0x55, %%r14\n\t"
                 "mov $0x66, %%r15\n\tmov $0x77, %%r8\n\tmov $-7, %%rdx\n\tmov %%rsp, %%rbx\n\tsyscall\n\tmov %%rbx, %%rsp\n\t"
                 "mov %%rax, 0(%0)\n\tmov %%rbp, 8(%0)\n\tmov %%r12, 16(%0)\n\tmov %%r13, 24(%0)\n\tmov %%r14, 32(%0)\n\t"
                 "mov %%r15, 40(%0)\n\tmov %%r8, 48(%0)\n\tmov %%rdx, 56(%0)"
                 :
                 : "D"(out)
                 : "rax", "rbx", "rcx", "rdx", "r8", "r11", "r12", "r13", "r14", "r15", "rbp", "memory");
    for (word i = 0; i < 7; i++) check_equal("register", out[i], (i + 1) * 0x11);
    check_equal("number", out[7], (word)SYS_YIELD);
    finish();
}

static void bases(void)
{
    static word area[2] = { 42, 43 };
    word value;
    begin("SetTLSBase takes effect before it returns");
    struct message m = { (word)area, 0, { 0 } };
    system_call(SYS_SET_TLS_BASE, &m);
    __asm__ volatile("mov %%fs:0, %0" : "=r"(value));
    check_equal("first word", value, 42);
    m.badge = 0x8000000000000000;
    system_call(SYS_SET_TLS_BASE, &m);
    m.badge = (word)area + 8;
    system_call(SYS_SET_TLS_BASE, &m);
    __asm__ volatile("mov %%fs:0, %0" : "=r"(value));
    check_equal("second word", value, 43);
    finish();
}

static word fpu_endpoint;

static void without_fpu(void)
{
    __asm__ volatile("xorps %xmm0, %xmm0");
    for (;;) { }
}

static void fpu_disabled(void)
{
    begin("a thread with its FPU disabled gets exception 7");
    fpu_endpoint = new_object(OBJECT_ENDPOINT, 0);
    struct thread thread = new_thread(without_fpu, 100, fpu_endpoint);
    check_equal("flags", invoke(thread.tcb, TCB_SET_FLAGS, WORDS(0, 1), 0, 0), 0);
    check_equal("result", result[0], 1);
    resume(thread.tcb);
    struct message m = { fpu_endpoint, 0, { 0 } };
    system_call(SYS_RECV, &m);
    check_equal("label", label_of(m.info), FAULT_EXCEPTION);
    check_equal("exception", m.mr[3], 7);
    suspend(thread.tcb);
    finish();
}

void test_registers(void)
{
    system_calls();
    bases();
    ticks();
    fpu_disabled();
}
