# SPDX-License-Identifier: BSD-2-Clause
# ulong bench_clock(): the time stamp counter. Under QEMU's -icount shift=0,sleep=off it counts instructions, one by one.

    .text
    .globl  bench_clock
    .type   bench_clock, @function
bench_clock:
    rdtsc
    shl     $32, %rdx
    or      %rdx, %rax
    ret
    .size   bench_clock, . - bench_clock

    .section .note.GNU-stack, "", @progbits
