// SPDX-License-Identifier: BSD-2-Clause

using System.Text;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Ipc;

/// <summary>The short cuts for Call and ReplyRecv against the path that takes everything.</summary>
public sealed class FastpathTests
{
    private const int Steps = 600;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [Rule("R-IPC-17", "R-REPLY-06", "R-SCHED-06")]
    public void Both_paths_leave_the_same_state_after_every_step(int seed)
    {
        using IpcPlay fast = new(seed, usesFastpath: true);
        using IpcPlay slow = new(seed, usesFastpath: false);
        for (int step = 0; step < Steps; step++)
        {
            fast.Step();
            slow.Step();
            Assert.Equal(slow.Describe(), fast.Describe());
        }
    }

    [Fact]
    [Rule("R-IPC-17")]
    public void The_play_is_one_in_which_calls_and_replies_do_meet()
    {
        using IpcPlay play = new(11, usesFastpath: true);
        for (int step = 0; step < Steps; step++) play.Step();
        Assert.True(play.Handovers > Steps / 20, $"only {play.Handovers} of {Steps} steps handed the CPU over");
    }
}

/// <summary>Threads of several priorities that call, reply, receive, send and signal by a script made from a seed.</summary>
internal sealed class IpcPlay : IDisposable
{
    private const int Threads = 5;

    private readonly SimSystem _sim = new();
    private readonly Random _random;
    private readonly SimThread[] _threads = new SimThread[Threads];
    private readonly ulong[] _targets;

    public IpcPlay(int seed, bool usesFastpath)
    {
        _random = new Random(seed);
        ulong first = _sim.NewObject(ObjectType.Endpoint);
        ulong second = _sim.NewObject(ObjectType.Endpoint);
        ulong notification = _sim.NewObject(ObjectType.Notification);
        ulong weak = _sim.NewSlot();
        SimSystem.Must(_sim.Root.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeCopy, [weak, 64, first, 64, 3], [InitialSlot.CNode]));
        ulong badged = _sim.Mint(first, 77);
        ulong withoutGrant = _sim.Mint(first, 5, CapRights.All & ~CapRights.Grant);
        _targets = [first, first, first, badged, second, withoutGrant, weak, notification];
        for (int i = 0; i < Threads; i++)
        {
            SimBuffer buffer = i == Threads - 1 ? SimBuffer.None : SimBuffer.Own;
            _threads[i] = _sim.NewThread($"thread {i}", (byte)(100 + (i / 2)), second, buffer);
        }

        SimSystem.Must(_sim.Root.Invoke(_threads[0].Capability, InvocationLabel.TcbBindNotification, [], [notification]));
        _sim.Park();
        _sim.UsesFastpath = usesFastpath;
    }

    /// <summary>Calls and ReplyRecvs after which another thread ran.</summary>
    public int Handovers { get; private set; }

    public void Dispose() => _sim.Dispose();

    public void Step()
    {
        if (_random.Next(15) == 0) _sim.Tick();
        if (_sim.Running is not SimThread thread)
        {
            Revive();
            return;
        }

        if (thread.IsAboutToRepeat && _random.Next(2) == 0)
        {
            thread.Repeat();
            return;
        }

        int length = _random.Next(4) == 0 ? _random.Next(128) : _random.Next(6);
        for (int i = 0; i < Math.Min(length, AbiConstants.MaxMessageLength); i++) thread.SetWord(i, (ulong)_random.Next());
        SystemCall number = Choose();
        ulong target = _targets[_random.Next(_targets.Length)];
        int extras = _random.Next(5) == 0 ? 1 : 0;
        if (extras != 0 && thread.Buffer.IsPresent) thread.Buffer.SetBadge(0, target);
        thread.Enter(number, target, new MessageInfo((ulong)_random.Next(1 << 20), _random.Next(8), extras, length).Word);
        if (number is SystemCall.Call or SystemCall.ReplyRecv && !thread.IsRunning && !_sim.IsIdle) Handovers++;
    }

    /// <summary>All that a thread or an observer could see, without addresses of memory.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        text.AppendLine($"runs: {_sim.Running?.Name}");
        foreach (SimThread thread in _threads)
        {
            ref Tcb tcb = ref thread.Tcb.Value;
            text.Append($"{thread.Name}: {tcb.State} {tcb.TimeSlice} {tcb.FaultKind} {Name(tcb.QueueNext)} {Name(tcb.ScheduleNext)} ");
            for (int i = 0; i < UserContext.Count; i++) text.Append($"{tcb.Registers[i]:x},");
            if (thread.Buffer.IsPresent)
                for (int i = 0; i < AbiConstants.MaxMessageLength; i++) text.Append($"{thread.Buffer.Message(i):x} ");
            DescribeSlot(text, thread, TcbSlot.Caller);
            DescribeSlot(text, thread, TcbSlot.Reply);
            text.AppendLine();
        }

        return text.ToString();
    }

    private void DescribeSlot(StringBuilder text, SimThread thread, TcbSlot slot)
    {
        ref CapabilitySlot place = ref Slots.Of(thread.Tcb, slot).Value;
        Capability reply = place.Capability;
        string tcb = reply.IsNull ? "-" : $"{Name(new(reply.ReplyTcbAddress))}{reply.ReplyCanGrant}{reply.ReplyIsMaster}";
        text.Append($" {slot}={tcb} flags {place.MdbNextAndFlags & 3}");
        text.Append($" next {Relative(place.Next.Address)} before {Relative(place.MdbPrevious)}");
    }

    private ulong Relative(ulong address) => address == 0 ? 0 : address - _sim.Kernel.Memory.Window;

    private string Name(Ref<Tcb> tcb) => Array.Find(_threads, thread => thread.Tcb == tcb)?.Name ?? "nobody";

    private SystemCall Choose() => _random.Next(12) switch
    {
        < 4 => SystemCall.Call,
        < 8 => SystemCall.ReplyRecv,
        8 => SystemCall.Recv,
        9 => SystemCall.Send,
        10 => SystemCall.Reply,
        _ => SystemCall.Yield,
    };

    private void Revive()
    {
        int chosen = _random.Next(Threads);
        _sim.AsRoot(root => root.Invoke(_threads[chosen].Capability, InvocationLabel.TcbResume));
    }
}
