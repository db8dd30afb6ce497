/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages between threads, and who runs. */
#include "check.h"

static word endpoint, badged, notification;
static volatile word received, order;

static void server(void)
{
    struct message m = { endpoint, 0, { 0 } };
    system_call(SYS_RECV, &m);
    for (;;) {
        received = m.badge;
        for (int i = 0; i < 4; i++) m.mr[i] = m.mr[i] * 2;
        m.badge = endpoint;
        m.info = info_of(label_of(m.info) + 1, 0, length_of(m.info));
        system_call(SYS_REPLY_RECV, &m);
    }
}

static void calls(void)
{
    endpoint = new_object(OBJECT_ENDPOINT, 0);
    badged = new_slot();
    begin("a call reaches the server and its reply the caller");
    check_equal("mint", invoke(SLOT_CNODE, CNODE_MINT, WORDS(badged, 64, endpoint, 64, 15, 0xdeadbeef12345678), CAPS(SLOT_CNODE)), 0);
    struct thread thread = new_thread(server, 255, 0);
    resume(thread.tcb);
    for (word i = 0; i < 100; i++) {
        struct message m = { badged, info_of(7, 0, 4), { i, i + 1, i + 2, ~0ul } };
        system_call(SYS_CALL, &m);
        check_equal("label", label_of(m.info), 8);
        check_equal("length", length_of(m.info), 4);
        check_equal("first word", m.mr[0], 2 * i);
        check_equal("third word", m.mr[2], 2 * i + 4);
        check_equal("fourth word", m.mr[3], ~1ul);
        check_equal("badge of a reply", m.badge, 0);
        check_equal("badge", received, 0xdeadbeef12345678);
    }
    suspend(thread.tcb);
    finish();
}

static void waiter(void)
{
    for (;;) {
        struct message m = { notification, 0, { 0 } };
        system_call(SYS_RECV, &m);
        order = order * 10 + m.badge;
    }
}

static void signal(word cap)
{
    struct message m = { cap, info_of(0, 0, 0), { 0 } };
    system_call(SYS_SEND, &m);
}

static void signals(void)
{
    word three = new_slot();
    notification = new_object(OBJECT_NOTIFICATION, 0);
    begin("a signal wakes its waiter when the priority allows");
    check_equal("mint", invoke(SLOT_CNODE, CNODE_MINT, WORDS(three, 64, notification, 64, 15, 3), CAPS(SLOT_CNODE)), 0);
    struct thread thread = new_thread(waiter, 10, 0);
    resume(thread.tcb);
    signal(three);
    check_equal("lower thread has not run", order, 0);
    set_priority(thread.tcb, 255);
    set_priority(SLOT_TCB, 100);
    check_equal("higher thread ran", order, 3);
    signal(three);
    check_equal("it runs at once", order, 33);
    suspend(thread.tcb);
    set_priority(SLOT_TCB, 255);
    struct message poll = { notification, 5, { 6, 0, 0, 0 } };
    system_call(SYS_NB_RECV, &poll);
    check_equal("nothing to poll", poll.badge, 0);
    check_equal("header unchanged", poll.info, 5);
    check_equal("word unchanged", poll.mr[0], 6);
    finish();
}

static volatile word counters[2];
static volatile word deadline_reached;

static void count_first(void)
{
    for (;;) counters[0]++;
}

static void count_second(void)
{
    for (;;) counters[1]++;
}

/* The tick takes the processor from a thread that never gives it up. */
static void slices(void)
{
    begin("equal threads share the processor by time slices");
    struct thread first = new_thread(count_first, 50, 0), second = new_thread(count_second, 50, 0);
    resume(first.tcb);
    resume(second.tcb);
    set_priority(SLOT_TCB, 50);
    word turns = 0;
    while (turns < 20 && (counters[0] == 0 || counters[1] == 0)) {
        struct message m = { 0, 0, { 0 } };
        system_call(SYS_YIELD, &m);
        turns++;
    }
    suspend(first.tcb);
    suspend(second.tcb);
    set_priority(SLOT_TCB, 255);
    CHECK(counters[0] != 0);
    CHECK(counters[1] != 0);
    finish();
}

void test_threads(void)
{
    calls();
    signals();
    slices();
}
