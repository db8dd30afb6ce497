// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Syscalls;

/// <summary>Threads that make any system call with any registers: the kernel answers or faults them, and stays whole.</summary>
/// <remarks>
/// After every step the harness checks the invariants of the whole state. A failure names the seed and the step, and the
/// same seed makes the same steps again. The players share a CNode in which they find a capability of nearly every type, and
/// do to it and to each other what they like; a supervisor outside their reach sets them going again.
/// </remarks>
[Rule("R-SYS-04", "R-SYS-13", "R-SYS-16")]
public sealed class RandomCallTests
{
    private const int Rounds = 5;
    private const int Steps = 100;

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Random_calls_never_break_the_kernel(int seed)
    {
        int successes = 0;
        int refusals = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // New players, because in the long run they destroy everything they have.
            using RandomPlayers game = new((seed * Rounds) + round);
            for (int step = 0; step < Steps; step++) PlayStep(game, $"seed {seed}, round {round}, step {step}");
            successes += game.Successes;
            refusals += game.Refusals;
        }

        // A game in which nothing happens proves nothing.
        Assert.True(successes > Rounds * Steps / 30, $"only {successes} calls succeeded");
        Assert.True(refusals > Rounds * Steps / 15, $"only {refusals} calls were refused");
    }

    private static void PlayStep(RandomPlayers game, string name)
    {
        try
        {
            game.Step();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{name}; the console says: {game.Console}", failure);
        }
    }
}

/// <summary>Four threads that play, and the supervisor that wakes them.</summary>
internal sealed class RandomPlayers : IDisposable
{
    private const int NodeRadix = 6;
    private const int NodeSlots = 1 << NodeRadix;
    private const ulong OwnNode = 1;
    private const ulong FirstThread = 2;
    private const int Players = 4;

    private readonly SimSystem _sim = new(logLevel: 1);
    private readonly Random _random;
    private readonly ulong _node;
    private readonly ulong _faults;
    private readonly SimThread[] _players = new SimThread[Players];
    private ulong _nextSlot = FirstThread + Players;

    public RandomPlayers(int seed)
    {
        _random = new Random(seed);
        _node = _sim.NewObject(ObjectType.CNode, NodeRadix);
        _faults = _sim.NewObject(ObjectType.Endpoint);
        Give(_node, OwnNode, new CNodeGuard(0, 64 - NodeRadix).Word);
        for (int i = 0; i < Players; i++)
        {
            _players[i] = _sim.NewStoppedThread($"player {i}", (byte)(100 + (i / 2)));
            Give(_players[i].Capability, FirstThread + (ulong)i, 0);
        }

        GiveObjects();
        foreach (SimThread player in _players) Restore(player);
        _sim.Park();
    }

    /// <summary>Calls that the kernel answered without an error, and with one.</summary>
    public int Successes { get; private set; }

    public int Refusals { get; private set; }

    /// <summary>The last that the kernel said.</summary>
    public string Console => _sim.Console[Math.Max(0, _sim.Console.Length - 1500)..];

    public void Dispose() => _sim.Dispose();

    public void Step()
    {
        if (_random.Next(20) == 0) _sim.Tick();
        _sim.Kernel.Hardware.IsInterruptPending = _random.Next(6) == 0;
        _sim.PendingVector = _random.Next(3) == 0 ? 40 : null;
        if (_sim.Running is not SimThread thread) Supervise();
        else if (thread.IsAboutToRepeat && _random.Next(2) == 0) thread.Repeat();
        else if (_random.Next(40) == 0) thread.Except((ulong)_random.Next(32), (ulong)_random.Next(64), (ulong)_random.NextInt64());
        else Call(thread);
    }

    private void GiveObjects()
    {
        ulong untyped = _sim.NewObject(ObjectType.Untyped, 16);
        ObjectType[] types = [ObjectType.Endpoint, ObjectType.Notification, ObjectType.Endpoint, ObjectType.SmallPage,
            ObjectType.PageTable, ObjectType.Tcb, ObjectType.Pdpt, ObjectType.PageDirectory, ObjectType.Notification];
        foreach (ObjectType type in types) Move(_sim.NewObject(type, 0, untyped));
        Move(_sim.NewObject(ObjectType.CNode, 3, untyped));
        ulong space = _sim.NewObject(ObjectType.Pml4, 0, untyped);
        SimSystem.Must(_sim.Root.Invoke(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [space]));
        Move(space);
        Move(_sim.Mint(_faults, 9));
        Give(SimSystem.FirstSpareUntyped, _nextSlot++, 0);
        ulong ports = _sim.NewSlot();
        SimSystem.Must(_sim.Root.Invoke(
            InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [0x100, 0x1ff, ports, 64], [InitialSlot.CNode]));
        Move(ports);
        ulong handler = _sim.NewSlot();
        SimSystem.Must(_sim.Root.Invoke(
            InitialSlot.IrqControl, InvocationLabel.IrqControlGetMsi, [handler, 64, 0, 0, 0, 0, 40], [InitialSlot.CNode]));
        Move(handler);
        foreach (ulong control in (ulong[])[InitialSlot.Domain, InitialSlot.AsidControl, InitialSlot.AsidPool])
            Give(control, _nextSlot++, 0);
    }

    private void Give(ulong source, ulong slot, ulong data) => SimSystem.Must(_sim.Root.Invoke(
        _node, InvocationLabel.CNodeMint, [slot, NodeRadix, source, 64, 15, data], [InitialSlot.CNode]));

