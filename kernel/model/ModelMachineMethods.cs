// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Linq;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>An interrupt vector that has been issued.</summary>
public sealed class ModelInterrupt(ulong vector) : ModelObject(vector, 0);

/// <summary>A range of I/O ports that has been issued, both ends included.</summary>
public sealed class ModelPorts(ulong first, ulong last) : ModelObject(first, 0)
{
    public ulong Last { get; } = last;
}

// Interrupts, I/O ports, address space numbers and domains (ABI-15, ABI-18 to ABI-20).
public sealed partial class ModelKernel
{
    private const ulong LastVector = 107;
    private const ulong IoApics = 1;
    private const ulong Pins = 24;
    private const int PoolSize = 512;

    private void PerformOnMachine(ModelCall call)
    {
        switch (call.Cap.Type)
        {
            case CapabilityTypeTag.IrqControl:
                IssueInterrupt(call);
                break;
            case CapabilityTypeTag.IrqHandler:
                PerformOnHandler(call);
                break;
            case CapabilityTypeTag.IoPortControl when call.Label == InvocationLabel.X86IoPortControlIssue:
                IssuePorts(call);
                break;
            case CapabilityTypeTag.IoPort:
                AccessPort(call);
                break;
            case CapabilityTypeTag.AsidControl when call.Label == InvocationLabel.X86AsidControlMakePool:
                MakePool(call);
                break;
            case CapabilityTypeTag.AsidPool when call.Label == InvocationLabel.X86AsidPoolAssign:
                Assign(call);
                break;
            case CapabilityTypeTag.Domain when call.Label == InvocationLabel.DomainSetSet:
                SetDomain(call);
                break;
            default:
                throw ModelCall.Illegal;
        }
    }

    private void IssueInterrupt(ModelCall call)
    {
        if (call.Label == InvocationLabel.IrqControlGet)
        {
            call.Need(3, 1);
            throw ModelCall.Illegal;
        }

        // The one place where what methods have in common is judged before the label (ABI-7, ABI-19).
        call.Need(7, 1);
        ulong vector = call[6];
        if (vector > LastVector) throw ModelRefusal.Range(0, LastVector);
        if (Interrupts.Contains(vector)) throw new ModelRefusal(ErrorCode.RevokeFirst);
        ModelSlot slot = EmptySlot(call.Extras[0].Cap, call[0], call[1]);
        ulong[] limits = call.Label switch
        {
            InvocationLabel.IrqControlGetMsi => [255, 31, 7],
            InvocationLabel.IrqControlGetIoApic => [IoApics - 1, Pins - 1, 1, 1],
            _ => throw ModelCall.Illegal,
        };
        for (int index = 0; index < limits.Length; index++)
            if (call[2 + index] > limits[index]) throw ModelRefusal.Range(0, limits[index]);
        Interrupts.Add(vector);
        ModelFamily.PutChild(call.Slot, slot, new ModelCap(CapabilityTypeTag.IrqHandler, new ModelInterrupt(vector)) { First = vector });
    }

    private static ModelSlot EmptySlot(ModelCap? root, ulong index, ulong depth)
    {
        ModelSlot slot = ModelLookup.FindForOperation(root, index, depth, wasSource: false);
        return slot.IsEmpty ? slot : throw new ModelRefusal(ErrorCode.DeleteFirst);
    }

    private void PerformOnHandler(ModelCall call)
    {
        ModelSlot own = InterruptSlots[call.Cap.First];
        switch (call.Label)
        {
            case InvocationLabel.IrqHandlerAck:
                break;
            case InvocationLabel.IrqHandlerSetNotification:
                call.Need(0, 1);
                ModelSlot source = call.Extras[0];
                bool isUsable = source.Cap is { Type: CapabilityTypeTag.Notification } cap && (cap.Rights & CapRights.Write) != 0;
                if (!isUsable) throw new ModelRefusal(ErrorCode.InvalidCapability, 0);
                ModelCap copy = ModelFamily.Derive(source);
                Delete(own);
                ModelFamily.PutCopy(source, own, copy);
                break;
            case InvocationLabel.IrqHandlerClear:
                Delete(own);
                break;
            default:
                throw ModelCall.Illegal;
        }
    }

