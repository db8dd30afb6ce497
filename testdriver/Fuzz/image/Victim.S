# SPDX-License-Identifier: BSD-2-Clause
#
# What a victim runs: one page of code without absolute addresses, mapped into every victim's address space, followed there by a
# page of state, four pages of records and a page with the IPC buffer. Each record says what all registers and part of the buffer
# are to hold, and which instruction then is executed. Nothing is kept in registers from one record to the next, and memory is
# found relative to RIP, so that whatever the record and the kernel leave in registers does no harm here.

    .set    STATE, 0x1000                   # word 0: number of the next record; the rest is a stack
    .set    STATE_TARGET, 8                 # where its action is
    .set    STATE_DONE, 16                  # how many Calls were answered without an error, and with one
    .set    STATE_REFUSED, 24
    .set    STATE_STACK, 0x1f00
    .set    RECORDS, 0x2000
    .set    RECORD_BITS, 8
    .set    RECORD_COUNT, 64
    .set    BUFFER, 0x6000
    .set    BUFFER_WORDS, BUFFER + 40       # message word 4
    .set    BUFFER_POINTERS, BUFFER + 976
    .set    AT_WORDS, 128                   # in a record: 8 words for the buffer, 6 for its capabilities, flags, action
    .set    AT_FLAGS, 240
    .set    AT_ACTION, 248

    .section .text.victim, "ax", @progbits
    .balign 4096
victim_page:
victim_loop:
    cld
    lea     victim_page+STATE(%rip), %rbx
    mov     (%rbx), %rcx
    cmp     $RECORD_COUNT, %rcx
    jae     victim_done
    incq    (%rbx)
    shl     $RECORD_BITS, %rcx
    lea     victim_page+RECORDS(%rip), %rbp
    add     %rcx, %rbp
    lea     AT_WORDS(%rbp), %rsi
    lea     victim_page+BUFFER_WORDS(%rip), %rdi
    mov     $8, %ecx
    rep movsq
    lea     victim_page+BUFFER_POINTERS(%rip), %rdi
    mov     $6, %ecx
    rep movsq
    lea     victim_page+STATE_STACK(%rip), %rsp
    lea     victim_page(%rip), %rdx
    mov     AT_ACTION(%rbp), %rax
    add     %rdx, %rax
    mov     %rax, STATE_TARGET(%rbx)
    push    AT_FLAGS(%rbp)
    popfq
    mov     0(%rbp), %rax
    mov     8(%rbp), %rbx
    mov     16(%rbp), %rcx
    mov     24(%rbp), %rdx
    mov     32(%rbp), %rsi
    mov     40(%rbp), %rdi
    mov     48(%rbp), %r8
    mov     56(%rbp), %r9
    mov     64(%rbp), %r10
    mov     72(%rbp), %r11
    mov     80(%rbp), %r12
    mov     88(%rbp), %r13
    mov     96(%rbp), %r14
    mov     104(%rbp), %r15
    mov     112(%rbp), %rsp
    mov     120(%rbp), %rbp
    jmp     *victim_page+STATE+STATE_TARGET(%rip)

victim_done:
    ud2

# Puts what follows into the table of actions.
    .macro  ACTION
    .pushsection .rodata.victim, "a", @progbits
    .quad   8f - victim_page
    .popsection
8:
    .endm

    .macro  NEXT
    jmp     victim_loop
    .endm

# An action of one instruction.
    .macro  ONE instruction:vararg
    ACTION
    \instruction
    NEXT
    .endm

    .section .rodata.victim, "a", @progbits
    .balign 8
victim_actions:
    .section .text.victim
# Action 0 is the system call; the others are what a program should not do.
    ACTION
    syscall
    cmp     $-1, %rdx                       # of a Call, the answer is looked at: label 0 is success
    jne     victim_loop
    shr     $12, %rsi
    jnz     1f
    incq    victim_page+STATE+STATE_DONE(%rip)
    NEXT