    private void Move(ulong source) => SimSystem.Must(_sim.Root.Invoke(
        _node, InvocationLabel.CNodeMove, [_nextSlot++, NodeRadix, source, 64], [InitialSlot.CNode]));

    /// <summary>Answers faults, gives everybody the common CNode back and lets them go on.</summary>
    private void Supervise() => _sim.AsRoot(root =>
    {
        while (root.NBRecv(_faults).Badge != 0) root.Reply((ulong)_random.Next(2), [0x40_0000, 0x7000, 0x202]);
        foreach (SimThread player in _players) Restore(player);
    });

    private void Restore(SimThread player)
    {
        if (player.State is ThreadState.Running or ThreadState.Restart) return;
        ulong guard = new CNodeGuard(0, 64 - NodeRadix).Word;
        _sim.Root.Invoke(player.Capability, InvocationLabel.TcbSetSpace, [_nextSlot, guard, 0], [_node, InitialSlot.VSpace]);
        _sim.Root.Invoke(player.Capability, InvocationLabel.TcbSetPriority, [(ulong)_random.Next(100, 104)], [InitialSlot.Tcb]);
        SimSystem.Must(_sim.Root.Invoke(player.Capability, InvocationLabel.TcbResume));
    }

    private void Call(SimThread thread)
    {
        ulong target = Pointer();
        CapabilityTag tag = target < NodeSlots ? Slots.At(_sim.CapabilityAt(_node).CNodeAddress, target).Value.Tag : CapabilityTag.Null;
        ulong[] words = Words(tag);
        for (int i = 0; i < words.Length; i++) thread.SetWord(i, words[i]);
        IpcBuffer buffer = thread.Buffer;
        if (buffer.IsPresent)
        {
            for (int i = 0; i < 3; i++) buffer.SetBadge(i, Extra(tag));
            thread.SetReceiveSlot(OwnNode, (ulong)_random.Next(NodeSlots), 64);
        }

        int length = _random.Next(15) == 0 ? 127 : _random.Next(4) == 0 ? _random.Next(12) : words.Length;
        long number = Number();
        int extras = _random.Next(3) == 0 ? _random.Next(3) : 3;
        SimAnswer answer = thread.Enter((SystemCall)number, target, new MessageInfo(Label(tag), 0, extras, length).Word);
        if (number != (long)SystemCall.Call || thread.State != ThreadState.Running) return;
        if (answer.Error == ErrorCode.None) Successes++;
        else Refusals++;
    }

    private long Number()
    {
        int choice = _random.Next(20);
        if (choice == 0)
        {
            long any = _random.Next(-40, 10);
            return any == (long)SystemCall.DebugHalt ? (long)SystemCall.Yield : any;
        }

        SystemCall[] calls = [SystemCall.Recv, SystemCall.NBRecv, SystemCall.ReplyRecv, SystemCall.Send, SystemCall.NBSend,
            SystemCall.Reply];
        return (long)(choice <= calls.Length ? calls[choice - 1] : SystemCall.Call);
    }

    private ulong Pointer() => _random.Next(40) == 0 ? (ulong)_random.NextInt64() : (ulong)_random.Next(1, NodeSlots);

    /// <summary>An extra capability that the method may well want: the CNode for operations on slots, a thread for threads.</summary>
    private ulong Extra(CapabilityTag tag)
    {
        if (_random.Next(4) == 0) return Pointer();
        return tag == CapabilityTag.Tcb ? FirstThread + (ulong)_random.Next(Players) : OwnNode;
    }

    private ulong Label(CapabilityTag tag)
    {
        if (_random.Next(12) == 0) return (ulong)_random.Next(0, 56);
        (int first, int last) = tag switch
        {
            CapabilityTag.Untyped => (1, 1),
            CapabilityTag.Tcb => (2, 16),
            CapabilityTag.CNode => (17, 25),
            CapabilityTag.IrqHandler => (27, 29),
            CapabilityTag.Domain => (30, 32),
            CapabilityTag.Pdpt => (33, 34),
            CapabilityTag.PageDirectory => (35, 36),
            CapabilityTag.PageTable => (37, 38),
            CapabilityTag.Frame => (39, 41),
            CapabilityTag.AsidControl => (42, 42),
            CapabilityTag.AsidPool => (43, 43),
            CapabilityTag.IoPort => (45, 50),
            _ => (0, 1000),
        };
        return (ulong)_random.Next(first, last + 1);
    }

    private ulong[] Words(CapabilityTag tag) => tag switch
    {
        CapabilityTag.Untyped => [(ulong)_random.Next(13), (ulong)_random.Next(1, 13), 0, 0, Slot(), (ulong)_random.Next(1, 3)],
        CapabilityTag.CNode => [Slot(), 64, Slot(), 64, (ulong)_random.Next(16), (ulong)_random.Next(4)],
        CapabilityTag.AsidControl => [Slot(), 64],
        CapabilityTag.IoPort => [(ulong)_random.Next(0xf8, 0x208), 1],
        CapabilityTag.Tcb => [Small(), Small(), Small(), (ulong)_random.Next(4) << 10, Small(), Small()],
        _ => [Small(), Small(), Small(), Small(), Small()],
    };

    private ulong Slot() => (ulong)_random.Next(NodeSlots);

    private ulong Small() => _random.Next(8) switch
    {
        0 => (ulong)_random.NextInt64(),
        1 => (ulong)_random.Next(16) << 12,
        2 => (ulong)_random.Next(256),
        _ => (ulong)_random.Next(4),
    };
}
