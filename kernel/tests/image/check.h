/* SPDX-License-Identifier: BSD-2-Clause */
/* What every test needs: output, verdicts, capabilities, threads. */
#pragma once
#include "sel4.h"

extern struct boot_info *boot_info;
extern struct ipc_buffer *buffer;

void print(const char *text);
void print_number(word value);

/* A test is a name and its checks; the first check that fails is the reason. */
void begin(const char *name);
void finish(void);
void check_equal(const char *what, word actual, word expected);
#define CHECK(condition) check_equal(#condition, (condition) != 0, 1)
extern int failed_tests;

/* Invokes a capability with up to 8 words and 3 extra capabilities; gives the error code. Results are in result[]. */
word invoke(word cap, word label, int words, const word *arguments, int caps, const word *extra);
extern word result[8];
#define WORDS(...) (int)(sizeof((word[]){ __VA_ARGS__ }) / sizeof(word)), (word[]){ __VA_ARGS__ }
#define CAPS(...) WORDS(__VA_ARGS__)

/* A fresh slot; a fresh object in a fresh slot (stops the program when there is none). */
word new_slot(void);
word new_object(word type, word size_bits);
word try_retype(word untyped, word type, word size_bits, word slot, word count);

/* Maps a fresh 4 KiB frame at an address, with the tables that it needs; gives the frame's slot. */
word map_frame(word address, word rights);

/* A thread of this address space and CSpace. */
struct thread { word tcb; byte *stack_top; };
struct thread new_thread(void (*run)(void), word priority, word fault_handler);
void set_priority(word tcb, word priority);
void resume(word tcb);
void suspend(word tcb);

void test_boot(void);
void test_objects(void);
void test_threads(void);
void test_faults(void);
void test_registers(void);
void test_interrupts(void);
void print_figures(void);
