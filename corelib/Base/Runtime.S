# SPDX-License-Identifier: BSD-2-Clause
# What compiled C# asks for in every image: bulk memory operations and the ends of failed checks.
# Integer registers only, so that the kernel may use it (toolchain rule: no xmm in the kernel).

        .intel_syntax noprefix
        .text

# void* memcpy(void* destination, const void* source, size_t count): as memmove.
# void* memmove(void* destination, const void* source, size_t count): the places may overlap.
# Up to 32 bytes all loads come before all stores, so overlap needs no care there.
        .globl  memcpy, memmove
        .type   memcpy, @function
        .type   memmove, @function
        .balign 16
memcpy:
memmove:
        mov     rax, rdi
        cmp     rdx, 16
        jbe     .Lmove_to_16
        cmp     rdx, 32
        jbe     .Lmove_to_32
        mov     rcx, rdi
        sub     rcx, rsi
        cmp     rcx, rdx                # unsigned: destination within [source, source + count)?
        jb      .Lmove_backward
        mov     r8, [rsi + rdx - 8]     # the tail, read before it can be overwritten
        lea     r9, [rdi + rdx - 8]
        mov     rcx, rdx
        dec     rcx
        shr     rcx, 3                  # whole words before the tail, which overlaps the last of them
        cld
        rep movsq
        mov     [r9], r8
        ret

.Lmove_backward:
        mov     r8, [rsi]               # the head, read before it can be overwritten
        mov     rcx, rdx
        dec     rcx
        shr     rcx, 3
        lea     rsi, [rsi + rdx - 8]
        lea     rdi, [rdi + rdx - 8]
        std
        rep movsq
        cld                             # System V: the direction flag is clear at every call
        mov     [rax], r8
        ret

.Lmove_to_32:
        mov     r8, [rsi]
        mov     r9, [rsi + 8]
        mov     r10, [rsi + rdx - 16]
        mov     r11, [rsi + rdx - 8]
        mov     [rdi], r8
        mov     [rdi + 8], r9
        mov     [rdi + rdx - 16], r10
        mov     [rdi + rdx - 8], r11
        ret

.Lmove_to_16:
        cmp     edx, 8
        jb      .Lmove_to_7
        mov     r8, [rsi]
        mov     r9, [rsi + rdx - 8]
        mov     [rdi], r8
        mov     [rdi + rdx - 8], r9
        ret

.Lmove_to_7:
        cmp     edx, 4
        jb      .Lmove_to_3
        mov     r8d, [rsi]
        mov     r9d, [rsi + rdx - 4]
        mov     [rdi], r8d
        mov     [rdi + rdx - 4], r9d
        ret

.Lmove_to_3:
        test    edx, edx
        jz      .Lmove_done
        movzx   r8d, byte ptr [rsi]
        movzx   r9d, byte ptr [rsi + rdx - 1]
        shr     edx, 1
        movzx   r10d, byte ptr [rsi + rdx] # the middle byte of three, or one of the others again
        mov     [rdi + rdx], r10b
        adc     rdx, rdx                # the count again: the shift left its low bit in carry
        mov     [rdi], r8b
        mov     [rdi + rdx - 1], r9b
.Lmove_done:
        ret
        .size   memmove, . - memmove

# void* memset(void* destination, int value, size_t count)
        .globl  memset
        .type   memset, @function
        .balign 16
memset:
        mov     r9, rdi                 # result
        movzx   eax, sil
        mov     rcx, 0x0101010101010101
        imul    rax, rcx
        cmp     rdx, 16
        jbe     .Lset_to_16
        mov     [rdi + rdx - 8], rax
        lea     rcx, [rdx - 1]
        shr     rcx, 3
        cld
        rep stosq
        mov     rax, r9
        ret

.Lset_to_16:
        cmp     edx, 8
        jb      .Lset_to_7
        mov     [rdi], rax
        mov     [rdi + rdx - 8], rax
        mov     rax, r9
        ret

.Lset_to_7:
        cmp     edx, 4
        jb      .Lset_to_3
        mov     [rdi], eax
        mov     [rdi + rdx - 4], eax
        mov     rax, r9
        ret

.Lset_to_3:
        test    edx, edx
        jz      .Lset_done
        mov     [rdi], al
        mov     [rdi + rdx - 1], al
        shr     edx, 1
        mov     [rdi + rdx], al
