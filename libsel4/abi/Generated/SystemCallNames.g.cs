// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of SystemCall as UTF-8 text.</summary>
public static class SystemCallNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(SystemCall value) => value switch
    {
        SystemCall.Call => "Call"u8,
        SystemCall.ReplyRecv => "ReplyRecv"u8,
        SystemCall.Send => "Send"u8,
        SystemCall.NBSend => "NBSend"u8,
        SystemCall.Recv => "Recv"u8,
        SystemCall.Reply => "Reply"u8,
        SystemCall.Yield => "Yield"u8,
        SystemCall.NBRecv => "NBRecv"u8,
        SystemCall.DebugPutChar => "DebugPutChar"u8,
        SystemCall.DebugDumpScheduler => "DebugDumpScheduler"u8,
        SystemCall.DebugHalt => "DebugHalt"u8,
        SystemCall.DebugCapIdentify => "DebugCapIdentify"u8,
        SystemCall.DebugSnapshot => "DebugSnapshot"u8,
        SystemCall.DebugNameThread => "DebugNameThread"u8,
        SystemCall.DebugSendIpi => "DebugSendIpi"u8,
        SystemCall.DebugGetThreadAffinity => "DebugGetThreadAffinity"u8,
        SystemCall.DebugRun => "DebugRun"u8,
        SystemCall.BenchmarkFlushCaches => "BenchmarkFlushCaches"u8,
        SystemCall.BenchmarkResetLog => "BenchmarkResetLog"u8,
        SystemCall.BenchmarkFinalizeLog => "BenchmarkFinalizeLog"u8,
        SystemCall.BenchmarkSetLogBuffer => "BenchmarkSetLogBuffer"u8,
        SystemCall.BenchmarkNullSyscall => "BenchmarkNullSyscall"u8,
        SystemCall.BenchmarkGetThreadUtilisation => "BenchmarkGetThreadUtilisation"u8,
        SystemCall.BenchmarkResetThreadUtilisation => "BenchmarkResetThreadUtilisation"u8,
        SystemCall.BenchmarkDumpAllThreadsUtilisation => "BenchmarkDumpAllThreadsUtilisation"u8,
        SystemCall.BenchmarkResetAllThreadsUtilisation => "BenchmarkResetAllThreadsUtilisation"u8,
        SystemCall.X86DangerousWriteMsr => "X86DangerousWriteMsr"u8,
        SystemCall.X86DangerousReadMsr => "X86DangerousReadMsr"u8,
        SystemCall.VmEnter => "VmEnter"u8,
        SystemCall.SetTlsBase => "SetTlsBase"u8,
        _ => "?"u8,
    };
}
