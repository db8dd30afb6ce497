// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>From an address to a slot: guards, radixes, depths, nested CNodes.</summary>
[Tests(Tags = "cspace")]
internal static unsafe class CSpaceLookup
{
    private static ulong s_seen;

    [Test("Bits that differ from the guard are a GuardMismatch with guard and size", Rules = "R-CSP-02 ABI-6.2")]
    internal static void CSPACE0001()
    {
        Cap<CNode> node = Guarded(4, 5, 4);
        Sel4Error error = node.Slot(0x73, 8).Delete();
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.GuardMismatch, 8, error);
        Check.Equal(4, error.BitsFound);
    }

    [Test("Fewer bits than the guard has are a GuardMismatch, too", Rules = "R-CSP-03 R-CSP-04")]
    internal static void CSPACE0002()
    {
        Cap<CNode> node = Guarded(4, 5, 4);
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.GuardMismatch, 3, node.Slot(5, 3).Delete());
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.GuardMismatch, 6, node.Slot(0x3f, 6).Delete());
    }

    [Test("A guard that fits with too few bits behind it is a DepthMismatch", Rules = "R-CSP-05")]
    internal static void CSPACE0003()
    {
        Cap<CNode> node = Guarded(4, 5, 4);
        Sel4Error error = node.Slot(0x5 << 2, 6).Delete();
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.DepthMismatch, 6, error);
        Check.Equal(8, error.BitsFound);
    }

    [Test("When the bits run out exactly that slot is it, even if a CNode is in it", Rules = "R-CSP-06 R-CSP-07")]
    internal static void CSPACE0004()
    {
        Cap<CNode> outer = Make.CNode(4);
        Cap<CNode> inner = Make.CNode(4);
        Assert.Ok(outer.Slot(3, 4).CopyFrom(Make.At(inner)));
        Check.Ok(outer.Slot(0x31, 8).CopyFrom(Make.At(Make.Endpoint())));
        Check.Fails(ErrorCode.DeleteFirst, inner.Slot(1, 4).CopyFrom(Make.At(Make.Endpoint())));
        Check.Ok(outer.Slot(3, 4).Delete());
        Check.That(Ask.Holds(inner.Value, CapabilityTypeTag.CNode));
    }

    [Test("Naming a slot below what is no CNode is a DepthMismatch with nothing found", Rules = "R-CSP-09")]
    internal static void CSPACE0005()
    {
        Cap<CNode> node = Make.CNode(4);
        Assert.Ok(node.Slot(3, 4).CopyFrom(Make.At(Make.Endpoint())));
        Sel4Error error = node.Slot(0x31, 8).Delete();
        Check.FailsLookup(LookupSide.Destination, LookupFailureKind.DepthMismatch, 4, error);
        Check.Equal(0, error.BitsFound);
    }

    [Test("A root that is no CNode is an InvalidRoot, and said before a bad depth", Rules = "R-CSP-10 R-CSP-12")]
    internal static void CSPACE0006()
    {
        Cap<CNode> page = Make.Page().As<CNode>();
        SlotPath target = Make.At(Make.Slot());
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.InvalidRoot, 0, target.CopyFrom(page.Slot(1, 64)));
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.InvalidRoot, 0, target.CopyFrom(page.Slot(1, 0)));
    }

    [Test("A depth of 0 or above 64 is a RangeError", Rules = "R-CSP-11")]
    internal static void CSPACE0007()
    {
        Cap<CNode> node = Make.CNode(4);
        Check.Fails(ErrorCode.RangeError, 1, 64, node.Slot(1, 0).Delete());
        Check.Fails(ErrorCode.RangeError, 1, 64, node.Slot(1, 65).Delete());
    }

    [Test("Only the lowest bits of an index matter", Rules = "R-CSP-14")]
    internal static void CSPACE0008()
    {
        Cap<CNode> node = Make.CNode(4);
        Check.Ok(node.Slot(0xabcd_0007, 4).CopyFrom(Make.At(Make.Endpoint())));
        Check.Fails(ErrorCode.DeleteFirst, node.Slot(7, 4).CopyFrom(Make.At(Make.Endpoint())));
    }

    [Test("A CNode may contain itself; the search ends with the bits", Rules = "R-CSP-16")]
    internal static void CSPACE0009()
    {
        Cap<CNode> node = Make.CNode(4);
        Assert.Ok(node.Slot(2, 4).CopyFrom(Make.At(node)));
        Check.Ok(node.Slot(0x2225, 16).CopyFrom(Make.At(Make.Endpoint())));
        Check.Fails(ErrorCode.DeleteFirst, node.Slot(5, 4).CopyFrom(Make.At(Make.Endpoint())));
    }

    [Test("A capability is found by 64 bits at the first thing that is no CNode", Rules = "R-CSP-08")]
    internal static void CSPACE0010()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 6);
        Cap<CNode> outer = Make.CNode(4);
        Assert.Ok(outer.Slot(1, 4).CopyFrom(Make.At(bell)));
        Helper helper = new() { CSpace = Guarded(outer, 0, 8) };
        helper.Start(&SignalLongAddress);
        bell.Wait();
        Check.Equal(1ul, s_seen);
    }

    [Test("A thread's own guard decides which addresses it has", Rules = "R-CSP-01 R-TCB-26")]
    internal static void CSPACE0011()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 6);
        Cap<CNode> node = Make.CNode(4);
        Assert.Ok(node.Slot(9, 4).CopyFrom(Make.At(bell)));
        Helper helper = new() { CSpace = Guarded(node, 0x77, 60) };
        helper.Start(&SignalGuarded);
        Check.Equal(6ul, bell.Wait().Value);
    }

    [Test("Two levels of CNodes serve as a CSpace", Rules = "R-CSP-07 AL:L7")]
    internal static void CSPACE0012()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 6);
        Cap<CNode> top = Make.CNode(4);
        Cap<CNode> bottom = Guarded(Make.CNode(8), 0, 0);
        Assert.Ok(bottom.Slot(0x42, 8).CopyFrom(Make.At(bell)));
        Assert.Ok(top.Slot(3, 4).MintFrom(Make.At(bottom), new CNodeGuard(0, 0)));
        Helper helper = new() { CSpace = Guarded(top, 0, 52) };
        helper.Start(&SignalTwoLevels);
        Check.Equal(6ul, bell.Wait().Value);
    }

    [Test("The side of a lookup that failed is told: of the source as of the destination", Rules = "ABI-13 R-CSP-02")]
    internal static void CSPACE0015()
    {
        Cap<CNode> node = Guarded(4, 5, 4);
        ulong slot = Make.Slot();
        SlotPath target = Make.At(slot);
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.GuardMismatch, 8, target.CopyFrom(node.Slot(0x73, 8)));
        Check.FailsLookup(LookupSide.Source, LookupFailureKind.DepthMismatch, 6, target.MoveFrom(node.Slot(0x14, 6)));
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("A failed lookup changes nothing", Rules = "R-CSP-15 ABI-13")]
    internal static void CSPACE0013()
    {
        Cap<CNode> node = Guarded(4, 5, 4);
        ulong source = Make.Endpoint().Value;
        Check.Fails(ErrorCode.FailedLookup, node.Slot(0x73, 8).MoveFrom(Make.At(source)));
        Check.That(Ask.Holds(source, CapabilityTypeTag.Endpoint));
    }

    [Test("The deepest CSpace, one bit a level, is found through", Rules = "R-CSP-07")]
    internal static void CSPACE0014()
    {
        Cap<CNode> inner = Make.CNode(1);
        Assert.Ok(inner.Slot(1, 1).CopyFrom(Make.At(Make.Badged(Make.Notification(), 1))));
        int depth = 1;
        while (depth < 32)
        {
            Cap<CNode> outer = Make.CNode(1);
            Assert.Ok(outer.Slot(1, 1).MoveFrom(Make.At(inner)));
            inner = outer;
            depth++;
        }

        SlotPath target = Make.At(Make.Slot());
        Check.Ok(target.CopyFrom(inner.Slot(0xffff_ffff, depth)));
        Check.FailsLookup(
            LookupSide.Source, LookupFailureKind.MissingCapability, (ulong)depth,
            Make.At(Make.Slot()).CopyFrom(inner.Slot(0xffff_fffe, depth)));
    }

    private static void SignalLongAddress(ulong argument)
    {
        s_seen = 1;
        Syscall.Signal(new CapabilityPointer(0x0010_0000_0000_0000 | 0x5_5555));
    }

    private static void SignalGuarded(ulong argument) => Syscall.Signal(new CapabilityPointer((0x77ul << 4) | 9));

    private static void SignalTwoLevels(ulong argument) => Syscall.Signal(new CapabilityPointer(0x342));

    private static Cap<CNode> Guarded(int radix, ulong guard, int bits) => Guarded(Make.CNode(radix), guard, bits);

    private static Cap<CNode> Guarded(Cap<CNode> node, ulong guard, int bits)
    {
        ulong slot = Make.Slot();
        Assert.Ok(Make.At(slot).MintFrom(Make.At(node), new CNodeGuard(guard, bits)));
        return new Cap<CNode>(slot);
    }
}
