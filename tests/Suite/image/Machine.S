# SPDX-License-Identifier: BSD-2-Clause
# What C# has no words for: instructions that no program should execute, and registers of a thread.

    .text
    .macro FUNCTION name
    .globl  \name
    .type   \name, @function
    .balign 16
\name:
    .endm

# void suite_system_call(number)
    FUNCTION suite_system_call
    push    %rbx
    mov     %rsp, %rbx
    mov     %rdi, %rdx
    syscall
    mov     %rbx, %rsp
    pop     %rbx
    ret

# void suite_invalid_instruction(): two bytes, and then it returns
    FUNCTION suite_invalid_instruction
    ud2
    ret

# word suite_divide(word, word)
    FUNCTION suite_divide
    xor     %edx, %edx
    mov     %rdi, %rax
    div     %rsi
    ret

# word suite_registers_survive(number): loads all registers, makes a system call, and counts those that have changed. RCX, R11
# and RSP may change; RDX is the number; RAX to R15 otherwise must be what they were (ABI-3.2). RDI and RSI are 0.
    FUNCTION suite_registers_survive
    push    %rbx
    push    %rbp
    push    %r12
    push    %r13
    push    %r14
    push    %r15
    mov     %rsp, saved_stack(%rip)
    mov     %rdi, %rdx
    mov     $0x1111, %rax
    mov     $0x2222, %rbx
    mov     $0x5555, %rbp
    mov     $0x8888, %r8
    mov     $0x9999, %r9
    mov     $0xaaaa, %r10
    mov     $0xcccc, %r12
    mov     $0xdddd, %r13
    mov     $0xeeee, %r14
    mov     $0xffff, %r15
    xor     %edi, %edi
    xor     %esi, %esi
    syscall
    mov     saved_stack(%rip), %rsp
    xor     %ecx, %ecx
    .macro COUNT register, value
    cmp     $\value, \register
    je      1f
    inc     %ecx
1:
    .endm
    COUNT   %rax, 0x1111
    COUNT   %rbx, 0x2222
    COUNT   %rbp, 0x5555
    COUNT   %r8, 0x8888
    COUNT   %r9, 0x9999
    COUNT   %r10, 0xaaaa
    COUNT   %r12, 0xcccc
    COUNT   %r13, 0xdddd
    COUNT   %r14, 0xeeee
    COUNT   %r15, 0xffff
    mov     %rcx, %rax
    pop     %r15
    pop     %r14
    pop     %r13
    pop     %r12
    pop     %rbp
    pop     %rbx
    ret

# void suite_fill_vectors(word): all of XMM0 to XMM15 are made of it; word suite_count_vectors(word): how many are not
    FUNCTION suite_fill_vectors
    movq    %rdi, %xmm0
    punpcklqdq %xmm0, %xmm0
    .irp    number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movdqa  %xmm0, %xmm\number
    .endr
    ret

    FUNCTION suite_count_vectors
    xor     %eax, %eax
    .irp    number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movq    %xmm\number, %rdx
    cmp     %rdi, %rdx
    setne   %dl
    movzbl  %dl, %edx
    add     %rdx, %rax
    psrldq  $8, %xmm\number
    movq    %xmm\number, %rdx
    cmp     %rdi, %rdx
    setne   %dl
    movzbl  %dl, %edx
    add     %rdx, %rax
    .endr
    ret

# void suite_spin(word* flag): fills the vector registers with the address and looks until the word is not 0; then keeps the count
# of those that have changed in the next word
    FUNCTION suite_spin
    push    %rbx
    mov     %rdi, %rbx
    call    suite_fill_vectors
1:  cmpq    $0, (%rbx)
    je      1b
    mov     %rbx, %rdi
    call    suite_count_vectors
    mov     %rax, 8(%rbx)
    pop     %rbx
    ret

# word suite_set_mxcsr(word): sets it and gives what it was
    FUNCTION suite_set_mxcsr
    sub     $8, %rsp
    stmxcsr (%rsp)
    mov     (%rsp), %eax
    mov     %edi, 4(%rsp)
    ldmxcsr 4(%rsp)
    add     $8, %rsp
    ret

# void suite_use_fpu()
    FUNCTION suite_use_fpu
    fninit
    fld1
    fstp    %st(0)
    ret

# word suite_fs_base(): the word that FS base points at
    FUNCTION suite_fs_word
    mov     %fs:0, %rax
    ret

# A thread that is started at a raw address: it keeps its registers in the memory that RDI points at and stops at ud2.
    FUNCTION suite_keep_registers
    mov     %rax, 0(%rdi)
    mov     %rbx, 8(%rdi)
    mov     %rcx, 16(%rdi)
    mov     %rdx, 24(%rdi)
    mov     %rsi, 32(%rdi)
    mov     %rdi, 40(%rdi)
    mov     %rbp, 48(%rdi)
    mov     %rsp, 56(%rdi)
    mov     %r8, 64(%rdi)
    mov     %r9, 72(%rdi)
    mov     %r10, 80(%rdi)
    mov     %r11, 88(%rdi)
    mov     %r12, 96(%rdi)
    mov     %r13, 104(%rdi)
    mov     %r14, 112(%rdi)
    mov     %r15, 120(%rdi)
    ud2

# word suite_keep_registers_address()
    FUNCTION suite_keep_registers_address
    lea     suite_keep_registers(%rip), %rax
    ret

# word suite_out(port, value): an I/O instruction, which programs may not execute
    FUNCTION suite_out
    mov     %edi, %edx
    mov     %esi, %eax
    out     %al, (%dx)
    ret

    .bss
    .balign 8
saved_stack:
    .skip   8

    .section .note.GNU-stack, "", @progbits
