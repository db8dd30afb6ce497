/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

struct boot_info *boot_info;
struct ipc_buffer *buffer;
word result[8];
int failed_tests;

static const char *test_name;
static int has_failed;
static word next_slot;
static word pool;

void print(const char *text)
{
    while (*text) put_char(*text++);
}

void print_number(word value)
{
    if (value >= 1000000) {
        char digits[16];
        int n = 0;
        for (word rest = value; rest; rest >>= 4) digits[n++] = "0123456789abcdef"[rest & 15];
        print("0x");
        while (n) put_char(digits[--n]);
        return;
    }
    if (value >= 10) print_number(value / 10);
    put_char('0' + value % 10);
}

void begin(const char *name)
{
    test_name = name;
    has_failed = 0;
}

void check_equal(const char *what, word actual, word expected)
{
    if (actual == expected || has_failed) return;
    has_failed = 1;
    failed_tests++;
    print("FAILED ");
    print(test_name);
    print(": ");
    print(what);
    print(" is ");
    print_number(actual);
    print(", expected ");
    print_number(expected);
    print("\n");
}

void finish(void)
{
    if (has_failed) return;
    print("ok ");
    print(test_name);
    print("\n");
}

word invoke(word cap, word label, int words, const word *arguments, int caps, const word *extra)
{
    struct message m = { cap, info_of(label, caps, words), { 0 } };
    for (int i = 0; i < words; i++) {
        if (i < 4) m.mr[i] = arguments[i];
        else buffer->message[i] = arguments[i];
    }
    for (int i = 0; i < caps; i++) buffer->caps[i] = extra[i];
    system_call(SYS_CALL, &m);
    for (int i = 0; i < 8; i++) result[i] = i < 4 ? m.mr[i] : buffer->message[i];
    return label_of(m.info);
}

word new_slot(void)
{
    if (!next_slot) next_slot = boot_info->empty.start;
    return next_slot++;
}

word try_retype(word untyped, word type, word size_bits, word slot, word count)
{
    return invoke(untyped, UNTYPED_RETYPE, WORDS(type, size_bits, 0, 0, slot, count), CAPS(SLOT_CNODE));
}

static void stop(const char *reason)
{
    print("FAILED ");
    print(reason);
    print("\n[sel4rpc] end status=1\n");
    for (;;) { }
}

/* All objects come from the largest block of RAM that is there. */
static word find_pool(void)
{
    word best = 0;
    byte best_bits = 0;
    for (word i = 0; i < boot_info->untyped.end - boot_info->untyped.start; i++) {
        struct untyped *u = &boot_info->untyped_list[i];
        if (u->is_device || u->size_bits <= best_bits || u->size_bits > 26) continue;
        best = boot_info->untyped.start + i;
        best_bits = u->size_bits;
    }
    return best;
}

word new_object(word type, word size_bits)
{
    if (!pool) pool = find_pool();
    word slot = new_slot();
    if (try_retype(pool, type, size_bits, slot, 1)) stop("no memory for an object");
    return slot;
}

word map_frame(word address, word rights)
{
    static const word table_types[] = { OBJECT_TABLE, OBJECT_DIRECTORY, OBJECT_PDPT };
    static const word table_labels[] = { TABLE_MAP, DIRECTORY_MAP, PDPT_MAP };
    word frame = new_object(OBJECT_PAGE, 0);
    for (int attempt = 0; attempt < 4; attempt++) {
        if (!invoke(frame, PAGE_MAP, WORDS(address, rights, 0), CAPS(SLOT_VSPACE))) return frame;
        /* FailedLookup says by its bits left which structure is missing: 21, 30 or 39. */
        int level = ((int)result[2] - 21) / 9;
        if (result[1] != 2 || level < 0 || level > 2) break;
        word table = new_object(table_types[level], 0);
        if (invoke(table, table_labels[level], WORDS(address, 0), CAPS(SLOT_VSPACE))) break;
    }
    stop("a frame could not be mapped");
    return 0;
}

struct thread new_thread(void (*run)(void), word priority, word fault_handler)
{
    static byte stacks[24][4096] __attribute__((aligned(16)));
    static int used;
    if (used == 24) stop("too many threads");
    struct thread thread = { new_object(OBJECT_TCB, 0), stacks[used++] + 4096 };
    /* As after a call: the stack is 8 below a multiple of 16. */
    word stack = (word)thread.stack_top - 8;
    if (invoke(thread.tcb, TCB_CONFIGURE, WORDS(fault_handler, 0, 0, 0), CAPS(SLOT_CNODE, SLOT_VSPACE, 0))
        || invoke(thread.tcb, TCB_WRITE, WORDS(0, 2, (word)run, stack), 0, 0))
        stop("a thread could not be made");
    set_priority(thread.tcb, priority);
    return thread;
}

void set_priority(word tcb, word priority)
{
    if (invoke(tcb, TCB_SET_PRIORITY, WORDS(priority), CAPS(SLOT_TCB))) stop("a priority could not be set");
}

void resume(word tcb)
{
    if (invoke(tcb, TCB_RESUME, 0, 0, 0, 0)) stop("a thread could not be resumed");
}

void suspend(word tcb)
{
    if (invoke(tcb, TCB_SUSPEND, 0, 0, 0, 0)) stop("a thread could not be suspended");
}

void root_main(void)
{
    extern word entry_registers[16];
    boot_info = (struct boot_info *)entry_registers[5];
    buffer = (struct ipc_buffer *)boot_info->ipc_buffer;
    test_boot();
    test_objects();
    test_threads();
    test_faults();
    test_registers();
    test_interrupts();
    print_figures();
    print("[sel4rpc] end status=");
    print_number(failed_tests != 0);
    print("\n");
}
