// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>All that programs can see, in one number: to compare two kernels that play the same game.</summary>
/// <remarks>User registers and IPC buffers hold no address of the kernel's, so the number does not depend on where memory lies.</remarks>
internal static class FuzzFingerprint
{
    private const ulong Prime = 0x0000_0100_0000_01b3;
    private static readonly int[] s_visible =
    [
        UserContext.Rdi, UserContext.Rsi, UserContext.Rax, UserContext.Rbx, UserContext.Rbp, UserContext.R12, UserContext.R13,
        UserContext.R14, UserContext.Rdx, UserContext.R10, UserContext.R8, UserContext.R9, UserContext.R15, UserContext.R11,
        UserContext.Rcx, UserContext.FsBase, UserContext.GsBase, UserContext.Rip, UserContext.Rflags, UserContext.Rsp,
    ];

    /// <summary>A hash over states, priorities, registers and buffers of all threads, and which of them runs.</summary>
    public static ulong Of(SimSystem sim)
    {
        ulong hash = Prime;
        ref KernelState state = ref sim.State;
        for (Ref<Tcb> tcb = state.AllThreads; !tcb.IsNull; tcb = tcb.Value.AllNext)
        {
            ref Tcb thread = ref tcb.Value;
            bool isRunning = tcb == state.Current;
            hash = Add(hash, ((ulong)thread.State << 16) | ((ulong)thread.Priority << 8) | (isRunning ? 1ul : 0));
            foreach (int register in s_visible) hash = Add(hash, thread.Registers[register]);
            ulong buffer = X64<SimMachine>.LookupIpcBuffer(ref thread, forReceive: false);
            for (ulong offset = 0; buffer != 0 && offset < IpcBufferLayout.Size; offset += sizeof(ulong))
                hash = Add(hash, new Ref<ulong>(buffer + offset).Value);
        }

        return hash;
    }

    private static ulong Add(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Prime;
        return hash ^ (hash >> 29);
    }
}
