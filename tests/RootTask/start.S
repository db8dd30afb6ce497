# SPDX-License-Identifier: BSD-2-Clause
# Entry of the C root task: keeps every register as the kernel left it, then gives C a stack.
# The kernel promises that there is no stack (BOOT-4), so nothing is pushed before RSP is set.

.section .text
.globl _start
_start:
    movq %rax, entry_registers+0(%rip)
    movq %rbx, entry_registers+8(%rip)
    movq %rcx, entry_registers+16(%rip)
    movq %rdx, entry_registers+24(%rip)
    movq %rsi, entry_registers+32(%rip)
    movq %rdi, entry_registers+40(%rip)
    movq %rbp, entry_registers+48(%rip)
    movq %rsp, entry_registers+56(%rip)
    movq %r8, entry_registers+64(%rip)
    movq %r9, entry_registers+72(%rip)
    movq %r10, entry_registers+80(%rip)
    movq %r11, entry_registers+88(%rip)
    movq %r12, entry_registers+96(%rip)
    movq %r13, entry_registers+104(%rip)
    movq %r14, entry_registers+112(%rip)
    movq %r15, entry_registers+120(%rip)
    leaq stack_end(%rip), %rsp
    pushfq
    popq %rax
    movq %rax, entry_registers+128(%rip)
    movq %cs, %rax
    movq %rax, entry_registers+136(%rip)
    movq %ss, %rax
    movq %rax, entry_registers+144(%rip)
    movq %ds, %rax
    movq %rax, entry_registers+152(%rip)
    movq %es, %rax
    movq %rax, entry_registers+160(%rip)
    movq %fs, %rax
    movq %rax, entry_registers+168(%rip)
    movq %gs, %rax
    movq %rax, entry_registers+176(%rip)
    stmxcsr entry_mxcsr(%rip)
    fnstcw entry_fcw(%rip)
    call root_main
1:  jmp 1b

.section .bss
.globl entry_registers, entry_mxcsr, entry_fcw
.balign 64
entry_registers: .skip 23 * 8
entry_mxcsr: .skip 4
entry_fcw: .skip 4
.balign 16
    .skip 16384
stack_end:

.section .note.GNU-stack, "", @progbits
