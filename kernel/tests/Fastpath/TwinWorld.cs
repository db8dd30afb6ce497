// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Tests.Fastpaths;

/// <summary>One of two systems that are made alike and do the same; only one of them may take the short ways.</summary>
internal sealed class TwinWorld : IDisposable
{
    private const int ThreadCount = 6;
    private const int WithoutBuffer = 4;
    private const int WithDeepCSpace = 5;
    private const ulong Unresolvable = 1ul << 40;
    private const ulong EmptySlot = 1000;
    private const int SmallRadix = 4;

    private readonly SimThread[] _threads = new SimThread[ThreadCount];
    private readonly ulong[] _targets;
    private readonly ulong[] _notifications;
    private readonly ulong[] _endpoints;
    private readonly ulong _saved;
    private readonly ulong _secondSpace;

    public TwinWorld(bool usesFastpath)
    {
        System = new SimSystem { ChecksEveryStep = false };
        System.UsesFastpath = usesFastpath;
        System.Kernel.Hardware.HasFsGsBase = true;
        _endpoints = [System.NewObject(ObjectType.Endpoint), System.NewObject(ObjectType.Endpoint)];
        _notifications = [System.NewObject(ObjectType.Notification), System.NewObject(ObjectType.Notification)];
        _saved = System.NewSlot();
        _targets =
        [
            _endpoints[0], _endpoints[1],
            System.Mint(_endpoints[0], 0x99, CapRights.Write | CapRights.Read | CapRights.Grant),
            System.Mint(_endpoints[0], 0x77, CapRights.Write | CapRights.GrantReply),
            System.Mint(_endpoints[1], 0, CapRights.Read | CapRights.GrantReply),
            System.Mint(_endpoints[1], 0x55, CapRights.Write),
            System.Mint(_endpoints[0], 0, CapRights.Read),
            _notifications[0], System.Mint(_notifications[1], 0x1000),
            _saved, InitialSlot.CNode, EmptySlot, Unresolvable,
        ];
        _secondSpace = System.NewObject(ObjectType.Pml4);
        Must(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [_secondSpace]);
        CreateThreads(CreateDeepCSpace());
        System.Park();
    }

    public SimSystem System { get; }

    /// <summary>Does one step of a program. Whatever was left out before, the rest still is a program.</summary>
    public void Step(in TwinStep step)
    {
        SimThread? running = System.Running;
        if (running == System.Root) System.Park();
        else if (running is null || step.Kind >= TwinStepKind.SetPriority) ActAsRoot(step);
        else if (step.Kind == TwinStepKind.Tick) System.Tick();
        else if (step.Kind == TwinStepKind.UseFpu) Except(running, Traps<SimMachine>.FpuVector, 0);
        else if (step.Kind == TwinStepKind.Fault) Except(running, Traps<SimMachine>.PageFaultVector, step.Word);
        else Enter(running, step);
    }

    /// <summary>Everything that programs or later decisions of the kernel can depend on, without this system's own addresses.</summary>
    public void Describe(TwinState state)
    {
        ref KernelState kernel = ref System.State;
        state.Begin(System.Kernel.Memory.Window);
        state.AddAddress("current thread", kernel.Current.Address);
        state.Add("scheduler action", (ulong)kernel.Action);
        state.AddAddress("FPU owner", kernel.FpuOwner.Address);
        state.Add("FPU trap", kernel.IsFpuTrapSet);
        state.AddAddress("owner of the bases", kernel.BaseOwner.Address);
        state.Add("address space", System.Kernel.Hardware.PageTableRoot);
        state.AddAddress("context of trap entry", System.Kernel.Hardware.CurrentContext);
        state.Add("ready summary", kernel.ReadySummary);
        for (int word = 0; word < 4; word++) state.Add("ready bits", kernel.ReadyBits[word]);
        state.AddThread(System.Root);
        foreach (SimThread thread in _threads) state.AddThread(thread);
        foreach (ulong endpoint in _endpoints) state.AddQueue("endpoint", System.CapabilityAt(endpoint).EndpointAddress);
        foreach (ulong notification in _notifications)
        {
            ulong address = System.CapabilityAt(notification).NotificationAddress;
            state.AddQueue("notification", address);
            state.AddAddress("bound thread", new Ref<Notification>(address).Value.BoundTcb.Address);
            state.Add("notification word", new Ref<Notification>(address).Value.Word);
        }

        foreach (ulong target in _targets.Where(target => target != Unresolvable)) state.AddSlot("slot", System.SlotAt(target));
    }

    public void Dispose() => System.Dispose();

    /// <summary>A CNode of 16 slots above the root CNode: the same addresses resolve in two levels.</summary>
    private ulong CreateDeepCSpace()
    {
        ulong node = System.NewObject(ObjectType.CNode, SmallRadix);
        Must(node, InvocationLabel.CNodeMint, [0, SmallRadix, InitialSlot.CNode, 64, (ulong)CapRights.All, 0], [InitialSlot.CNode]);
        return System.Mint(node, new CNodeGuard(0, 64 - SmallRadix - SimSystem.RootRadix).Word);
    }

