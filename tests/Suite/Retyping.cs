// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Making objects out of untyped memory.</summary>
[Tests(Tags = "untyped")]
internal static class Retyping
{
    [Test("Every type of object can be made, and says so", Rules = "ABI-11.1 ABI-11.2 R-UT-23")]
    internal static void RETYPE0001()
    {
        Check.That(Ask.Holds(Make.Untyped(12).Value, CapabilityTypeTag.Untyped));
        Check.That(Ask.Holds(Make.Tcb().Value, CapabilityTypeTag.Tcb));
        Check.That(Ask.Holds(Make.Endpoint().Value, CapabilityTypeTag.Endpoint));
        Check.That(Ask.Holds(Make.Notification().Value, CapabilityTypeTag.Notification));
        Check.That(Ask.Holds(Make.CNode(3).Value, CapabilityTypeTag.CNode));
        Check.That(Ask.Holds(Make.New<Pdpt>().Value, CapabilityTypeTag.Pdpt));
        Check.That(Ask.Holds(Make.New<Pml4>().Value, CapabilityTypeTag.Pml4));
        Check.That(Ask.Holds(Make.Page().Value, CapabilityTypeTag.Frame));
        Check.That(Ask.Holds(Make.New<LargePage>().Value, CapabilityTypeTag.Frame));
        Check.That(Ask.Holds(Make.New<PageTable>().Value, CapabilityTypeTag.PageTable));
        Check.That(Ask.Holds(Make.New<PageDirectory>().Value, CapabilityTypeTag.PageDirectory));
    }

    [Test("Objects fill slots from the offset on", Rules = "R-UT-01")]
    internal static void RETYPE0002()
    {
        Cap<CNode> node = Make.CNode(4);
        Assert.Ok(Make.Untyped(14).Retype<SmallPage>(new CNodeDestination(Test.CNode, node.Value, 64, 5, 4), 4));
        ulong previous = 0;
        for (ulong slot = 5; slot < 9; slot++)
        {
            ulong place = Make.Slot();
            Assert.Ok(Make.At(place).MoveFrom(node.Slot(slot, 4)));
            Check.Ok(new Cap<Frame>(place).GetAddress(out ulong address));
            Check.That(previous == 0 || address == previous + 4096);
            previous = address;
        }

        Check.FailsLookup(
            LookupSide.Source, LookupFailureKind.MissingCapability, 4, Make.At(Make.Slot()).MoveFrom(node.Slot(9, 4)));
    }

    [Test("A type number too large is InvalidArgument 0", Rules = "R-UT-02")]
    internal static void RETYPE0003() =>
        Check.Fails(ErrorCode.InvalidArgument, 0, Make.Untyped(12).Retype(ObjectType.Count, 0, Make.Into(Make.Slot())));

