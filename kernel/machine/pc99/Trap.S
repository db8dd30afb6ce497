// SPDX-License-Identifier: BSD-2-Clause
// Every way into the kernel and the one way out.
//
// While a user program runs, TSS.RSP0 holds the end of its thread's register area (Tcb.Registers, order of UserContext.cs), so
// that the processor itself pushes SS, RSP, RFLAGS, CS and RIP where they belong; the syscall instruction pushes nothing and
// its entry reads the same word. The rest is stored by the code here. C# then runs on the kernel's one stack, with
// interrupts off, and trap_return restores whatever thread has become the current one.
//
// The kernel uses no vector register, so those are left as they are. FS and GS bases are changed by thread switches only.

        .intel_syntax noprefix

// Distances from the end of the register area; a test holds them against UserContext.cs.
        .set    AT_RDI, -192
        .set    AT_RSI, -184
        .set    AT_RAX, -176
        .set    AT_RBX, -168
        .set    AT_RBP, -160
        .set    AT_R12, -152
        .set    AT_R13, -144
        .set    AT_R14, -136
        .set    AT_RDX, -128
        .set    AT_R10, -120
        .set    AT_R8, -112
        .set    AT_R9, -104
        .set    AT_R15, -96
        .set    AT_R11, -88
        .set    AT_RCX, -80
        .set    AT_FS_BASE, -72
        .set    AT_GS_BASE, -64
        .set    AT_FAULT_IP, -56
        .set    AT_ERROR, -48
        .set    AT_RIP, -40
        .set    AT_CS, -32
        .set    AT_RFLAGS, -24
        .set    AT_RSP, -16
        .set    AT_SS, -8

        .set    BY_SYSCALL, -1                  # in AT_ERROR: RCX and R11 are free, so sysret may be used
        .set    GENERAL_PROTECTION, 13
        .set    SPURIOUS_VECTOR, 255

        .set    KERNEL_CODE, 0x08
        .set    KERNEL_DATA, 0x10
        .set    TASK_STATE, 0x38

        .text

// The syscall instruction: RCX = next instruction, R11 = flags, RSP still the user's. RDX = system call number.
        .balign 64
        .globl  syscall_entry
syscall_entry:
        mov     [rip + user_stack], rsp
        mov     rsp, [rip + task_state_stack]
        mov     [rsp + AT_RIP], rcx
        sub     rcx, 2                          # the instruction is two bytes long; a restart executes it again
        mov     [rsp + AT_FAULT_IP], rcx
        mov     qword ptr [rsp + AT_ERROR], BY_SYSCALL
        mov     [rsp + AT_RFLAGS], r11
        mov     [rsp + AT_R15], r15
        mov     [rsp + AT_R9], r9
        mov     [rsp + AT_R8], r8
        mov     [rsp + AT_R10], r10
        mov     [rsp + AT_RDX], rdx
        mov     [rsp + AT_R14], r14
        mov     [rsp + AT_R13], r13
        mov     [rsp + AT_R12], r12
        mov     [rsp + AT_RBP], rbp
        mov     [rsp + AT_RBX], rbx
        mov     [rsp + AT_RAX], rax
        mov     [rsp + AT_RSI], rsi
        mov     [rsp + AT_RDI], rdi
        mov     rax, [rip + user_stack]
        mov     [rsp + AT_RSP], rax
        lea     rsp, [rip + kernel_stack_top]
        lea     rdi, [rip + kernel_state]
        mov     rsi, rdx
        call    kernel_syscall

// Back to the current thread. After a syscall by sysret; in all other cases every register counts and iretq restores them.
        .globl  trap_return
trap_return:
        mov     rsp, [rip + task_state_stack]
        cmp     qword ptr [rsp + AT_ERROR], BY_SYSCALL
        jne     return_with_all
        mov     rcx, [rsp + AT_RIP]
        cmp     rcx, [rip + last_user_address]  # sysret to a non-canonical address would fault in ring 0 (SDM 2B SYSRET)
        ja      return_with_all
        mov     r11, [rsp + AT_RFLAGS]
        mov     r15, [rsp + AT_R15]
        mov     r9, [rsp + AT_R9]
        mov     r8, [rsp + AT_R8]
        mov     r10, [rsp + AT_R10]
        mov     rdx, [rsp + AT_RDX]
        mov     r14, [rsp + AT_R14]
        mov     r13, [rsp + AT_R13]
        mov     r12, [rsp + AT_R12]
        mov     rbp, [rsp + AT_RBP]
        mov     rbx, [rsp + AT_RBX]
        mov     rax, [rsp + AT_RAX]
        mov     rsi, [rsp + AT_RSI]
        mov     rdi, [rsp + AT_RDI]
        mov     rsp, [rsp + AT_RSP]
        sysretq

