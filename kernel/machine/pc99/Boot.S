// SPDX-License-Identifier: BSD-2-Clause
// From the multiboot loader to kernel_main: checks the processor, builds the first page tables, enters long mode and jumps
// to the upper half. Runs once, with interrupts off.
//
// Virtual memory afterwards (one page-directory-pointer table, shared by every address space through PML4 entry 511):
//   0xffffff8000000000  window on physical memory: 1 GiB pages, or 2 MiB pages for the first 64 GiB
//   0xffffffff80000000  physical 0…1 GiB once more, for the kernel image
//   0xffffffffc0000000  4 KiB pages: devices of the kernel (KernelPageTables.cs), and the kernel's stack at the end, with a hole
//                       below it, so that an overflow is a double fault and not a silent overwriting

        .intel_syntax noprefix
        .set    KERNEL_BASE, 0xffffffff80000000

        .set    MULTIBOOT_MAGIC, 0x1badb002
        .set    MULTIBOOT_LOADER, 0x2badb002
        .set    MULTIBOOT_FLAGS, 0x00010003     # aligned modules, memory information, address fields below

        .set    DIRECTORIES, 64                 # page directories of 1 GiB each when there are no 1 GiB pages
        .set    IMAGE_ENTRY, 510
        .set    DEVICE_ENTRY, 511
        .set    STACK_FIRST_PAGE, 507           # in the device table; the end is kernel_stack_top of link.ld
        .set    STACK_PAGES, 4
        .set    TABLE, 0x03                     # present, writable
        .set    PAGE, 0x103                     # present, writable, global
        .set    LARGE, 0x183                    # present, writable, large page, global
        .set    SERIAL, 0x3f8
        .set    VGA_TEXT, 0xb8000
        .set    VGA_CELLS, 2000

        .section .boot.header, "a", @progbits
        .balign 4
multiboot_header:
        .long   MULTIBOOT_MAGIC
        .long   MULTIBOOT_FLAGS
        .long   -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)
        .long   multiboot_header                # where this header is
        .long   image_load_start                # first byte to load
        .long   image_load_end                  # end of what the file holds
        .long   image_end                       # end of the cleared part
        .long   kernel_start

        .section .boot.text, "ax", @progbits
        .code32
        .globl  kernel_start
kernel_start:
        cli
        cld
        mov     ebp, eax                        # loader's magic; ebx keeps the information structure
        mov     esp, offset boot_stack_top

        // The loader may have skipped the cleared part; page tables, stacks and the kernel's state live there.
        mov     edi, offset bss_start - KERNEL_BASE
        mov     ecx, offset bss_end - KERNEL_BASE
        sub     ecx, edi
        shr     ecx, 2
        xor     eax, eax
        rep     stosd

        cmp     ebp, MULTIBOOT_LOADER
        mov     esi, offset text_no_multiboot
        jne     stop_with_text
        call    check_processor
        call    build_page_tables

        mov     eax, cr4
        or      eax, 0xa0                       # PAE, PGE
        mov     cr4, eax
        mov     eax, offset kernel_pml4 - KERNEL_BASE
        mov     cr3, eax
        mov     ecx, 0xc0000080                 # EFER: LME, SCE
        rdmsr
        or      eax, 0x101
        wrmsr
        mov     eax, cr0
        and     eax, 0x9ffaffff                 # caches on, no alignment checks, write protection comes with the next line
        or      eax, 0x80010023                 # PG, WP, NE, MP, PE
        and     eax, 0xfffffff3                 # no emulation, no TS
        mov     cr0, eax
        lgdt    [boot_gdt_pointer]
        push    0x08
        push    offset enter_long_mode
        retf

// Puts the names of all missing features on the console and stops, or returns. Leaves the processor's 1 GiB page ability and
// address width in boot_has_huge_pages and boot_physical_bits.
check_processor:
        pushfd                                  # a processor with CPUID lets bit 21 of the flags change
        pop     eax
        mov     ecx, eax
        xor     eax, 0x200000
        push    eax
        popfd
        pushfd
        pop     eax
        xor     eax, ecx
        test    eax, 0x200000
        mov     esi, offset text_no_cpuid
        jz      stop_with_text

        push    ebx
        mov     eax, 1
        cpuid
        mov     [features_basic], edx
        mov     eax, 0x80000000
        cpuid
        cmp     eax, 0x80000001
        jb      2f
        mov     esi, eax
        mov     eax, 0x80000001
        cpuid
        mov     [features_extended], edx
        bt      edx, 26
        setc    [boot_has_huge_pages]
        cmp     esi, 0x80000008
        jb      2f
        mov     eax, 0x80000008
        cpuid
        mov     [boot_physical_bits], al
