/* SPDX-License-Identifier: BSD-2-Clause */
/* Guest instructions of the shortest paths; they mean something when QEMU counts instructions (-icount shift=0,sleep=off). */
#include "check.h"

static word endpoint, overhead;
static volatile word stamp;

static void figure(const char *name, word value)
{
    print("figure ");
    print(name);
    print(": ");
    print_number(value - overhead);
    print(" instructions\n");
}

#define SMALLEST(statement)                                     \
    ({                                                          \
        word least_ = ~0ul;                                     \
        for (int i_ = 0; i_ < 200; i_++) {                      \
            word start_ = time_stamp();                         \
            statement;                                          \
            word taken_ = time_stamp() - start_;                \
            if (taken_ < least_) least_ = taken_;               \
        }                                                       \
        least_;                                                 \
    })

static inline void call_number(long number, word cap, word info)
{
    __asm__ volatile("syscall" : "+D"(cap), "+S"(info) : "d"(number) : "rcx", "r11", "r8", "r9", "r10", "r15", "memory");
}

static void echo(void)
{
    __asm__ volatile("mov %0, %%rdi\n\txor %%esi, %%esi\n\tmov $-5, %%rdx\n\tsyscall\n"
                 "1: lfence\n\trdtsc\n\tmov %%eax, stamp(%%rip)\n\tmov $-2, %%rdx\n\tmov %0, %%rdi\n\txor %%esi, %%esi\n\tsyscall\n\tjmp 1b"
                 :
                 : "m"(endpoint)
                 : "memory");
}

void print_figures(void)
{
    endpoint = new_object(OBJECT_ENDPOINT, 0);
    struct thread server = new_thread(echo, 255, 0);
    resume(server.tcb);
    struct message yield = { 0, 0, { 0 } };
    system_call(SYS_YIELD, &yield);
    overhead = SMALLEST((void)0);
    figure("DebugCapIdentify of an empty slot", SMALLEST(call_number(SYS_CAP_IDENTIFY, 0, 0)));
    figure("Yield alone", SMALLEST(call_number(SYS_YIELD, 0, 0)));
    figure("Call and ReplyRecv, same address space, 0 words", SMALLEST(call_number(SYS_CALL, endpoint, 0)));
    word least = ~0ul;
    for (int i = 0; i < 200; i++) {
        dword start = time_stamp();
        call_number(SYS_CALL, endpoint, 0);
        if ((dword)stamp - start < least) least = (dword)stamp - start;
    }
    figure("Call, to the server's next instruction", least);
    suspend(server.tcb);
}
