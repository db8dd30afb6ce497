// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Begins and ends the life of a child: load, start, take everything back, and prove it (RT:§4, RT:§7).</summary>
public sealed class ChildLife(OwnCSpace space, ChildLoader loader, ResourceServer server, Books books)
{
    private const int MaxNameBytes = 15;
    private static readonly byte[] s_name = new byte[MaxNameBytes];

    private readonly OwnCSpace _space = space;
    private readonly ChildLoader _loader = loader;
    private readonly ResourceServer _server = server;
    private readonly Books _books = books;
    private Totals _beforeFirst;

    /// <summary>Children that have something that is to be taken back.</summary>
    public int Alive { get; private set; }

    /// <summary>Children that did not give everything back.</summary>
    public int Leaks { get; private set; }

    /// <summary>Makes a child from a program and lets it run (RT:L1).</summary>
    /// <param name="child">Its record; nothing of an earlier life is left.</param>
    /// <param name="file">The program.</param>
    /// <param name="problem">Why there is no program; null when there is one.</param>
    /// <returns>False when it could not be made: then it has ended, and what there is of it is to be taken back.</returns>
    public bool Start(Child child, ReadOnlySpan<byte> file, string? problem)
    {
        if (Alive++ == 0) _beforeFirst = _books.Take();
        child.Outcome = ChildOutcome.None;
        child.ExitStatus = 0;
        child.Runs++;
        _server.Open(child.Session, child.OwnerId, child.Description.Quota);
        Log.Start(child.Name);
        if (child.Injector is { } injector) injector.Arm((int)child.Runs);
        problem ??= _loader.Load(child, file, _server);
        if (problem != null)
        {
            Log.Line($"{child.Name} could not be started: {problem}{_loader.KernelError}");
            Stop(child, ChildOutcome.Refused);
            return false;
        }

        child.State = ChildState.Running;
        Name(child);
        new Cap<Tcb>(child.Tcb).Resume();
        return true;
    }

    /// <summary>The first steps of RT:§7, which take little time: its thread stops, and what it said last is thrown away.</summary>
    public void Stop(Child child, ChildOutcome outcome)
    {
        child.Outcome = outcome;
        child.EndsAt = ServerClock.Never;
        child.State = ChildState.Reclaiming;
        child.Session.Close();
        if (child.Tcb != 0) new Cap<Tcb>(child.Tcb).Suspend();
        for (uint index = 0; child.BadgedEndpoints != 0 && index < ChildLoader.EndpointCount; index++)
            CNodeInvocation.CancelBadgedSends(OwnCSpace.Root, child.BadgedEndpoints + index, AbiConstants.WordBits);
    }

    /// <summary>The other steps: grants and arena in slices, then own capabilities and a new generation. True when all is done.</summary>
    public bool TakeBackSome(Child child)
    {
        if (!_server.ReleaseSome(child.Session) || !child.Arena.ReleaseSome()) return false;
        for (uint index = 0; child.BadgedEndpoints != 0 && index < ChildLoader.EndpointCount; index++)
        {
            OwnCSpace.Revoke(child.BadgedEndpoints + index);
            OwnCSpace.Delete(child.BadgedEndpoints + index);
            _space.Slots.Free(child.BadgedEndpoints + index);
        }

        child.BadgedEndpoints = 0;
        child.CNode = 0;
        child.VSpace = 0;
        child.Tcb = 0;
        child.StackFrames = 0;
        child.Generation++;
        child.State = ChildState.Gone;
        Conclude(child);
        return true;
    }

    /// <summary>Compares the books and says how it ended.</summary>
    private void Conclude(Child child)
    {
        // Others may be asking for things meanwhile: the totals are those of before when nobody is left.
        string? difference = null;
        if (--Alive == 0) difference = _books.Take().DifferenceFrom(in _beforeFirst);
        else if (child.Session.GrantCount != 0 || child.Arena.Bytes != 0) difference = "something of its own is left";
        if (difference != null)
        {
            Leaks++;
            Log.Line($"{child.Name} did not give everything back: {difference}");
        }

        Log.Stop(child, difference == null);
    }

    private static void Name(Child child)
    {
        int length = child.Name.Length < MaxNameBytes ? child.Name.Length : MaxNameBytes;
        for (int index = 0; index < length; index++) s_name[index] = (byte)child.Name[index];
        Syscall.DebugNameThread(new Cap<Tcb>(child.Tcb), new ReadOnlySpan<byte>(s_name, 0, length));
    }
}
