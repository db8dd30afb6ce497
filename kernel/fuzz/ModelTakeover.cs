// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Core;
using Kernel.Model;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>Makes a model of a system that has just booted: objects, capabilities, who descends from whom, and the one thread.</summary>
internal sealed class ModelTakeover
{
    private readonly SimSystem _sim;
    private readonly ModelKernel _model;
    private readonly ulong _window;
    private readonly Dictionary<(CapabilityTypeTag, ulong), ModelObject> _objects = [];
    private readonly Dictionary<ulong, ModelSlot> _slots = [];

    private ModelTakeover(SimSystem sim, ModelKernel model)
    {
        _sim = sim;
        _model = model;
        _window = sim.Kernel.Memory.Window;
    }

    /// <summary>Takes everything over that the initial thread can reach.</summary>
    public static void Run(SimSystem sim, ModelKernel model)
    {
        ModelTakeover takeover = new(sim, model);
        ModelThread root = (ModelThread)takeover.ObjectOf(Capability.NewTcb(sim.Root.Tcb.Address));
        takeover.FindInterruptSlots();
        takeover.FindSlots();
        takeover.TakeCapabilities();
        TakeThread(root, ref sim.Root.Tcb.Value);
        ModelTable space = (ModelTable)takeover.ObjectOf(sim.CapabilityAt(InitialSlot.VSpace));
        ModelAsidPool pool = (ModelAsidPool)takeover.ObjectOf(sim.CapabilityAt(InitialSlot.AsidPool));
        model.AsidPools[pool.FirstAsid >> 9] = pool;
        pool.Spaces[(int)sim.CapabilityAt(InitialSlot.VSpace).Pml4MappedAsid] = space;
        takeover.TakeTable(space);
        model.Run(root);
    }

    /// <summary>The object of a capability, made when it is met for the first time.</summary>
    private ModelObject ObjectOf(Capability cap)
    {
        ModelCapView view = ModelCapView.Of(cap, _window);
        bool isMachine = cap.Tag is CapabilityTag.IrqHandler or CapabilityTag.IoPort;
        (CapabilityTypeTag, ulong) key = (view.Type, isMachine ? view.Number : view.Address);
        if (_objects.TryGetValue(key, out ModelObject? known)) return known;
        ModelObject made = view.Type switch
        {
            CapabilityTypeTag.Untyped => new ModelUntyped(view.Address, (int)cap.UntypedSizeBits, cap.UntypedIsDevice),
            CapabilityTypeTag.Endpoint => new ModelEndpoint(view.Address),
            CapabilityTypeTag.Notification => new ModelNotification(view.Address),
            CapabilityTypeTag.CNode => new ModelNode(view.Address, (int)cap.CNodeRadix),
            CapabilityTypeTag.Tcb => new ModelThread(view.Address),
            CapabilityTypeTag.Frame => new ModelFrame(view.Address, 12 + (9 * (int)cap.FrameSizeClass), cap.FrameIsDevice),
            CapabilityTypeTag.PageTable => new ModelTable(view.Address, 1),
            CapabilityTypeTag.PageDirectory => new ModelTable(view.Address, 2),
            CapabilityTypeTag.Pdpt => new ModelTable(view.Address, 3),
            CapabilityTypeTag.Pml4 => new ModelTable(view.Address, 4),
            CapabilityTypeTag.AsidPool => new ModelAsidPool(view.Address, (int)cap.AsidPoolBase),
            CapabilityTypeTag.IrqHandler => new ModelInterrupt(cap.IrqHandlerVector),
            CapabilityTypeTag.IoPort => new ModelPorts(cap.IoPortFirst, cap.IoPortLast),
            _ => throw new InvalidOperationException($"a capability of type {view.Type} has no object"),
        };
        _objects.Add(key, made);
        if (made is ModelNode node) _model.Nodes.Add(node.Address, node);
        if (made is ModelInterrupt interrupt) _model.Interrupts.Add(interrupt.Address);
        if (made is ModelPorts ports) _model.Ports.Add(ports);
        if (made is ModelThread thread) _model.Threads.Add(thread.Address, thread);
        return made;
    }

    private static bool HasObject(CapabilityTag tag) => tag is not (
        CapabilityTag.IrqControl or CapabilityTag.IoPortControl or CapabilityTag.AsidControl or CapabilityTag.Domain);

