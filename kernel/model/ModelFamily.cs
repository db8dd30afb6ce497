// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;

namespace Kernel.Model;

/// <summary>Who descends from whom, and what a copy is (ABI-21).</summary>
public static class ModelFamily
{
    /// <summary>Puts a capability that was made from nothing, as boot does.</summary>
    public static void PutRoot(ModelSlot slot, ModelCap cap, bool isOriginal) => Put(slot, cap, null, isOriginal);

    /// <summary>Puts a capability where it was found: for taking over a system that exists already.</summary>
    public static void TakeOver(ModelSlot slot, ModelCap cap, ModelSlot? parent, bool isOriginal) => Put(slot, cap, parent, isOriginal);

    /// <summary>Puts a new object's capability below the untyped (R-DER-01, R-DER-02).</summary>
    public static void PutChild(ModelSlot parent, ModelSlot slot, ModelCap cap) => Put(slot, cap, parent, true);

    /// <summary>Puts what MakePool gives out: a child of the untyped (R-DER-16), and no original, as Retype did not make it.</summary>
    public static void PutPool(ModelSlot parent, ModelSlot slot, ModelCap cap) => Put(slot, cap, parent, false);

    /// <summary>Puts a copy: below an original, beside a copy (R-DER-02, R-DER-03).</summary>
    public static void PutCopy(ModelSlot source, ModelSlot slot, ModelCap cap)
    {
        bool isOriginal = cap.Type switch
        {
            CapabilityTypeTag.Endpoint or CapabilityTypeTag.Notification => cap.Badge != source.Cap!.Badge,
            CapabilityTypeTag.Untyped => true,
            _ => false,
        };
        if (cap.Type == CapabilityTypeTag.Untyped)
            source.Cap = source.Cap! with { Used = 1ul << source.Cap.Target!.SizeBits };
        Put(slot, cap, source.IsOriginal ? source : source.Parent, isOriginal);
    }

    /// <summary>Moves what a slot holds, with its place in the family (R-CNODE-14, R-DER-13).</summary>
    public static void Move(ModelSlot source, ModelSlot slot, ModelCap cap)
    {
        ModelCap old = source.Cap!;
        List<ModelSlot> children = [.. source.Children];
        ModelSlot? parent = source.Parent;
        bool isOriginal = source.IsOriginal;
        int place = parent?.Children.IndexOf(source) ?? -1;
        Clear(source);
        slot.Cap = cap;
        slot.IsOriginal = isOriginal;
        slot.Parent = parent;
        if (parent != null) parent.Children[place] = slot;
        foreach (ModelSlot child in children)
        {
            child.Parent = slot;
            slot.Children.Add(child);
        }

        Forget(source, old);
        Note(slot, cap);
    }

    /// <summary>Takes a capability out; its children become its parent's (R-DER-12).</summary>
    public static void Remove(ModelSlot slot)
    {
        Forget(slot, slot.Cap!);
        ModelSlot? parent = slot.Parent;
        parent?.Children.Remove(slot);
        foreach (ModelSlot child in slot.Children)
        {
            child.Parent = parent;
            parent?.Children.Add(child);
        }

        Clear(slot);
    }

    /// <summary>What a copy says, before rights and data are applied (ABI-21.1).</summary>
    /// <exception cref="ModelRefusal">RevokeFirst for untyped memory with children, IllegalOperation for what is not copied.</exception>
    public static ModelCap Derive(ModelSlot slot)
    {
        ModelCap cap = slot.Cap!;
        switch (cap.Type)
        {
            case CapabilityTypeTag.Untyped:
                if (slot.Children.Count > 0) throw new ModelRefusal(ErrorCode.RevokeFirst);
                return cap;
            case CapabilityTypeTag.Frame:
                return cap with { Mapping = null };
            case CapabilityTypeTag.PageTable or CapabilityTypeTag.PageDirectory or CapabilityTypeTag.Pdpt or CapabilityTypeTag.Pml4:
                return cap.Mapping != null ? cap : throw new ModelRefusal(ErrorCode.IllegalOperation);
            case CapabilityTypeTag.Reply or CapabilityTypeTag.IrqControl or CapabilityTypeTag.IoPortControl:
                throw new ModelRefusal(ErrorCode.IllegalOperation);
            default:
                return cap;
        }
    }

    /// <summary>Takes rights away (R-CNODE-01, R-CNODE-02).</summary>
    public static ModelCap Mask(ModelCap cap, CapRights rights) => cap.Type switch
    {
        CapabilityTypeTag.Endpoint or CapabilityTypeTag.Notification => cap with { Rights = cap.Rights & rights },
        CapabilityTypeTag.Frame => cap with { PageRights = MaskPage(cap.PageRights, rights) },
        _ => cap,
    };

    /// <summary>The rights word of a page (ABI-16).</summary>
    public static int MaskPage(int present, CapRights rights)
    {
        bool canRead = present >= 2 && (rights & CapRights.Read) != 0;
        bool canWrite = present == 3 && (rights & CapRights.Write) != 0;
        return canRead ? canWrite ? 3 : 2 : 1;
    }

    /// <summary>Applies a badge or guard.</summary>
    /// <param name="isMove">True for Mutate and Rotate, which cannot change a badge (R-CNODE-16).</param>
    /// <exception cref="ModelRefusal">IllegalOperation when it cannot be applied.</exception>
    public static ModelCap ApplyData(ModelCap cap, ulong data, bool isMove)
    {
        switch (cap.Type)
        {
            case CapabilityTypeTag.Endpoint or CapabilityTypeTag.Notification:
                return !isMove && cap.Badge == 0 ? cap with { Badge = data } : throw new ModelRefusal(ErrorCode.IllegalOperation);
            case CapabilityTypeTag.CNode:
                int size = (int)(data & 63);
                if (size + ((ModelNode)cap.Target!).Radix > 64) throw new ModelRefusal(ErrorCode.IllegalOperation);
                return cap with { GuardSize = size, Guard = (data >> 6) & ((1ul << size) - 1) };
            default:
                return cap;
        }
    }

    private static void Put(ModelSlot slot, ModelCap cap, ModelSlot? parent, bool isOriginal)
    {
        if (!slot.IsEmpty) throw new InvalidOperationException("the model puts a capability into an occupied slot");
        slot.Cap = cap;
        slot.IsOriginal = isOriginal;
        slot.Parent = parent;
        parent?.Children.Add(slot);
        Note(slot, cap);
    }

    /// <summary>A reply is no capability to the thread: it does not keep the thread alive.</summary>
    private static void Note(ModelSlot slot, ModelCap cap)
    {
        if (cap.Type == CapabilityTypeTag.Reply) ((ModelThread)cap.Target!).Reply = slot;
        else cap.Target?.Capabilities.Add(slot);
    }

    private static void Forget(ModelSlot slot, ModelCap cap)
    {
        if (cap.Type == CapabilityTypeTag.Reply) ((ModelThread)cap.Target!).Reply = null;
        else cap.Target?.Capabilities.Remove(slot);
    }

    private static void Clear(ModelSlot slot)
    {
        slot.Cap = null;
        slot.Parent = null;
        slot.IsOriginal = false;
        slot.Children.Clear();
    }
}
