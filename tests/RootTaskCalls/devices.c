// SPDX-License-Identifier: BSD-2-Clause
// I/O ports and an interrupt: the PIT rings the IOAPIC's pin 2.
#include "support.h"

enum { PIT_CHANNEL0 = 0x40, PIT_COMMAND = 0x43, PIT_PIN = 2, VECTOR = 5, TICKS = 5, PIT_DIVISOR = 0x2e9c /* 100 Hz */, RATE_GENERATOR = 0x34 };

static word issue(word first, word last, word slot) {
    word words[4] = { first, last, slot, DEPTH };
    return invoke(SLOT_PORT_CONTROL, LABEL_PORT_ISSUE, 4, words, SLOT_CNODE, 0, 0);
}

static word out8(word port_cap, word port, word value) { return invoke(port_cap, LABEL_PORT_OUT8, 2, (word[]) { port, value }, 0, 0, 0); }

static void check_interrupt(word ports) {
    word handler = new_slot(), notification = make(TYPE_NOTIFICATION, 0), badged = new_slot();
    mint_cap(notification, badged, RIGHT_ALL, 0x77);
    word words[7] = { handler, DEPTH, 0, PIT_PIN, 0, 0, VECTOR };
    expect("an IOAPIC handler", invoke(SLOT_IRQ_CONTROL, LABEL_IRQ_IOAPIC, 7, words, SLOT_CNODE, 0, 0), NO_ERROR);
    words[0] = new_slot();
    expect("the same vector again", invoke(SLOT_IRQ_CONTROL, LABEL_IRQ_IOAPIC, 7, words, SLOT_CNODE, 0, 0), REVOKE_FIRST);
    expect("SetNotification", invoke(handler, LABEL_IRQ_SET_NOTIFICATION, 0, 0, badged, 0, 0), NO_ERROR);
    out8(ports, PIT_COMMAND, RATE_GENERATOR);
    out8(ports, PIT_CHANNEL0, PIT_DIVISOR & 255);
    out8(ports, PIT_CHANNEL0, PIT_DIVISOR >> 8);
    word wrong = 0;
    for (int i = 0; i < TICKS; i++) {
        invoke(handler, LABEL_IRQ_ACK, 0, 0, 0, 0, 0);
        struct message m = { .badge = notification };
        system_call(RECV, &m);
        wrong += m.badge != 0x77;
    }
    expect("interrupts arrive with the badge", wrong, 0);
    expect("the handler is deleted", delete_cap(handler), NO_ERROR);
}

void check_devices(void) {
    struct message reply;
    word ports = new_slot(), overlap = new_slot();
    expect("ports in the wrong order", issue(0x43, 0x40, ports), INVALID_ARGUMENT);
    expect("a range of ports", issue(PIT_CHANNEL0, PIT_COMMAND, ports), NO_ERROR);
    expect("ports that are taken", issue(0x42, 0x50, overlap), REVOKE_FIRST);
    expect("In8", invoke(ports, LABEL_PORT_IN8, 1, (word[]) { PIT_CHANNEL0 }, 0, 0, &reply), NO_ERROR);
    expect("gives a byte", length_of(reply.info) == 1 && reply.mr[0] <= 255, 1);
    expect("a port beyond the range", out8(ports, 0x44, 0), ILLEGAL_OPERATION);
    check_interrupt(ports);
    expect("the ports are deleted", delete_cap(ports), NO_ERROR);
    expect("and free again", issue(0x42, 0x50, overlap), NO_ERROR);

    word screen = new_slot();
    expect("device memory gives a page", retype(boot_info->untyped.start, TYPE_UNTYPED, 19, screen, 1), NO_ERROR);
}