2:      pop     ebx

        mov     edi, offset needed_features     # records: address of feature word, bit number, name
        xor     ebp, ebp                        # number of missing ones
3:      mov     eax, [edi]
        test    eax, eax
        jz      5f
        mov     ecx, [edi + 4]
        bt      [eax], ecx
        jc      4f
        test    ebp, ebp
        jnz     6f
        call    open_console
        mov     esi, offset text_missing
        call    print
6:      inc     ebp
        mov     esi, [edi + 8]
        call    print
4:      add     edi, 12
        jmp     3b
5:      test    ebp, ebp
        mov     esi, offset text_advice
        jnz     print_and_stop
        ret

build_page_tables:
        mov     edi, offset kernel_pdpt - KERNEL_BASE
        mov     eax, offset kernel_pdpt - KERNEL_BASE + TABLE
        mov     [kernel_pml4 - KERNEL_BASE], eax # identity, until the jump to the upper half
        mov     [kernel_pml4 - KERNEL_BASE + 511 * 8], eax
        mov     eax, offset kernel_device_directory - KERNEL_BASE + TABLE
        mov     [edi + DEVICE_ENTRY * 8], eax
        mov     eax, offset kernel_device_table - KERNEL_BASE + TABLE
        mov     [kernel_device_directory - KERNEL_BASE], eax

        mov     eax, offset kernel_stack - KERNEL_BASE + PAGE
        xor     ecx, ecx
5:      mov     [kernel_device_table - KERNEL_BASE + STACK_FIRST_PAGE * 8 + ecx * 8], eax
        add     eax, 0x1000
        inc     ecx
        cmp     ecx, STACK_PAGES
        jb      5b

        cmp     byte ptr [boot_has_huge_pages], 0
        je      2f
        mov     dword ptr [edi + IMAGE_ENTRY * 8], LARGE
        movzx   ecx, byte ptr [boot_physical_bits]
        mov     esi, IMAGE_ENTRY                # one entry for each GiB that the processor can address
        cmp     ecx, 39
        jae     7f
        sub     ecx, 30
        mov     esi, 1
        shl     esi, cl
7:      xor     ecx, ecx
1:      mov     eax, ecx
        shl     eax, 30
        or      eax, LARGE
        mov     edx, ecx
        shr     edx, 2
        mov     [edi + ecx * 8], eax
        mov     [edi + ecx * 8 + 4], edx
        inc     ecx
        cmp     ecx, esi
        jb      1b
        mov     [boot_window_gibibytes], esi
        ret

2:      xor     ecx, ecx
        mov     eax, offset kernel_directories - KERNEL_BASE + TABLE
        mov     [edi + IMAGE_ENTRY * 8], eax
3:      mov     [edi + ecx * 8], eax
        add     eax, 0x1000
        inc     ecx
        cmp     ecx, DIRECTORIES
        jb      3b
        mov     edi, offset kernel_directories - KERNEL_BASE
        xor     ecx, ecx
4:      mov     eax, ecx
        shl     eax, 21
        or      eax, LARGE
        mov     edx, ecx
        shr     edx, 11
        mov     [edi + ecx * 8], eax
        mov     [edi + ecx * 8 + 4], edx
        inc     ecx
        cmp     ecx, DIRECTORIES * 512
        jb      4b
        mov     dword ptr [boot_window_gibibytes], DIRECTORIES
        ret

// Sets the first serial port to 115200 baud, 8 bits, no parity, one stop bit, and blanks the text screen.
open_console:
        push    edi
        mov     ebp, offset serial_set_up
1:      movzx   edx, word ptr [ebp]
        mov     al, [ebp + 2]
        out     dx, al
        add     ebp, 3
        cmp     ebp, offset serial_set_up_end
        jb      1b
        mov     edi, VGA_TEXT
        mov     ecx, VGA_CELLS / 2
        mov     eax, 0x07200720
        rep     stosd
        xor     ebp, ebp
        pop     edi
        ret

// Prints the zero-terminated text at esi on the serial port and the screen.
print:
        lodsb
        test    al, al
        jz      3f
        mov     ecx, [screen_cell]
        mov     byte ptr [ecx], al
        add     dword ptr [screen_cell], 2
        mov     ah, al
        mov     edx, SERIAL + 5
        mov     ecx, 100000                     # a port that is not there must not hold us up
