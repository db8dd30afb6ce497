// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Core;

/// <summary>Collects every capability and object of a state, for <see cref="Invariants{A}"/>.</summary>
internal sealed class StateWalk(Ref<KernelState> kernel, Func<ulong, bool> isReadable)
{
    private readonly Func<ulong, bool> _isReadable = isReadable;
    private readonly Queue<ulong> _pending = new();
    private readonly HashSet<ulong> _seen = [];
    private readonly List<(ulong Start, ulong End)> _containers = [];
    private readonly HashSet<ulong> _containerStarts = [];
    private readonly HashSet<ulong> _rootSlots = [];

    public Ref<KernelState> Kernel { get; } = kernel;

    public List<string> Problems { get; } = [];

    /// <summary>True when the walk met an address outside memory.</summary>
    public bool HasUnreadable { get; private set; }

    /// <summary>Addresses of all occupied slots.</summary>
    public List<ulong> Occupied { get; } = [];

    /// <summary>Live threads: in the kernel's list, current, idle, or named by a capability.</summary>
    public HashSet<ulong> Threads { get; } = [];

    /// <summary>Threads in the kernel's list of all threads.</summary>
    public HashSet<ulong> ListedThreads { get; } = [];

    public HashSet<ulong> Endpoints { get; } = [];

    public HashSet<ulong> Notifications { get; } = [];

    /// <summary>Interrupt vectors with a handler capability.</summary>
    public HashSet<int> HandledVectors { get; } = [];

    public static ref CapabilitySlot Slot(ulong address) => ref new Ref<CapabilitySlot>(address).Value;

    public bool IsOccupied(ulong address) => _seen.Contains(address) && !Slot(address).IsEmpty;

    /// <summary>Walks the whole state, then checks that every capability lies in a slot of something alive.</summary>
    public void Run(ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        foreach (Ref<CapabilitySlot> root in roots) AddRoot(root.Address);
        for (int irq = 0; irq < IrqTable.Count; irq++) AddRoot(References.IrqSlot(ref Kernel.Value, irq).Address);
        AddListedThreads();
        if (!Kernel.Value.Current.IsNull) AddThread(Kernel.Value.Current.Address);
        if (!Kernel.Value.Idle.IsNull) AddThread(Kernel.Value.Idle.Address);

        while (_pending.TryDequeue(out ulong address)) Visit(address);
        CheckContainers();
    }

    public bool IsReadable(ulong address, ulong bytes, string what)
    {
        if (_isReadable(address) && _isReadable(address + bytes - 1)) return true;
        Problem($"{what} points at {address:x}, which is no memory");
        HasUnreadable = true;
        return false;
    }

    public void Problem(string text) => Problems.Add(text);

    private void AddRoot(ulong address)
    {
        _rootSlots.Add(address);
        Enqueue(address, "a root");
    }

    private void AddListedThreads()
    {
        Ref<Tcb> previous = default;
        Ref<Tcb> thread = Kernel.Value.AllThreads;
        while (!thread.IsNull)
        {
            if (!IsReadable(thread.Address, 2048, "the list of all threads")) return;
            if (!ListedThreads.Add(thread.Address))
            {
                Problem($"the list of all threads comes back to {thread.Address:x}");
                return;
            }
            if (thread.Value.AllPrevious != previous)
            {
                Problem($"thread {thread.Address:x} has {thread.Value.AllPrevious.Address:x} before it in the list of all threads");
            }
            AddThread(thread.Address);
            previous = thread;
            thread = thread.Value.AllNext;
        }
    }

    private void AddThread(ulong address)
    {
        if (!IsReadable(address, 2048, "a reference to a thread")) return;
        if (Threads.Add(address)) AddContainer(address, TcbSlots.Count);
    }

    private void AddContainer(ulong start, ulong slots)
    {
        if (!IsReadable(start, slots * Slots.Bytes, "a capability to slots")) return;
        if (!_containerStarts.Add(start)) return;
        _containers.Add((start, start + (slots * Slots.Bytes)));
        for (ulong i = 0; i < slots; i++) Enqueue(start + (i * Slots.Bytes), "an object with slots");
    }

    private void Enqueue(ulong address, string from)
    {
        if (_seen.Contains(address) || !IsReadable(address, Slots.Bytes, from)) return;
        _seen.Add(address);
        _pending.Enqueue(address);
    }

    private void Visit(ulong address)
    {
        ref CapabilitySlot slot = ref Slot(address);
        if (slot.IsEmpty)
        {
            if (slot.Word0 != 0 || slot.Word1 != 0 || slot.MdbPrevious != 0 || slot.MdbNextAndFlags != 0)
            {
                Problem($"the empty slot {address:x} is not all zero");
            }
            return;
        }
        Occupied.Add(address);
        if (!slot.Next.IsNull) Enqueue(slot.Next.Address, $"the link after slot {address:x}");
        if (!slot.Previous.IsNull) Enqueue(slot.Previous.Address, $"the link before slot {address:x}");
        AddObject(slot.Capability);
    }

    private void AddObject(Capability capability)
    {
        switch (capability.Tag)
        {
            case CapabilityTag.CNode:
                AddContainer(capability.CNodeAddress, 1ul << (int)capability.CNodeRadix);
                break;
            case CapabilityTag.Zombie:
                AddContainer(capability.ZombieAddress, Zombies.SlotCount(capability));
                break;
            case CapabilityTag.Tcb:
                AddThread(capability.TcbAddress);
                break;
            case CapabilityTag.Endpoint:
                if (IsReadable(capability.EndpointAddress, 16, "an Endpoint capability")) Endpoints.Add(capability.EndpointAddress);
                break;
            case CapabilityTag.Notification:
                if (IsReadable(capability.NotificationAddress, 32, "a Notification capability"))
                {
                    Notifications.Add(capability.NotificationAddress);
                }
                break;
            case CapabilityTag.IrqHandler:
                HandledVectors.Add((int)capability.IrqHandlerVector);
                break;
            default:
                break;
        }
    }

    private void CheckContainers()
    {
        _containers.Sort();
        foreach (ulong address in Occupied)
        {
            if (_rootSlots.Contains(address) || IsContained(address)) continue;
            Problem($"slot {address:x} holds a {Slot(address).Tag} but lies in no object that a capability names");
        }
    }

    private bool IsContained(ulong address)
    {
        int index = _containers.BinarySearch((address, ulong.MaxValue));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && address < _containers[index].End;
    }
}
