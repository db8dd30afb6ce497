# SPDX-License-Identifier: BSD-2-Clause
# What compiled C# asks for in user programs: allocation, reference stores, interface dispatch, throw.
# The JIT expects the store helpers to leave every register alone that they do not name.

        .intel_syntax noprefix
        .text

        .macro  BEGIN name
        .globl  \name
        .type   \name, @function
        .balign 16
\name:
        .endm

# The arena: objects are cut from [next, limit). Both are zero until corelib_initialize, so that the first
# allocation of a program that forgot to call it ends in the slow path too. All memory handed out is zero already.
        .section .bss
        .globl  corelib_arena
        .balign 16
corelib_arena:
        .skip   16                      # next, limit: Heap.cs knows the order
        .text

# void* corelib_arena_address(void)
BEGIN corelib_arena_address
        lea     rax, [rip + corelib_arena]
        ret

# object RhpNewFast(MethodTable* type): an object of the type's base size, less the header word that nothing here uses.
BEGIN RhpNewFast
        mov     eax, [rdi + 4]          # MethodTable._baseSize
        mov     rdx, [rip + corelib_arena]
        lea     rcx, [rdx + rax - 8]
        cmp     rcx, [rip + corelib_arena + 8]
        ja      1f
        mov     [rip + corelib_arena], rcx
        mov     [rdx], rdi
        mov     rax, rdx
        ret
1:      lea     rsi, [rax - 8]
        mov     rdx, [rsp]
        jmp     corelib_new_slow        # (type, bytes, address of the caller)
        .size   RhpNewFast, . - RhpNewFast

        .globl  RhpNewFinalizable, RhNewObject
        .set    RhpNewFinalizable, RhpNewFast   # nothing is ever finalized
        .set    RhNewObject, RhpNewFast

# object RhpNewArrayFast(MethodTable* type, nint length): also strings, whose elements are characters.
BEGIN RhpNewArrayFast
        mov     eax, 0x7fffffc7         # .NET's greatest length
        cmp     rsi, rax
        ja      2f
        movzx   ecx, word ptr [rdi]     # component size
        imul    rcx, rsi
        mov     eax, [rdi + 4]
        lea     rcx, [rcx + rax - 8 + 7]
        and     rcx, -8
        mov     rdx, [rip + corelib_arena]
        mov     r8, [rip + corelib_arena + 8]
        sub     r8, rdx
        cmp     rcx, r8
        ja      1f
        lea     rax, [rdx + rcx]
        mov     [rip + corelib_arena], rax
        mov     [rdx], rdi
        mov     [rdx + 8], esi          # length
        mov     rax, rdx
        ret
1:      push    rsi
        mov     rsi, rcx
        mov     rdx, [rsp + 8]
        call    corelib_new_slow        # the push has aligned the stack
        pop     rsi
        mov     [rax + 8], esi
        ret
2:      jmp     corelib_fail_overflow
        .size   RhpNewArrayFast, . - RhpNewArrayFast

        .globl  RhNewArray, RhpNewPtrArrayFast, RhNewString
        .set    RhNewArray, RhpNewArrayFast
        .set    RhpNewPtrArrayFast, RhpNewArrayFast
        .set    RhNewString, RhpNewArrayFast

# object corelib_check_cast_*(MethodTable* target, object obj): the object itself, or the end of the program.
        .macro  CHECK_CAST name, relation
BEGIN corelib_check_cast_\name
        test    rsi, rsi
        jz      1f                      # null is of every type
        mov     rax, [rsi]
        cmp     rax, rdi
        jne     2f
1:      mov     rax, rsi
        ret
2:      push    rsi
        mov     rsi, rax
        call    \relation              # (target, source); the push has aligned the stack
        pop     rsi
        test    al, al
        jnz     1b
        jmp     corelib_fail_invalid_cast
        .size   corelib_check_cast_\name, . - corelib_check_cast_\name
        .endm

        CHECK_CAST any, corelib_is_assignable
        CHECK_CAST interface, corelib_implements
        CHECK_CAST class, corelib_derives_from

# void corelib_store_element(object[] array, nint index, object obj)
BEGIN corelib_store_element
        mov     ecx, [rdi + 8]          # length; a null array faults here
        cmp     rsi, rcx
        jae     corelib_fail_index_out_of_range
        lea     rsi, [rdi + 8*rsi + 16] # the element
        test    rdx, rdx
        jz      1f
        mov     rcx, [rdi]
        mov     rdi, [rcx + 8]          # MethodTable._related: the element type
        mov     rax, [rdx]
        cmp     rax, rdi
        jne     2f
1:      mov     [rsi], rdx
        ret
2:      push    rsi
        push    rdx
        sub     rsp, 8
        mov     rsi, rax
        call    corelib_is_assignable
        add     rsp, 8
        pop     rdx
        pop     rsi
        test    al, al
        jnz     1b
        jmp     corelib_fail_array_type_mismatch
        .size   corelib_store_element, . - corelib_store_element

# object* corelib_element_address(object[] array, nint index, MethodTable* elementType)
BEGIN corelib_element_address
        mov     ecx, [rdi + 8]
        cmp     rsi, rcx
        jae     corelib_fail_index_out_of_range
        mov     rcx, [rdi]
        cmp     [rcx + 8], rdx
        jne     corelib_fail_array_type_mismatch
        lea     rax, [rdi + 8*rsi + 16]
        ret
        .size   corelib_element_address, . - corelib_element_address

# Reference stores: without a collector there is nothing to record.
BEGIN RhpAssignRef
        mov     [rdi], rsi
        ret
        .globl  RhpCheckedAssignRef
        .set    RhpCheckedAssignRef, RhpAssignRef

