// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;

namespace Kernel.Model;

// How messages travel: words, badges, capabilities (R-IPC, R-XFER), and the messages that faults are (R-FAULT).
public sealed partial class ModelKernel
{
    private const int WordBytes = 8;

    /// <summary>Carries a message from one thread to another.</summary>
    /// <param name="through">The endpoint; null for a reply.</param>
    /// <param name="canGrant">Whether capabilities may travel (R-XFER-01).</param>
    private void Transfer(ModelThread from, ModelThread to, ModelEndpoint? through, ulong badge, bool canGrant)
    {
        if (from.Fault is { } fault)
        {
            DeliverFault(from, to, fault, badge);
            return;
        }

        MessageInfo sent = MessageInfo.FromWord(from[UserRegister.Rsi]);
        ulong? source = BufferOf(from, isReceiver: false);
        ulong? target = BufferOf(to, isReceiver: true);
        List<ModelSlot>? extras = canGrant ? FindExtras(from, sent, out _) : null;
        int length = Math.Min(sent.Length, AbiConstants.MaxMessageLength);
        if (source is null || target is null) length = Math.Min(length, AbiConstants.MessageRegisterCount);
        for (int index = 0; index < length; index++) SetWord(to, target, index, WordOf(from, source, index));
        (int handled, int unwrapped) = target is { } buffer && extras != null ? TransferCaps(to, buffer, through, extras) : (0, 0);
        to[UserRegister.Rsi] = new MessageInfo(sent.Label, unwrapped, handled, length).Word;
        to[UserRegister.Rdi] = badge;
    }

    /// <summary>The slots of the capabilities that a message names; null when one leads nowhere, with its address and why.</summary>
    private List<ModelSlot>? FindExtras(ModelThread from, MessageInfo info, out (ulong Pointer, ModelLookupFailure Failure) problem)
    {
        problem = default;
        List<ModelSlot> slots = [];
        if (BufferOf(from, isReceiver: false) is not { } buffer) return slots;
        for (int place = 0; place < info.ExtraCaps; place++)
        {
            ulong pointer = ReadMemory(buffer + IpcBufferLayout.CapsOrBadges + (ulong)(place * WordBytes));
            ModelSlot? slot = ModelLookup.Find(from, pointer, out ModelLookupFailure? failure);
            if (slot is null)
            {
                problem = (pointer, failure!);
                return null;
            }

            slots.Add(slot);
        }

        return slots;
    }

    /// <summary>How many capabilities were dealt with before the first that could not be, and which were unwrapped (R-XFER-08).</summary>
    private (int Handled, int Unwrapped) TransferCaps(ModelThread to, ulong buffer, ModelEndpoint? through, List<ModelSlot> extras)
    {
        ModelSlot? receiveSlot = FindReceiveSlot(to, buffer);
        int unwrapped = 0;
        for (int place = 0; place < extras.Count; place++)
        {
            ModelCap? cap = extras[place].Cap;
            if (cap is null) return (place, unwrapped);
            if (through != null && cap.Target == through)
            {
                WriteMemory(buffer + IpcBufferLayout.CapsOrBadges + (ulong)(place * WordBytes), cap.Badge);
                unwrapped |= 1 << place;
                continue;
            }

            if (receiveSlot is null || !TryDerive(extras[place], out ModelCap? derived)) return (place, unwrapped);
            ModelFamily.PutCopy(extras[place], receiveSlot, derived!);
            receiveSlot = null;
        }

        return (extras.Count, unwrapped);
    }

    private static bool TryDerive(ModelSlot slot, out ModelCap? derived)
    {
        try
        {
            derived = ModelFamily.Derive(slot);
            return true;
        }
        catch (ModelRefusal)
        {
            derived = null;
            return false;
        }
    }

    private ModelSlot? FindReceiveSlot(ModelThread to, ulong buffer)
    {
        ModelSlot? root = ModelLookup.Find(to, ReadMemory(buffer + IpcBufferLayout.ReceiveCNode), out _);
        if (root is null) return null;
        try
        {
            ulong index = ReadMemory(buffer + IpcBufferLayout.ReceiveIndex);
            ulong depth = ReadMemory(buffer + IpcBufferLayout.ReceiveDepth);
            ModelSlot slot = ModelLookup.FindForOperation(root.Cap, index, depth, wasSource: false);
            return slot.IsEmpty ? slot : null;
        }
        catch (ModelRefusal)
        {
            return null;
        }
    }

    /// <summary>Tells a fault as a message (ABI-8.2).</summary>
    private void DeliverFault(ModelThread from, ModelThread to, ModelFault fault, ulong badge)
    {
        List<ulong> words = fault.Label switch
        {
            FaultLabel.UnknownSyscall => [.. Registers(from, ModelRegisters.UnknownSyscall), .. fault.Words],
            FaultLabel.UserException => [.. Registers(from, ModelRegisters.UserException), .. fault.Words],
            _ => [from.FaultIp, .. fault.Words],
        };
        ulong? target = BufferOf(to, isReceiver: true);
        int length = target is null ? Math.Min(words.Count, AbiConstants.MessageRegisterCount) : words.Count;
        for (int index = 0; index < length; index++) SetWord(to, target, index, words[index]);
        to[UserRegister.Rsi] = new MessageInfo((ulong)fault.Label, 0, 0, length).Word;
        to[UserRegister.Rdi] = badge;
    }

    private static IEnumerable<ulong> Registers(ModelThread thread, UserRegister[] registers)
    {
        foreach (UserRegister register in registers) yield return register == UserRegister.Rip ? thread.FaultIp : thread[register];
    }

    /// <summary>Applies an answer to a fault and says whether the thread goes on (ABI-8.4).</summary>
    private bool AnswerFault(ModelThread from, ModelThread to, ModelFault fault)
    {
        MessageInfo info = MessageInfo.FromWord(from[UserRegister.Rsi]);
        UserRegister[] registers = fault.Label switch
        {
            FaultLabel.UnknownSyscall => ModelRegisters.UnknownSyscall,
            FaultLabel.UserException => ModelRegisters.UserException,
            _ => [],
        };
        ulong? source = BufferOf(from, isReceiver: false);
        int length = Math.Min(Math.Min(info.Length, AbiConstants.MaxMessageLength), registers.Length);
        if (source is null) length = Math.Min(length, AbiConstants.MessageRegisterCount);
        for (int index = 0; index < length; index++)
        {
            ulong value = ModelRegisters.Sanitise(registers[index], WordOf(from, source, index));
            if (registers[index] == UserRegister.Rip) to.FaultIp = value;
            else to[registers[index]] = value;
        }

        return registers.Length == 0 || info.Label == 0;
    }

    private ulong WordOf(ModelThread thread, ulong? buffer, int index) => index < AbiConstants.MessageRegisterCount
        ? thread[ModelRegisters.Message[index]]
        : ReadMemory(buffer!.Value + IpcBufferLayout.Message + (ulong)(index * WordBytes));

    private void SetWord(ModelThread thread, ulong? buffer, int index, ulong value)
    {
        if (index < AbiConstants.MessageRegisterCount) thread[ModelRegisters.Message[index]] = value;
        else WriteMemory(buffer!.Value + IpcBufferLayout.Message + (ulong)(index * WordBytes), value);
    }
}
