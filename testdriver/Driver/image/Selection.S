# SPDX-License-Identifier: BSD-2-Clause
# Where the host writes what the driver is to run, before it boots: behind a marker that it searches the file for. All zeros: all
# tests, with a nonce of 0.

.set TEXT_BYTES, 256 * 1024

.section .data
.balign 16
selection_marker:
    .ascii "sel4test selection text:"
selection_text:
    .skip TEXT_BYTES

.section .text
# byte* driver_selection(nuint* bytes)
.globl driver_selection
.type driver_selection, @function
driver_selection:
    movq $TEXT_BYTES, (%rdi)
    leaq selection_text(%rip), %rax
    ret

.section .note.GNU-stack, "", @progbits
