// SPDX-License-Identifier: BSD-2-Clause
// What the checks share: output, verdicts, slots, memory, threads.
#pragma once
#include "abi.h"

extern struct boot_info *boot_info;
extern struct ipc_buffer *ipc;
extern word ram_untyped;     // slot of the biggest RAM untyped

void print(const char *text);
void print_number(word number);

// One verdict: "ok NAME" or "FAILED NAME: expected E, got G".
void expect(const char *name, word got, word expected);
int failures(void);

// Calls an object: the label, the message words, and up to two extra capabilities (0 = none). Returns the error code.
word invoke(word cap, word label, word length, const word *words, word first_cap, word second_cap, struct message *reply);

word new_slot(void);
word identify(word slot);
word retype(word untyped, word type, word size_bits, word slot, word count);
word make(word type, word size_bits);           // one object in a new slot; its slot
word copy_cap(word from, word to, word rights);
word mint_cap(word from, word to, word rights, word badge);
word delete_cap(word slot);
word revoke_cap(word slot);

word map_page(word frame, word address, word rights);
void prepare_tables(word address);              // makes whatever paging structures are missing for the page at address
word new_page(word address);                    // a fresh page mapped there; its slot

struct thread { word tcb, buffer_slot; struct ipc_buffer *buffer; };
struct thread start_thread(void (*function)(word), word argument, word fault_endpoint, word priority);
void stop_thread(struct thread thread);

void use_boot_info(word boot_info_address);       // before everything else
void check_objects(void);
void check_memory(void);
void check_threads(void);
void check_faults(void);
void check_environment(void);
void check_devices(void);
