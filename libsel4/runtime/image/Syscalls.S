# SPDX-License-Identifier: BSD-2-Clause
#
# System call stubs. A `syscall` keeps all registers but RCX and R11 - and RSP, which the kernel does not save on this
# entry and the real one returns as 0 (ABI-3.2). So every stub parks RSP in RBX, which is the caller's, hence the pushes.
# Message words 0 to 3 travel in R10, R8, R9 and R15; the stubs load them from the running thread's IPC buffer and store
# them back (RPC:T5). RAX is not interpreted by the kernel and survives, so it holds the buffer's address meanwhile.
# FS:8 is that address: the second word of the thread area (libsel4/runtime/README.md).
#
# System V calling convention: arguments in RDI, RSI, RDX; results in RAX and RDX.

    .text

    .set SYS_CALL,       -1
    .set SYS_REPLY_RECV, -2
    .set SYS_SEND,       -3
    .set SYS_NB_SEND,    -4
    .set SYS_RECV,       -5
    .set SYS_REPLY,      -6
    .set SYS_NB_RECV,    -8

    .set MESSAGE, 8

    .macro ENTER
    push    %rbx
    push    %r15
    mov     %fs:8, %rax
    mov     MESSAGE+0(%rax), %r10
    mov     MESSAGE+8(%rax), %r8
    mov     MESSAGE+16(%rax), %r9
    mov     MESSAGE+24(%rax), %r15
    mov     %rsp, %rbx
    .endm

    .macro STORE_MESSAGE
    mov     %r10, MESSAGE+0(%rax)
    mov     %r8, MESSAGE+8(%rax)
    mov     %r9, MESSAGE+16(%rax)
    mov     %r15, MESSAGE+24(%rax)
    .endm

    .macro LEAVE
    pop     %r15
    pop     %rbx
    ret
    .endm

    .macro RECEIVING name, number
    .globl  \name
    .type   \name, @function
    .balign 16
\name:
    ENTER
    mov     $\number, %rdx
    syscall
    mov     %rbx, %rsp
    STORE_MESSAGE
    mov     %rsi, %rax
    mov     %rdi, %rdx
    LEAVE
    .size   \name, . - \name
    .endm

    .macro SENDING name, number
    .globl  \name
    .type   \name, @function
    .balign 16
\name:
    ENTER
    mov     $\number, %rdx
    syscall
    mov     %rbx, %rsp
    LEAVE
    .size   \name, . - \name
    .endm

# struct { info, badge } sel4_syscall_call(target, info)
    RECEIVING sel4_syscall_call, SYS_CALL

# struct { info, badge } sel4_syscall_reply_recv(source, info)
    RECEIVING sel4_syscall_reply_recv, SYS_REPLY_RECV

# void sel4_syscall_send(target, info)
    SENDING sel4_syscall_send, SYS_SEND

# void sel4_syscall_nb_send(target, info)
    SENDING sel4_syscall_nb_send, SYS_NB_SEND

# struct { info, badge } sel4_syscall_recv(source)
# A signal leaves RSI as it was, so it starts as an empty header (ABI-3.5).
    .macro RECEIVING_ONLY name, number
    .globl  \name
    .type   \name, @function
    .balign 16
\name:
    ENTER
    xor     %esi, %esi
    mov     $\number, %rdx
    syscall
    mov     %rbx, %rsp
    STORE_MESSAGE
    mov     %rsi, %rax
    mov     %rdi, %rdx
    LEAVE
    .size   \name, . - \name
    .endm

    RECEIVING_ONLY sel4_syscall_recv, SYS_RECV

# struct { info, badge } sel4_syscall_nb_recv(source)
    RECEIVING_ONLY sel4_syscall_nb_recv, SYS_NB_RECV

# void sel4_syscall_reply(info): the kernel ignores RDI and takes the header from RSI.
    .globl  sel4_syscall_reply
    .type   sel4_syscall_reply, @function
    .balign 16
sel4_syscall_reply:
    ENTER
    mov     %rdi, %rsi
    mov     $SYS_REPLY, %rdx
    syscall
    mov     %rbx, %rsp
    LEAVE
    .size   sel4_syscall_reply, . - sel4_syscall_reply

# void sel4_syscall_signal(notification): no message, so no word of it is touched.
    .globl  sel4_syscall_signal
    .type   sel4_syscall_signal, @function
    .balign 16
sel4_syscall_signal:
    push    %rbx
    mov     %rsp, %rbx
    xor     %esi, %esi
    mov     $SYS_SEND, %rdx
    syscall
    mov     %rbx, %rsp
    pop     %rbx
    ret
    .size   sel4_syscall_signal, . - sel4_syscall_signal

# word sel4_syscall_simple(number, argument): RDI in, RDI out. It also waits for notifications, through which a message
# may come when the notification is really an endpoint: then its first words are lost, but R15 must survive.
    .globl  sel4_syscall_simple
    .type   sel4_syscall_simple, @function
    .balign 16
sel4_syscall_simple:
    push    %rbx
    push    %r15
    mov     %rdi, %rdx
    mov     %rsi, %rdi
    xor     %esi, %esi
    mov     %rsp, %rbx
    syscall
    mov     %rbx, %rsp
    mov     %rdi, %rax
    LEAVE
    .size   sel4_syscall_simple, . - sel4_syscall_simple

# word sel4_thread_area(): the running thread's area; its first word is its own address.
    .globl  sel4_thread_area
    .type   sel4_thread_area, @function
    .balign 16
sel4_thread_area:
    mov     %fs:0, %rax
    ret
    .size   sel4_thread_area, . - sel4_thread_area

# word sel4_current_ipc_buffer()
    .globl  sel4_current_ipc_buffer
    .type   sel4_current_ipc_buffer, @function
    .balign 16
sel4_current_ipc_buffer:
    mov     %fs:8, %rax
    ret
    .size   sel4_current_ipc_buffer, . - sel4_current_ipc_buffer

    .section .note.GNU-stack, "", @progbits
