// SPDX-License-Identifier: BSD-2-Clause

using System;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.Fuzz;

// The arguments of calls.
public sealed partial class StepGenerator
{
    private ulong Label(CapabilityTag tag)
    {
        if (_random.OneIn(25)) return (ulong)_random.Next(0, 56);
        (InvocationLabel first, InvocationLabel last) = tag switch
        {
            CapabilityTag.Untyped => (InvocationLabel.UntypedRetype, InvocationLabel.UntypedRetype),
            CapabilityTag.Tcb => (InvocationLabel.TcbReadRegisters, InvocationLabel.TcbSetFlags),
            CapabilityTag.CNode => (InvocationLabel.CNodeRevoke, InvocationLabel.CNodeSaveCaller),
            CapabilityTag.IrqControl => (InvocationLabel.IrqControlGetIoApic, InvocationLabel.IrqControlGetMsi),
            CapabilityTag.IrqHandler => (InvocationLabel.IrqHandlerAck, InvocationLabel.IrqHandlerClear),
            CapabilityTag.Domain => (InvocationLabel.DomainSetSet, InvocationLabel.DomainSetScheduleSetStart),
            CapabilityTag.Pdpt => (InvocationLabel.X86PdptMap, InvocationLabel.X86PdptUnmap),
            CapabilityTag.PageDirectory => (InvocationLabel.X86PageDirectoryMap, InvocationLabel.X86PageDirectoryUnmap),
            CapabilityTag.PageTable => (InvocationLabel.X86PageTableMap, InvocationLabel.X86PageTableUnmap),
            CapabilityTag.Frame => (InvocationLabel.X86PageMap, InvocationLabel.X86PageGetAddress),
            CapabilityTag.AsidControl => (InvocationLabel.X86AsidControlMakePool, InvocationLabel.X86AsidControlMakePool),
            CapabilityTag.AsidPool => (InvocationLabel.X86AsidPoolAssign, InvocationLabel.X86AsidPoolAssign),
            CapabilityTag.IoPortControl => (InvocationLabel.X86IoPortControlIssue, InvocationLabel.X86IoPortControlIssue),
            CapabilityTag.IoPort => (InvocationLabel.X86IoPortIn8, InvocationLabel.X86IoPortOut32),
            _ => (InvocationLabel.Invalid, (InvocationLabel)(_random.OneIn(4) ? int.MaxValue - 2 : 3)),
        };
        // What unmaps everything soon leaves nothing to unmap.
        bool isPaging = tag is CapabilityTag.Pdpt or CapabilityTag.PageDirectory or CapabilityTag.PageTable or CapabilityTag.Frame;
        return isPaging && !_random.OneIn(4) ? (ulong)first : (ulong)_random.Next((int)first, (int)last + 1);
    }

    private ulong[] Words(CapabilityTag tag, ulong label) => tag switch
    {
        CapabilityTag.Untyped => Retype(),
        CapabilityTag.CNode => Node((InvocationLabel)label),
        CapabilityTag.AsidControl => [Free(), Depth()],
        CapabilityTag.IoPortControl => IssuePorts(),
        CapabilityTag.IoPort => [(ulong)_random.Next(0xf8, 0x308), Word()],
        CapabilityTag.IrqControl when (InvocationLabel)label == InvocationLabel.IrqControlGetMsi =>
            [Free(), Depth(), Small(), Small(), Small(), Small(), (ulong)_random.Next(FuzzSlots.FirstVector - 2, 112)],
        CapabilityTag.IrqControl => [Free(), Depth(), (ulong)(_random.OneIn(8) ? 1 : 0), (ulong)_random.Next(26), (ulong)_random.Next(3),
            (ulong)_random.Next(3), (ulong)_random.Next(112)],
        CapabilityTag.Tcb => Thread((InvocationLabel)label),
        CapabilityTag.Frame => [VirtualAddress(), Rights(), Attributes()],
        CapabilityTag.PageTable or CapabilityTag.PageDirectory or CapabilityTag.Pdpt => [VirtualAddress(), Attributes()],
        CapabilityTag.Domain => [(ulong)_random.Next(_random.OneIn(6) ? 18 : 2), Small(), (ulong)_random.Next(12)],
        _ => Message(),
    };

