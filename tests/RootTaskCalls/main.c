// SPDX-License-Identifier: BSD-2-Clause
#include "support.h"

void root_main(word boot_info_address) {
    use_boot_info(boot_info_address);
    check_objects();
    check_memory();
    check_threads();
    check_faults();
    check_environment();
    check_devices();
    print(failures() == 0 ? "[sel4rpc] end status=0\n" : "[sel4rpc] end status=1\n");
    for (;;) {
        struct message m = { 0 };
        system_call(YIELD, &m);
    }
}