    private void IssuePorts(ModelCall call)
    {
        call.Need(4, 1);
        ulong first = call[0] & 0xffff;
        ulong last = call[1] & 0xffff;
        if (last < first) throw new ModelRefusal(ErrorCode.InvalidArgument, 1);
        if (Ports.Any(range => first <= range.Last && range.Address <= last)) throw new ModelRefusal(ErrorCode.RevokeFirst);
        ModelSlot slot = EmptySlot(call.Extras[0].Cap, call[2], call[3]);
        ModelPorts ports = new(first, last);
        Ports.Add(ports);
        ModelFamily.PutChild(call.Slot, slot, new ModelCap(CapabilityTypeTag.IoPort, ports) { First = first, Last = last });
    }

    /// <summary>What the device answers is the machine's affair; that it was asked rightly is judged (R-IOP-03, R-IOP-04).</summary>
    private void AccessPort(ModelCall call)
    {
        if (call.Label is < InvocationLabel.X86IoPortIn8 or > InvocationLabel.X86IoPortOut32) throw ModelCall.Illegal;
        bool isOut = call.Label >= InvocationLabel.X86IoPortOut8;
        call.Need(isOut ? 2 : 1);
        int bytes = 1 << ((int)(call.Label - InvocationLabel.X86IoPortIn8) % 3);
        ulong port = call[0] & 0xffff;
        if (port < call.Cap.First || port + (ulong)bytes - 1 > call.Cap.Last) throw ModelCall.Illegal;
        if (!isOut) call.Results.Add(_memory.ReadPort((ushort)port, bytes));
    }

    private void MakePool(ModelCall call)
    {
        call.Need(2, 2);
        int number = Array.IndexOf(AsidPools, null);
        if (number < 0) throw new ModelRefusal(ErrorCode.DeleteFirst);
        ModelSlot source = call.Extras[0];
        bool isUsable = source.Cap?.Target is ModelUntyped { SizeBits: PageBits, IsDevice: false };
        if (!isUsable) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
        if (source.Children.Count > 0) throw new ModelRefusal(ErrorCode.RevokeFirst);
        ModelSlot slot = EmptySlot(call.Extras[1].Cap, call[0], call[1]);
        source.Cap = source.Cap! with { Used = 1ul << PageBits };
        ModelAsidPool pool = new(source.Cap.Target!.Address, number * PoolSize);
        AsidPools[number] = pool;
        ModelFamily.PutPool(source, slot, new ModelCap(CapabilityTypeTag.AsidPool, pool));
    }

    private void Assign(ModelCall call)
    {
        call.Need(0, 1);
        ModelAsidPool pool = (ModelAsidPool)call.Cap.Target!;
        ModelSlot slot = call.Extras[0];
        if (slot.Cap is not { Type: CapabilityTypeTag.Pml4, Mapping: null }) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
        ModelAsidPool? present = AsidPools[pool.FirstAsid / PoolSize];
        if (present is null) throw ModelRefusal.Lookup(false, ModelLookupFailure.InvalidRoot);
        if (present != pool) throw new ModelRefusal(ErrorCode.InvalidCapability, 0);
        int asid = Math.Max(1, pool.FirstAsid);
        while (asid < pool.FirstAsid + PoolSize && pool.Spaces.ContainsKey(asid)) asid++;
        if (asid == pool.FirstAsid + PoolSize) throw new ModelRefusal(ErrorCode.DeleteFirst);
        pool.Spaces.Add(asid, (ModelTable)slot.Cap.Target!);
        slot.Cap = slot.Cap with { Mapping = new ModelMapping(asid, 0) };
    }

    /// <summary>There is one domain (R-DOM-02, R-DOM-03).</summary>
    private void SetDomain(ModelCall call)
    {
        call.Need(1);
        if (call[0] >= 1) throw new ModelRefusal(ErrorCode.InvalidArgument, 0);
        call.Need(1, 1);
        if (call.Extras[0].Cap is not { Type: CapabilityTypeTag.Tcb }) throw new ModelRefusal(ErrorCode.InvalidArgument, 1);
        KeepsRunning = false;
    }
}