    /// <summary>Slots of the invoked CNode with the depth that suits it; sources lie in what Extra names, mostly one's own.</summary>
    private ulong[] Node(InvocationLabel method) => method switch
    {
        InvocationLabel.CNodeRevoke or InvocationLabel.CNodeDelete or InvocationLabel.CNodeCancelBadgedSends =>
            [_random.OneIn(2) ? Inside() : Used(), InsideDepth()],
        InvocationLabel.CNodeSaveCaller => [Unused(), InsideDepth()],
        InvocationLabel.CNodeCopy => [Unused(), InsideDepth(), Used(), Depth(), Rights()],
        InvocationLabel.CNodeMove => [Unused(), InsideDepth(), Used(), Depth()],
        InvocationLabel.CNodeMutate => [Unused(), InsideDepth(), Used(), Depth(), Badge()],
        InvocationLabel.CNodeRotate when _random.OneIn(3) => RotateBack(),
        InvocationLabel.CNodeRotate => [Unused(), InsideDepth(), Badge(), Used(), Depth(), Badge(), Used(), Depth()],
        _ => [Unused(), InsideDepth(), Used(), Depth(), Rights(), Badge()],
    };

    /// <summary>A rotation that exchanges two capabilities.</summary>
    private ulong[] RotateBack()
    {
        ulong slot = Used();
        return [slot, 64, 0, Used(), 64, 0, slot, 64];
    }

    private ulong Inside() => _target.Tag == CapabilityTag.CNode && _target.CNodeRadix < FuzzSlots.NodeRadix && !_random.OneIn(8)
        ? (ulong)_random.Next(1 << (int)_target.CNodeRadix)
        : Slot();

    private ulong InsideDepth() => _target.Tag == CapabilityTag.CNode && !_random.OneIn(12)
        ? _target.CNodeRadix + _target.CNodeGuardSize
        : Depth();

    /// <summary>A slot of the invoked CNode, empty if that is easy to find.</summary>
    private ulong Unused()
    {
        ulong slot = Inside();
        for (int i = 0; i < 6 && _target.CNodeAddress == _node && TagAt(slot) != CapabilityTag.Null; i++) slot = Inside();
        return slot;
    }

    /// <summary>A slot of one's own with something in it, if that is easy to find.</summary>
    private ulong Used()
    {
        ulong slot = Slot();
        for (int i = 0; i < 4 && TagAt(slot) == CapabilityTag.Null; i++) slot = Slot();
        return slot;
    }

    /// <summary>A slot of one's own with nothing in it, if that is easy to find.</summary>
    private ulong Free()
    {
        ulong slot = Slot();
        for (int i = 0; i < 6 && slot < _nodeSlots && TagAt(slot) != CapabilityTag.Null; i++) slot = Slot();
        return slot;
    }

    private ulong[] Message()
    {
        ulong[] words = new ulong[_random.OneIn(12) ? _random.Next(121) : _random.Next(8)];
        for (int i = 0; i < words.Length; i++) words[i] = Word();
        return words;
    }

    private ulong[] IssuePorts()
    {
        ulong first = (ulong)_random.Next(0x80);
        return [first, first + (ulong)_random.Next(-2, 0x20), Free(), Depth()];
    }

    private ulong[] Retype()
    {
        ulong type = _random.OneIn(30) ? Word() : (ulong)_random.Next(_mode.HasDevices ? 13 : 5);
        if (!_mode.HasDevices && _random.OneIn(8)) type = (ulong)ObjectType.SmallPage;
        ulong size = _random.OneIn(20) ? Word() : (ulong)(_random.OneIn(4) ? _random.Next(0, 19) : _random.Next(0, 9));
        ulong count = _random.OneIn(20) ? Word() : (ulong)_random.Next(1, 4);
        // The second form names a CNode below one's own, which is mostly not there.
        return _random.OneIn(10) ? [type, size, Slot(), Depth(), Slot(), count] : [type, size, 0, 0, Free(), count];
    }

    private ulong[] Thread(InvocationLabel method) => method switch
    {
        InvocationLabel.TcbConfigure => [Pointer(), CNodeData(), Small(), BufferAddress()],
        InvocationLabel.TcbSetSpace => [_random.OneIn(2) ? FuzzSlots.Faults : Pointer(), CNodeData(), Small()],
        InvocationLabel.TcbSetIpcBuffer => [BufferAddress()],
        InvocationLabel.TcbReadRegisters => [(ulong)_random.Next(2), (ulong)_random.Next(23)],
        InvocationLabel.TcbWriteRegisters =>
            [(ulong)_random.Next(2), (ulong)_random.Next(_random.OneIn(3) ? 24 : 8), Word(), Word(), Word(), Word(), Word(), Word()],
        InvocationLabel.TcbCopyRegisters => [(ulong)_random.Next(16)],
        InvocationLabel.TcbSetPriority or InvocationLabel.TcbSetMcPriority or InvocationLabel.TcbSetSchedParams => [Priority(), Priority()],
        InvocationLabel.TcbSetFlags => [Small(), Small()],
        _ => [Word(), Word(), Word(), Word()],
    };