1:      in      al, dx
        test    al, 0x20
        jnz     2f
        dec     ecx
        jnz     1b
2:      mov     edx, SERIAL
        mov     al, ah
        out     dx, al
        jmp     print
3:      ret

stop_with_text:
        mov     edi, esi
        call    open_console
        mov     esi, edi
print_and_stop:
        call    print
1:      cli
        hlt
        jmp     1b

        .code64
enter_long_mode:
        movabs  rax, offset enter_upper_half
        jmp     rax

        .section .boot.data, "aw", @progbits
        .balign 16
boot_gdt:
        .quad   0
        .quad   0x00af9a000000ffff              # 64-bit code, ring 0
boot_gdt_pointer:
        .word   . - boot_gdt - 1
        .long   boot_gdt

        .balign 4
screen_cell:            .long   VGA_TEXT
features_basic:         .long   0               # CPUID.1:EDX
features_extended:      .long   0               # CPUID.80000001H:EDX
boot_window_gibibytes:  .long   0
boot_has_huge_pages:    .byte   0
boot_physical_bits:     .byte   36
        .globl  boot_has_huge_pages, boot_window_gibibytes

serial_set_up:
        .macro  PORT_WRITE register, value
        .word   SERIAL + \register
        .byte   \value
        .endm
        PORT_WRITE 1, 0x00                      # no interrupts
        PORT_WRITE 3, 0x80                      # divisor latch open
        PORT_WRITE 0, 0x01                      # divisor 1: 115200 baud
        PORT_WRITE 1, 0x00
        PORT_WRITE 3, 0x03                      # 8N1, latch closed
        PORT_WRITE 2, 0x07                      # FIFOs on and empty
        PORT_WRITE 4, 0x03                      # DTR, RTS
serial_set_up_end:

        .macro  NEED word, bit, name
        .long   \word, \bit, 1f
        .pushsection .boot.text.names, "a", @progbits
1:      .asciz  " \name"
        .popsection
        .endm
        .balign 4
needed_features:
        NEED    features_basic, 0, "FPU"
        NEED    features_basic, 4, "TSC"
        NEED    features_basic, 5, "MSR"
        NEED    features_basic, 6, "PAE"
        NEED    features_basic, 9, "APIC"
        NEED    features_basic, 13, "PGE"
        NEED    features_basic, 16, "PAT"
        NEED    features_basic, 24, "FXSR"
        NEED    features_basic, 25, "SSE"
        NEED    features_basic, 26, "SSE2"
        NEED    features_extended, 11, "SYSCALL"
        NEED    features_extended, 29, "long-mode"
        .long   0

text_missing:           .asciz  "KERNEL PANIC: the processor lacks:"
text_advice:            .asciz  ". Choose a 64-bit one; in QEMU: -cpu max, -cpu Nehalem or -cpu qemu64\n"
text_no_cpuid:          .asciz  "KERNEL PANIC: the processor has no CPUID. Choose a 64-bit one; in QEMU: -cpu max\n"
text_no_multiboot:      .asciz  "KERNEL PANIC: not started by a multiboot 1 loader (EAX is not 0x2badb002)\n"

        .balign 16
        .skip   1024
boot_stack_top:

        .text
        .globl  enter_upper_half
enter_upper_half:
        lea     rsp, [rip + kernel_stack_top]
        push    0
        popfq
        xor     eax, eax
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     fs, eax
        mov     gs, eax
        mov     qword ptr [rip + kernel_pml4], rax # no identity mapping from here on
        mov     rax, cr3
        mov     cr3, rax
        mov     rax, cr4                        # the identity entries were global: only PGE off and on forgets them
        mov     rcx, rax
        and     rcx, ~0x80
        mov     cr4, rcx
        mov     cr4, rax
        mov     edi, ebx
        xor     ebp, ebp
        call    kernel_main
        jmp     trap_return

        .section .bss.tables, "aw", @nobits
        .balign 4096
        .globl  kernel_pml4, kernel_device_table
kernel_pml4:            .skip   4096
kernel_pdpt:            .skip   4096
kernel_device_directory: .skip  4096
kernel_device_table:    .skip   4096
kernel_directories:     .skip   4096 * DIRECTORIES

        .section .note.GNU-stack, "", @progbits
