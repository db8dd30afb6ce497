// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>Makes up the next step: mostly what nearly makes sense for what is in the slots now, sometimes anything.</summary>
public sealed partial class StepGenerator
{
    private const int PageFault = 14;
    private static readonly SystemCall[] s_otherCalls =
    [
        SystemCall.Recv, SystemCall.NBRecv, SystemCall.ReplyRecv, SystemCall.Send, SystemCall.NBSend, SystemCall.Reply, SystemCall.Yield,
    ];

    private static readonly ulong[] s_noPointers = [];
    private readonly FuzzWorld _world;
    private readonly FuzzRandom _random;
    private readonly FuzzMode _mode;

    /// <summary>The CNode of whoever runs: first slot and number of slots; none when it has no CSpace of the usual form.</summary>
    private ulong _node;
    private ulong _nodeSlots;

    /// <summary>What the call that is being made up invokes.</summary>
    private Capability _target;

    public StepGenerator(FuzzWorld world, FuzzRandom random)
    {
        _world = world;
        _random = random;
        _mode = world.Mode;
    }

    public FuzzStep Next()
    {
        if (_world.Sim.IsIdle) return Supervise();
        FindNode();
        if (_mode.IsWild && _random.OneIn(6)) return Garbage();
        if (_random.OneIn(4)) return Converse();
        switch (_random.Next(64))
        {
            case < 3:
                return new(StepKind.Vector) { Number = (long)Traps<SimMachine>.TimerVector };
            case 3:
                return Interrupt(FuzzSlots.FirstVector + _random.Next(2));
            case 4:
                return _mode.HasDevices ? Vector() : Interrupt(FuzzSlots.FirstVector);
            case 5:
                return Supervise();
            case 6:
                return Exception();
            case < 11 when _mode.HasDevices:
                return Access();
            case < 16:
                return new(StepKind.Repeat);
            default:
                return Call();
        }
    }

    private FuzzStep Supervise() => new(StepKind.Supervise) { Number = _random.Next(int.MaxValue) };

    private static FuzzStep Interrupt(int irq) => new(StepKind.Vector) { Number = (int)Traps<SimMachine>.FirstUserVector + irq };

    /// <summary>A device that somebody has, <c>int N</c>, or nothing that there is.</summary>
    private FuzzStep Vector() => _random.OneIn(3)
        ? new(StepKind.Vector) { Number = _random.Next((int)Traps<SimMachine>.FirstSoftwareVector, 256) }
        : Interrupt(_random.Next(IrqTable.Count - 1));

    private FuzzStep Exception()
    {
        int vector = _random.OneIn(2) ? PageFault : _random.OneIn(2) ? (int)Traps<SimMachine>.FpuVector : _random.Next(32);
        return new(StepKind.Exception)
        {
            Number = vector,
            Info = (ulong)_random.Next(vector == PageFault ? 32 : 0x1_0000),
            Target = vector == PageFault ? Word() : 0,
        };
    }

    private FuzzStep Access() => new(StepKind.Access)
    {
        Number = _random.Next(2),
        Target = _random.OneIn(8) ? Word() : VirtualAddress() + ((ulong)_random.Next(512) << 3),
        Info = Word(),
    };

    /// <summary>A call of nothing in particular with anything in every register and in the buffer.</summary>
    private FuzzStep Garbage() => new(StepKind.Call)
    {
        Number = AnyNumber(),
        Target = _random.OneIn(3) ? _random.Next() >> _random.Next(64) : Pointer(),
        Info = _random.OneIn(3) ? _random.Next() : new MessageInfo(Word() >> 12, _random.Next(8), _random.Next(4), _random.Next(128)).Word,
        Words = [AnyWord(), AnyWord(), AnyWord(), AnyWord()],
        PreemptAfter = Preemption(),
        Scramble = _random.Next() | 1,
    };

    private FuzzStep Call()
    {
        ulong target = Pointer();
        // Endpoints and notifications are what threads meet at.
        for (int i = 0; i < 2 && _random.OneIn(2) && !IsMeetingPlace(TagAt(target)); i++) target = Pointer();
        // An empty slot is worth a try, not half of all tries.
        for (int i = 0; i < 4 && TagAt(target) == CapabilityTag.Null && !_random.OneIn(8); i++) target = Pointer();
        CapabilityTag tag = TagAt(target);
        _target = target < _nodeSlots ? Slots.At(_node, target).Value.Capability : default;
        ulong label = Label(tag);
        ulong[] words = Words(tag, label);
        int extras = _random.OneIn(6) ? _random.Next(4) : 1 + _random.Next(3);
        if (IsMeetingPlace(tag) && !_random.OneIn(4)) extras = 0;
        int length = _random.OneIn(30) ? _random.Next(128) : _random.OneIn(6) ? _random.Next(12) : words.Length;
        return new(StepKind.Call)
        {
            Number = Number(tag),
            Target = target,
            Info = new MessageInfo(label, _random.Next(8), extras, length).Word,
            Words = words,
            Pointers = _random.OneIn(40) ? s_noPointers : [Extra(tag, label, 0), Extra(tag, label, 1), Extra(tag, label, 2),
                _random.OneIn(8) ? Pointer() : FuzzSlots.OwnNode, Slot(), Depth()],
            PreemptAfter = Preemption(),
            Scramble = _mode.IsWild && _random.OneIn(10) ? _random.Next() | 1 : 0,
        };
    }