    private void FindInterruptSlots()
    {
        for (int vector = 0; vector < IrqTable.Count; vector++)
        {
            Ref<CapabilitySlot> slot = _sim.Kernel.InterruptSlot(vector);
            ModelSlot made = new(slot.Address - _window);
            _model.InterruptSlots.Add((ulong)vector, made);
            _slots.Add(slot.Address, made);
        }
    }

    /// <summary>All slots of all CNodes and threads that capabilities lead to, and their objects.</summary>
    private void FindSlots()
    {
        HashSet<ModelObject> seen = [];
        Queue<ModelObject> pending = new(_objects.Values);
        while (pending.TryDequeue(out ModelObject? found))
        {
            if (!seen.Add(found)) continue;
            ModelSlot[] slots = found switch { ModelNode node => node.Slots, ModelThread thread => thread.Slots, _ => [] };
            foreach (ModelSlot slot in slots)
            {
                _slots.Add(slot.Address + _window, slot);
                Capability cap = new Ref<CapabilitySlot>(slot.Address + _window).Value.Capability;
                if (!cap.IsNull && cap.Tag != CapabilityTag.Reply && HasObject(cap.Tag)) pending.Enqueue(ObjectOf(cap));
            }
        }
    }

    private void TakeCapabilities()
    {
        foreach ((ulong child, ulong parent) in ModelCheck.Parents(_slots.Keys))
        {
            Ref<CapabilitySlot> slot = new(child);
            Capability cap = slot.Value.Capability;
            if (cap.Tag == CapabilityTag.Reply) continue;
            bool isOriginal = (slot.Value.MdbNextAndFlags & CapabilitySlot.RevocableFlag) != 0;
            ModelFamily.TakeOver(_slots[child], CapOf(cap), parent == 0 ? null : _slots[parent], isOriginal);
        }
    }

    private ModelCap CapOf(Capability cap)
    {
        ModelCapView view = ModelCapView.Of(cap, _window);
        return new ModelCap(view.Type, HasObject(cap.Tag) ? ObjectOf(cap) : null)
        {
            Badge = view.Badge,
            Rights = view.Rights,
            Used = view.Type == CapabilityTypeTag.Untyped ? view.Number : 0,
            Guard = view.Type == CapabilityTypeTag.CNode ? view.Number : 0,
            GuardSize = view.Type == CapabilityTypeTag.CNode ? (int)view.Second : 0,
            PageRights = view.Type == CapabilityTypeTag.Frame ? (int)view.Second : 0,
            Mapping = view.Asid < 0 ? null : new ModelMapping(view.Asid, view.MappedAt),
            First = view.Type is CapabilityTypeTag.IrqHandler or CapabilityTypeTag.IoPort ? view.Number : 0,
            Last = view.Type == CapabilityTypeTag.IoPort ? view.Second : 0,
        };
    }

    private static void TakeThread(ModelThread thread, ref Tcb tcb)
    {
        thread.State = (ModelThreadState)tcb.State;
        thread.Priority = tcb.Priority;
        thread.MaximumPriority = tcb.MaximumControlledPriority;
        thread.FaultHandler = tcb.FaultHandler;
        thread.BufferAddress = tcb.IpcBufferAddress;
        thread.Flags = tcb.Flags;
        ModelCheck.TakeRegisters(thread, ref tcb);
    }

    /// <summary>The tables that boot made, by what their entries name (SDM 3A §4.5).</summary>
    private void TakeTable(ModelTable table)
    {
        int users = table.Level == 4 ? 256 : 512;
        for (int index = 0; index < users; index++)
        {
            ulong word = _sim.Kernel.Memory.ReadWord(table.Address + (8 * (ulong)index));
            if (ModelCheck.EntryOf(word, table.Level) is not { } entry) continue;
            ModelTable? below = null;
            if (entry.IsTable)
            {
                CapabilityTypeTag type = table.Level switch
                {
                    4 => CapabilityTypeTag.Pdpt, 3 => CapabilityTypeTag.PageDirectory, _ => CapabilityTypeTag.PageTable,
                };
                below = (ModelTable)_objects[(type, entry.Address)];
                TakeTable(below);
            }

            table.Entries[index] = new ModelEntry(below, entry.IsTable ? 0 : entry.Address, entry.Rights, entry.Attributes);
        }
    }
}
