// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;

namespace Kernel.Tests.Fastpaths;

/// <summary>A system's state as a list of named numbers; addresses count from the start of its memory.</summary>
internal sealed class TwinState
{
    private readonly List<(string What, ulong Value)> _entries = [];
    private ulong _window;

    public void Begin(ulong window)
    {
        _entries.Clear();
        _window = window;
    }

    public void Add(string what, ulong value) => _entries.Add((what, value));

    public void AddAddress(string what, ulong address) => Add(what, address == 0 ? 0 : address - _window);

    /// <summary>The two words that endpoints and notifications begin with.</summary>
    public void AddQueue(string what, ulong address)
    {
        Endpoint queue = new Ref<Endpoint>(address).Value;
        Add(what, (ulong)queue.State);
        AddAddress(what, queue.Head.Address);
        AddAddress(what, queue.Tail.Address);
    }

    public void AddThread(SimThread thread)
    {
        ref Tcb tcb = ref thread.Tcb.Value;
        for (int i = 0; i < RegisterWords.Count; i++) Add("register", tcb.Registers[i]);
        Add("state", (ulong)tcb.State);
        Add("is queued", tcb.IsQueued);
        Add("blocking flags", (ulong)tcb.BlockingFlags);
        Add("priority", tcb.Priority);
        Add("fault kind", tcb.FaultKind);
        Add("FPU use", tcb.UsesFpu);
        Add("time slice", tcb.TimeSlice);
        Add("fault words", tcb.Fault0 ^ (tcb.Fault1 << 32));
        AddAddress("blocking object", tcb.BlockingObject);
        Add("blocking badge", tcb.BlockingBadge);
        AddAddress("bound notification", tcb.BoundNotification.Address);
        AddAddress("next in ready queue", tcb.ScheduleNext.Address);
        AddAddress("previous in ready queue", tcb.SchedulePrevious.Address);
        AddAddress("next in object's queue", tcb.QueueNext.Address);
        AddAddress("previous in object's queue", tcb.QueuePrevious.Address);
        for (int i = 0; i < TcbSlots.Count; i++) AddSlot(((TcbSlot)i).ToString(), Slots.Of(thread.Tcb, (TcbSlot)i));
        IpcBuffer buffer = thread.Buffer;
        for (int i = 0; i < IpcBufferLayout.Size / 8 && buffer.IsPresent; i++)
            Add("IPC buffer", new Ref<ulong>(buffer.Address + (8 * (ulong)i)).Value);
    }

    public void AddSlot(string what, Ref<CapabilitySlot> slot)
    {
        Capability capability = slot.Value.Capability;
        Add(what, (ulong)capability.Tag);
        AddAddress(what, ObjectOf(capability));
        if (capability.Tag == CapabilityTag.Endpoint) Add(what, capability.WithEndpointAddress(0).Word0);
        if (capability.Tag == CapabilityTag.Reply) Add(what, capability.WithReplyTcbAddress(0).Word0);
        Add(what, slot.Value.Word1);
        AddAddress(what, slot.Value.Previous.Address);
        AddAddress(what, slot.Value.Next.Address);
        Add(what, slot.Value.MdbNextAndFlags & 3);
    }

    /// <summary>A sentence about the first difference; null when there is none.</summary>
    public string? DifferenceFrom(TwinState other)
    {
        for (int i = 0; i < Math.Min(_entries.Count, other._entries.Count); i++)
        {
            if (_entries[i] == other._entries[i]) continue;
            (string what, ulong value) = other._entries[i];
            return $"entry {i}: {_entries[i].What} 0x{_entries[i].Value:x} by the short way, {what} 0x{value:x} by the long one";
        }

        return _entries.Count == other._entries.Count ? null : $"{_entries.Count} entries against {other._entries.Count}";
    }

    private static ulong ObjectOf(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Endpoint => capability.EndpointAddress,
        CapabilityTag.Notification => capability.NotificationAddress,
        CapabilityTag.Reply => capability.ReplyTcbAddress,
        CapabilityTag.Tcb => capability.TcbAddress,
        CapabilityTag.CNode => capability.CNodeAddress,
        CapabilityTag.Pml4 => capability.Pml4Address,
        CapabilityTag.Frame => capability.FrameAddress,
        _ => 0,
    };
}
