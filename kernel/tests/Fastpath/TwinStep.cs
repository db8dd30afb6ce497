// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Tests.Fastpaths;

/// <summary>What a step does: first the system calls, then other events, then what the initial thread does to others.</summary>
internal enum TwinStepKind
{
    Call,
    ReplyRecv,
    Send,
    NBSend,
    Recv,
    NBRecv,
    Reply,
    Yield,
    UnknownCall,
    Tick,
    UseFpu,
    Fault,
    SetPriority,
    Bind,
    Unbind,
    Notify,
    ChangeSpace,
    DropSaved,
    Restart,
    Count,
}

/// <summary>One step of a random program. Who acts is whoever runs then.</summary>
internal readonly record struct TwinStep(TwinStepKind Kind, int Target, int Length, int ExtraCaps, int Thread, ulong Word)
{
    private const int CommonTargets = 5;
    private const int AllTargets = 13;

    public long SystemCallNumber => Kind switch
    {
        TwinStepKind.Call => (long)SystemCall.Call,
        TwinStepKind.ReplyRecv => (long)SystemCall.ReplyRecv,
        TwinStepKind.Send => (long)SystemCall.Send,
        TwinStepKind.NBSend => (long)SystemCall.NBSend,
        TwinStepKind.Recv => (long)SystemCall.Recv,
        TwinStepKind.NBRecv => (long)SystemCall.NBRecv,
        TwinStepKind.Reply => (long)SystemCall.Reply,
        TwinStepKind.Yield => (long)SystemCall.Yield,
        _ => -1000,
    };

    /// <summary>Mostly what clients and servers do, with everything else in between.</summary>
    public static TwinStep Next(Random random)
    {
        int roll = random.Next(100);
        TwinStepKind kind = roll < 35 ? TwinStepKind.Call
            : roll < 70 ? TwinStepKind.ReplyRecv
            : roll < 95 ? (TwinStepKind)random.Next((int)TwinStepKind.SetPriority)
            : (TwinStepKind)random.Next((int)TwinStepKind.Count);
        int target = random.Next(8) == 0 ? random.Next(AllTargets) : random.Next(CommonTargets);
        int length = random.Next(6) == 0 ? random.Next(128) : random.Next(7);
        int extras = random.Next(12) == 0 ? random.Next(4) : 0;
        return new TwinStep(kind, target, length, extras, random.Next(6), (ulong)random.NextInt64());
    }
}
