/* SPDX-License-Identifier: BSD-2-Clause */
/* Making, copying, mapping and deleting objects. */
#include "check.h"

static void errors(void)
{
    word slot = new_slot();
    begin("invocations are refused with the promised words");
    check_equal("retype type 12", try_retype(boot_info->untyped.start, 12, 0, slot, 1), 1);
    check_equal("argument", result[0], 0);
    check_equal("retype too large", try_retype(boot_info->untyped.start, OBJECT_UNTYPED, 64, slot, 1), 4);
    check_equal("maximum", result[1], 47);
    check_equal("TCB from device memory", try_retype(boot_info->untyped.start, OBJECT_TCB, 0, slot, 1), 1);
    check_equal("argument", result[0], 1);
    check_equal("empty slot", invoke(slot, CNODE_DELETE, 0, 0, 0, 0), 2);
    check_equal("capability", result[0], 0);
    check_equal("wrong label", invoke(SLOT_TCB, CNODE_DELETE, 0, 0, 0, 0), 3);
    check_equal("too short", invoke(SLOT_TCB, TCB_SET_PRIORITY, 0, 0, 0, 0), 7);
    finish();
}

static void copies(void)
{
    word endpoint = new_object(OBJECT_ENDPOINT, 0);
    word copy = new_slot(), minted = new_slot();
    begin("copies go with a revocation, the original stays");
    check_equal("copy", invoke(SLOT_CNODE, CNODE_COPY, WORDS(copy, 64, endpoint, 64, 15), CAPS(SLOT_CNODE)), 0);
    check_equal("mint", invoke(SLOT_CNODE, CNODE_MINT, WORDS(minted, 64, endpoint, 64, 15, 77), CAPS(SLOT_CNODE)), 0);
    check_equal("occupied", invoke(SLOT_CNODE, CNODE_COPY, WORDS(copy, 64, endpoint, 64, 15), CAPS(SLOT_CNODE)), 8);
    check_equal("revoke", invoke(SLOT_CNODE, CNODE_REVOKE, WORDS(endpoint, 64), 0, 0), 0);
    check_equal("gone", invoke(copy, 0, 0, 0, 0, 0), 2);
    check_equal("gone too", invoke(minted, 0, 0, 0, 0, 0), 2);
    check_equal("copy of the original", invoke(SLOT_CNODE, CNODE_COPY, WORDS(copy, 64, endpoint, 64, 15), CAPS(SLOT_CNODE)), 0);
    finish();
}

static void mappings(void)
{
    volatile word *page = (word *)0x7f0000001000;
    begin("a mapped frame is zeroed memory");
    word frame = map_frame((word)page, 3);
    check_equal("first word", page[0], 0);
    check_equal("last word", page[511], 0);
    page[5] = 1234;
    check_equal("address", invoke(frame, PAGE_ADDRESS, 0, 0, 0, 0), 0);
    check_equal("low bits", result[0] & 4095, 0);
    check_equal("unmap", invoke(frame, PAGE_UNMAP, 0, 0, 0, 0), 0);
    check_equal("map again", invoke(frame, PAGE_MAP, WORDS((word)page + 4096, 3, 0), CAPS(SLOT_VSPACE)), 0);
    check_equal("what was written", page[512 + 5], 1234);
    check_equal("misaligned", invoke(frame, PAGE_MAP, WORDS((word)page + 4096, 3, 0), CAPS(SLOT_TCB)), 2);
    check_equal("large page", invoke(new_object(OBJECT_LARGE_PAGE, 0), PAGE_MAP, WORDS(0x40000000, 3, 0), CAPS(SLOT_VSPACE)), 6);
    finish();
}

static void reuse(void)
{
    word untyped = new_object(OBJECT_UNTYPED, 16), slot = new_slot();
    begin("revoked memory comes back empty");
    check_equal("retype", try_retype(untyped, OBJECT_PAGE, 0, slot, 1), 0);
    volatile word *page = (word *)0x7f0000003000;
    check_equal("map", invoke(slot, PAGE_MAP, WORDS((word)page, 3, 0), CAPS(SLOT_VSPACE)), 0);
    page[0] = 99;
    check_equal("full", try_retype(untyped, OBJECT_UNTYPED, 16, slot + 1, 1), 10);
    check_equal("bytes left", result[0], 65536 - 4096);
    check_equal("revoke", invoke(SLOT_CNODE, CNODE_REVOKE, WORDS(untyped, 64), 0, 0), 0);
    check_equal("retype again", try_retype(untyped, OBJECT_PAGE, 0, slot, 1), 0);
    check_equal("map again", invoke(slot, PAGE_MAP, WORDS((word)page, 3, 0), CAPS(SLOT_VSPACE)), 0);
    check_equal("first word", page[0], 0);
    finish();
}

void test_objects(void)
{
    errors();
    copies();
    mappings();
    reuse();
}