return_with_all:
        mov     rcx, [rsp + AT_RIP]
        mov     rax, rcx
        shl     rax, 16
        sar     rax, 16
        cmp     rax, rcx                        # iretq to a non-canonical address may fault in ring 0 as well
        jne     return_address_is_bad
        mov     r11, [rsp + AT_R11]
        mov     rcx, [rsp + AT_RCX]
        mov     r15, [rsp + AT_R15]
        mov     r9, [rsp + AT_R9]
        mov     r8, [rsp + AT_R8]
        mov     r10, [rsp + AT_R10]
        mov     rdx, [rsp + AT_RDX]
        mov     r14, [rsp + AT_R14]
        mov     r13, [rsp + AT_R13]
        mov     r12, [rsp + AT_R12]
        mov     rbp, [rsp + AT_RBP]
        mov     rbx, [rsp + AT_RBX]
        mov     rax, [rsp + AT_RAX]
        mov     rsi, [rsp + AT_RSI]
        mov     rdi, [rsp + AT_RDI]
        add     rsp, AT_RIP
        iretq

// Some processors jump to a non-canonical address before they complain, and leave it in the saved RIP. The thread gets the
// general protection fault that it earned.
return_address_is_bad:
        mov     [rsp + AT_FAULT_IP], rcx
        mov     qword ptr [rsp + AT_ERROR], 0
        mov     esi, GENERAL_PROTECTION
        xor     edx, edx
        xor     ecx, ecx
        lea     rsp, [rip + kernel_stack_top]
        lea     rdi, [rip + kernel_state]
        call    kernel_exception
        jmp     trap_return

// What the idle thread does, in ring 0. Interrupts are open only between these two instructions, so that an interrupt
// which arrives earlier still ends the halt.
        .balign 16
        .globl  idle_loop
idle_loop:
        sti
        hlt
        jmp     idle_loop

// Stores the registers that the processor did not push. On entry the stack holds vector, error code and the processor's
// five words; afterwards RSP is the start of the register area and the vector is in RSI, the error code in RDX.
        .macro  SAVE_REGISTERS
        sub     rsp, 16                         # FS and GS base
        push    rcx
        push    r11
        push    r15
        push    r9
        push    r8
        push    r10
        push    rdx
        push    r14
        push    r13
        push    r12
        push    rbp
        push    rbx
        push    rax
        push    rsi
        push    rdi
        mov     rsi, [rsp + 192 + AT_FAULT_IP]
        mov     rdx, [rsp + 192 + AT_ERROR]
        mov     rax, [rsp + 192 + AT_RIP]
        mov     [rsp + 192 + AT_FAULT_IP], rax
        cld
        .endm

exception_from_anywhere:
        test    byte ptr [rsp + 24], 3          # privilege level of the saved CS
        jz      exception_in_kernel
        SAVE_REGISTERS
        mov     rcx, cr2
        lea     rsp, [rip + kernel_stack_top]
        lea     rdi, [rip + kernel_state]
        call    kernel_exception
        jmp     trap_return

// A bug of the kernel, or news that cannot wait (NMI, machine check, double fault): report and stop.
exception_in_kernel:
        SAVE_REGISTERS
        mov     rdi, rsp
        mov     rcx, cr2
        and     rsp, -16
        call    kernel_trapped
1:      cli
        hlt
        jmp     1b

interrupt_from_anywhere:
        test    byte ptr [rsp + 24], 3
        jz      interrupt_in_idle
        SAVE_REGISTERS
        lea     rsp, [rip + kernel_stack_top]
        lea     rdi, [rip + kernel_state]
        call    kernel_interrupt
        jmp     trap_return