1:  incq    victim_page+STATE+STATE_REFUSED(%rip)
    NEXT
    ONE     ud2
    ONE     int3
    ONE     .byte 0xf1
    ONE     int $0x80
    ONE     int $0x9d
    ONE     int $0x9e
    ONE     int $0xfe
    ONE     int $0xff
    ONE     int $0x20
    ONE     int $0x30
    ONE     int $0x0e
    ONE     int $0x08
    ONE     int $0x02
    ONE     int $0x07
    ONE     cli
    ONE     sti
    ONE     hlt
    ONE     mov %rax, %cr3
    ONE     mov %cr0, %rax
    ONE     mov %rax, %cr4
    ONE     mov %rax, %cr8
    ONE     mov %rax, %dr7
    ONE     mov %dr0, %rax
    ONE     rdmsr
    ONE     wrmsr
    ONE     rdpmc
    ONE     in %dx, %al
    ONE     outl %eax, %dx
    ONE     insb
    ONE     lgdt (%rsp)
    ONE     lidt (%rsp)
    ONE     sgdt (%rsp)
    ONE     lldt %ax
    ONE     ltr %ax
    ONE     invlpg (%rax)
    ONE     invd
    ONE     wbinvd
    ONE     clts
    ONE     swapgs
    ONE     sysretq
    ONE     sysenter
    ONE     sysexitq
    ONE     iretq
    ONE     lretq
    ONE     ljmp *(%rsp)
    ONE     xsetbv
    ONE     vmcall
    ONE     mov (%rax), %rbx
    ONE     mov %rbx, (%rax)
    ONE     mov (%rsp), %rbx
    ONE     push %rax
    ONE     lock addq $1, (%rax)
    ONE     jmp *%rax
    ONE     call *%rax
    ACTION
    xor     %ecx, %ecx
    div     %rcx
    NEXT
    ONE     mov %ax, %ds
    ONE     mov %ax, %es
    ONE     mov %ax, %ss
    ONE     mov %ax, %fs
    ONE     mov %ax, %gs
    ONE     rdfsbase %rbx
    ONE     wrfsbase %rax
    ONE     wrgsbase %rax
    ONE     movaps (%rsp), %xmm0
    ACTION
    movups  (%rsp), %xmm3
    addps   %xmm0, %xmm3
    NEXT
    ONE     ldmxcsr (%rsp)
    ACTION
    fninit
    fldcw   (%rsp)
    fldz
    fld1
    fdivp
    fwait
    NEXT
    ONE     fxrstor (%rsp)
    ACTION
    mov     $2000, %ecx
9:
    pause
    dec     %ecx
    jnz     9b
    NEXT
    ONE     rdtsc
    ONE     cpuid
    ACTION
    std
    syscall
    NEXT
    ACTION
    syscall
    syscall
    NEXT
    .section .rodata.victim
victim_actions_end:

    .section .text.victim
    .balign 4096, 0x0b
victim_page_end:

    .data
    .balign 8
fuzz_parameters:
    .ascii  "fuzz parameters:"
    .quad   1                               # seed
    .quad   20000                           # system calls

    .section .bss
    .balign 4096
watcher_buffer:
    .skip   4096
watcher_stack:
    .skip   8192
watcher_stack_end:

    .text
    .globl  fuzz_victim_page, fuzz_victim_actions, fuzz_victim_action_count, fuzz_parameters_address
    .globl  fuzz_watcher_buffer, fuzz_watcher_stack_end
fuzz_victim_page:
    lea     victim_page(%rip), %rax
    ret
fuzz_victim_actions:
    lea     victim_actions(%rip), %rax
    ret
fuzz_victim_action_count:
    mov     $(victim_actions_end - victim_actions) / 8, %eax
    ret
fuzz_parameters_address:
    lea     fuzz_parameters(%rip), %rax
    ret
fuzz_watcher_buffer:
    lea     watcher_buffer(%rip), %rax
    ret
fuzz_watcher_stack_end:
    lea     watcher_stack_end(%rip), %rax
    ret

    .section .note.GNU-stack, "", @progbits