    [Test("Sizes beyond 2^47 are a RangeError", Rules = "R-UT-03")]
    internal static void RETYPE0004()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        CNodeDestination target = Make.Into(Make.Slot());
        Check.Fails(ErrorCode.RangeError, 0, 47, memory.Retype(ObjectType.Untyped, 64, target));
        Check.Fails(ErrorCode.RangeError, 0, 47, memory.Retype(ObjectType.Untyped, 48, target));
        Check.Fails(ErrorCode.RangeError, 0, 47, memory.Retype(ObjectType.CNode, 43, target));
        Check.Fails(ErrorCode.RangeError, 0, 47, memory.Retype(ObjectType.Endpoint, 64, target));
    }

    [Test("Types of fixed size ignore the size", Rules = "R-UT-04")]
    internal static void RETYPE0005() => Check.Ok(Make.Untyped(12).Retype(ObjectType.Endpoint, 63, Make.Into(Make.Slot())));

    [Test("Untyped memory below 16 bytes and a CNode of one slot cannot be made", Rules = "R-UT-05 R-CNODE-42")]
    internal static void RETYPE0006()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        CNodeDestination target = Make.Into(Make.Slot());
        Check.Fails(ErrorCode.InvalidArgument, 1, memory.Retype(ObjectType.Untyped, 3, target));
        Check.Fails(ErrorCode.InvalidArgument, 1, memory.Retype(ObjectType.CNode, 0, target));
        Check.Ok(memory.Retype(ObjectType.Untyped, 4, target));
    }

    [Test("A destination that is no CNode is a failed lookup", Rules = "R-UT-07")]
    internal static void RETYPE0007()
    {
        ulong page = Make.Page().Value;
        Check.FailsLookup(
            LookupSide.Destination, LookupFailureKind.MissingCapability, 64,
            Make.Untyped(12).Retype<Endpoint>(new CNodeDestination(Test.CNode, page, 64, 0, 4)));
    }

    [Test("Offset and count are held to the destination", Rules = "R-UT-08 R-UT-09 R-UT-10")]
    internal static void RETYPE0008()
    {
        Cap<CNode> node = Make.CNode(4);
        Cap<Untyped> memory = Make.Untyped(14);
        Check.Fails(ErrorCode.RangeError, 0, 15, memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 16, 4)));
        Check.Fails(ErrorCode.RangeError, 1, 256, memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 0, 4), 0));
        Check.Fails(ErrorCode.RangeError, 1, 256, memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 0, 4), 257));
        Check.Fails(ErrorCode.RangeError, 1, 3, memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 13, 4), 4));
        Check.Ok(memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 13, 4), 3));
    }

    [Test("An occupied slot among them, and nothing is made", Rules = "R-UT-11 R-UT-22")]
    internal static void RETYPE0009()
    {
        Cap<CNode> node = Make.CNode(4);
        Cap<Untyped> memory = Make.Untyped(12);
        Assert.Ok(node.Slot(2, 4).CopyFrom(Make.At(Make.Endpoint())));
        Check.Fails(ErrorCode.DeleteFirst, memory.Retype<Endpoint>(new(Test.CNode, node.Value, 64, 0, 4), 4));
        Check.Ok(node.Slot(0, 4).CopyFrom(Make.At(Make.Endpoint())));
        Check.That(Ask.IsWhole(memory, 12));
    }

    [Test("Not enough room tells the bytes that are left", Rules = "R-UT-12 R-UT-25")]
    internal static void RETYPE0010()
    {
        Cap<Untyped> memory = Make.Untyped(13);
        Assert.Ok(memory.Retype<SmallPage>(Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.NotEnoughMemory, 4096, memory.Retype<SmallPage>(Make.Into(Make.Slots(2)), 2));
        Check.Ok(memory.Retype<SmallPage>(Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.NotEnoughMemory, 0, memory.Retype<Endpoint>(Make.Into(Make.Slot())));
    }

    [Test("While there are children freed pieces are not used again; without any it starts over", Rules = "R-UT-13 R-UT-14")]
    internal static void RETYPE0011()
    {
        Cap<Untyped> memory = Make.Untyped(13);
        ulong first = Make.Slot();
        ulong second = Make.Slot();
        Assert.Ok(memory.Retype<SmallPage>(Make.Into(first)));
        Assert.Ok(memory.Retype<SmallPage>(Make.Into(second)));
        Assert.Ok(Make.At(first).Delete());
        Check.Fails(ErrorCode.NotEnoughMemory, 0, memory.Retype<SmallPage>(Make.Into(first)));
        Assert.Ok(Make.At(second).Delete());
        Check.Ok(memory.Retype<SmallPage>(Make.Into(first), 1));
        Check.Ok(memory.Retype<SmallPage>(Make.Into(second), 1));
    }

    [Test("Objects lie at multiples of their size", Rules = "R-UT-15")]
    internal static void RETYPE0012()
    {
        Cap<Untyped> memory = Make.Untyped(14);
        ulong page = Make.Slot();
        Assert.Ok(memory.Retype<Endpoint>(Make.Into(Make.Slot())));
        Assert.Ok(memory.Retype<SmallPage>(Make.Into(page)));
        Assert.Ok(new Cap<Frame>(page).GetAddress(out ulong address));
        Check.Equal(0ul, address & 4095);
        Check.Fails(ErrorCode.NotEnoughMemory, 8192, memory.Retype<SmallPage>(Make.Into(Make.Slots(3)), 3));
    }

    [Test("Memory that is used again comes back cleared", Rules = "R-UT-16 TD:L5")]
    internal static void RETYPE0013()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        ulong slot = Make.Slot();
        for (int turn = 0; turn < 2; turn++)
        {
            Assert.Ok(memory.Retype<SmallPage>(Make.Into(slot)));
            ulong address = Make.Map(new Cap<SmallPage>(slot));
            for (ulong word = 0; word < 4096; word += 8)
            {
                if (Make.Word(address + word) != 0) Assert.Fail("a word of new memory is not 0");
                Make.Word(address + word) = ulong.MaxValue;
            }

            Assert.Ok(Make.At(slot).Delete());
        }
    }

    [Test("Device memory becomes pages or untyped memory only, and stays device memory", Rules = "R-UT-17 R-UT-18", Requires = "device")]
    internal static void RETYPE0014()
    {
        Cap<Untyped> device = DeviceMemory.Ask(0xb_9000, 12);
        CNodeDestination target = Make.Into(Make.Slot());
        Check.Fails(ErrorCode.InvalidArgument, 1, device.Retype<Endpoint>(target));
        Check.Fails(ErrorCode.InvalidArgument, 1, device.Retype(ObjectType.CNode, 4, target));
        ulong half = Make.Slot();
        Check.Ok(device.Split(11, Make.Into(half)));
        Check.Fails(ErrorCode.InvalidArgument, 1, new Cap<Untyped>(half).Retype<Endpoint>(target));
        DeviceMemory.GiveBack();
    }

    [Test("Too little device memory is said before a type it cannot become", Rules = "R-UT-21", Requires = "device")]
    internal static void RETYPE0015()
    {
        Cap<Untyped> device = DeviceMemory.Ask(0xb_9000, 12);
        Check.Fails(ErrorCode.NotEnoughMemory, 4096, device.Retype(ObjectType.CNode, 10, Make.Into(Make.Slot())));
        DeviceMemory.GiveBack();
    }

    [Test("A child untyped is used memory for its parent and lives its own life", Rules = "R-UT-24 R-DER-08")]
    internal static void RETYPE0016()
    {
        Cap<Untyped> memory = Make.Untyped(13);
        ulong child = Make.Slot();
        Assert.Ok(memory.Split(12, Make.Into(child)));
        Assert.Ok(new Cap<Untyped>(child).Retype<SmallPage>(Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.NotEnoughMemory, 4096, memory.Split(13, Make.Into(Make.Slot())));
        Check.Fails(ErrorCode.NotEnoughMemory, 0, new Cap<Untyped>(child).Retype<Endpoint>(Make.Into(Make.Slot())));
    }

    [Test("2^n bytes hold exactly 2^(n-k) objects of 2^k bytes, for every small size", Rules = "R-UT-25")]
    internal static void RETYPE0017()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        ulong first = Make.Slots(256);
        for (int bits = 4; bits <= 11; bits++)
        {
            int count = 1 << (12 - bits);
            Check.Ok(memory.Split(bits, Make.Into(first), count));
            Check.Fails(ErrorCode.NotEnoughMemory, 0, memory.Split(bits, Make.Into(Make.Slot())));
            Assert.Ok(Make.At(memory).Revoke());
        }
    }

    [Test("A Retype of 256 objects is one call", Rules = "R-UT-09")]
    internal static void RETYPE0018()
    {
        ulong first = Make.Slots(256);
        Check.Ok(Make.Untyped(20).Retype<SmallPage>(Make.Into(first), 256));
        Check.That(Ask.Holds(first, CapabilityTypeTag.Frame) && Ask.Holds(first + 255, CapabilityTypeTag.Frame));
    }

    [Test("Only untyped memory can be retyped", Rules = "R-SYS-03 ABI-7.2")]
    internal static void RETYPE0019()
    {
        CNodeDestination target = Make.Into(Make.Slot());
        Check.Fails(ErrorCode.IllegalOperation, Make.Page().As<Untyped>().Retype<Endpoint>(target));
        Check.Fails(ErrorCode.InvalidCapability, 0, new Cap<Untyped>(Make.Slot()).Retype<Endpoint>(target));
    }

    [Test("Making objects changes nothing in others", Rules = "R-UT-27")]
    internal static void RETYPE0020()
    {
        Cap<Untyped> memory = Make.Untyped(14);
        ulong page = Make.Slot();
        Assert.Ok(memory.Retype<SmallPage>(Make.Into(page)));
        ulong address = Make.Map(new Cap<SmallPage>(page));
        for (ulong word = 0; word < 4096; word += 8) Make.Word(address + word) = word ^ 0x5555;
        Assert.Ok(memory.Retype(ObjectType.Endpoint, 0, Make.Into(Make.Slots(200)), 200));
        Assert.Ok(memory.Retype<Tcb>(Make.Into(Make.Slot())));
        for (ulong word = 0; word < 4096; word += 8)
            if (Make.Word(address + word) != (word ^ 0x5555)) Assert.Fail("a word of the page has changed");
    }

    [Test("A message too short, and one without its capability, are truncated", Rules = "R-SYS-05 R-SYS-06")]
    internal static void RETYPE0021()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Cap<Untyped> memory = Make.Untyped(12);
        for (int word = 0; word < 6; word++) buffer[word] = 0;
        ulong label = (ulong)InvocationLabel.UntypedRetype;
        Check.Fails(ErrorCode.TruncatedMessage, Syscall.Invoke(memory.Pointer, Ask.Words(5, label, 1), buffer));
        Check.Fails(ErrorCode.TruncatedMessage, Syscall.Invoke(memory.Pointer, Ask.Words(6, label), buffer));
    }

    [Test("A label that untyped memory does not know is IllegalOperation before anything else", Rules = "R-SYS-04")]
    internal static void RETYPE0022()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Cap<Untyped> memory = Make.Untyped(12);
        Check.Fails(
            ErrorCode.IllegalOperation, Syscall.Invoke(memory.Pointer, Ask.Words(0, (ulong)InvocationLabel.TcbSuspend), buffer));
        Check.Fails(ErrorCode.IllegalOperation, Syscall.Invoke(memory.Pointer, Ask.Words(0, 0xfff_ffff), buffer));
    }
}
