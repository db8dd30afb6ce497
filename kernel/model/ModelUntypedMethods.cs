// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Kernel.Model;

// Untyped_Retype (ABI-12, R-UT).
public sealed partial class ModelKernel
{
    private const int RetypeWords = 6;
    private const int WordBits = 64;
    private const ulong FanOut = 256;

    private void Retype(ModelCall call)
    {
        if (call.Label != InvocationLabel.UntypedRetype) throw ModelCall.Illegal;
        call.Need(RetypeWords, 1);
        ModelUntyped untyped = (ModelUntyped)call.Cap.Target!;
        if (call[0] >= (ulong)ObjectType.Count) throw new ModelRefusal(ErrorCode.InvalidArgument, 0);
        ObjectType type = (ObjectType)call[0];
        if (call[1] >= WordBits || SizeOf(type, call[1]) > AbiConstants.MaxUntypedBits)
            throw ModelRefusal.Range(0, AbiConstants.MaxUntypedBits);
        ulong least = type switch { ObjectType.CNode => 1, ObjectType.Untyped => AbiConstants.MinUntypedBits, _ => 0 };
        if (call[1] < least) throw new ModelRefusal(ErrorCode.InvalidArgument, 1);
        int bits = (int)SizeOf(type, call[1]);

        ModelNode node = Destination(call);
        ulong slots = 1ul << node.Radix;
        ulong offset = call[4];
        ulong count = call[5];
        if (offset > slots - 1) throw ModelRefusal.Range(0, slots - 1);
        if (count is < 1 or > FanOut) throw ModelRefusal.Range(1, FanOut);
        if (count > slots - offset) throw ModelRefusal.Range(1, slots - offset);
        for (ulong index = offset; index < offset + count; index++)
            if (!node.Slots[index].IsEmpty) throw new ModelRefusal(ErrorCode.DeleteFirst);

        ulong used = call.Slot.Children.Count == 0 ? 0 : call.Cap.Used;
        ulong free = (1ul << untyped.SizeBits) - used;
        if (free >> bits < count) throw new ModelRefusal(ErrorCode.NotEnoughMemory, free);
        if (untyped.IsDevice && type is not (ObjectType.Untyped or ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage))
            throw new ModelRefusal(ErrorCode.InvalidArgument, 1);
        Create(call.Slot, untyped, type, bits, (int)call[1], used, node, (int)offset, (int)count);
    }

    private static ModelNode Destination(ModelCall call)
    {
        ModelCap? cap = call.Extras[0].Cap;
        if (call[3] != 0) cap = ModelLookup.FindForOperation(cap, call[2], call[3], wasSource: false).Cap;
        return cap?.Target as ModelNode ?? throw ModelRefusal.Lookup(false, ModelLookupFailure.Missing(call[3]));
    }

    private void Create(
        ModelSlot parent, ModelUntyped untyped, ObjectType type, int bits, int sizeBits, ulong used, ModelNode node, int offset, int count)
    {
        ulong start = (untyped.Address + used + (1ul << bits) - 1) & ~((1ul << bits) - 1);
        parent.Cap = parent.Cap! with { Used = start + ((ulong)count << bits) - untyped.Address };
        for (int index = 0; index < count; index++)
        {
            ulong address = start + ((ulong)index << bits);
            ModelFamily.PutChild(parent, node.Slots[offset + index], NewObject(type, address, bits, sizeBits, untyped.IsDevice));
        }
    }

    private ModelCap NewObject(ObjectType type, ulong address, int bits, int sizeBits, bool isDevice)
    {
        switch (type)
        {
            case ObjectType.Untyped:
                return new ModelCap(CapabilityTypeTag.Untyped, new ModelUntyped(address, bits, isDevice));
            case ObjectType.Tcb:
                ModelThread thread = new(address);
                Threads.Add(address, thread);
                return new ModelCap(CapabilityTypeTag.Tcb, thread);
            case ObjectType.Endpoint:
                return new ModelCap(CapabilityTypeTag.Endpoint, new ModelEndpoint(address)) { Rights = CapRights.All };
            case ObjectType.Notification:
                return new ModelCap(CapabilityTypeTag.Notification, new ModelNotification(address)) { Rights = CapRights.ReadWrite };
            case ObjectType.CNode:
                ModelNode node = new(address, sizeBits);
                Nodes.Add(address, node);
                return new ModelCap(CapabilityTypeTag.CNode, node);
            case ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage:
                return new ModelCap(CapabilityTypeTag.Frame, new ModelFrame(address, bits, isDevice)) { PageRights = 3 };
            case ObjectType.PageTable:
                return new ModelCap(CapabilityTypeTag.PageTable, new ModelTable(address, 1));
            case ObjectType.PageDirectory:
                return new ModelCap(CapabilityTypeTag.PageDirectory, new ModelTable(address, 2));
            case ObjectType.Pdpt:
                return new ModelCap(CapabilityTypeTag.Pdpt, new ModelTable(address, 3));
            case ObjectType.Pml4:
                return new ModelCap(CapabilityTypeTag.Pml4, new ModelTable(address, 4));
            default:
                throw new InvalidOperationException($"object type {type}");
        }
    }

    /// <summary>log2 bytes (ABI-11.1).</summary>
    private static ulong SizeOf(ObjectType type, ulong sizeBits) => type switch
    {
        ObjectType.Untyped => sizeBits,
        ObjectType.CNode => sizeBits + AbiConstants.SlotSizeBits,
        ObjectType.Tcb => 11,
        ObjectType.Endpoint => 4,
        ObjectType.Notification => 5,
        ObjectType.LargePage => 21,
        ObjectType.HugePage => 30,
        _ => 12,
    };
}