    /// <summary>What servers and clients do all day: without it, few calls would find somebody who waits.</summary>
    private FuzzStep Converse()
    {
        bool owesAnswer = !Slots.Of(_world.Sim.State.Current, TcbSlot.Caller).Value.IsEmpty;
        SystemCall number = owesAnswer ? SystemCall.ReplyRecv : _random.OneIn(2) ? SystemCall.Recv : SystemCall.Call;
        if (_random.OneIn(6)) number = _random.Pick<SystemCall>(s_otherCalls);
        int length = _random.OneIn(4) ? _random.Next(128) : _random.Next(6);
        return new(StepKind.Call)
        {
            Number = (long)number,
            Target = _random.OneIn(6) ? Find(CapabilityTag.Endpoint) : FuzzSlots.FirstFree + (ulong)_random.Next(3),
            Info = new MessageInfo((ulong)_random.Next(4), 0, _random.OneIn(8) ? _random.Next(4) : 0, length).Word,
            Words = [Word(), Word(), Word(), Word(), Word(), Word()],
        };
    }

    private int Preemption() => _mode.HasPreemption && _random.OneIn(6) ? 1 + _random.Next(_random.OneIn(3) ? 40 : 3) : 0;

    private static bool IsMeetingPlace(CapabilityTag tag) =>
        tag is CapabilityTag.Endpoint or CapabilityTag.Notification or CapabilityTag.Reply;

    private long Number(CapabilityTag tag)
    {
        int choice = _random.Next(60);
        if (choice == 0) return AnyNumber();
        if (choice == 1) return (long)SystemCall.SetTlsBase;
        bool isOther = IsMeetingPlace(tag) ? choice < 45 : choice < 10;
        return (long)(isOther ? s_otherCalls[choice % s_otherCalls.Length] : SystemCall.Call);
    }

    /// <summary>Any number but that of DebugHalt, which stops the machine, as it is meant to (ABI §25).</summary>
    private long AnyNumber()
    {
        long number = _random.OneIn(8) ? (long)Word() : _random.OneIn(2) ? _random.Next(-40, 10) : _random.Next(-8, 0);
        return number == (long)SystemCall.DebugHalt ? (long)SystemCall.Yield : number;
    }

    private void FindNode()
    {
        Capability root = Slots.Of(_world.Sim.State.Current, TcbSlot.CSpaceRoot).Value.Capability;
        bool isUsual = root.Tag == CapabilityTag.CNode && root.CNodeRadix + root.CNodeGuardSize == 64 && root.CNodeGuard == 0;
        _node = isUsual ? root.CNodeAddress : 0;
        _nodeSlots = isUsual ? 1ul << (int)Math.Min(root.CNodeRadix, FuzzSlots.NodeRadix) : 0;
    }

    private CapabilityTag TagAt(ulong pointer) => pointer < _nodeSlots ? Slots.At(_node, pointer).Value.Tag : CapabilityTag.Null;

    /// <summary>Some slot with a capability of that type; any slot when there is none.</summary>
    private ulong Find(CapabilityTag tag)
    {
        ulong start = Pointer() % FuzzSlots.NodeSlots;
        for (ulong i = 0; i < _nodeSlots; i++)
        {
            ulong slot = (start + i) % _nodeSlots;
            if (TagAt(slot) == tag) return slot;
        }

        return start;
    }

    /// <summary>Some slot with an untyped of a page, which is what an ASID pool is made of; any slot when there is none.</summary>
    private ulong FindPage()
    {
        ulong start = Pointer() % FuzzSlots.NodeSlots;
        for (ulong i = 0; i < _nodeSlots; i++)
        {
            ulong slot = (start + i) % _nodeSlots;
            Capability capability = Slots.At(_node, slot).Value.Capability;
            if (capability.Tag == CapabilityTag.Untyped && capability.UntypedSizeBits == AbiConstants.PageBits) return slot;
        }

        return start;
    }
}
