/* SPDX-License-Identifier: BSD-2-Clause */
/* Every kind of fault: its message, and what the handler's answer does. */
#include "check.h"

static word endpoint, handler;

static word message_word(struct message *m, int i) { return i < 4 ? m->mr[i] : buffer->message[i]; }

/* Starts a thread and waits for its fault. */
static struct message provoke(void (*run)(void), struct thread *made)
{
    struct message m = { endpoint, 0, { 0 } };
    *made = new_thread(run, 100, handler);
    resume(made->tcb);
    system_call(SYS_RECV, &m);
    return m;
}

/* Answers with the words in the message and waits for the next fault. */
static void answer(struct message *m, word label, word length)
{
    m->badge = endpoint;
    m->info = info_of(label, 0, length);
    system_call(SYS_REPLY_RECV, m);
}

extern byte read_missing[], read_after[], write_constant[], execute_missing[], divide[], divide_after[], privileged[], breakpoint[],
    breakpoint_after[], undefined[], canonical[], jump_far[], stepped[], system_call_at[], software_interrupt[], send_at[];

__asm__(".intel_syntax noprefix\n"
    "fault_vm: mov eax, 1234\n"
    "  mov rcx, 0x600000001000\n"
    "read_missing: mov rbx, [rcx]\n"
    "read_after: mov ebx, 99\n"
    "  mov rdx, 0x600000002000\n"
    "write_constant: mov [rdx], rbx\n"
    "execute_missing: mov rcx, 0x600000003000\n"
    "  jmp rcx\n"
    "fault_exceptions: mov rbx, 0x1111\n"
    "  xor ecx, ecx\n"
    "divide: div ecx\n"
    "divide_after:\n"
    "privileged: hlt\n"
    "  nop\n"
    "breakpoint: int3\n"
    "breakpoint_after:\n"
    "undefined: ud2\n"
    "canonical: mov rax, [rbp]\n"
    "jump_far: jmp rbp\n"
    "fault_step: pushfq\n"
    "  or qword ptr [rsp], 0x100\n"
    "  popfq\n"
    "  nop\n"
    "stepped: nop\n"
    "  ud2\n"
    "fault_calls: mov edx, 1000\n"
    "  mov eax, 1\n  mov ebx, 2\n  mov esi, 4\n  mov edi, 5\n  mov ebp, 6\n  mov r8d, 7\n  mov r9d, 8\n  mov r10d, 9\n"
    "  mov r12d, 11\n  mov r13d, 12\n  mov r14d, 13\n  mov r15d, 14\n"
    "system_call_at: syscall\n"
    "  mov eax, 0xabc123\n"
    "software_interrupt: int 200\n"
    "  int 255\n"
    "  ud2\n"
    "fault_send: mov rdx, -3\n"
    "  mov rdi, 0x10000000000\n"
    "  xor esi, esi\n"
    "send_at: syscall\n"
    "1: jmp 1b\n"
    ".att_syntax");
void fault_vm(void), fault_exceptions(void), fault_step(void), fault_calls(void), fault_send(void);

static void vm_faults(void)
{
    struct thread thread;
    begin("a page fault names address, access and instruction");
    struct message m = provoke(fault_vm, &thread);
    check_equal("label", label_of(m.info), FAULT_VM);
    check_equal("length", length_of(m.info), 4);
    check_equal("badge", m.badge, 5);
    check_equal("instruction", m.mr[0], (word)read_missing);
    check_equal("address", m.mr[1], 0x600000001000);
    check_equal("fetch", m.mr[2], 0);
    check_equal("status", m.mr[3], 4);
    word frame = map_frame(0x600000001000, 3);
    *(word *)0x600000001000 = 7;
    answer(&m, 0, 0);
    check_equal("write: instruction", m.mr[0], (word)write_constant);
    check_equal("write: status", m.mr[3], 6);
    map_frame(0x600000002000, 2);
    answer(&m, 0, 0);
    check_equal("read-only: status", m.mr[3], 7);
    check_equal("remap", invoke(frame, PAGE_UNMAP, 0, 0, 0, 0), 0);
    check_equal("skip it", invoke(thread.tcb, TCB_READ, WORDS(0, 4), 0, 0), 0);
    check_equal("stopped there", result[0], (word)write_constant);
    check_equal("register", result[3], 1234);
    suspend(thread.tcb);
    check_equal("move on", invoke(thread.tcb, TCB_WRITE, WORDS(1, 1, (word)execute_missing), 0, 0), 0);
    m.badge = endpoint;
    system_call(SYS_RECV, &m);
    check_equal("fetch: instruction", m.mr[0], 0x600000003000);
    check_equal("fetch: address", m.mr[1], 0x600000003000);
    check_equal("fetch: flag agrees with status", m.mr[2], m.mr[3] >> 4 & 1);
    suspend(thread.tcb);
    finish();
}

