// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Runs the children of a system side by side: starts them in order, serves them, and decides what follows their end.</summary>
/// <remarks>One loop over one endpoint, which never waits for a child (RT:S2, RT:S3). It allocates nothing.</remarks>
public sealed class Supervisor(Child[] children, ChildLife life, ResourceServer server, CapabilityPointer endpoint)
{
    private readonly Child[] _children = children;
    private readonly ChildLife _life = life;
    private readonly ResourceServer _server = server;
    private readonly CapabilityPointer _endpoint = endpoint;

    /// <summary>Runs until nobody is left. True when every child gave everything back and could be started.</summary>
    public bool Run(ReadOnlySpan<byte> archive)
    {
        bool isGood = true;
        foreach (Child child in _children)
            if (child.Description.After.Length == 0 && !child.Description.OnDemand) isGood &= Begin(child, archive);
        bool hasMessage = false;
        Received received = default;
        MessageInfo answer = default;
        while (AnybodyRuns())
        {
            received = hasMessage ? Syscall.ReplyRecv(_endpoint, answer) : Syscall.Recv(_endpoint);
            hasMessage = Serve(received, out answer, out Child? ended);
            if (ended == null) continue;
            isGood &= Follow(ended, archive);
        }

        // Who was left suspended by a fault has nobody here to look at it any more.
        foreach (Child child in _children)
            if (child.State == ChildState.Suspended) _life.End(child, ChildOutcome.Faulted);
        return isGood && _life.Leaks == 0;
    }

    private bool AnybodyRuns()
    {
        foreach (Child child in _children)
            if (child.IsAlive) return true;
        return false;
    }

    private bool Begin(Child child, ReadOnlySpan<byte> archive)
    {
        if (CpioArchive.TryFind(archive, child.Description.Program, out ReadOnlySpan<byte> file, out string problem))
            return _life.Start(child, file);
        _life.Refuse(child, problem);
        return false;
    }

    /// <summary>Deals with one message. True when it is to be answered: every request is, an end and a fault are not (RT:F3).</summary>
    private bool Serve(Received received, out MessageInfo answer, out Child? ended)
    {
        ended = null;
        ulong badge = received.Badge.Value;
        BadgeClass badgeClass = ChildBadge.ClassOf(badge);
        Child? child = ChildOf(badge, badgeClass);
        if (child != null && badgeClass == BadgeClass.Fault)
        {
            answer = default;
            FaultReport.Print(child, received.Info);
            if (child.Description.OnFault == FaultAction.Suspend) Suspend(child);
            else EndWithDependants(child, ChildOutcome.Faulted);
            ended = child;
            return false;
        }

        if (child != null && badgeClass == BadgeClass.Exit)
        {
            answer = default;
            if (received.Info.Label == (ulong)ProcessMessage.Exit && received.Info.Length > 0)
            {
                child.ExitStatus = (int)IpcBuffer.Current[0];
                EndWithDependants(child, ChildOutcome.Exited);
                ended = child;
                return false;
            }

            answer = AnswerProcessMessage(received.Info);
            return true;
        }

        // A badge that is nobody's is answered like a request of somebody without rights; nothing it says is believed.
        answer = _server.Serve(child != null && badgeClass == BadgeClass.Service ? child.Session : _server.Nobody, received.Info);
        return true;
    }

    /// <summary>The child whose present life a badge belongs to; null for nobody's (RT:C3).</summary>
    private Child? ChildOf(ulong badge, BadgeClass badgeClass)
    {
        int index = ChildBadge.IndexOf(badge);
        if (index >= _children.Length) return null;
        Child child = _children[index];
        return child.IsAlive && badge == child.BadgeOf(badgeClass) ? child : null;
    }

    private static void Suspend(Child child)
    {
        new Cap<Tcb>(child.Tcb).Suspend();
        child.State = ChildState.Suspended;
        Log.Line($"{child.Name} stays as it is; it is taken back when the others have ended");
    }

    /// <summary>Ends a child, and first those that live under it (RT:L6).</summary>
    private void EndWithDependants(Child child, ChildOutcome outcome)
    {
        foreach (Child other in _children)
        {
            if (other.Parent != child || !(other.IsAlive || other.State == ChildState.Suspended)) continue;
            Log.Line($"{other.Name} ends with {child.Name}");
            EndWithDependants(other, ChildOutcome.Killed);
        }

        _life.End(child, outcome);
    }

    /// <summary>What comes after the end of a child: the same again, or those that waited for it.</summary>
    private bool Follow(Child child, ReadOnlySpan<byte> archive)
    {
        if (child.State == ChildState.Suspended) return true;
        if (child.Runs < child.Description.Repeat) return Begin(child, archive);
        if (MustRestart(child))
        {
            child.Restarts++;
            Log.Line($"{child.Name} starts again, {child.Restarts} of at most {child.Description.Restart.MaxRestarts} times");
            return Begin(child, archive);
        }

        bool isGood = true;
        foreach (Child next in _children)
            if (next.Description.After == child.Name && !next.Description.OnDemand && next.Runs == 0) isGood &= Begin(next, archive);
        return isGood;
    }

    /// <summary>RT:L5; there is no clock here, so restarts are counted over the whole run and not put off.</summary>
    private static bool MustRestart(Child child)
    {
        RestartRule rule = child.Description.Restart;
        bool isWanted = rule.When switch
        {
            RestartWhen.Never => false,
            RestartWhen.Always => child.Outcome != ChildOutcome.Killed,
            _ => child.Outcome == ChildOutcome.Faulted || (child.Outcome == ChildOutcome.Exited && child.ExitStatus != 0),
        };
        if (!isWanted) return false;
        if (child.Restarts < rule.MaxRestarts) return true;
        Log.Line($"{child.Name} stays ended: it was started again {child.Restarts} times");
        return false;
    }

    /// <summary>Prints what a child logs; refuses what is no message for the exit endpoint.</summary>
    private static MessageInfo AnswerProcessMessage(MessageInfo message)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        ulong bytes = buffer[0];
        bool isLog = message.Label == (ulong)ProcessMessage.Log && message.Length > 0 && bytes <= (ulong)(message.Length - 1) * 8;
        if (!isLog) return new MessageInfo((ulong)ErrorCode.InvalidArgument, 0, 0, 0);
        for (int index = 0; index < (int)bytes; index++) Syscall.DebugPutChar(buffer.Bytes[8 + index]);
        return new MessageInfo(0, 0, 0, 0);
    }
}
