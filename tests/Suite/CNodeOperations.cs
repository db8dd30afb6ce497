// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Copy, Mint, Move, Mutate, Rotate, Delete, Revoke, SaveCaller, CancelBadgedSends on the test's own CNode.</summary>
[Tests(Tags = "cnode")]
internal static class CNodeOperations
{
    [Test("Copy puts a second capability to the object into an empty slot", Rules = "R-CNODE-01")]
    internal static void CNODEOP0001()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 3);
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).CopyFrom(Make.At(bell)));
        new Cap<Notification>(slot).Signal();
        Check.Equal(3ul, bell.Poll().Value);
    }

    [Test("Copy cannot add a right", Rules = "R-CNODE-02 R-NTFN-11")]
    internal static void CNODEOP0002()
    {
        Cap<Notification> reader = Make.Copy(Make.Notification(), CapRights.Read);
        Cap<Notification> copy = Make.Copy(reader, CapRights.All);
        Check.Fails(ErrorCode.InvalidCapability, 0, Signalled(copy));
    }

    [Test("Copy keeps the badge", Rules = "R-CNODE-03")]
    internal static void CNODEOP0003()
    {
        Cap<Notification> bell = Make.Notification();
        Make.Copy(Make.Badged(bell, 77)).Signal();
        Check.Equal(77ul, bell.Poll().Value);
    }

    [Test("Mint sets a badge of all 64 bits", Rules = "R-CNODE-04 ABI-4.4")]
    internal static void CNODEOP0004()
    {
        Cap<Notification> bell = Make.Notification();
        Make.Badged(bell, 0x8000_0000_0000_0001).Signal();
        Check.Equal(0x8000_0000_0000_0001, bell.Poll().Value);
    }

    [Test("A badge cannot be replaced, not even by none", Rules = "R-CNODE-05 R-CNODE-06")]
    internal static void CNODEOP0005()
    {
        Cap<Endpoint> badged = Make.Badged(Make.Endpoint(), 1);
        ulong slot = Make.Slot();
        Check.Fails(ErrorCode.IllegalOperation, Make.At(slot).MintFrom(Make.At(badged), CapRights.All, new Badge(2)));
        Check.Fails(ErrorCode.IllegalOperation, Make.At(slot).MintFrom(Make.At(badged), CapRights.All, new Badge(0)));
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("Mint gives a CNode a guard, which lookups then need", Rules = "R-CNODE-07 R-CSP-01")]
    internal static void CNODEOP0006()
    {
        Cap<CNode> node = Make.CNode(4);
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).MintFrom(Make.At(node), new CNodeGuard(5, 4)));
        Cap<CNode> guarded = new(slot);
        Check.Ok(guarded.Slot(0x53, 8).CopyFrom(Make.At(Make.Endpoint())));
        Check.Fails(ErrorCode.DeleteFirst, node.Slot(3, 4).CopyFrom(Make.At(Make.Endpoint())));
    }

    [Test("A guard that does not fit into 64 bits is refused", Rules = "R-CNODE-08 ABI-4.3")]
    internal static void CNODEOP0007()
    {
        Cap<CNode> node = Make.CNode(8);
        ulong slot = Make.Slot();
        Check.Fails(ErrorCode.IllegalOperation, Make.At(slot).MintFrom(Make.At(node), new CNodeGuard(0, 57)));
        Check.Fails(ErrorCode.IllegalOperation, Make.At(slot).MutateFrom(Make.At(node), new CNodeGuard(0, 57)));
        Check.Ok(Make.At(slot).MintFrom(Make.At(node), new CNodeGuard(0, 56)));
    }

    [Test("Data mean nothing to types that have none", Rules = "R-CNODE-09")]
    internal static void CNODEOP0008()
    {
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).MintFrom(Make.At(Make.Page()), CapRights.Read, new Badge(99)));
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Frame));
    }

    [Test("Nothing goes into an occupied slot, and that is said first", Rules = "R-CNODE-10 R-CNODE-11")]
    internal static void CNODEOP0009()
    {
        ulong full = Make.Endpoint().Value;
        ulong empty = Make.Slot();
        SlotPath source = Make.At(Make.Endpoint());
        Check.Fails(ErrorCode.DeleteFirst, Make.At(full).CopyFrom(source));
        Check.Fails(ErrorCode.DeleteFirst, Make.At(full).MintFrom(source, CapRights.All, new Badge(1)));
        Check.Fails(ErrorCode.DeleteFirst, Make.At(full).MoveFrom(source));
        Check.Fails(ErrorCode.DeleteFirst, Make.At(full).MutateFrom(source, default));
        Check.Fails(ErrorCode.DeleteFirst, Make.At(full).CopyFrom(Make.At(empty)));
    }

    [Test("An empty source is a failed lookup of the source with its depth", Rules = "R-CNODE-12 R-CSP-15")]
    internal static void CNODEOP0010()
    {
        SlotPath target = Make.At(Make.Slot());
        SlotPath empty = Make.At(Make.Slot());
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.MissingCapability, 64, target.CopyFrom(empty));
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.MissingCapability, 64, target.MoveFrom(empty));
        Cap<CNode> node = Make.CNode(3);
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.MissingCapability, 3, target.MoveFrom(node.Slot(1, 3)));
    }

    [Test("Move empties the source and keeps rights and badge", Rules = "R-CNODE-14")]
    internal static void CNODEOP0011()
    {
        Cap<Notification> bell = Make.Notification();
        Cap<Notification> sender = Make.Badged(bell, 9, CapRights.Write);
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).MoveFrom(Make.At(sender)));
        Check.That(Ask.IsEmpty(sender.Value));
        new Cap<Notification>(slot).Signal();
        Check.Equal(9ul, bell.Poll().Value);
    }

    [Test("An unmapped page table can be moved, though it cannot be copied", Rules = "R-CNODE-15 R-CNODE-29")]
    internal static void CNODEOP0012()
    {
        Cap<PageTable> table = Make.New<PageTable>();
        ulong slot = Make.Slot();
        Check.Fails(ErrorCode.IllegalOperation, Make.At(slot).CopyFrom(Make.At(table)));
        Check.Ok(Make.At(slot).MoveFrom(Make.At(table)));
        Check.That(Ask.Holds(slot, CapabilityTypeTag.PageTable));
    }

    [Test("Mutate of an endpoint or notification is refused", Rules = "R-CNODE-16")]
    internal static void CNODEOP0013()
    {
        SlotPath target = Make.At(Make.Slot());
        Check.Fails(ErrorCode.IllegalOperation, target.MutateFrom(Make.At(Make.Endpoint()), default));
        Check.Fails(ErrorCode.IllegalOperation, target.MutateFrom(Make.At(Make.Badged(Make.Notification(), 1)), default));
    }

    [Test("Mutate of a CNode moves it and sets its guard", Rules = "R-CNODE-17")]
    internal static void CNODEOP0014()
    {
        Cap<CNode> node = Make.CNode(4);
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).MutateFrom(Make.At(node), new CNodeGuard(1, 2)));
        Check.That(Ask.IsEmpty(node.Value));
        Check.Ok(new Cap<CNode>(slot).Slot(0x1f, 6).CopyFrom(Make.At(Make.Endpoint())));
    }

    [Test("Mutate of anything else is Move", Rules = "R-CNODE-18")]
    internal static void CNODEOP0015()
    {
        Cap<SmallPage> page = Make.Page();
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).MutateFrom(Make.At(page), new CNodeGuard(3, 3)));
        Check.That(Ask.IsEmpty(page.Value) && Ask.Holds(slot, CapabilityTypeTag.Frame));
    }

    [Test("Rotate moves source to pivot and pivot to destination", Rules = "R-CNODE-19")]
    internal static void CNODEOP0016()
    {
        ulong page = Make.Page().Value;
        ulong thread = Make.Tcb().Value;
        ulong target = Make.Slot();
        Check.Ok(Make.At(target).RotateFrom(Make.At(thread), 0, Make.At(page), 0));
        Check.That(Ask.Holds(target, CapabilityTypeTag.Tcb) && Ask.Holds(thread, CapabilityTypeTag.Frame) && Ask.IsEmpty(page));
    }

    [Test("Rotate whose source is its destination swaps with the pivot", Rules = "R-CNODE-20")]
    internal static void CNODEOP0017()
    {
        ulong page = Make.Page().Value;
        ulong thread = Make.Tcb().Value;
        Check.Ok(Make.At(page).RotateFrom(Make.At(thread), 0, Make.At(page), 0));
        Check.That(Ask.Holds(page, CapabilityTypeTag.Tcb) && Ask.Holds(thread, CapabilityTypeTag.Frame));
    }

    [Test("Rotate refuses a pivot that is an end of its way, and an occupied destination", Rules = "R-CNODE-21 R-CNODE-22")]
    internal static void CNODEOP0018()
    {
        SlotPath page = Make.At(Make.Page());
        SlotPath other = Make.At(Make.Page());
        SlotPath third = Make.At(Make.Page());
        Check.Fails(ErrorCode.IllegalOperation, Make.At(Make.Slot()).RotateFrom(page, 0, page, 0));
        Check.Fails(ErrorCode.IllegalOperation, page.RotateFrom(page, 0, other, 0));
        Check.Fails(ErrorCode.DeleteFirst, page.RotateFrom(other, 0, third, 0));
    }

    [Test("Rotate tells which of its slots is empty", Rules = "R-CNODE-23")]
    internal static void CNODEOP0019()
    {
        SlotPath target = Make.At(Make.Slot());
        SlotPath empty = Make.At(Make.Slot());
        SlotPath page = Make.At(Make.Page());
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.MissingCapability, 64, target.RotateFrom(page, 0, empty, 0));
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.MissingCapability, 64, target.RotateFrom(empty, 0, page, 0));
    }

    [Test("Rotate of an endpoint is refused, and sets guards of CNodes", Rules = "R-CNODE-25 R-CNODE-26")]
    internal static void CNODEOP0020()
    {
        SlotPath target = Make.At(Make.Slot());
        Cap<CNode> node = Make.CNode(4);
        Check.Fails(ErrorCode.IllegalOperation, target.RotateFrom(Make.At(node), 0, Make.At(Make.Endpoint()), 0));
        ulong page = Make.Page().Value;
        Check.Ok(target.RotateFrom(Make.At(node), new CNodeGuard(2, 3).Word, Make.At(page), 0));
        Check.Ok(new Cap<CNode>(target.Index).Slot(0x21, 7).CopyFrom(Make.At(Make.Endpoint())));
    }

    [Test("Untyped memory with children cannot be copied", Rules = "R-CNODE-27")]
    internal static void CNODEOP0021()
    {
        Cap<Untyped> memory = Make.Untyped(13);
        SlotPath target = Make.At(Make.Slot());
        Assert.Ok(memory.Retype<Endpoint>(Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.RevokeFirst, target.CopyFrom(Make.At(memory)));
        Assert.Ok(Make.At(memory).Revoke());
        Check.Ok(target.CopyFrom(Make.At(memory)));
    }

    [Test("Delete and Revoke of an empty slot are done", Rules = "R-CNODE-30 R-CNODE-31")]
    internal static void CNODEOP0022()
    {
        SlotPath empty = Make.At(Make.Slot());
        Check.Ok(empty.Delete());
        Check.Ok(empty.Revoke());
    }

    [Test("Revoke removes copies and leaves the capability it names", Rules = "R-DER-05 R-DER-10")]
    internal static void CNODEOP0023()
    {
        Cap<Endpoint> original = Make.Endpoint();
        ulong copy = Make.Copy(original).Value;
        ulong badged = Make.Badged(original, 4).Value;
        ulong copyOfBadged = Make.Copy(new Cap<Endpoint>(badged)).Value;
        Check.Ok(Make.At(original).Revoke());
        Check.That(Ask.IsEmpty(copy) && Ask.IsEmpty(badged) && Ask.IsEmpty(copyOfBadged));
        Check.That(Ask.Holds(original.Value, CapabilityTypeTag.Endpoint));
    }

    [Test("Revoking a copy takes nothing away; a badged one is an original again", Rules = "R-DER-03 R-DER-04 R-DER-06")]
    internal static void CNODEOP0024()
    {
        Cap<Endpoint> original = Make.Endpoint();
        Cap<Endpoint> copy = Make.Copy(original);
        Cap<Endpoint> copyOfCopy = Make.Copy(copy);
        Cap<Endpoint> badged = Make.Badged(original, 4);
        Cap<Endpoint> copyOfBadged = Make.Copy(badged);
        Check.Ok(Make.At(copy).Revoke());
        Check.That(Ask.Holds(copyOfCopy.Value, CapabilityTypeTag.Endpoint));
        Check.Ok(Make.At(badged).Revoke());
        Check.That(Ask.IsEmpty(copyOfBadged.Value) && Ask.Holds(copy.Value, CapabilityTypeTag.Endpoint));
    }

    [Test("Equal badges minted twice are independent", Rules = "R-DER-07")]
    internal static void CNODEOP0025()
    {
        Cap<Endpoint> original = Make.Endpoint();
        Cap<Endpoint> first = Make.Badged(original, 4);
        Cap<Endpoint> second = Make.Badged(original, 4);
        Cap<Endpoint> copy = Make.Copy(second);
        Check.Ok(Make.At(first).Revoke());
        Check.That(Ask.Holds(second.Value, CapabilityTypeTag.Endpoint) && Ask.Holds(copy.Value, CapabilityTypeTag.Endpoint));
    }

    [Test("Children of a deleted capability go over to the next ancestor", Rules = "R-DER-12 R-DEL-01")]
    internal static void CNODEOP0026()
    {
        Cap<Endpoint> original = Make.Endpoint();
        Cap<Endpoint> badged = Make.Badged(original, 4);
        Cap<Endpoint> copy = Make.Copy(badged);
        Check.Ok(Make.At(badged).Delete());
        Check.That(Ask.Holds(copy.Value, CapabilityTypeTag.Endpoint));
        Check.Ok(Make.At(original).Revoke());
        Check.That(Ask.IsEmpty(copy.Value));
    }

    [Test("Moving an original keeps its children below it", Rules = "R-DER-13")]
    internal static void CNODEOP0027()
    {
        Cap<Endpoint> original = Make.Endpoint();
        ulong copy = Make.Copy(original).Value;
        ulong slot = Make.Slot();
        Assert.Ok(Make.At(slot).MoveFrom(Make.At(original)));
        Check.Ok(Make.At(slot).Revoke());
        Check.That(Ask.IsEmpty(copy));
    }

    [Test("Revoking untyped memory removes everything inside, however deep", Rules = "R-DER-09 R-DER-01")]
    internal static void CNODEOP0028()
    {
        Cap<Untyped> memory = Make.Untyped(16);
        ulong inner = Make.Slot();
        ulong innermost = Make.Slot();
        ulong endpoint = Make.Slot();
        Assert.Ok(memory.Split(14, Make.Into(inner)));
        Assert.Ok(new Cap<Untyped>(inner).Split(10, Make.Into(innermost)));
        Assert.Ok(new Cap<Untyped>(innermost).Retype<Endpoint>(Make.Into(endpoint)));
        ulong copy = Make.Copy(new Cap<Endpoint>(endpoint)).Value;
        Check.Ok(Make.At(memory).Revoke());
        Check.That(Ask.IsEmpty(inner) && Ask.IsEmpty(innermost) && Ask.IsEmpty(endpoint) && Ask.IsEmpty(copy));
        Check.That(Ask.IsWhole(memory, 16));
    }

    [Test("SaveCaller without a caller leaves the slot empty; an occupied slot is refused", Rules = "R-CNODE-33 R-CNODE-34")]
    internal static void CNODEOP0029()
    {
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).SaveCaller());
        Check.That(Ask.IsEmpty(slot));
        Check.Fails(ErrorCode.DeleteFirst, Make.At(Make.Endpoint()).SaveCaller());
    }

    [Test("CancelBadgedSends wants an endpoint with all rights", Rules = "R-CNODE-36 R-CNODE-38")]
    internal static void CNODEOP0030()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        Check.Ok(Make.At(Make.Badged(endpoint, 3)).CancelBadgedSends());
        Check.Ok(Make.At(endpoint).CancelBadgedSends());
        Check.Fails(ErrorCode.IllegalOperation, Make.At(Make.Badged(endpoint, 3, CapRights.ReadWrite)).CancelBadgedSends());
        Check.Fails(ErrorCode.IllegalOperation, Make.At(Make.Notification()).CancelBadgedSends());
    }

    [Test("A CNode that holds its own last capability goes away completely", Rules = "R-DEL-06")]
    internal static void CNODEOP0031()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        ulong slot = Make.Slot();
        Assert.Ok(memory.MakeCNode(4, Make.Into(slot)));
        Cap<CNode> node = new(slot);
        Assert.Ok(node.Slot(2, 4).MoveFrom(Make.At(slot)));
        Check.That(Ask.IsEmpty(slot));
        Check.Ok(Make.At(memory).Revoke());
        Check.That(Ask.IsWhole(memory, 12));
    }

    [Test("Deleting a CNode's last capability deletes what is in it, and so on", Rules = "R-DEL-05 R-DER-18")]
    internal static void CNODEOP0032()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        ulong endpoint = Make.Slot();
        Assert.Ok(memory.Retype<Endpoint>(Make.Into(endpoint)));
        Cap<CNode> outer = Make.CNode(2);
        Cap<CNode> inner = Make.CNode(2);
        Assert.Ok(inner.Slot(1, 2).MoveFrom(Make.At(endpoint)));
        Assert.Ok(outer.Slot(3, 2).MoveFrom(Make.At(inner)));
        Check.That(!Ask.IsWhole(memory, 12));
        Check.Ok(Make.At(outer).Delete());
        Check.That(Ask.IsWhole(memory, 12));
    }

    private static Sel4Error Signalled(Cap<Notification> notification)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(notification.Pointer, Ask.Words(0), buffer);
    }
}
