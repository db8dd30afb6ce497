# SPDX-License-Identifier: BSD-2-Clause
#
# How a child begins: RSP points at argc, argv, environment and auxiliary vector as System V lays them out (RT:C7), and
# FS base at the thread area, which the parent has chosen (libsel4/runtime/README.md) and start-up fills.

    .section .text.start, "ax", @progbits
    .globl  _start
    .type   _start, @function
_start:
    mov     %rsp, %rdi
    and     $-16, %rsp
    xor     %ebp, %ebp
    call    sel4_start_child
    ud2
    .size   _start, . - _start

    .text

# word sel4_root_stack_address(): only root tasks have a stack of their own making.
    .globl  sel4_root_stack_address
    .type   sel4_root_stack_address, @function
sel4_root_stack_address:
    xor     %eax, %eax
    ret
    .size   sel4_root_stack_address, . - sel4_root_stack_address

    .section .note.GNU-stack, "", @progbits