.Lset_done:
        mov     rax, r9
        ret
        .size   memset, . - memset

# int memcmp(const void* left, const void* right, size_t count): bytes compare as unsigned.
        .globl  memcmp
        .type   memcmp, @function
        .balign 16
memcmp:
        xor     ecx, ecx
.Lcompare_words:
        lea     r8, [rcx + 8]
        cmp     r8, rdx
        ja      .Lcompare_bytes
        mov     rax, [rdi + rcx]
        mov     r9, [rsi + rcx]
        cmp     rax, r9
        jne     .Lcompare_differ
        mov     rcx, r8
        jmp     .Lcompare_words

.Lcompare_differ:
        bswap   rax                     # the first byte decides, so it must be the highest
        bswap   r9
        cmp     rax, r9
        sbb     eax, eax
        or      eax, 1
        ret

.Lcompare_bytes:
        cmp     rcx, rdx
        je      .Lcompare_equal
        movzx   eax, byte ptr [rdi + rcx]
        movzx   r9d, byte ptr [rsi + rcx]
        inc     rcx
        sub     eax, r9d
        jz      .Lcompare_bytes
        ret
.Lcompare_equal:
        xor     eax, eax
        ret
        .size   memcmp, . - memcmp

# ilc brackets every exported method with these when the method is entered from outside; nothing is kept here.
        .globl  RhpReversePInvoke, RhpReversePInvokeReturn
        .type   RhpReversePInvoke, @function
        .type   RhpReversePInvokeReturn, @function
        .balign 16
RhpReversePInvoke:
RhpReversePInvokeReturn:
        ret

# Each failed check ends here with [rsp] = the address after the failed check:
# runtime_fail_fast(message, length, address), which never returns.
        .macro  FAILURE name, text
        .globl  corelib_fail_\name
        .type   corelib_fail_\name, @function
        .balign 16
corelib_fail_\name:
        lea     rdi, [rip + .Ltext_\name]
        mov     esi, offset .Lend_\name - .Ltext_\name
        jmp     .Lfail
        .size   corelib_fail_\name, . - corelib_fail_\name
        .pushsection .rodata
.Ltext_\name:
        .ascii  "Unhandled exception: System.\text"
.Lend_\name:
        .popsection
        .endm

        FAILURE index_out_of_range, "IndexOutOfRangeException: Index was outside the bounds of the array."
        FAILURE overflow, "OverflowException: Arithmetic operation resulted in an overflow."
        FAILURE divide_by_zero, "DivideByZeroException: Attempted to divide by zero."
        FAILURE null_reference, "NullReferenceException: Object reference not set to an instance of an object."
        FAILURE argument, "ArgumentException: Value does not fall within the expected range."
        FAILURE argument_out_of_range, "ArgumentOutOfRangeException: Specified argument was out of the range of valid values."
        FAILURE destination_too_short, "ArgumentException: Destination is too short."
        FAILURE no_value, "InvalidOperationException: Nullable object must have a value."
        FAILURE not_supported, "PlatformNotSupportedException: Operation is not supported on this platform."
        FAILURE invalid_cast, "InvalidCastException: Specified cast is not valid."
        FAILURE array_type_mismatch, "ArrayTypeMismatchException: Attempted to access an element as a type incompatible with the array."
        FAILURE entry_point_not_found, "EntryPointNotFoundException: An interface method has no single implementation."
        FAILURE invalid_program, "InvalidProgramException: The compiler detected an invalid program."

.Lfail:
        mov     rdx, [rsp]
        and     rsp, -16
        call    runtime_fail_fast
        ud2

# A damaged stack cookie: the frame is not to be trusted, so neither is its return address.
        .globl  RhpFallbackFailFast
        .type   RhpFallbackFailFast, @function
        .balign 16
RhpFallbackFailFast:
        lea     rdi, [rip + .Ltext_cookie]
        mov     esi, offset .Lend_cookie - .Ltext_cookie
        jmp     .Lfail
        .section .rodata
.Ltext_cookie:
        .ascii  "Stack overrun: the guard value of a frame was overwritten."
.Lend_cookie:

        .section .note.GNU-stack, "", @progbits