static void expect_exception(struct message *m, const char *what, word at, word number)
{
    check_equal(what, m->mr[0], at);
    check_equal(what, label_of(m->info), FAULT_EXCEPTION);
    check_equal(what, length_of(m->info), 5);
    check_equal(what, m->mr[3], number);
    check_equal("IF and reserved bit", m->mr[2] & 0x3202, 0x202);
}

static void exceptions(void)
{
    struct thread thread;
    begin("CPU exceptions arrive, and the answer sets RIP, RSP and flags");
    struct message m = provoke(fault_exceptions, &thread);
    word stack = m.mr[1];
    expect_exception(&m, "divide", (word)divide, 0);
    m.mr[0] = (word)divide_after;
    m.mr[1] = stack - 64;
    m.mr[2] = ~0ul;
    answer(&m, 0, 3);
    expect_exception(&m, "hlt", (word)privileged, 13);
    check_equal("stack pointer", m.mr[1], stack - 64);
    check_equal("flags", m.mr[2] & 0xfff, 0xed7 & 0xfff);
    m.mr[0] = (word)breakpoint;
    m.mr[2] = 0x202;
    answer(&m, 0, 3);
    expect_exception(&m, "int3", (word)breakpoint_after, 3);
    answer(&m, 0, 0);
    expect_exception(&m, "ud2", (word)undefined, 6);
    suspend(thread.tcb);
    check_equal("rbp", invoke(thread.tcb, TCB_WRITE, WORDS(1, 10, (word)canonical, stack, 0x202, 0, 0, 0), 0, 0), 7);
    check_equal("rbp", invoke(thread.tcb, TCB_WRITE, 12, (word[]){ 1, 10, (word)canonical, stack, 0x202, 0, 0, 0, 0, 0, 0,
                                                                   0x8000000000000000 }, 0, 0), 0);
    m.badge = endpoint;
    system_call(SYS_RECV, &m);
    expect_exception(&m, "non-canonical read", (word)canonical, 13);
    m.mr[0] = (word)jump_far;
    answer(&m, 0, 1);
    check_equal("non-canonical jump", m.mr[3], 13);
    answer(&m, 0, 0);
    check_equal("and again", m.mr[3], 13);
    /* A label other than zero: the thread stops. */
    m.info = info_of(1, 0, 0);
    system_call(SYS_REPLY, &m);
    finish();
}

static void single_steps(void)
{
    struct thread thread;
    begin("a trap flag set by the program traps once");
    struct message m = provoke(fault_step, &thread);
    check_equal("exception", m.mr[3], 1);
    check_equal("after one instruction", m.mr[0], (word)stepped);
    m.mr[2] = ~0ul;
    answer(&m, 0, 3);
    check_equal("trap flag cannot be set by the answer", m.mr[3], 6);
    suspend(thread.tcb);
    finish();
}

static void unknown_calls(void)
{
    static const word expected[] = { 1, 2, 0, 1000, 4, 5, 6, 7, 8, 9, 0, 11, 12, 13, 14 };
    struct thread thread;
    begin("unknown system calls carry all registers");
    struct message m = provoke(fault_calls, &thread);
    check_equal("label", label_of(m.info), FAULT_SYSCALL);
    check_equal("length", length_of(m.info), 19);
    for (int i = 0; i < 15; i++) {
        if (i != 2 && i != 10) check_equal("register", message_word(&m, i), expected[i]);
    }
    check_equal("address", message_word(&m, 15), (word)system_call_at);
    check_equal("number", message_word(&m, 18), 1000);
    m.mr[0] = 101;
    buffer->message[15] += 2;
    answer(&m, 0, 16);
    check_equal("int: label", label_of(m.info), FAULT_SYSCALL);
    check_equal("int: address", message_word(&m, 15), (word)software_interrupt);
    check_equal("int: number", message_word(&m, 18), (word)(int)0xc8abc123);
    check_equal("int: rbx as it was", m.mr[1], 2);
    m.mr[1] = 22;
    buffer->message[15] += 2;
    answer(&m, 0, 16);
    check_equal("after int 255", label_of(m.info), FAULT_EXCEPTION);
    check_equal("read", invoke(thread.tcb, TCB_READ, WORDS(1, 5), 0, 0), 0);
    check_equal("rbx as answered", result[4], 22);
    finish();
}

static void capability_faults(void)
{
    struct thread thread;
    begin("a send to an address without a slot is a capability fault");
    struct message m = provoke(fault_send, &thread);
    check_equal("label", label_of(m.info), FAULT_CAP);
    check_equal("address", m.mr[0], (word)send_at);
    check_equal("capability", m.mr[1], 0x10000000000);
    check_equal("phase", m.mr[2], 0);
    check_equal("guard mismatch", m.mr[3], 4);
    suspend(thread.tcb);
    finish();
}

void test_faults(void)
{
    endpoint = new_object(OBJECT_ENDPOINT, 0);
    handler = new_slot();
    invoke(SLOT_CNODE, CNODE_MINT, WORDS(handler, 64, endpoint, 64, 15, 5), CAPS(SLOT_CNODE));
    vm_faults();
    exceptions();
    single_steps();
    unknown_calls();
    capability_faults();
}
