// SPDX-License-Identifier: BSD-2-Clause
// Pages: mapping level by level, contents, remapping, and the errors on the way.
#include "support.h"

enum { TEST_ADDRESS = 0x8000000000, VGA_TEXT = 0xb8000 };

static word missing_bits(word frame, word address) {
    struct message reply;
    word words[3] = { address, RIGHT_READ | RIGHT_WRITE, 0 };
    word error = invoke(frame, LABEL_PAGE_MAP, 3, words, SLOT_VSPACE, 0, &reply);
    return error == FAILED_LOOKUP && reply.mr[0] == 0 && reply.mr[1] == 2 ? reply.mr[2] : 1000 + error;
}

static word map_table(word type, word label, word address) {
    word words[2] = { address, 0 };
    return invoke(make(type, 0), label, 2, words, SLOT_VSPACE, 0, 0);
}

static void check_levels(word frame) {
    expect("bits left without a PDPT", missing_bits(frame, TEST_ADDRESS), 39);
    expect("a directory needs a PDPT", map_table(TYPE_PAGE_DIRECTORY, LABEL_PD_MAP, TEST_ADDRESS), FAILED_LOOKUP);
    expect("a PDPT is mapped", map_table(TYPE_PDPT, LABEL_PDPT_MAP, TEST_ADDRESS), NO_ERROR);
    expect("a second PDPT", map_table(TYPE_PDPT, LABEL_PDPT_MAP, TEST_ADDRESS), DELETE_FIRST);
    expect("bits left without a directory", missing_bits(frame, TEST_ADDRESS), 30);
    expect("a directory is mapped", map_table(TYPE_PAGE_DIRECTORY, LABEL_PD_MAP, TEST_ADDRESS), NO_ERROR);
    expect("bits left without a table", missing_bits(frame, TEST_ADDRESS), 21);
    expect("a table is mapped", map_table(TYPE_PAGE_TABLE, LABEL_PT_MAP, TEST_ADDRESS), NO_ERROR);
}

void check_memory(void) {
    volatile word *page = (volatile word *)TEST_ADDRESS;
    word frame = make(TYPE_PAGE, 0), other = make(TYPE_PAGE, 0), alias = new_slot();
    check_levels(frame);
    expect("an unaligned address", map_page(frame, TEST_ADDRESS + 8, RIGHT_READ), ALIGNMENT_ERROR);
    expect("an address of the kernel", map_page(frame, 0xffff800000000000, RIGHT_READ), INVALID_ARGUMENT);
    expect("the page is mapped", map_page(frame, TEST_ADDRESS, RIGHT_READ | RIGHT_WRITE), NO_ERROR);
    word sum = 0;
    for (int i = 0; i < 512; i++) sum |= page[i];
    expect("new memory is zero", sum, 0);
    page[7] = 0x1122334455667788;
    expect("the same capability at another address", map_page(frame, TEST_ADDRESS + PAGE_SIZE, RIGHT_READ), INVALID_ARGUMENT);
    expect("the same capability at the same address", map_page(frame, TEST_ADDRESS, RIGHT_READ | RIGHT_WRITE), NO_ERROR);
    expect("a copy of the capability", copy_cap(frame, alias, RIGHT_ALL), NO_ERROR);
    expect("is mapped elsewhere", map_page(alias, TEST_ADDRESS + PAGE_SIZE, RIGHT_READ | RIGHT_WRITE), NO_ERROR);
    expect("and shows the same memory", page[512 + 7], 0x1122334455667788);
    expect("another frame over a mapping", map_page(other, TEST_ADDRESS + PAGE_SIZE, RIGHT_READ | RIGHT_WRITE), NO_ERROR);
    expect("replaces it", page[512 + 7], 0);
    expect("Unmap", invoke(frame, LABEL_PAGE_UNMAP, 0, 0, 0, 0, 0), NO_ERROR);
    expect("Unmap again", invoke(frame, LABEL_PAGE_UNMAP, 0, 0, 0, 0, 0), NO_ERROR);
    expect("another page there", map_page(frame, TEST_ADDRESS + 2 * PAGE_SIZE, RIGHT_READ), NO_ERROR);
    expect("keeps its content", page[1024 + 7], 0x1122334455667788);

    word large = make(TYPE_LARGE_PAGE, 0);
    expect("a large page over a table", map_page(large, TEST_ADDRESS, RIGHT_READ), DELETE_FIRST);
    word beside = TEST_ADDRESS + 0x200000;
    expect("a large page beside it", map_page(large, beside, RIGHT_READ | RIGHT_WRITE), NO_ERROR);
    volatile word *last = (volatile word *)(beside + 0x200000 - 8);
    *last = 42;
    expect("its last word", *last, 42);
    expect("a page inside a large page", missing_bits(make(TYPE_PAGE, 0), beside), 21);
}
