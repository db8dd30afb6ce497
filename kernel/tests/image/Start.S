// SPDX-License-Identifier: BSD-2-Clause
// First instruction of the root task: keeps the registers as the kernel left them, then gives C a stack.

        .intel_syntax noprefix
        .text
        .globl  _start
_start:
        mov     [rip + entry_registers + 0], rax
        mov     [rip + entry_registers + 8], rbx
        mov     [rip + entry_registers + 16], rcx
        mov     [rip + entry_registers + 24], rdx
        mov     [rip + entry_registers + 32], rsi
        mov     [rip + entry_registers + 40], rdi
        mov     [rip + entry_registers + 48], rbp
        mov     [rip + entry_registers + 56], rsp
        mov     [rip + entry_registers + 64], r8
        mov     [rip + entry_registers + 72], r9
        mov     [rip + entry_registers + 80], r10
        mov     [rip + entry_registers + 88], r11
        mov     [rip + entry_registers + 96], r12
        mov     [rip + entry_registers + 104], r13
        mov     [rip + entry_registers + 112], r14
        mov     [rip + entry_registers + 120], r15
        lea     rsp, [rip + stack_top]
        pushfq
        pop     qword ptr [rip + entry_flags]
        mov     word ptr [rip + entry_selectors + 0], cs
        mov     word ptr [rip + entry_selectors + 2], ss
        mov     word ptr [rip + entry_selectors + 4], ds
        mov     word ptr [rip + entry_selectors + 6], es
        mov     word ptr [rip + entry_selectors + 8], fs
        mov     word ptr [rip + entry_selectors + 10], gs
        fnstcw  [rip + entry_fpu_control]
        stmxcsr [rip + entry_mxcsr]
        movups  [rip + entry_xmm], xmm0
        movups  [rip + entry_xmm + 16], xmm15
        call    root_main
1:      jmp     1b

        .bss
        .balign 16
        .globl  entry_registers, entry_flags, entry_selectors, entry_fpu_control, entry_mxcsr, entry_xmm
entry_registers:        .skip   128
entry_xmm:              .skip   32
entry_flags:            .skip   8
entry_selectors:        .skip   12
entry_fpu_control:      .skip   4
entry_mxcsr:            .skip   4
        .balign 16
        .skip   32768
stack_top:

        .section .note.GNU-stack, "", @progbits
