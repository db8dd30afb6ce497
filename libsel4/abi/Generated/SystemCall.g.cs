// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>The number of a system call, in RDX. ABI-3.1, ABI-25.</summary>
public enum SystemCall : long
{
    /// <summary>Sends and waits for the answer.</summary>
    Call = -1,
    /// <summary>Answers the last caller and waits for the next message.</summary>
    ReplyRecv = -2,
    /// <summary>Sends and waits until a receiver has taken it.</summary>
    Send = -3,
    /// <summary>Sends when a receiver waits; else the message is lost.</summary>
    NBSend = -4,
    /// <summary>Waits for a message or a signal.</summary>
    Recv = -5,
    /// <summary>Answers the last caller. Exists: non-MCS.</summary>
    Reply = -6,
    /// <summary>Lets others of the same priority run.</summary>
    Yield = -7,
    /// <summary>Takes a message or signal if there is one.</summary>
    NBRecv = -8,
    /// <summary>Prints one character. Exists: printing.</summary>
    DebugPutChar = -9,
    /// <summary>Prints the threads. Exists: printing.</summary>
    DebugDumpScheduler = -10,
    /// <summary>Stops the machine. Exists: debug build.</summary>
    DebugHalt = -11,
    /// <summary>Tells the type of a capability. Exists: debug build.</summary>
    DebugCapIdentify = -12,
    /// <summary>Prints the capabilities. Exists: debug build.</summary>
    DebugSnapshot = -13,
    /// <summary>Gives a thread a name for messages. Exists: debug build.</summary>
    DebugNameThread = -14,
    /// <summary>Interrupts another core. Exists: debug build and SMP.</summary>
    DebugSendIpi = -15,
    /// <summary>Tells a thread's core. Exists: debug build and SMP.</summary>
    DebugGetThreadAffinity = -16,
    /// <summary>Runs a function in the kernel. Exists: code injection.</summary>
    DebugRun = -17,
    /// <summary>Empties the caches. Exists: benchmarks.</summary>
    BenchmarkFlushCaches = -18,
    /// <summary>Starts a new log. Exists: benchmarks.</summary>
    BenchmarkResetLog = -19,
    /// <summary>Ends the log. Exists: benchmarks.</summary>
    BenchmarkFinalizeLog = -20,
    /// <summary>Says where the log goes. Exists: benchmarks.</summary>
    BenchmarkSetLogBuffer = -21,
    /// <summary>Does nothing. Exists: benchmarks.</summary>
    BenchmarkNullSyscall = -22,
    /// <summary>Tells a thread's use of the processor. Exists: utilisation tracking.</summary>
    BenchmarkGetThreadUtilisation = -23,
    /// <summary>Sets it to zero. Exists: utilisation tracking.</summary>
    BenchmarkResetThreadUtilisation = -24,
    /// <summary>Prints that of all threads. Exists: utilisation tracking and debug build.</summary>
    BenchmarkDumpAllThreadsUtilisation = -25,
    /// <summary>Sets that of all threads to zero. Exists: utilisation tracking and debug build.</summary>
    BenchmarkResetAllThreadsUtilisation = -26,
    /// <summary>Writes a model specific register. Exists: dangerous MSR.</summary>
    X86DangerousWriteMsr = -27,
    /// <summary>Reads one. Exists: dangerous MSR.</summary>
    X86DangerousReadMsr = -28,
    /// <summary>Runs a virtual machine. Exists: VT-x.</summary>
    VmEnter = -29,
    /// <summary>Sets the caller's FS base. Exists: FS base by MSR.</summary>
    SetTlsBase = -30,
}
