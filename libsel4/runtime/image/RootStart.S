# SPDX-License-Identifier: BSD-2-Clause
#
# How the root task begins: RDI = address of BootInfo, RSP = 0, every other register 0 (BOOT-4). The stack is part of the
# image; its lowest page is left for whoever wants to unmap it as a guard (RT 2, step 8).

    .section .text.start, "ax", @progbits
    .globl  _start
    .type   _start, @function
_start:
    lea     sel4_root_stack_end(%rip), %rsp
    xor     %ebp, %ebp
    call    sel4_start_root
    ud2
    .size   _start, . - _start

    .text

# word sel4_root_stack_address(): the lowest address of that stack.
    .globl  sel4_root_stack_address
    .type   sel4_root_stack_address, @function
sel4_root_stack_address:
    lea     sel4_root_stack(%rip), %rax
    ret
    .size   sel4_root_stack_address, . - sel4_root_stack_address

    .section .bss
    .balign 4096
    .globl  sel4_root_stack, sel4_root_stack_end
sel4_root_stack:
    .skip   128 * 1024
sel4_root_stack_end:

    .section .note.GNU-stack, "", @progbits
