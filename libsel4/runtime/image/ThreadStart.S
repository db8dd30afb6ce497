# SPDX-License-Identifier: BSD-2-Clause
#
# How a further thread of a program begins: UserThread has put the function into RDI and its argument into RSI, RSP at the
# end of the stack and FS base at the thread area.

    .text

    .type   sel4_thread_entry, @function
    .balign 16
sel4_thread_entry:
    and     $-16, %rsp
    xor     %ebp, %ebp
    call    sel4_thread_main
    ud2
    .size   sel4_thread_entry, . - sel4_thread_entry

# word sel4_thread_entry_address()
    .globl  sel4_thread_entry_address
    .type   sel4_thread_entry_address, @function
sel4_thread_entry_address:
    lea     sel4_thread_entry(%rip), %rax
    ret
    .size   sel4_thread_entry_address, . - sel4_thread_entry_address

# word sel4_early_invoke(capability, info, word0): a Call before there is a thread area, so without IPC buffer: at most four
# words, of which this one passes one. Returns the answer's header.
    .globl  sel4_early_invoke
    .type   sel4_early_invoke, @function
    .balign 16
sel4_early_invoke:
    push    %rbx
    push    %r15
    mov     %rdx, %r10
    mov     %rsp, %rbx
    mov     $-1, %rdx
    syscall
    mov     %rbx, %rsp
    mov     %rsi, %rax
    pop     %r15
    pop     %rbx
    ret
    .size   sel4_early_invoke, . - sel4_early_invoke

    .section .note.GNU-stack, "", @progbits