    /// <summary>Threads of two address spaces and close priorities whose faults go to the first endpoint.</summary>
    private void CreateThreads(ulong deepCSpace)
    {
        for (int i = 0; i < ThreadCount; i++)
        {
            SimBuffer buffer = i == WithoutBuffer ? SimBuffer.None : SimBuffer.Own;
            SimThread thread = System.NewStoppedThread($"thread {i}", (byte)(100 + (i / 2)), buffer: buffer);
            ulong cspace = i == WithDeepCSpace ? deepCSpace : InitialSlot.CNode;
            ulong space = i % 2 == 0 ? InitialSlot.VSpace : _secondSpace;
            Must(thread.Capability, InvocationLabel.TcbSetSpace, [_targets[2], 0, 0], [cspace, space]);
            if (i != WithoutBuffer) thread.SetReceiveSlot(InitialSlot.CNode, _saved, 64);
            Must(thread.Capability, InvocationLabel.TcbResume);
            _threads[i] = thread;
        }
    }

    /// <summary>The initial thread interferes; errors are part of the game.</summary>
    private void ActAsRoot(TwinStep step) => System.AsRoot(root =>
    {
        ulong thread = _threads[step.Thread % ThreadCount].Capability;
        ulong notification = _notifications[step.Target % _notifications.Length];
        switch ((TwinStepKind)((int)step.Kind % (int)TwinStepKind.Count))
        {
            case TwinStepKind.SetPriority:
                root.Invoke(thread, InvocationLabel.TcbSetPriority, [99 + (step.Word % 5)], [InitialSlot.Tcb]);
                break;
            case TwinStepKind.Bind:
                root.Invoke(thread, InvocationLabel.TcbBindNotification, [], [notification]);
                break;
            case TwinStepKind.Unbind:
                root.Invoke(thread, InvocationLabel.TcbUnbindNotification);
                break;
            case TwinStepKind.Notify:
                root.Signal(_targets[7 + (step.Target % 2)]);
                break;
            case TwinStepKind.ChangeSpace:
                ulong space = step.Word % 2 == 0 ? InitialSlot.VSpace : _secondSpace;
                root.Invoke(thread, InvocationLabel.TcbSetSpace, [_targets[2], 0, 0], [InitialSlot.CNode, space]);
                break;
            case TwinStepKind.DropSaved:
                root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [_saved, 64]);
                break;
            default:
                for (int i = 0; i < 3; i++)
                {
                    ulong next = _threads[(step.Thread + i) % ThreadCount].Capability;
                    root.Invoke(next, InvocationLabel.TcbSuspend);
                    root.Invoke(next, InvocationLabel.TcbResume);
                }
                break;
        }
    });

    private void Enter(SimThread thread, in TwinStep step)
    {
        ulong target = _targets[step.Target % _targets.Length];
        ulong label = step.Word % 3;
        for (int i = 0; i < Math.Max(4, Math.Min(step.Length, AbiConstants.MaxMessageLength)); i++) thread.SetWord(i, step.Word + (ulong)i);
        IpcBuffer buffer = thread.Buffer;
        for (int i = 0; i < step.ExtraCaps && buffer.IsPresent; i++) buffer.SetBadge(i, _targets[(step.Target + i + 1) % _targets.Length]);
        if (target == InitialSlot.CNode)
        {
            label = (ulong)(step.Word % 2 == 0 ? InvocationLabel.CNodeSaveCaller : InvocationLabel.CNodeDelete);
            thread.SetWord(0, _saved);
            thread.SetWord(1, 64);
        }

        ref Tcb tcb = ref thread.Tcb.Value;
        tcb.Registers[UserContext.Rdi] = target;
        tcb.Registers[UserContext.Rsi] = new MessageInfo(label, (int)(step.Word & 7), step.ExtraCaps, step.Length).Word;
        tcb.Registers[UserContext.FaultIp] = tcb.Registers[UserContext.Rip];
        tcb.Registers[UserContext.Rip] += 2;
        if (System.UsesFastpath) SystemCalls<X64<SimMachine>>.Handle(ref System.State, step.SystemCallNumber);
        else SystemCalls<X64<SimMachine>>.HandleSlowly(ref System.State, step.SystemCallNumber);
    }

    private void Except(SimThread thread, ulong vector, ulong address)
    {
        ref Tcb tcb = ref thread.Tcb.Value;
        tcb.Registers[UserContext.FaultIp] = tcb.Registers[UserContext.Rip];
        Traps<SimMachine>.Exception(ref System.State, vector, 4, address);
    }

    private void Must(ulong target, InvocationLabel method, ulong[]? words = null, ulong[]? capabilities = null) =>
        SimSystem.Must(System.Root.Invoke(target, method, words ?? [], capabilities ?? []));
}
