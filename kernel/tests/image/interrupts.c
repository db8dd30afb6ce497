/* SPDX-License-Identifier: BSD-2-Clause */
/* A device driver: the PIT, its I/O ports and its interrupt. While it waits, nothing else can run, so the kernel idles. */
#include "check.h"

enum { PIT_DATA = 0x40, PIT_COMMAND = 0x43, PIT_PIN = 2, VECTOR = 7 };

static word ports;

static void out(word port, word value)
{
    check_equal("out", invoke(ports, PORT_OUT8, WORDS(port, value), 0, 0), 0);
}

static void pit(void)
{
    word handler = new_slot(), notification = new_object(OBJECT_NOTIFICATION, 0), badged = new_slot();
    ports = new_slot();
    begin("a driver gets its device's interrupts while the processor idles");
    check_equal("ports", invoke(SLOT_PORT_CONTROL, PORT_ISSUE, WORDS(PIT_DATA, PIT_COMMAND, ports, 64), CAPS(SLOT_CNODE)), 0);
    check_equal("handler", invoke(SLOT_IRQ_CONTROL, IRQ_GET_IOAPIC, WORDS(handler, 64, 0, PIT_PIN, 0, 0, VECTOR), CAPS(SLOT_CNODE)), 0);
    check_equal("again", invoke(SLOT_IRQ_CONTROL, IRQ_GET_IOAPIC, WORDS(handler, 64, 0, PIT_PIN, 0, 0, VECTOR), CAPS(SLOT_CNODE)), 9);
    check_equal("mint", invoke(SLOT_CNODE, CNODE_MINT, WORDS(badged, 64, notification, 64, 15, 1 << 4), CAPS(SLOT_CNODE)), 0);
    check_equal("set", invoke(handler, IRQ_SET_NOTIFICATION, 0, 0, CAPS(badged)), 0);
    out(PIT_COMMAND, 0x34);
    out(PIT_DATA, 11932 & 255);
    out(PIT_DATA, 11932 >> 8);
    check_equal("acknowledge", invoke(handler, IRQ_ACK, 0, 0, 0, 0), 0);
    word start = time_stamp();
    for (int i = 0; i < 10; i++) {
        struct message m = { notification, 0, { 0 } };
        system_call(SYS_RECV, &m);
        check_equal("badge", m.badge, 1 << 4);
        check_equal("acknowledge", invoke(handler, IRQ_ACK, 0, 0, 0, 0), 0);
    }
    CHECK(time_stamp() - start > 1000000);
    check_equal("port outside", invoke(ports, PORT_IN8, WORDS(0x60), 0, 0), 3);
    check_equal("delete", invoke(SLOT_CNODE, CNODE_DELETE, WORDS(handler, 64), 0, 0), 0);
    finish();
}

void test_interrupts(void)
{
    pit();
}
