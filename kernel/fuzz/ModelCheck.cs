// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Linq;
using Kernel.Core;
using Kernel.Model;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>The kernel does what the model does not expect.</summary>
public sealed class ModelException(string message) : Exception(message);

/// <summary>Lays the kernel's state beside the model's.</summary>
internal sealed class ModelCheck(SimSystem sim, ModelKernel model)
{
    // SDM 3A table 4-14 and following.
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong User = 4;
    private const ulong IsPage = 0x80;
    private const ulong AddressBits = 0xf_ffff_ffff_f000;
    private const ulong SmallPat = 0x80;
    private const ulong LargePat = 0x1000;

    private static readonly int[] s_registers =
    [
        UserContext.Rip, UserContext.Rsp, UserContext.Rflags, UserContext.Rax, UserContext.Rbx, UserContext.Rcx, UserContext.Rdx,
        UserContext.Rsi, UserContext.Rdi, UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10, UserContext.R11,
        UserContext.R12, UserContext.R13, UserContext.R14, UserContext.R15, UserContext.FsBase, UserContext.GsBase,
    ];

    private readonly ulong _window = sim.Kernel.Memory.Window;

    /// <summary>An entry of a paging structure; null when it is not present.</summary>
    public static (bool IsTable, ulong Address, int Rights, ulong Attributes)? EntryOf(ulong word, int level)
    {
        if ((word & Present) == 0) return null;
        bool isTable = level == 4 || (level > 1 && (word & IsPage) == 0);
        ulong pat = level == 1 ? SmallPat : LargePat;
        ulong attributes = ((word >> 3) & 3) | (!isTable && (word & pat) != 0 ? 4ul : 0);
        ulong address = word & AddressBits & ~(isTable || level == 1 ? 0 : LargePat);
        int rights = (word & User) == 0 ? 1 : (word & Writable) == 0 ? 2 : 3;
        return (isTable, address, isTable ? 0 : rights, isTable ? attributes & 3 : attributes);
    }

    public static void TakeRegisters(ModelThread thread, ref Tcb tcb)
    {
        for (int index = 0; index < s_registers.Length; index++) thread.Registers[index] = tcb.Registers[s_registers[index]];
        thread.FaultIp = tcb.Registers[UserContext.FaultIp];
    }

    /// <summary>Every occupied slot with the slot of its parent, 0 for none; parents come before their children.</summary>
    public static IEnumerable<(ulong Child, ulong Parent)> Parents(IEnumerable<ulong> slots)
    {
        foreach (ulong address in slots.ToArray())
        {
            Ref<CapabilitySlot> head = new(address);
            if (head.Value.IsEmpty || !head.Value.Previous.IsNull) continue;
            Stack<Ref<CapabilitySlot>> ancestors = new();
            for (Ref<CapabilitySlot> slot = head; !slot.IsNull; slot = slot.Value.Next)
            {
                while (ancestors.Count > 0 && !MappingDatabase<X64<SimMachine>>.IsParentOf(ancestors.Peek(), slot)) ancestors.Pop();
                yield return (slot.Address, ancestors.Count > 0 ? ancestors.Peek().Address : 0);
                ancestors.Push(slot);
            }
        }
    }

    /// <summary>Compares threads, capabilities, queues, and what was written to user memory.</summary>
    /// <exception cref="ModelException">They differ.</exception>
    public void Compare()
    {
        foreach (ModelThread thread in model.Threads.Values) CompareThread(thread);
        foreach (ModelNode node in model.Nodes.Values)
            foreach (ModelSlot slot in node.Slots)
                if (slot.Cap != null || !new Ref<CapabilitySlot>(slot.Address + _window).Value.IsEmpty) CompareSlot(slot, "a CNode");
        foreach ((ulong vector, ModelSlot slot) in model.InterruptSlots)
            CompareCap(slot, sim.Kernel.InterruptSlot((int)vector).Value.Capability, "a handler");
        foreach ((ulong address, ulong word) in model.Written)
            Same("the word in a buffer", address, sim.Kernel.Memory.ReadWord(address), word);
    }

    /// <summary>Compares who descends from whom; slower.</summary>
    public void CompareFamilies()
    {
        Dictionary<ulong, ModelSlot> slots = [];
        IEnumerable<ModelSlot> all = model.Nodes.Values.SelectMany(node => node.Slots)
            .Concat(model.Threads.Values.SelectMany(thread => thread.Slots))
            .Concat(model.InterruptSlots.Values);
        foreach (ModelSlot slot in all) slots.Add(slot.Address + _window, slot);
        foreach ((ulong child, ulong parent) in Parents(slots.Keys))
        {
            ModelSlot slot = slots[child];
            if (slot.Cap is null || slot.Cap.Type == CapabilityTypeTag.Reply) continue;
            ModelSlot? expected = slot.Parent;
            ModelSlot? found = parent == 0 ? null : slots[parent];
            if (expected == found) continue;
            string what = $"the {slot.Cap.Type} in the slot at {slot.Address:x}";
            throw new ModelException($"{what} descends from the slot at {found?.Address:x}, not {expected?.Address:x}");
        }
    }

