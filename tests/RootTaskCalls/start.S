# SPDX-License-Identifier: BSD-2-Clause
# Entry of the root task: no stack yet, RDI = BootInfo.

    .section .text.start, "ax"
    .globl _start
_start:
    leaq root_stack_end(%rip), %rsp
    call root_main
    ud2

# Entry of a second thread: RDI = argument, RSI = function, RSP = stack.
    .globl thread_entry
thread_entry:
    xorl %ebp, %ebp
    call *%rsi
    ud2

    .bss
    .balign 16
    .skip 16384
root_stack_end:

    .section .note.GNU-stack, "", @progbits
