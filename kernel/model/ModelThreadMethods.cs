// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Kernel.Model;

// The methods of threads (ABI-10.2, R-TCB).
public sealed partial class ModelKernel
{
    private const ulong RegisterCount = (ulong)UserRegister.Count;
    private const int FrameRegisters = 18;
    private const ulong BufferAlignment = 1024;

    private void PerformOnThread(ModelCall call)
    {
        ModelThread thread = (ModelThread)call.Cap.Target!;
        switch (call.Label)
        {
            case InvocationLabel.TcbReadRegisters:
                ReadRegisters(call, thread);
                break;
            case InvocationLabel.TcbWriteRegisters:
                WriteRegisters(call, thread);
                break;
            case InvocationLabel.TcbCopyRegisters:
                CopyRegisters(call, thread);
                break;
            case InvocationLabel.TcbConfigure:
                Configure(call, thread);
                break;
            case InvocationLabel.TcbSetIpcBuffer:
                SetIpcBuffer(call, thread);
                break;
            case InvocationLabel.TcbSetSpace:
                SetSpace(call, thread);
                break;
            case InvocationLabel.TcbSetPriority or InvocationLabel.TcbSetMcPriority or InvocationLabel.TcbSetSchedParams:
                SetPriorities(call, thread);
                break;
            case InvocationLabel.TcbSuspend:
                Suspend(thread);
                break;
            case InvocationLabel.TcbResume:
                Resume(thread);
                break;
            case InvocationLabel.TcbBindNotification:
                Bind(call, thread);
                break;
            case InvocationLabel.TcbUnbindNotification:
                if (thread.Bound is not { } bound) throw ModelCall.Illegal;
                bound.Bound = null;
                thread.Bound = null;
                break;
            case InvocationLabel.TcbSetTlsBase:
                call.Need(1);
                thread[UserRegister.FsBase] = ModelRegisters.Sanitise(UserRegister.FsBase, call[0]);
                break;
            case InvocationLabel.TcbSetFlags:
                call.Need(2);
                thread.Flags = (thread.Flags & ~call[0]) | (call[1] & 1);
                call.Results.Add(thread.Flags);
                break;
            default:
                throw ModelCall.Illegal;
        }
    }

    private static void ReadRegisters(ModelCall call, ModelThread thread)
    {
        call.Need(2);
        if (call[1] is < 1 or > RegisterCount) throw ModelRefusal.Range(1, RegisterCount);
        if (thread == call.Caller) throw ModelCall.Illegal;
        if ((call[0] & 1) != 0) Suspend(thread);
        for (int index = 0; index < (int)call[1]; index++) call.Results.Add(index == 0 ? thread.FaultIp : thread.Registers[index]);
    }

    private void WriteRegisters(ModelCall call, ModelThread thread)
    {
        call.Need(2);
        if ((ulong)(call.Words.Length - 2) < call[1]) throw new ModelRefusal(ErrorCode.TruncatedMessage);
        if (thread == call.Caller) throw ModelCall.Illegal;
        int count = (int)Math.Min(call[1], RegisterCount);
        for (int index = 0; index < count; index++)
        {
            ulong value = ModelRegisters.Sanitise((UserRegister)index, call[2 + index]);
            if (index == 0) thread.FaultIp = value;
            else thread.Registers[index] = value;
        }

        if (count > 0) thread[UserRegister.Rip] = thread.FaultIp;
        if ((call[0] & 1) != 0) Resume(thread);
    }

    private void CopyRegisters(ModelCall call, ModelThread thread)
    {
        call.Need(1, 1);
        if (call.Extras[0].Cap is not { Type: CapabilityTypeTag.Tcb } sourceCap) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
        ModelThread source = (ModelThread)sourceCap.Target!;
        if ((call[0] & 1) != 0) Suspend(source);
        if ((call[0] & 2) != 0) Resume(thread);
        if ((call[0] & 4) != 0)
        {
            for (int index = 1; index < FrameRegisters; index++) thread.Registers[index] = source.Registers[index];
            thread.FaultIp = source.FaultIp;
            thread[UserRegister.Rip] = thread.FaultIp;
        }

        if ((call[0] & 8) != 0)
            for (int index = FrameRegisters; index < (int)UserRegister.Count; index++) thread.Registers[index] = source.Registers[index];
    }

    /// <summary>The capability that a thread keeps of a buffer's frame; null when it is to have none.</summary>
    private static ModelCap? BufferCap(ModelSlot slot, ulong address)
    {
        if (address == 0) return null;
        ModelCap? cap = slot.Cap is null ? null : ModelFamily.Derive(slot);
        if (cap?.Target is not ModelFrame frame || frame.IsDevice) throw ModelCall.Illegal;
        if (address % BufferAlignment != 0) throw new ModelRefusal(ErrorCode.AlignmentError);
        return cap;
    }

