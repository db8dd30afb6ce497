// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>An invocation as a method sees it: its words, the slots of its extra capabilities, and what it gives back.</summary>
internal sealed class ModelCall(ModelThread caller, ModelSlot slot, ulong label, ulong[] words, List<ModelSlot> extras)
{
    public ModelThread Caller { get; } = caller;

    /// <summary>The slot of the capability that is invoked.</summary>
    public ModelSlot Slot { get; } = slot;

    public ModelCap Cap { get; } = slot.Cap!;

    public InvocationLabel Label { get; } = (InvocationLabel)Math.Min(label, int.MaxValue);

    public ulong[] Words { get; } = words;

    public List<ModelSlot> Extras { get; } = extras;

    /// <summary>Result words.</summary>
    public List<ulong> Results { get; } = [];

    public ulong this[int index] => Words[index];

    /// <summary>Refuses a message that is too short (R-SYS-05, R-SYS-06).</summary>
    public void Need(int words, int capabilities = 0)
    {
        if (Words.Length < words || Extras.Count < capabilities) throw new ModelRefusal(ErrorCode.TruncatedMessage);
    }

    /// <summary>Refuses a label that the object does not have (R-SYS-04).</summary>
    public static ModelRefusal Illegal => new(ErrorCode.IllegalOperation);
}

// What Send and Call do with a capability (ABI-7).
public sealed partial class ModelKernel
{
    private void Invoke(ModelThread thread, bool isCall, bool isBlocking)
    {
        ulong pointer = thread[UserRegister.Rdi];
        ModelSlot? slot = ModelLookup.Find(thread, pointer, out ModelLookupFailure? failure);
        if (slot is null)
        {
            if (isBlocking) SendFault(thread, pointer, failure!);
            return;
        }

        MessageInfo info = MessageInfo.FromWord(thread[UserRegister.Rsi]);
        List<ModelSlot>? extras = FindExtras(thread, info, out (ulong Pointer, ModelLookupFailure Failure) problem);
        if (extras is null)
        {
            if (isBlocking) SendFault(thread, problem.Pointer, problem.Failure);
            return;
        }

        ModelCap? cap = slot.Cap;
        if (cap is { Type: CapabilityTypeTag.Endpoint } && (cap.Rights & CapRights.Write) != 0)
        {
            Send(thread, cap, isCall, isBlocking);
            return;
        }

        try
        {
            ModelCall call = MakeCall(thread, slot, info, extras);
            // Until it is done, the caller would repeat the call (ABI-7).
            thread.State = ModelThreadState.Restart;
            Perform(call);
            if (thread.State != ModelThreadState.Restart) return;
            thread.State = ModelThreadState.Running;
            if (isCall) Answer(thread, 0, call.Results);
        }
        catch (ModelRefusal refusal)
        {
            if (thread.State == ModelThreadState.Restart) thread.State = ModelThreadState.Running;
            if (isCall) Answer(thread, (ulong)refusal.Code, refusal.Words);
        }
    }

    private void SendFault(ModelThread thread, ulong pointer, ModelLookupFailure failure) =>
        Fault(thread, new ModelFault(FaultLabel.CapFault, [pointer, 0, .. failure.AllWords]));

    private ModelCall MakeCall(ModelThread thread, ModelSlot slot, MessageInfo info, List<ModelSlot> extras)
    {
        if (slot.Cap is null) throw new ModelRefusal(ErrorCode.InvalidCapability, 0);
        ulong? buffer = BufferOf(thread, isReceiver: false);
        int length = Math.Min(info.Length, AbiConstants.MaxMessageLength);
        if (buffer is null) length = Math.Min(length, AbiConstants.MessageRegisterCount);
        ulong[] words = new ulong[length];
        for (int index = 0; index < length; index++) words[index] = WordOf(thread, buffer, index);
        return new ModelCall(thread, slot, info.Label, words, extras);
    }

    /// <summary>What a Call gives back (ABI-3.6).</summary>
    private void Answer(ModelThread thread, ulong label, IReadOnlyList<ulong> words)
    {
        ulong? buffer = BufferOf(thread, isReceiver: true);
        int length = buffer is null ? Math.Min(words.Count, AbiConstants.MessageRegisterCount) : words.Count;
        for (int index = 0; index < length; index++) SetWord(thread, buffer, index, words[index]);
        thread[UserRegister.Rdi] = 0;
        thread[UserRegister.Rsi] = new MessageInfo(label, 0, 0, length).Word;
    }

    private void Perform(ModelCall call)
    {
        switch (call.Cap.Type)
        {
            case CapabilityTypeTag.Notification when (call.Cap.Rights & CapRights.Write) != 0:
                Signal((ModelNotification)call.Cap.Target!, call.Cap.Badge);
                break;
            case CapabilityTypeTag.Endpoint or CapabilityTypeTag.Notification or CapabilityTypeTag.Zombie:
                throw new ModelRefusal(ErrorCode.InvalidCapability, 0);
            case CapabilityTypeTag.Reply:
                ReplyThrough(call.Caller, call.Slot);
                break;
            case CapabilityTypeTag.Untyped:
                Retype(call);
                break;
            case CapabilityTypeTag.CNode:
                PerformOnNode(call);
                break;
            case CapabilityTypeTag.Tcb:
                PerformOnThread(call);
                break;
            case CapabilityTypeTag.Frame:
                PerformOnFrame(call);
                break;
            case CapabilityTypeTag.PageTable or CapabilityTypeTag.PageDirectory or CapabilityTypeTag.Pdpt:
                PerformOnTable(call);
                break;
            default:
                PerformOnMachine(call);
                break;
        }
    }
}
