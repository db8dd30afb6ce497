// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Linq;
using Sel4.Abi;

namespace Kernel.Model;

// The methods of CNodes (ABI-13, R-CNODE).
public sealed partial class ModelKernel
{
    private const int CopyWords = 5;
    private const int MintWords = 6;
    private const int RotateWords = 8;

    private void PerformOnNode(ModelCall call)
    {
        if (call.Label is < InvocationLabel.CNodeRevoke or > InvocationLabel.CNodeSaveCaller) throw ModelCall.Illegal;
        call.Need(2);
        ModelSlot slot = ModelLookup.FindForOperation(call.Cap, call[0], call[1], wasSource: false);
        switch (call.Label)
        {
            case InvocationLabel.CNodeRevoke:
                Revoke(slot);
                break;
            case InvocationLabel.CNodeDelete:
                Delete(slot);
                break;
            case InvocationLabel.CNodeCancelBadgedSends:
                CancelBadgedSends(slot);
                break;
            case InvocationLabel.CNodeSaveCaller:
                if (!slot.IsEmpty) throw new ModelRefusal(ErrorCode.DeleteFirst);
                if (call.Caller.Caller.Cap is { } reply) ModelFamily.Move(call.Caller.Caller, slot, reply);
                break;
            case InvocationLabel.CNodeRotate:
                Rotate(call, slot);
                break;
            default:
                CopyOrMove(call, slot);
                break;
        }
    }

    private static void CopyOrMove(ModelCall call, ModelSlot slot)
    {
        call.Need(4, 1);
        if (!slot.IsEmpty) throw new ModelRefusal(ErrorCode.DeleteFirst);
        ModelSlot source = ModelLookup.FindForOperation(call.Extras[0].Cap, call[2], call[3], wasSource: true);
        if (source.Cap is not { } cap) throw ModelRefusal.Lookup(true, ModelLookupFailure.Missing(call[3]));
        switch (call.Label)
        {
            case InvocationLabel.CNodeCopy:
                call.Need(CopyWords);
                cap = ModelFamily.Mask(ModelFamily.Derive(source), (CapRights)call[4]);
                ModelFamily.PutCopy(source, slot, cap);
                break;
            case InvocationLabel.CNodeMint:
                call.Need(MintWords);
                cap = ModelFamily.Mask(ModelFamily.Derive(source), (CapRights)call[4]);
                ModelFamily.PutCopy(source, slot, ModelFamily.ApplyData(cap, call[5], isMove: false));
                break;
            case InvocationLabel.CNodeMove:
                ModelFamily.Move(source, slot, cap);
                break;
            default:
                call.Need(CopyWords);
                ModelFamily.Move(source, slot, ModelFamily.ApplyData(cap, call[4], isMove: true));
                break;
        }
    }

    private static void Rotate(ModelCall call, ModelSlot slot)
    {
        call.Need(RotateWords, 2);
        ModelSlot source = ModelLookup.FindForOperation(call.Extras[1].Cap, call[6], call[7], wasSource: true);
        ModelSlot pivot = ModelLookup.FindForOperation(call.Extras[0].Cap, call[3], call[4], wasSource: true);
        if (pivot == source || pivot == slot) throw ModelCall.Illegal;
        if (source != slot && !slot.IsEmpty) throw new ModelRefusal(ErrorCode.DeleteFirst);
        if (source.IsEmpty) throw ModelRefusal.Lookup(true, ModelLookupFailure.Missing(call[7]));
        if (pivot.IsEmpty) throw ModelRefusal.Lookup(false, ModelLookupFailure.Missing(call[4]));
        ModelCap moved = ModelFamily.ApplyData(source.Cap!, call[5], isMove: true);
        ModelCap turned = ModelFamily.ApplyData(pivot.Cap!, call[2], isMove: true);

        // Through a slot of nowhere, because source and destination may be the same.
        ModelSlot aside = new(0);
        ModelFamily.Move(pivot, aside, turned);
        ModelFamily.Move(source, pivot, moved);
        ModelFamily.Move(aside, slot, turned);
    }

    /// <summary>R-CNODE-36 to R-CNODE-38.</summary>
    private void CancelBadgedSends(ModelSlot slot)
    {
        if (slot.Cap is not { Type: CapabilityTypeTag.Endpoint, Rights: CapRights.All } cap) throw ModelCall.Illegal;
        if (cap.Badge == 0) return;
        ModelEndpoint endpoint = (ModelEndpoint)cap.Target!;
        foreach (ModelThread sender in endpoint.Queue.ToArray())
        {
            if (sender.State != ModelThreadState.BlockedOnSend || sender.SendBadge != cap.Badge) continue;
            Restart(sender, endpoint.Queue);
            KeepsRunning = false;
        }
    }
}
