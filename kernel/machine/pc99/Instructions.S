// SPDX-License-Identifier: BSD-2-Clause
// Instructions that C# cannot express, one function each (System V calling convention; integer registers only).
// Declared in Instructions.cs, which says what each is for.

        .intel_syntax noprefix
        .text

        .macro  FUNCTION name
        .balign 16
        .globl  machine_\name
        .type   machine_\name, @function
machine_\name:
        .endm

        FUNCTION symbols
        lea     rax, [rip + machine_symbols_table]
        ret

        FUNCTION in8
        mov     edx, edi
        xor     eax, eax
        in      al, dx
        ret

        FUNCTION in16
        mov     edx, edi
        xor     eax, eax
        in      ax, dx
        ret

        FUNCTION in32
        mov     edx, edi
        in      eax, dx
        ret

        FUNCTION out8
        mov     edx, edi
        mov     eax, esi
        out     dx, al
        ret

        FUNCTION out16
        mov     edx, edi
        mov     eax, esi
        out     dx, ax
        ret

        FUNCTION out32
        mov     edx, edi
        mov     eax, esi
        out     dx, eax
        ret

        FUNCTION read_cr0
        mov     rax, cr0
        ret

        FUNCTION write_cr0
        mov     cr0, rdi
        ret

        FUNCTION read_cr3
        mov     rax, cr3
        ret

        FUNCTION write_cr3
        mov     cr3, rdi
        ret

        FUNCTION read_cr4
        mov     rax, cr4
        ret

        FUNCTION write_cr4
        mov     cr4, rdi
        ret

        FUNCTION clear_task_switched
        clts
        ret

        FUNCTION set_task_switched
        mov     rax, cr0
        or      rax, 8
        mov     cr0, rax
        ret

        FUNCTION invalidate_page
        invlpg  [rdi]
        ret

        FUNCTION read_msr
        mov     ecx, edi
        rdmsr
        shl     rdx, 32
        or      rax, rdx
        ret

        FUNCTION write_msr
        mov     ecx, edi
        mov     eax, esi
        mov     rdx, rsi
        shr     rdx, 32
        wrmsr
        ret

        FUNCTION read_fs_base
        rdfsbase rax
        ret

        FUNCTION read_gs_base
        rdgsbase rax
        ret

        FUNCTION write_fs_base
        wrfsbase rdi
        ret

        FUNCTION write_gs_base
        wrgsbase rdi
        ret

// (two words for the present bases, two words with the next ones)
        FUNCTION exchange_bases
        rdfsbase rax
        mov     [rdi], rax
        rdgsbase rax
        mov     [rdi + 8], rax
        mov     rax, [rsi]
        wrfsbase rax
        mov     rax, [rsi + 8]
        wrgsbase rax
        ret

// (leaf, subleaf, uint result[4] = EAX, EBX, ECX, EDX)
        FUNCTION cpuid
        mov     r8, rdx
        mov     r9, rbx
        mov     eax, edi
        mov     ecx, esi
        cpuid
        mov     [r8], eax
        mov     [r8 + 4], ebx
        mov     [r8 + 8], ecx
        mov     [r8 + 12], edx
        mov     rbx, r9
        ret

// Fenced, so that what stands before it in the program has happened.
        FUNCTION read_time_stamp
        lfence
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        ret

        FUNCTION write_xcr0
        xor     ecx, ecx
        mov     eax, edi
        xor     edx, edx
        xsetbv
        ret

        FUNCTION xsave
        mov     eax, -1
        mov     edx, eax
        xsave64 [rdi]
        ret

        FUNCTION xrstor
        mov     eax, -1
        mov     edx, eax
        xrstor64 [rdi]
        ret

        FUNCTION exchange_extended
        mov     eax, -1
        mov     edx, eax
        xsave64 [rdi]
        xrstor64 [rsi]
        ret

        FUNCTION exchange_legacy
        fxsave64 [rdi]
        fxrstor64 [rsi]
        ret

        FUNCTION fxsave
        fxsave64 [rdi]
        ret

        FUNCTION fxrstor
        fxrstor64 [rdi]
        ret

// (pointer to 16-bit limit and 64-bit base)
        FUNCTION load_gdt
        lgdt    [rdi]
        ret

        FUNCTION load_idt
        lidt    [rdi]
        ret

        FUNCTION load_task_register
        ltr     di
        ret

// (address, bytes; a multiple of 8)
        FUNCTION clear
        mov     rcx, rsi
        xor     eax, eax
        shr     rcx, 3
        rep stosq
        ret

// Passes the time of about two instructions for each count, without touching memory or devices.
        FUNCTION spin
        test    rdi, rdi
        jz      2f
1:      dec     rdi
        jnz     1b
2:      ret

        FUNCTION halt
        cli
        hlt
        jmp     machine_halt

        .section .note.GNU-stack, "", @progbits
