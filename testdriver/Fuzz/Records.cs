// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Fuzz;
using Sel4.Abi;

namespace Sel4.Fuzz;

/// <summary>Fills the records of a victim: what image/Victim.S executes. The layout is described there.</summary>
internal static unsafe class Records
{
    public const int Count = 64;
    private const int Words = 32;
    private const int BufferWords = 16;
    private const int Pointers = 24;
    private const int Flags = 30;
    private const int Action = 31;
    private const int Rax = 0;
    private const int Rdx = 3;
    private const int Rsi = 4;
    private const int Rdi = 5;
    private const int R8 = 6;
    private const int R9 = 7;
    private const int R10 = 8;
    private const int R15 = 13;
    private const int Rsp = 14;
    private const int Registers = 16;
    private const ulong UsualFlags = 0x202;

    /// <summary>All that a program may change: the arithmetic flags, TF, DF, NT, AC, ID.</summary>
    private const ulong UserFlags = 0x24_4dd5;
    private const int NoticeablyPrinted = 20;

    /// <summary>Whether a record is a system call.</summary>
    public static bool IsCall(ulong address, int number) => ((ulong*)address)[(number * Words) + Action] == VictimImage.Action(0);

    public static void Fill(ulong address, FuzzRandom random)
    {
        for (int i = 0; i < Count; i++) Fill((ulong*)address + (i * Words), random);
    }

    private static void Fill(ulong* record, FuzzRandom random)
    {
        for (int i = 0; i < Registers; i++) record[i] = AnyWord(random);
        for (int i = 0; i < 8; i++) record[BufferWords + i] = Argument(random);
        for (int i = 0; i < 3; i++) record[Pointers + i] = Pointer(random);
        record[Pointers + 3] = random.OneIn(4) ? Pointer(random) : World.OwnNode;
        record[Pointers + 4] = SlotNumber(random);
        record[Pointers + 5] = Depth(random);
        record[Flags] = random.OneIn(10) ? random.Next() & UserFlags : UsualFlags;
        int action = random.OneIn(8) ? random.Next(VictimImage.ActionCount()) : 0;
        record[Action] = VictimImage.Action(action);
        if (random.OneIn(3)) record[Rsp] = World.SomeAddress(random);
        if (random.OneIn(3)) record[Rax] = World.SomeAddress(random);
        if (!random.OneIn(12)) Call(record, random);
        record[Rdx] = Number(record[Rdx], random);
    }

    /// <summary>A system call that nearly makes sense.</summary>
    private static void Call(ulong* record, FuzzRandom random)
    {
        record[Rdx] = random.OneIn(3) ? ~(ulong)random.Next(8) : ~0ul;
        ulong target = Pointer(random);
        record[Rdi] = target;
        ulong label = random.OneIn(8) ? AnyWord(random) : World.MethodOf(target, random);
        int length = random.OneIn(10) ? random.Next(128) : random.Next(4, 9);
        int extras = random.OneIn(4) ? random.Next(4) : random.Next(1, 4);
        record[Rsi] = new MessageInfo(label, random.Next(8), extras, length).Word;
        record[R10] = Argument(random);
        record[R8] = random.OneIn(2) ? 64 : Argument(random);
        record[R9] = Argument(random);
        record[R15] = random.OneIn(2) ? 64 : Argument(random);
        if (!random.OneIn(3)) record[Pointers] = World.ExtraOf(target, random);
        if ((InvocationLabel)label == InvocationLabel.UntypedRetype) Retype(record, random);
    }

    private static void Retype(ulong* record, FuzzRandom random)
    {
        record[R10] = (ulong)random.Next(14);
        record[R8] = (ulong)random.Next(random.OneIn(4) ? 20 : 8);
        record[R9] = 0;
        record[R15] = 0;
        record[BufferWords] = SlotNumber(random);
        record[BufferWords + 1] = (ulong)random.Next(1, 4);
    }

    /// <summary>Any number but that which stops the machine; those that print are rare.</summary>
    private static ulong Number(ulong number, FuzzRandom random)
    {
        bool stops = number == unchecked((ulong)SystemCall.DebugHalt);
        bool prints = number == unchecked((ulong)SystemCall.DebugDumpScheduler) || number == unchecked((ulong)SystemCall.DebugSnapshot)
            || number == unchecked((ulong)SystemCall.DebugPutChar) || number == unchecked((ulong)SystemCall.DebugNameThread);
        return stops || (prints && !random.OneIn(NoticeablyPrinted)) ? unchecked((ulong)SystemCall.Yield) : number;
    }

    /// <summary>Mostly a slot with something in it, at first.</summary>
    private static ulong Pointer(FuzzRandom random) => random.Next(20) switch
    {
        0 => AnyWord(random),
        < 4 => (ulong)random.Next(World.NodeSlots),
        _ => (ulong)random.Next(1, World.FilledSlots),
    };

    private static ulong SlotNumber(FuzzRandom random) => (ulong)random.Next(World.NodeSlots);

    private static ulong Depth(FuzzRandom random) => random.OneIn(6) ? AnyWord(random) : 64;

    private static ulong Argument(FuzzRandom random) => random.Next(8) switch
    {
        0 => 64,
        1 => AnyWord(random),
        2 => World.SomeAddress(random),
        3 => (ulong)random.Next(256),
        4 => 15,
        _ => SlotNumber(random),
    };

    private static ulong AnyWord(FuzzRandom random) => random.Next(6) switch
    {
        0 => random.Next(),
        1 => ulong.MaxValue >> random.Next(64),
        2 => 1ul << random.Next(64),
        3 => ulong.MaxValue - (ulong)random.Next(64),
        4 => World.SomeAddress(random),
        _ => (ulong)random.Next(64),
    };
}