    private static (ModelCap Node, ModelCap Space) RootCaps(ModelSlot node, ulong nodeData, ModelSlot space, ulong spaceData)
    {
        if (node.Cap is null) throw ModelCall.Illegal;
        ModelCap nodeCap = ModelFamily.Derive(node);
        if (nodeData != 0) nodeCap = ModelFamily.ApplyData(nodeCap, nodeData, isMove: false);
        if (nodeCap.Type != CapabilityTypeTag.CNode) throw ModelCall.Illegal;
        if (space.Cap is null) throw ModelCall.Illegal;
        ModelCap spaceCap = ModelFamily.Derive(space);
        if (spaceData != 0) spaceCap = ModelFamily.ApplyData(spaceCap, spaceData, isMove: false);
        if (spaceCap is not { Type: CapabilityTypeTag.Pml4, Mapping: not null }) throw ModelCall.Illegal;
        return (nodeCap, spaceCap);
    }

    /// <summary>The last capability to a CNode or thread: replacing it would be the end of that (ABI-10.2).</summary>
    private static bool IsLongToDelete(ModelSlot slot) =>
        slot.Cap is { Target: ModelNode or ModelThread } cap && cap.Target.Capabilities.Count == 1;

    private void Configure(ModelCall call, ModelThread thread)
    {
        call.Need(4, 3);
        ModelCap? buffer = BufferCap(call.Extras[2], call[3]);
        if (IsLongToDelete(thread.CSpace) || IsLongToDelete(thread.VSpace)) throw ModelCall.Illegal;
        (ModelCap node, ModelCap space) = RootCaps(call.Extras[0], call[1], call.Extras[1], call[2]);
        thread.FaultHandler = call[0];
        Replace(call, thread, thread.CSpace, call.Extras[0], node);
        Replace(call, thread, thread.VSpace, call.Extras[1], space);
        thread.BufferAddress = call[3];
        Replace(call, thread, thread.Buffer, call.Extras[2], buffer);
    }

    private void SetSpace(ModelCall call, ModelThread thread)
    {
        call.Need(3, 2);
        if (IsLongToDelete(thread.CSpace) || IsLongToDelete(thread.VSpace)) throw ModelCall.Illegal;
        (ModelCap node, ModelCap space) = RootCaps(call.Extras[0], call[1], call.Extras[1], call[2]);
        thread.FaultHandler = call[0];
        Replace(call, thread, thread.CSpace, call.Extras[0], node);
        Replace(call, thread, thread.VSpace, call.Extras[1], space);
    }

    private void SetIpcBuffer(ModelCall call, ModelThread thread)
    {
        call.Need(1, 1);
        ModelCap? buffer = BufferCap(call.Extras[0], call[0]);
        thread.BufferAddress = call[0];
        Replace(call, thread, thread.Buffer, call.Extras[0], buffer);
    }

    /// <summary>Gives a thread another capability; deleting the old one may have taken the source or the thread away.</summary>
    private void Replace(ModelCall call, ModelThread thread, ModelSlot slot, ModelSlot source, ModelCap? cap)
    {
        Delete(slot);
        bool isStillThere = cap != null && source.Cap?.Target == cap.Target && source.Cap?.Type == cap.Type;
        if (isStillThere && call.Slot.Cap?.Target == thread) ModelFamily.PutCopy(source, slot, cap!);
    }

    private void SetPriorities(ModelCall call, ModelThread thread)
    {
        bool setsBoth = call.Label == InvocationLabel.TcbSetSchedParams;
        call.Need(setsBoth ? 2 : 1, 1);
        if (call.Extras[0].Cap is not { Type: CapabilityTypeTag.Tcb } authority) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
        ulong limit = ((ModelThread)authority.Target!).MaximumPriority;
        if (call[0] > limit || (setsBoth && call[1] > limit)) throw ModelRefusal.Range(0, limit);
        if (call.Label != InvocationLabel.TcbSetPriority) thread.MaximumPriority = call[0];
        if (call.Label == InvocationLabel.TcbSetMcPriority) return;
        thread.Priority = call[setsBoth ? 1 : 0];
        KeepsRunning = false;
    }

    /// <summary>R-NTFN-14.</summary>
    private static void Bind(ModelCall call, ModelThread thread)
    {
        call.Need(0, 1);
        if (thread.Bound != null || call.Extras[0].Cap is not { Type: CapabilityTypeTag.Notification } cap) throw ModelCall.Illegal;
        ModelNotification notification = (ModelNotification)cap.Target!;
        bool isFree = (cap.Rights & CapRights.Read) != 0 && notification.Bound is null && notification.Waiters.Count == 0;
        if (!isFree) throw ModelCall.Illegal;
        thread.Bound = notification;
        notification.Bound = thread;
    }
}