    /// <summary>An extra capability that the method may well want.</summary>
    private ulong Extra(CapabilityTag tag, ulong label, int position)
    {
        if (_random.OneIn(6)) return Pointer();
        InvocationLabel method = (InvocationLabel)label;
        if (tag == CapabilityTag.Tcb && method is InvocationLabel.TcbConfigure or InvocationLabel.TcbSetSpace)
        {
            if (position == 0) return _random.OneIn(4) ? Find(CapabilityTag.CNode) : FuzzSlots.OwnNode;
            return position == 2 ? Find(CapabilityTag.Frame) : _random.OneIn(4) ? Find(CapabilityTag.Pml4) : FuzzSlots.Space;
        }

        if (tag == CapabilityTag.Tcb && method == InvocationLabel.TcbSetIpcBuffer) return Find(CapabilityTag.Frame);
        if (tag == CapabilityTag.Tcb && method == InvocationLabel.TcbBindNotification) return Find(CapabilityTag.Notification);
        if (tag == CapabilityTag.IrqHandler) return Find(CapabilityTag.Notification);
        if (tag is CapabilityTag.Tcb or CapabilityTag.Domain) return Find(CapabilityTag.Tcb);
        if (tag is CapabilityTag.Frame or CapabilityTag.PageTable or CapabilityTag.PageDirectory or CapabilityTag.Pdpt)
            return _random.OneIn(4) ? Find(CapabilityTag.Pml4) : FuzzSlots.Space;
        if (tag == CapabilityTag.AsidPool) return Find(CapabilityTag.Pml4);
        if (tag == CapabilityTag.AsidControl) return position == 0 ? FindPage() : FuzzSlots.OwnNode;
        return IsMeetingPlace(tag) ? Pointer() : _random.OneIn(5) ? Find(CapabilityTag.CNode) : FuzzSlots.OwnNode;
    }

    private ulong Pointer() => _random.Next(60) switch
    {
        0 => _random.Next(),
        1 => (ulong)_random.Next(256) << _random.Next(64),
        _ => (ulong)_random.Next(1, (int)FuzzSlots.NodeSlots),
    };

    private ulong Priority() => _random.OneIn(12) ? Word() : (ulong)_random.Next(98, 106);

    private ulong CNodeData() => _random.Next(4) switch { 0 => 0, 1 => Badge(), _ => FuzzWorld.Guard };

    private ulong BufferAddress() => _random.Next(5) switch
    {
        0 => 0,
        1 => Word(),
        _ => (ulong)_random.Next(16) << 10,
    };

    /// <summary>The addresses of the tables and pages that the world has, and their neighbours.</summary>
    private ulong VirtualAddress()
    {
        if (_random.OneIn(10)) return Word();
        ulong pages = ((ulong)_random.Next(2) << 21) + ((ulong)_random.Next(3) << 12);
        return _random.OneIn(3) ? ((ulong)_random.Next(2) << 39) + ((ulong)_random.Next(2) << 30) + pages : pages;
    }

    private ulong Attributes() => (ulong)(_random.OneIn(3) ? _random.Next(8) : 0);

    private ulong Rights() => (ulong)(_random.OneIn(3) ? _random.Next(64) : 15);

    /// <summary>A badge, or the guard of a CNode.</summary>
    private ulong Badge() => _random.Next(8) switch
    {
        0 => Word(),
        1 => FuzzWorld.Guard,
        2 => new CNodeGuard((ulong)_random.Next(4), _random.Next(64)).Word,
        _ => (ulong)_random.Next(5),
    };

    private ulong Slot() => (ulong)_random.Next((int)FuzzSlots.NodeSlots) + (_random.OneIn(30) ? Word() : 0);

    private ulong Depth() => _random.Next(20) switch
    {
        0 => (ulong)_random.Next(70),
        1 => FuzzSlots.NodeRadix,
        2 => Word(),
        _ => 64,
    };

    private ulong Small() => (ulong)_random.Next(4);

    private ulong AnyWord() => _random.OneIn(2) ? Word() : _random.Next() >> _random.Next(64);

    private ulong Word() => _random.Next(10) switch
    {
        0 => _random.Next(),
        1 => ulong.MaxValue >> _random.Next(64),
        2 => 1ul << _random.Next(64),
        3 => (ulong)_random.Next(16) << 12,
        4 => (ulong)_random.Next(256),
        5 => 0x7fff_ffff_ffff - (ulong)_random.Next(0x2000),
        _ => Small(),
    };
}