    /// <summary>Compares what page tables say with what was mapped.</summary>
    public void CompareTables()
    {
        foreach (ModelAsidPool? pool in model.AsidPools)
            foreach (ModelTable root in pool?.Spaces.Values ?? Enumerable.Empty<ModelTable>()) CompareTable(root);
    }

    private void CompareTable(ModelTable table)
    {
        for (int index = 0; index < (table.Level == 4 ? 256 : 512); index++)
        {
            var found = EntryOf(sim.Kernel.Memory.ReadWord(table.Address + (8 * (ulong)index)), table.Level);
            ModelEntry? expected = table.Entries.GetValueOrDefault(index);
            ulong where = table.Address + (8 * (ulong)index);
            Same("a present table entry", where, found is null ? 0ul : 1, expected is null ? 0ul : 1);
            if (found is not { } entry) continue;
            Same("a table entry", where, entry.Address, expected!.Table?.Address ?? expected.Page);
            Same("the rights of a table entry", where, (ulong)entry.Rights, (ulong)expected.Rights);
            Same("the attributes of a table entry", where, entry.Attributes, expected.Attributes);
            if (expected.Table != null) CompareTable(expected.Table);
        }
    }

    private void CompareThread(ModelThread thread)
    {
        ulong where = thread.Address;
        ref Tcb tcb = ref new Ref<Tcb>(where + _window).Value;
        if ((ModelThreadState)tcb.State != thread.State)
            throw new ModelException($"the thread at {where:x} is {tcb.State}, not {thread.State}");
        Same("the priority of the thread", where, tcb.Priority, thread.Priority);
        Same("the maximum priority of the thread", where, tcb.MaximumControlledPriority, thread.MaximumPriority);
        Same("the fault handler of the thread", where, tcb.FaultHandler, thread.FaultHandler);
        Same("the buffer address of the thread", where, tcb.IpcBufferAddress, thread.BufferAddress);
        Same("the flags of the thread", where, tcb.Flags, thread.Flags);
        Same("the notification of the thread", where, Physical(tcb.BoundNotification.Address), thread.Bound?.Address ?? 0);
        Same("the restart address of the thread", where, tcb.Registers[UserContext.FaultIp], thread.FaultIp);
        for (int index = 0; index < s_registers.Length; index++)
        {
            if (tcb.Registers[s_registers[index]] == thread.Registers[index]) continue;
            Same($"{(UserRegister)index} of the thread", where, tcb.Registers[s_registers[index]], thread.Registers[index]);
        }

        for (int index = 0; index < thread.Slots.Length; index++)
            if (index != (int)TcbSlot.Reply) CompareSlot(thread.Slots[index], "a thread");
        switch (thread.BlockedOn)
        {
            case ModelEndpoint endpoint:
                CompareQueue(endpoint.Queue, endpoint.Address, new Ref<Endpoint>(endpoint.Address + _window).Value.Head);
                break;
            case ModelNotification notification:
                CompareQueue(notification.Waiters, notification.Address, new Ref<Notification>(notification.Address + _window).Value.Head);
                break;
            default:
                break;
        }
    }

    private void CompareQueue(List<ModelThread> expected, ulong where, Ref<Tcb> head)
    {
        Ref<Tcb> found = head;
        foreach (ModelThread thread in expected)
        {
            Same("the queue of the object", where, Physical(found.Address), thread.Address);
            found = found.Value.QueueNext;
        }

        Same("the end of the queue of the object", where, Physical(found.Address), 0);
    }

    private void CompareSlot(ModelSlot slot, string where) =>
        CompareCap(slot, new Ref<CapabilitySlot>(slot.Address + _window).Value.Capability, where);

    private void CompareCap(ModelSlot slot, Capability found, string where)
    {
        ModelCapView view = ModelCapView.Of(found, _window);
        ModelCapView expected = ModelCapView.Of(slot.Cap);
        if (view != expected) throw new ModelException($"the slot at {slot.Address:x} in {where} holds {view}, not {expected}");
        if (slot.Cap?.Target is not ModelNotification notification) return;
        ref Notification kernel = ref new Ref<Notification>(notification.Address + _window).Value;
        bool isActive = kernel.State == NotificationState.Active;
        Same("the state of a notification", notification.Address, isActive ? 1ul : 0, notification.Word.HasValue ? 1ul : 0);
        if (isActive) Same("the word of a notification", notification.Address, kernel.Word, notification.Word!.Value);
        Same("the thread of a notification", notification.Address, Physical(kernel.BoundTcb.Address), notification.Bound?.Address ?? 0);
    }

    private ulong Physical(ulong address) => address == 0 ? 0 : address - _window;

    /// <summary>Words are put together only when something is wrong: this is called some hundred times for each entry.</summary>
    private static void Same(string what, ulong where, ulong found, ulong expected)
    {
        if (found != expected) throw new ModelException($"{what} at {where:x} is {found:x}, not {expected:x}");
    }
}
