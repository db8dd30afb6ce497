# SPDX-License-Identifier: BSD-2-Clause
# Runs a user program of this kit as an ordinary Linux process on the build machine: the program's entry, and the four
# services that Corelib asks of the layer below it, done with Linux system calls. For tests of Corelib only.

        .intel_syntax noprefix
        .set    SYS_WRITE, 1
        .set    SYS_MMAP, 9
        .set    SYS_EXIT_GROUP, 231
        .set    STDOUT, 1
        .set    STDERR, 2
        .set    PROT_READ_WRITE, 3
        .set    MAP_PRIVATE_ANONYMOUS, 0x22
        .set    PAGE_BYTES, 4096
        .set    HEAP_CHUNK_BYTES, 0x100000
        .set    HEAP_LIMIT_BYTES, 0x10000000    # so that running out can be tested
        .set    FAILURE_STATUS, 134

        .text
# The kernel passes argc and argv on the stack. LinuxEntry.cs makes strings of them.
        .globl  _start
_start:
        xor     ebp, ebp
        mov     rbx, rsp
        and     rsp, -16
        call    corelib_initialize
        mov     rdi, [rbx]              # argc
        lea     rsi, [rbx + 8]          # argv
        call    linux_main
        mov     edi, eax
        call    runtime_exit

# void runtime_console_write(const byte* text, nuint length)
        .globl  runtime_console_write
runtime_console_write:
        mov     rdx, rsi
        mov     rsi, rdi
        mov     edi, STDOUT
        mov     eax, SYS_WRITE
        syscall
        ret

# void* runtime_heap_extend(nuint minimumBytes, nuint* grantedBytes): whole chunks, until the limit is reached.
        .globl  runtime_heap_extend
runtime_heap_extend:
        push    rsi
        add     rdi, HEAP_CHUNK_BYTES - 1
        and     rdi, -HEAP_CHUNK_BYTES
        mov     rax, [rip + heap_granted]
        add     rax, rdi
        jc      1f
        cmp     rax, HEAP_LIMIT_BYTES
        ja      1f
        mov     [rip + heap_granted], rax
        mov     [rsi], rdi
        mov     rsi, rdi
        xor     edi, edi
        mov     edx, PROT_READ_WRITE
        mov     r10d, MAP_PRIVATE_ANONYMOUS
        mov     r8, -1
        xor     r9d, r9d
        mov     eax, SYS_MMAP
        syscall
        pop     rsi
        cmp     rax, -PAGE_BYTES        # results above are error numbers
        ja      2f
        ret
1:      pop     rsi
2:      xor     eax, eax
        ret

# void runtime_fail_fast(const byte* message, nuint length, nuint address): "message (at address)" on standard error.
        .globl  runtime_fail_fast
runtime_fail_fast:
        mov     r12, rdx
        mov     rdx, rsi
        mov     rsi, rdi
        mov     edi, STDERR
        mov     eax, SYS_WRITE
        syscall
        lea     rdi, [rip + address_digits]
        mov     ecx, 16
1:      rol     r12, 4
        mov     eax, r12d
        and     eax, 15
        cmp     eax, 10
        lea     edx, [rax + '0']
        lea     eax, [rax + 'a' - 10]
        cmovb   eax, edx
        mov     [rdi], al
        inc     rdi
        dec     ecx
        jnz     1b
        lea     rsi, [rip + address_text]
        mov     edx, offset address_end - address_text
        mov     edi, STDERR
        mov     eax, SYS_WRITE
        syscall
        mov     edi, FAILURE_STATUS
# void runtime_exit(int status)
        .globl  runtime_exit
runtime_exit:
        mov     eax, SYS_EXIT_GROUP
        syscall
        ud2

        .section .bss
        .balign 8
heap_granted:
        .skip   8

        .data
address_text:
        .ascii  " (at 0x"
address_digits:
        .skip   16
        .ascii  ")\n"
address_end:

        .section .note.GNU-stack, "", @progbits