// Interrupts are off in the kernel but in the idle loop, which has no registers worth keeping.
interrupt_in_idle:
        mov     rsi, [rsp]
        lea     rsp, [rip + kernel_stack_top]
        lea     rdi, [rip + kernel_state]
        call    kernel_interrupt
        jmp     trap_return

// 256 stubs of 16 bytes. Which exceptions push an error code: SDM 3A §6.15 (8, 10–14, 17, 21, 29, 30).
        .macro  STUB vector
        .balign 16
        .if \vector == SPURIOUS_VECTOR
        iretq
        .else
        .set    has_error_code, 0
        .irp    number, 8, 10, 11, 12, 13, 14, 17, 21, 29, 30
        .if \vector == \number
        .set    has_error_code, 1
        .endif
        .endr
        .if has_error_code == 0
        push    0
        .endif
        push    \vector
        .if (\vector == 2) || (\vector == 8) || (\vector == 18)
        jmp     exception_in_kernel
        .elseif \vector < 32
        jmp     exception_from_anywhere
        .else
        jmp     interrupt_from_anywhere
        .endif
        .endif
        .endm

        .balign 16
trap_stubs:
        .altmacro
        .set    vector, 0
        .rept   256
        STUB    %vector
        .set    vector, vector + 1
        .endr
        .noaltmacro

        .section .rodata
        .balign 8
last_user_address:
        .quad   0x00007fffffffffff

// Addresses that C# needs, in the order of ImageSymbols.cs.
        .balign 8
        .globl  machine_symbols_table
machine_symbols_table:
        .quad   global_descriptor_table
        .quad   task_state
        .quad   interrupt_descriptor_table
        .quad   trap_stubs
        .quad   syscall_entry
        .quad   idle_loop
        .quad   kernel_state
        .quad   kernel_state_end - kernel_state
        .quad   kernel_epitaph
        .quad   kernel_epitaph_end - kernel_epitaph
        .quad   kernel_stack_top
        .quad   fault_stack_top
        .quad   nmi_stack_top
        .quad   machine_check_stack_top
        .quad   kernel_pml4
        .quad   kernel_device_table
        .quad   image_load_start
        .quad   image_end
        .quad   boot_has_huge_pages + 0xffffffff80000000
        .quad   boot_window_gibibytes + 0xffffffff80000000

// SYSRET takes SS from the entry before CS (SDM 2B SYSRET): 0x20 and 0x28. The entry before those two stays empty, so there
// is no 32-bit code segment that a user program could jump to. Threads start with SS = 0x33, as the ABI has it.
        .data
        .balign 16
global_descriptor_table:
        .quad   0
        .quad   0x00af9b000000ffff              # 0x08 kernel code
        .quad   0x00cf93000000ffff              # 0x10 kernel data
        .quad   0
        .quad   0x00cff3000000ffff              # 0x23 user data after sysret
        .quad   0x00affb000000ffff              # 0x2b user code
        .quad   0x00cff3000000ffff              # 0x33 user data
        .quad   0, 0                            # 0x38 task state, filled in by DescriptorTables.cs

// The task state segment. Its first pointer is misaligned by design (SDM 3A §7.7); the segment is moved by four bytes so that
// the word which every system call reads lies in one piece.
        .section .bss.machine, "aw", @nobits
        .balign 128
        .skip   4
task_state:
        .skip   4
task_state_stack:
        .skip   100
        .balign 8
user_stack:
        .skip   8
        .balign 4096
interrupt_descriptor_table:
        .skip   4096

        .globl  kernel_state
        .balign 4096
kernel_state:
        .skip   24576
kernel_state_end:

// The last report of a kernel bug, for debuggers and test drivers (TextOutput.cs).
        .globl  kernel_epitaph
kernel_epitaph:
        .skip   512
kernel_epitaph_end:

// The kernel's stack is used through its other mapping, which ends at kernel_stack_top (Boot.S).
        .globl  kernel_stack
        .balign 4096
kernel_stack:
        .skip   16384
        .skip   4096
fault_stack_top:
        .skip   4096
nmi_stack_top:
        .skip   4096
machine_check_stack_top:

        .section .note.GNU-stack, "", @progbits
