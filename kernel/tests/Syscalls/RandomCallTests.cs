// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Syscalls;

/// <summary>Threads that make any system call with any registers: the kernel answers or faults them, and stays whole.</summary>
/// <remarks>
/// After every step the harness checks the invariants of the whole state. A failure names the seed and the step, and the
/// same seed makes the same steps again.
/// </remarks>
[Rule("R-SYS-04", "R-SYS-13")]
public sealed class RandomCallTests
{
    private const int Steps = 700;
    private const ulong FirstPlayed = InitialSlot.Tcb;
    private const ulong LastPlayed = 110;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Random_calls_never_break_the_kernel(int seed)
    {
        using SimSystem sim = new();
        Random random = new(seed);
        ulong faults = Populate(sim, out SimThread[] players);
        sim.Park();
        for (int step = 0; step < Steps; step++)
        {
            try
            {
                Play(sim, random, players, faults);
            }
            catch (Exception failure) when (failure is not SimHaltException)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}", failure);
            }
        }
    }

    private static ulong Populate(SimSystem sim, out SimThread[] players)
    {
        ulong faults = sim.NewObject(ObjectType.Endpoint);
        ObjectType[] types = [ObjectType.Endpoint, ObjectType.Notification, ObjectType.Endpoint, ObjectType.SmallPage,
            ObjectType.PageTable, ObjectType.Tcb, ObjectType.Pdpt, ObjectType.PageDirectory, ObjectType.Pml4, ObjectType.Notification];
        foreach (ObjectType type in types) sim.NewObject(type);
        sim.NewObject(ObjectType.CNode, 3);
        sim.NewObject(ObjectType.Untyped, 14);
        players = new SimThread[4];
        for (int i = 0; i < players.Length; i++) players[i] = sim.NewThread($"player {i}", (byte)(100 + i), faults);
        return faults;
    }

    private static void Play(SimSystem sim, Random random, SimThread[] players, ulong faults)
    {
        if (random.Next(20) == 0) sim.Tick();
        sim.Kernel.Hardware.IsInterruptPending = random.Next(8) == 0;
        if (sim.Running is not SimThread thread || thread == sim.Root)
        {
            Revive(sim, random, players);
            return;
        }

        if (thread.IsAboutToRepeat && random.Next(2) == 0)
        {
            thread.Repeat();
            return;
        }

        if (random.Next(30) == 0)
        {
            thread.Except((ulong)random.Next(32), (ulong)random.Next(64), (ulong)random.NextInt64());
            return;
        }

        for (int i = 0; i < AbiConstants.MaxMessageLength; i++) thread.SetWord(i, Word(random));
        IpcBuffer buffer = thread.Buffer;
        for (int i = 0; i < 3 && buffer.IsPresent; i++) buffer.SetBadge(i, Pointer(random));
        if (buffer.IsPresent) thread.SetReceiveSlot(InitialSlot.CNode, Pointer(random), 64);
        ulong info = new MessageInfo(Label(random), random.Next(8), random.Next(4), random.Next(10) == 0 ? 127 : random.Next(12)).Word;
        thread.Enter((SystemCall)Number(random), Pointer(random), info);
    }

    /// <summary>Everybody is stopped or gone: the threads that are left go on, as by the hand of a supervisor outside.</summary>
    private static void Revive(SimSystem sim, Random random, SimThread[] players)
    {
        SimThread player = players[random.Next(players.Length)];
        for (Ref<Tcb> tcb = sim.State.AllThreads; !tcb.IsNull; tcb = tcb.Value.AllNext)
        {
            if (tcb != player.Tcb) continue;
            Threads<X64<SimMachine>>.Restart(ref sim.State, tcb);
            Scheduler<X64<SimMachine>>.Settle(ref sim.State);
            return;
        }
    }

    private static long Number(Random random) => random.Next(12) switch
    {
        0 => random.Next(-40, 10),
        1 => (long)SystemCall.Recv,
        2 => (long)SystemCall.NBRecv,
        3 => (long)SystemCall.ReplyRecv,
        4 => (long)SystemCall.Send,
        5 => (long)SystemCall.NBSend,
        6 => (long)SystemCall.Reply,
        _ => (long)SystemCall.Call,
    } is long number && number == (long)SystemCall.DebugHalt ? (long)SystemCall.Yield : number;

    private static ulong Pointer(Random random) =>
        random.Next(25) == 0 ? (ulong)random.NextInt64() : (ulong)random.NextInt64((long)FirstPlayed, (long)LastPlayed);

    private static ulong Label(Random random) => (ulong)random.Next(0, 56);

    private static ulong Word(Random random) => random.Next(8) switch
    {
        0 => (ulong)random.NextInt64(),
        1 => 64,
        2 => (ulong)random.Next(0, 16) << 12,
        3 => 0,
        4 => 15,
        _ => (ulong)random.NextInt64(0, (long)LastPlayed),
    };
}
