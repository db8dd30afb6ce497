// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Fuzz;
using Sel4.Abi;

namespace Sel4.Fuzz;

/// <summary>The initial thread: above all victims, it hears of their faults, and when one of them does not go on.</summary>
/// <remarks>
/// Beside the victims is a watcher, a thread of this program with their priority that calls the supervisor whenever it is its turn:
/// who has not come further since then waits for ever, or makes one system call again and again, and is set going. Faults are
/// answered by writing the program counter, because an ordinary answer would repeat what the victim cannot do.
/// </remarks>
internal sealed unsafe class Supervisor
{
    private const ulong WatcherBadge = 99;
    private const ulong CheckBadge = 0x5a5a;
    private const int MostFruitless = 10_000;
    private static Cap<Endpoint> s_watch;
    private readonly World _world = new();
    private readonly FuzzRandom _random;
    private readonly Cap<Endpoint> _faults;
    private readonly Cap<Notification> _notification;

    public Supervisor(FuzzRandom random)
    {
        _random = random;
        _faults = new Cap<Endpoint>(Ground.Make(Ground.Keep, ObjectType.Endpoint));
        s_watch = new Cap<Endpoint>(Ground.Slot());
        Badge(s_watch.Value, _faults.Value, WatcherBadge);
        Cap<Notification> plain = new(Ground.Make(Ground.Keep, ObjectType.Notification));
        _notification = new Cap<Notification>(Ground.Slot());
        Badge(_notification.Value, plain.Value, CheckBadge);
        StartWatcher();
        ReserveTables();
        Ground.BeginWorlds();
        IpcBuffer.Current.ClearReceiveSlot();
    }

    /// <summary>System calls that victims have made.</summary>
    public ulong Calls { get; private set; }

    /// <summary>How many of them were Calls that came back without an error, and with one.</summary>
    public ulong Done { get; private set; }

    public ulong Refused { get; private set; }

    /// <summary>Other instructions that no program should execute.</summary>
    public ulong Others { get; private set; }

    /// <summary>Messages that said that a victim cannot go on.</summary>
    public ulong Faults { get; private set; }

    /// <summary>Makes a world, lets its victims make that many calls, takes it back and looks whether the kernel still answers.</summary>
    public void RunWorld(ulong calls)
    {
        World world = _world;
        world.Build(_faults);
        for (int i = 0; i < World.Victims; i++) world[i].Refill(_random);
        ulong end = Calls + calls;
        ulong seen = 0;
        int fruitless = 0;
        while (Calls < end)
        {
            Received message = _faults.Recv();
            fruitless = Calls + Others == seen ? fruitless + 1 : 0;
            seen = Calls + Others;
            if (fruitless > MostFruitless) Complain(message);
            ulong from = message.Badge.Value;
            if (from == WatcherBadge) Syscall.Reply(new MessageInfo(0, 0, 0, 0));
            else Faults++;
            for (int i = 0; i < World.Victims; i++)
                if (from == World.BadgeOf(i).Value || (from == WatcherBadge && world[i].StandsStill())) Serve(world[i]);
        }

        for (int i = 0; i < World.Victims; i++)
        {
            Done += world[i].Done;
            Refused += world[i].Refused;
        }

        Ground.EndWorld();
        CheckAnswers();
    }

    /// <summary>Ends the run, with what was heard last: no victim ever gets on.</summary>
    private static void Complain(Received message)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Console.WriteLine($"\nmessage of {message.Badge.Value}, label {message.Info.Label}, length {message.Info.Length}:");
        for (int i = 0; i < message.Info.Length; i++) Console.WriteLine($"  0x{buffer[i]:x}");
        Ground.Check(false, "no victim gets on");
    }

    /// <summary>Whoever sent the message, for everybody can: the victim whose badge it has is set going again.</summary>
    private void Serve(Victim victim)
    {
        (ulong calls, ulong others) = victim.Count();
        Calls += calls;
        Others += others;
        if (victim.IsDone) victim.Refill(_random);
        else victim.Restore();
    }

    /// <summary>The answers of the kernel where they are known.</summary>
    private void CheckAnswers()
    {
        _notification.Signal();
        Ground.Check(_notification.Poll().Value == CheckBadge, "a signal does not arrive");
        Ground.Check(_notification.Poll().Value == 0, "a signal arrives twice");
        Ground.Check(new Cap<Tcb>(Ground.Slot()).Suspend().Code == ErrorCode.InvalidCapability, "an empty slot can be used");
        Ground.Check(InitialThread.Tcb.SetPriority(256, InitialThread.Tcb).Code == ErrorCode.RangeError, "a priority without bounds");
        Ground.Check(_faults.Pointer.Value != 0 && _faults.Identify() == CapabilityTypeTag.Endpoint, "an endpoint is none");
    }

    private static void Badge(ulong slot, ulong source, ulong badge) => Ground.Check(
        InitialThread.Slot(slot).MintFrom(InitialThread.Slot(source), CapRights.All, new Badge(badge)), "a capability gets no badge");

    /// <summary>The tables of the supervisor's window outlive worlds: a page there and back makes them.</summary>
    private static void ReserveTables()
    {
        Cap<SmallPage> page = new(Ground.Make(Ground.Keep, ObjectType.SmallPage));
        Victim.ReserveWindow(page);
    }

    private static void StartWatcher()
    {
        ulong buffer = VictimImage.WatcherBuffer();
        UserThreadSetup setup = default;
        setup.Tcb = new Cap<Tcb>(Ground.Make(Ground.Keep, ObjectType.Tcb));
        setup.CSpaceRoot = InitialThread.CNode;
        setup.VSpaceRoot = InitialThread.VSpace;
        setup.IpcBufferFrame = new Cap<Frame>(Victim.ImageFrame(buffer));
        setup.IpcBufferAddress = buffer;
        setup.StackTop = VictimImage.WatcherStackEnd();
        setup.Priority = Victim.Priority;
        setup.Authority = InitialThread.Tcb;
        Ground.Check(UserThread.Start(in setup, &Watch, 0), "the watcher does not start");
    }

    private static void Watch(ulong argument)
    {
        while (true)
        {
            s_watch.Call(new MessageInfo(0, 0, 0, 0));
            Syscall.Yield();
        }
    }
}
