// SPDX-License-Identifier: BSD-2-Clause
// Messages between two threads: badges, words, long messages, capabilities, notifications, registers.
#include "support.h"

enum { LOW = 100, BADGE = 0xb0, REPLY_LABEL = 77, LONG = 20 };

static word endpoint, badged, give, notification, results;

// A client: one call of two words, then one of many words and a capability, then a signal; what it sees goes to its results.
static void client(word argument) {
    volatile word *result = (volatile word *)argument;
    struct ipc_buffer *own = (struct ipc_buffer *)result[0];
    struct message m = { .badge = badged, .info = message_info(5, 0, 2), .mr = { 11, 22, 33, 44 } };
    system_call(CALL, &m);
    result[1] = label_of(m.info);
    result[2] = length_of(m.info);
    result[3] = m.mr[0];
    result[4] = m.mr[2];    // beyond the length of the reply: unchanged
    result[5] = m.badge;
    m = (struct message) { .badge = badged, .info = message_info(6, 1, LONG), .mr = { 1, 2, 3, 4 } };
    for (word i = 4; i < LONG; i++) own->msg[i] = 100 + i;
    own->caps_or_badges[0] = give;
    system_call(CALL, &m);
    result[6] = label_of(m.info);
    m = (struct message) { .badge = notification };
    system_call(SEND, &m);
    m = (struct message) { .badge = endpoint };
    system_call(RECV, &m);      // nobody sends: it stays here
}

static void check_messages(struct thread thread, volatile word *result) {
    struct message m = { .badge = endpoint };
    word receive_slot = new_slot();
    ipc->receive_cnode = SLOT_CNODE;
    ipc->receive_index = receive_slot;
    ipc->receive_depth = DEPTH;
    system_call(RECV, &m);
    expect("a call arrives with its badge", m.badge, BADGE);
    expect("its label", label_of(m.info), 5);
    expect("its length", length_of(m.info), 2);
    expect("its words", m.mr[0] == 11 && m.mr[1] == 22, 1);
    m = (struct message) { .badge = endpoint, .info = message_info(REPLY_LABEL, 0, 1), .mr = { 99 } };
    system_call(REPLY_RECV, &m);
    expect("the reply's label", result[1], REPLY_LABEL);
    expect("the reply's length", result[2], 1);
    expect("the reply's word", result[3], 99);
    expect("words beyond it are left alone", result[4], 33);
    expect("a reply has no badge", result[5], 0);
    expect("a long call arrives", length_of(m.info), LONG);
    word wrong = m.mr[3] != 4;
    for (word i = 4; i < LONG; i++) wrong += ipc->msg[i] != 100 + i;
    expect("with all its words", wrong, 0);
    expect("with one capability", extra_caps_of(m.info), 1);
    expect("that is not unwrapped", unwrapped_of(m.info), 0);
    expect("but in the receive slot", identify(receive_slot), TAG_NOTIFICATION);
    m = (struct message) { .info = message_info(0, 0, 0) };
    system_call(REPLY, &m);
    m = (struct message) { .badge = notification };
    system_call(RECV, &m);      // lets the client run: it has the lower priority
    expect("a signal arrives with its badge", m.badge, 0);
    expect("the client went on after the reply", result[6], 0);

    word words[2] = { 0, 20 };
    struct message reply;
    expect("ReadRegisters", invoke(thread.tcb, LABEL_TCB_READ, 2, words, 0, 0, &reply), NO_ERROR);
    expect("gives twenty words", length_of(reply.info), 20);
    words[1] = 21;
    expect("ReadRegisters of 21", invoke(thread.tcb, LABEL_TCB_READ, 2, words, 0, 0, 0), RANGE_ERROR);
    expect("ReadRegisters of oneself", invoke(SLOT_TCB, LABEL_TCB_READ, 2, (word[]) { 0, 20 }, 0, 0, 0), ILLEGAL_OPERATION);
}

static void check_notification(void) {
    word minted = new_slot(), second = new_slot();
    mint_cap(notification, minted, RIGHT_WRITE, 0x10);
    mint_cap(notification, second, RIGHT_WRITE, 0x03);
    struct message m = { .badge = minted };
    system_call(SEND, &m);
    m = (struct message) { .badge = second };
    system_call(NB_SEND, &m);
    m = (struct message) { .badge = notification, .info = 123 };
    system_call(NB_RECV, &m);
    expect("signals are collected", m.badge, 0x13);
    expect("and touch nothing but the badge", m.info, 123);
    m = (struct message) { .badge = notification };
    system_call(NB_RECV, &m);
    expect("once taken, nothing is left", m.badge, 0);
    expect("BindNotification", invoke(SLOT_TCB, LABEL_TCB_BIND, 0, 0, notification, 0, 0), NO_ERROR);
    expect("BindNotification again", invoke(SLOT_TCB, LABEL_TCB_BIND, 0, 0, notification, 0, 0), ILLEGAL_OPERATION);
    m = (struct message) { .badge = minted };
    system_call(SEND, &m);
    m = (struct message) { .badge = endpoint };
    system_call(RECV, &m);
    expect("a bound notification wakes a receive on an endpoint", m.badge, 0x10);
}

void check_threads(void) {
    endpoint = make(TYPE_ENDPOINT, 0);
    notification = make(TYPE_NOTIFICATION, 0);
    give = make(TYPE_NOTIFICATION, 0);
    badged = new_slot();
    mint_cap(endpoint, badged, RIGHT_ALL, BADGE);
    results = 0x20000000;
    new_page(results);
    volatile word *result = (volatile word *)results;
    struct thread thread = start_thread(client, results, 0, LOW);
    result[0] = (word)thread.buffer;
    word too_high = 256;
    expect("a priority of 256", invoke(thread.tcb, LABEL_TCB_PRIORITY, 1, &too_high, SLOT_TCB, 0, 0), RANGE_ERROR);
    check_messages(thread, result);
    stop_thread(thread);
    check_notification();
}
