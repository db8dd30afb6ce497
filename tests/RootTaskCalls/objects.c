// SPDX-License-Identifier: BSD-2-Clause
// Retype and the CNode methods: effects, and the exact error words.
#include "support.h"

static void check_retype(void) {
    struct message reply;
    word slot = new_slot();
    word words[6] = { TYPE_COUNT, 0, 0, 0, slot, 1 };
    expect("Retype of an unknown type: error", invoke(ram_untyped, LABEL_RETYPE, 6, words, SLOT_CNODE, 0, &reply), INVALID_ARGUMENT);
    expect("Retype of an unknown type: argument", reply.mr[0], 0);
    expect("Retype of five words", invoke(ram_untyped, LABEL_RETYPE, 5, words, SLOT_CNODE, 0, 0), TRUNCATED_MESSAGE);
    expect("Retype without a root", invoke(ram_untyped, LABEL_RETYPE, 6, words, 0, 0, 0), TRUNCATED_MESSAGE);
    expect("Retype of a CNode of radix 0", retype(ram_untyped, TYPE_CNODE, 0, slot, 1), INVALID_ARGUMENT);
    words[0] = TYPE_ENDPOINT;
    words[1] = 64;
    expect("Retype with 64 size bits: error", invoke(ram_untyped, LABEL_RETYPE, 6, words, SLOT_CNODE, 0, &reply), RANGE_ERROR);
    expect("Retype with 64 size bits: minimum", reply.mr[0], 0);
    expect("Retype with 64 size bits: maximum", reply.mr[1], 47);
    expect("Retype of none", retype(ram_untyped, TYPE_ENDPOINT, 0, slot, 0), RANGE_ERROR);
    expect("Retype of 257", retype(ram_untyped, TYPE_ENDPOINT, 0, slot, 257), RANGE_ERROR);
    expect("Retype into an occupied slot", retype(ram_untyped, TYPE_ENDPOINT, 0, SLOT_TCB, 1), DELETE_FIRST);
    expect("Retype of a kernel object from device memory", retype(boot_info->untyped.start, TYPE_ENDPOINT, 0, slot, 1), INVALID_ARGUMENT);
    expect("an unknown method of an untyped", invoke(ram_untyped, LABEL_TCB_RESUME, 0, 0, 0, 0, 0), ILLEGAL_OPERATION);

    word small = make(TYPE_UNTYPED, 12);
    expect("a small untyped", identify(small), TAG_UNTYPED);
    word run = new_slot();
    for (int i = 1; i < 4; i++) new_slot();
    expect("Retype of four notifications", retype(small, TYPE_NOTIFICATION, 0, run, 4), NO_ERROR);
    expect("the last is a notification", identify(run + 3), TAG_NOTIFICATION);
    words[0] = TYPE_PAGE;
    words[1] = 0;
    words[4] = slot;
    expect("no room for a page: error", invoke(small, LABEL_RETYPE, 6, words, SLOT_CNODE, 0, &reply), NOT_ENOUGH_MEMORY);
    expect("no room for a page: bytes left", reply.mr[0], PAGE_SIZE - 4 * 32);
    expect("revoking the untyped", revoke_cap(small), NO_ERROR);
    expect("takes its objects away", identify(run) | identify(run + 3), TAG_NULL);
    expect("and makes room", retype(small, TYPE_PAGE, 0, slot, 1), NO_ERROR);
}

static void check_cnode(void) {
    struct message reply;
    word endpoint = make(TYPE_ENDPOINT, 0), copy = new_slot(), minted = new_slot(), moved = new_slot(), empty = new_slot();
    expect("Copy", copy_cap(endpoint, copy, RIGHT_ALL), NO_ERROR);
    expect("the copy is an endpoint", identify(copy), TAG_ENDPOINT);
    expect("Copy into an occupied slot", copy_cap(endpoint, copy, RIGHT_ALL), DELETE_FIRST);
    word words[5] = { moved, DEPTH, empty, DEPTH, RIGHT_ALL };
    expect("Copy from an empty slot: error", invoke(SLOT_CNODE, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, &reply), FAILED_LOOKUP);
    expect("Copy from an empty slot: the source", reply.mr[0], 1);
    expect("Copy from an empty slot: missing capability", reply.mr[1], 2);
    expect("Copy from an empty slot: bits left", reply.mr[2], DEPTH);
    words[1] = 65;
    expect("a depth of 65: error", invoke(SLOT_CNODE, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, &reply), RANGE_ERROR);
    expect("a depth of 65: minimum", reply.mr[0], 1);
    expect("a depth of 65: maximum", reply.mr[1], 64);
    expect("Mint with a badge", mint_cap(endpoint, minted, RIGHT_WRITE, 0x1234), NO_ERROR);
    expect("a badge cannot be changed", mint_cap(minted, moved, RIGHT_WRITE, 5), ILLEGAL_OPERATION);
    word move[4] = { moved, DEPTH, copy, DEPTH };
    expect("Move", invoke(SLOT_CNODE, LABEL_CNODE_MOVE, 4, move, SLOT_CNODE, 0, 0), NO_ERROR);
    expect("the source is empty afterwards", identify(copy), TAG_NULL);
    expect("the target is not", identify(moved), TAG_ENDPOINT);
    expect("Revoke", revoke_cap(endpoint), NO_ERROR);
    expect("takes the copies", identify(moved) | identify(minted), TAG_NULL);
    expect("and leaves the original", identify(endpoint), TAG_ENDPOINT);
    expect("Delete", delete_cap(endpoint), NO_ERROR);
    expect("empties the slot", identify(endpoint), TAG_NULL);
    expect("Delete of an empty slot", delete_cap(endpoint), NO_ERROR);
    expect("calling an empty slot: error", invoke(endpoint, LABEL_RETYPE, 0, 0, 0, 0, &reply), INVALID_CAPABILITY);
    expect("calling an empty slot: the capability", reply.mr[0], 0);
}

// A second level: a CNode of 16 slots whose guard takes up the bits between.
static void check_second_level(void) {
    word inner = make(TYPE_CNODE, 4), guarded = new_slot();
    expect("a guard is minted", mint_cap(inner, guarded, RIGHT_ALL, DEPTH - 4), NO_ERROR);
    word words[5] = { 3, DEPTH, SLOT_TCB, DEPTH, RIGHT_ALL };
    expect("Copy into the inner CNode", invoke(guarded, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, 0), NO_ERROR);
    expect("Copy into it again", invoke(guarded, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, 0), DELETE_FIRST);
    struct message reply;
    words[0] = 0x13;
    expect("beyond its guard: error", invoke(guarded, LABEL_CNODE_COPY, 5, words, SLOT_CNODE, 0, &reply), FAILED_LOOKUP);
    expect("beyond its guard: the destination", reply.mr[0], 0);
    expect("beyond its guard: guard mismatch", reply.mr[1], 4);
    word last[2] = { 3, DEPTH };
    expect("Delete in it", invoke(guarded, LABEL_CNODE_DELETE, 2, last, 0, 0, 0), NO_ERROR);
    word root_guard = 64;
    expect("a guard that does not fit", mint_cap(inner, new_slot(), RIGHT_ALL, root_guard - 3), ILLEGAL_OPERATION);
}

void check_objects(void) {
    check_retype();
    check_cnode();
    check_second_level();
}
