// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Runs the children of a system side by side: starts them in order, serves them, and decides what follows their end.</summary>
/// <remarks>One loop over one endpoint, which never waits for a child (RT:S2, RT:S3). It allocates nothing.</remarks>
public sealed class Supervisor(
    Child[] children, ChildLife life, ResourceServer server, CapabilityPointer endpoint, Timetable times, StackReport stack)
    : ISystemControl
{
    private readonly Child[] _children = children;
    private readonly ChildLife _life = life;
    private readonly Reaper _reaper = new(life, children.Length);
    private readonly ResourceServer _server = server;
    private readonly CapabilityPointer _endpoint = endpoint;
    private readonly Timetable _times = times;
    private readonly StackReport _stack = stack;
    private readonly AuditLog _audit = new(server, children);
    private Monitor? _monitor;
    private bool _isGood = true;
    private bool _isTracing;
    private bool _isWanted;
    private bool _isQuitting;

    /// <inheritdoc/>
    public ReadOnlySpan<Child> Children => _children;

    /// <inheritdoc/>
    public ulong Now => _times.Now;

    /// <inheritdoc/>
    public bool IsTracing
    {
        get => _isTracing;
        set
        {
            _isTracing = value;
            _audit.Skip();
        }
    }

    /// <summary>Gives the system a console; it then goes on until that says otherwise.</summary>
    public void Attach(Monitor monitor) => _monitor = monitor;

    /// <inheritdoc/>
    public string? Spawn(Child child)
    {
        if (child.State != ChildState.Gone) return "it runs already; `restart` ends it first";
        child.IsWanted = true;
        _isWanted = true;
        return null;
    }

    /// <inheritdoc/>
    public string? Kill(Child child)
    {
        bool isWaiting = child.StartsAt != ServerClock.Never;
        child.StartsAt = ServerClock.Never;
        if (child.IsAlive || child.State == ChildState.Suspended) EndWithDependants(child, ChildOutcome.Killed);
        else if (!isWaiting) return "it does not run";
        return null;
    }

    /// <inheritdoc/>
    public string? Restart(Child child)
    {
        if (Kill(child) is { } refusal) return refusal;
        child.IsWanted = true;
        _isWanted = true;
        return null;
    }

    /// <inheritdoc/>
    public void Quit()
    {
        _isQuitting = true;
        foreach (Child child in _children)
        {
            child.IsWanted = false;
            Kill(child);
        }
    }

    /// <summary>Runs until nobody is left. True when every child gave everything back and could be started.</summary>
    public bool Run(ReadOnlySpan<byte> archive)
    {
        foreach (Child child in _children)
            if (child.Description.After.Length == 0 && !child.Description.OnDemand) Begin(child, archive);
        _monitor?.Start();
        bool hasAnswer = false;
        MessageInfo answer = default;
        while (!_times.TryArm()) DoWhatIsDue(archive);
        while (IsBusy())
        {
            Received received = Receive(hasAnswer, answer);
            hasAnswer = Serve(received, out answer);
            bool isInTime = _times.TryArm();
            if (isInTime && _reaper.Count == 0 && !_isWanted && !_isTracing) continue;

            // The answer goes first: all this uses the message registers as well.
            if (hasAnswer) Syscall.Reply(answer);
            hasAnswer = false;
            if (_isTracing) _audit.PrintNew();
            if (_reaper.Step() is { } gone) Follow(gone, archive);
            if (_isWanted) StartWhatIsWanted(archive);
            while (!_times.TryArm()) DoWhatIsDue(archive);
        }

        // Who was left suspended by a fault has nobody here to look at it any more.
        foreach (Child child in _children)
            if (child.State == ChildState.Suspended) _reaper.Take(child, ChildOutcome.Faulted);
        while (_reaper.Count != 0) _reaper.Step();
        _audit.Summarize();
        return _isGood && _life.Leaks == 0;
    }

    /// <summary>Waits for a message; while there is something to take back, only looks whether there is one.</summary>
    private Received Receive(bool hasAnswer, MessageInfo answer)
    {
        if (_reaper.Count != 0) return Syscall.NBRecv(_endpoint);
        return hasAnswer ? Syscall.ReplyRecv(_endpoint, answer) : Syscall.Recv(_endpoint);
    }

    private bool IsBusy()
    {
        if (_monitor != null && !_isQuitting) return true;
        foreach (Child child in _children)
            if (child.IsAlive || child.State == ChildState.Reclaiming || child.StartsAt != ServerClock.Never) return true;
        return false;
    }

    private void DoWhatIsDue(ReadOnlySpan<byte> archive)
    {
        _server.Tick(_times.Now);
        foreach (Child child in _children)
        {
            if (_times.IsDue(child.EndsAt))
            {
                Log.Line($"{child.Name} is ended: its {child.Description.TimeLimitMs} ms are over");
                EndWithDependants(child, ChildOutcome.TimedOut);
            }
            else if (_times.IsDue(child.StartsAt))
            {
                child.StartsAt = ServerClock.Never;
                Begin(child, archive);
            }
        }
    }

    private void StartWhatIsWanted(ReadOnlySpan<byte> archive)
    {
        _isWanted = false;
        foreach (Child child in _children)
        {
            if (!child.IsWanted) continue;
            if (child.State == ChildState.Gone)
            {
                child.IsWanted = false;
                Begin(child, archive);
            }
            else
            {
                _isWanted = true;
            }
        }
    }

    private void Begin(Child child, ReadOnlySpan<byte> archive)
    {
        bool isThere = CpioArchive.TryFind(archive, child.Description.Program, out ReadOnlySpan<byte> file, out string problem);
        if (_life.Start(child, file, isThere ? null : problem))
        {
            _times.LimitTime(child);
            return;
        }

        // What follows its end follows this as well.
        _reaper.Take(child);
        _isGood &= child.Injector is { HasStruck: true };
    }

    /// <summary>Deals with one message. True when it is to be answered: every request is, an end and a fault are not (RT:F3).</summary>
    private bool Serve(Received received, out MessageInfo answer)
    {
        answer = default;
        ulong badge = received.Badge.Value;
        // Every capability to the endpoint that is out has a badge: nothing came.
        if (badge == 0) return false;
        BadgeClass badgeClass = ChildBadge.ClassOf(badge);
        if (badgeClass == BadgeClass.Signal)
        {
            if (((SignalSource)badge & SignalSource.Clock) != 0) _times.OnSignal();
            if (((SignalSource)badge & SignalSource.Serial) != 0) _monitor?.OnSignal();
            return false;
        }

        Child? child = ChildOf(badge, badgeClass);
        if (child != null && badgeClass == BadgeClass.Fault)
        {
            FaultReport.Print(child, received.Info, _stack);
            if (child.Description.OnFault == FaultAction.Suspend) Suspend(child);
            else EndWithDependants(child, ChildOutcome.Faulted);
            return false;
        }

        if (child != null && badgeClass == BadgeClass.Exit)
        {
            if (received.Info.Label == (ulong)ProcessMessage.Exit && received.Info.Length > 0)
            {
                child.ExitStatus = (int)IpcBuffer.Current[0];
                EndWithDependants(child, ChildOutcome.Exited);
                return false;
            }

            answer = AnswerProcessMessage(received.Info);
            return true;
        }

        // A badge that is nobody's is answered like a request of somebody without rights; nothing it says is believed.
        Session session = child != null && badgeClass == BadgeClass.Service ? child.Session : _server.Nobody;
        bool mustAnswer = _server.TryServe(session, received.Info, out answer);
        if (child is not { Session.IsOverQuota: true }) return mustAnswer;
        Log.Line($"{child.Name} is ended: it asked for more than its quota");
        EndWithDependants(child, ChildOutcome.Killed);
        return false;
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

        _reaper.Take(child, outcome);
    }

    /// <summary>What comes after the end of a child: the same again, or those that waited for it.</summary>
    private void Follow(Child child, ReadOnlySpan<byte> archive)
    {
        if (_isQuitting || child.IsWanted) return;
        if (child.Runs < child.Description.Repeat)
        {
            Begin(child, archive);
            return;
        }

        switch (RestartJudge.Decide(child, _times.Now))
        {
            case RestartVerdict.Again:
                Restart(child, archive);
                return;
            case RestartVerdict.Exhausted:
                Log.Line($"{child.Name} stays ended: it was started again {child.Restarts} times");
                break;
            default:
                break;
        }

        foreach (Child next in _children)
            if (next.Description.After == child.Name && !next.Description.OnDemand && next.Runs == 0) Begin(next, archive);
    }

    private void Restart(Child child, ReadOnlySpan<byte> archive)
    {
        ulong delay = _times.HasClock ? RestartJudge.Delay(child) : 0;
        string when = delay == 0 ? "" : " after a while";
        Log.Line($"{child.Name} starts again{when}, {child.Restarts} of at most {child.Description.Restart.MaxRestarts} times");
        if (delay == 0) Begin(child, archive);
        else _times.StartLater(child, delay);
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
