# SPDX-License-Identifier: BSD-2-Clause
# The root server's heap: zeroed memory of its own image, mapped by the kernel before the first instruction. It never grows:
# everything long-lived is allocated at start-up (design L5), and nothing above this could give the root server more.

.set HEAP_BYTES, 4 * 1024 * 1024

.section .bss
.balign 4096
heap:
    .skip HEAP_BYTES

.section .text
# byte* rootserver_heap(nuint* bytes)
.globl rootserver_heap
.type rootserver_heap, @function
rootserver_heap:
    movq $HEAP_BYTES, (%rdi)
    leaq heap(%rip), %rax
    ret

.section .note.GNU-stack, "", @progbits