# Copies one reference and advances both pointers.
BEGIN RhpByRefAssignRef
        mov     rcx, [rsi]
        mov     [rdi], rcx
        add     rdi, 8
        add     rsi, 8
        ret

# A collector would stop threads here.
        .globl  RhpGcPoll, RhpPInvoke, RhpPInvokeReturn
BEGIN RhpPInvoke
RhpPInvokeReturn:
RhpGcPoll:
        ret
        .section .bss
        .globl  RhpTrapThreads
        .balign 4
RhpTrapThreads:
        .skip   4
        .text

# An interface call arrives with r11 = dispatch cell, rdi = this, other arguments in place. A cell is two words: the code
# that the call jumps to, and what that code wants to know. It starts as RhpInitialDynamicInterfaceDispatch; the resolver
# (InterfaceDispatch.cs) then points it at the stub below and at a block of three pairs {type, code} and a link to the next.
BEGIN corelib_dispatch_cached
        mov     r10, [r11 + 8]
        mov     rax, [rdi]              # a null reference faults here
1:      cmp     rax, [r10]
        jne     2f
        jmp     [r10 + 8]
2:      cmp     rax, [r10 + 16]
        jne     3f
        jmp     [r10 + 24]
3:      cmp     rax, [r10 + 32]
        jne     4f
        jmp     [r10 + 40]
4:      mov     r10, [r10 + 48]
        test    r10, r10
        jnz     1b
        jmp     RhpInitialDynamicInterfaceDispatch
        .size   corelib_dispatch_cached, . - corelib_dispatch_cached

# void* corelib_dispatch_cached_address(void)
BEGIN corelib_dispatch_cached_address
        lea     rax, [rip + corelib_dispatch_cached]
        ret

BEGIN RhpInitialDynamicInterfaceDispatch
        mov     rax, [rdi]              # a null reference faults here, where the fault handler can tell it
        push    rbp
        mov     rbp, rsp
        sub     rsp, 192
        mov     [rsp], rdi
        mov     [rsp + 8], rsi
        mov     [rsp + 16], rdx
        mov     [rsp + 24], rcx
        mov     [rsp + 32], r8
        mov     [rsp + 40], r9
        movups  [rsp + 64], xmm0
        movups  [rsp + 80], xmm1
        movups  [rsp + 96], xmm2
        movups  [rsp + 112], xmm3
        movups  [rsp + 128], xmm4
        movups  [rsp + 144], xmm5
        movups  [rsp + 160], xmm6
        movups  [rsp + 176], xmm7
        mov     rdi, rax
        mov     rsi, r11
        call    corelib_resolve_interface       # (type, cell) gives code
        mov     rdi, [rsp]
        mov     rsi, [rsp + 8]
        mov     rdx, [rsp + 16]
        mov     rcx, [rsp + 24]
        mov     r8, [rsp + 32]
        mov     r9, [rsp + 40]
        movups  xmm0, [rsp + 64]
        movups  xmm1, [rsp + 80]
        movups  xmm2, [rsp + 96]
        movups  xmm3, [rsp + 112]
        movups  xmm4, [rsp + 128]
        movups  xmm5, [rsp + 144]
        movups  xmm6, [rsp + 160]
        movups  xmm7, [rsp + 176]
        leave
        jmp     rax
        .size   RhpInitialDynamicInterfaceDispatch, . - RhpInitialDynamicInterfaceDispatch

# void RhpThrowEx(Exception exception): ends the program; nothing is unwound.
        .globl  RhpRethrow
BEGIN RhpThrowEx
RhpRethrow:
        mov     rsi, [rsp]
        and     rsp, -16
        call    corelib_throw           # (exception, address of the throw)
        ud2
        .size   RhpThrowEx, . - RhpThrowEx

# double fmod(double x, double y), float fmodf(float x, float y): what C#'s % compiles to. The x87 remainder is exact; it takes
# off up to 63 bits of the quotient at a time and says by its C2 flag when it is not done.
BEGIN fmod
        movsd   [rsp - 8], xmm1
        fld     qword ptr [rsp - 8]
        movsd   [rsp - 8], xmm0
        fld     qword ptr [rsp - 8]
1:      fprem
        fnstsw  ax
        test    ah, 4
        jnz     1b
        fstp    st(1)
        fstp    qword ptr [rsp - 8]
        movsd   xmm0, [rsp - 8]
        ret
BEGIN fmodf
        sub     rsp, 8
        cvtss2sd xmm0, xmm0             # the remainder of two floats is a float: nothing is rounded
        cvtss2sd xmm1, xmm1
        call    fmod
        cvtsd2ss xmm0, xmm0
        add     rsp, 8
        ret

# ModuleHeader** corelib_modules_start(void), corelib_modules_end(void): the linker script's bounds of section __modules.
BEGIN corelib_modules_start
        lea     rax, [rip + __modules_start]
        ret
BEGIN corelib_modules_end
        lea     rax, [rip + __modules_end]
        ret

# Entry* corelib_type_names_address(void): null when the build has linked no table in.
        .weak   corelib_type_names
BEGIN corelib_type_names_address
        movabs  rax, offset corelib_type_names
        ret

# Entry* corelib_enum_names_address(void): likewise.
        .weak   corelib_enum_names
BEGIN corelib_enum_names_address
        movabs  rax, offset corelib_enum_names
        ret

# The guard value of frames with stack buffers. Fixed: the image has no source of chance before its first instruction.
# The zero byte inside stops an overrun by text.
        .section .rodata
        .globl  __security_cookie
        .balign 8
__security_cookie:
        .quad   0x7d3f00a9c46e5b12

        .section .note.GNU-stack, "", @progbits
