# SPDX-License-Identifier: BSD-2-Clause
# Memory of the second thread: a page for its IPC buffer and thread area, and a stack. They are part of the image, so that they
# lie at the same addresses in both address spaces.

    .section .bss
    .balign 4096
peer_buffer:
    .skip   4096
peer_stack:
    .skip   16384
peer_stack_end:

    .text
    .globl  bench_peer_buffer, bench_peer_stack_end
bench_peer_buffer:
    lea     peer_buffer(%rip), %rax
    ret
bench_peer_stack_end:
    lea     peer_stack_end(%rip), %rax
    ret

    .section .note.GNU-stack, "", @progbits
