// SPDX-License-Identifier: BSD-2-Clause
using System.Threading;
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>What once went wrong, here or elsewhere, and workloads in which such things show.</summary>
[Tests(Tags = "regression")]
internal static unsafe class Regressions
{
    private static Cap<Endpoint> s_endpoint;
    private static ulong s_sum;

    [Test("A rights word of 0 makes a capability that can do nothing", Rules = "ABI-4.2")]
    internal static void REGRESS0001()
    {
        Cap<Endpoint> weak = Make.Copy(Make.Endpoint(), CapRights.None);
        Check.Equal((ulong)ErrorCode.InvalidCapability, weak.Call(Ask.Words(0)).Label);
    }

    [Test("A MessageInfo with all bits set is cut, not believed", Rules = "R-SYS-15 R-SYS-04")]
    internal static void REGRESS0002()
    {
        for (int place = 0; place < 3; place++) IpcBuffer.Current.SetCapability(place, new CapabilityPointer(0));
        MessageInfo answer = Syscall.Call(Make.Untyped(12).Pointer, MessageInfo.FromWord(ulong.MaxValue));
        Check.Equal((ulong)ErrorCode.IllegalOperation, answer.Label);
    }

    [Test("Twenty threads add up through one server", Rules = "R-IPC-05 R-IPC-17")]
    internal static void REGRESS0003()
    {
        s_endpoint = Make.Endpoint();
        Helper[] helpers = new Helper[20];
        for (int index = 0; index < helpers.Length; index++)
        {
            helpers[index] = new Helper { Priority = (byte)(50 + index) };
            helpers[index].Start(&AddUp, (ulong)index);
        }

        ulong sum = 0;
        Received received = s_endpoint.Recv();
        for (int turn = 1; turn < 20 * 10; turn++)
        {
            sum += IpcBuffer.Current[0];
            received = s_endpoint.ReplyRecv(Ask.Words(0));
        }

        sum += IpcBuffer.Current[0];
        Syscall.Reply(Ask.Words(0));
        for (int index = 0; index < helpers.Length; index++) helpers[index].Join();
        Check.Equal(1900ul, sum);
    }

    [Test("A thousand objects are made and revoked at once", Rules = "R-DER-09 R-DEL-16")]
    internal static void REGRESS0004()
    {
        Cap<Untyped> memory = Make.Untyped(16);
        ulong first = Make.Slots(1024);
        for (ulong part = 0; part < 4; part++) Check.Ok(memory.Retype<Endpoint>(Make.Into(first + (part * 256)), 256));
        Check.Ok(Make.At(memory).Revoke());
        for (ulong slot = first; slot < first + 1024; slot++)
            if (!Ask.IsEmpty(slot)) Assert.Fail("a slot is not empty after the revoke");
        Check.That(Ask.IsWhole(memory, 16));
    }

    [Test("A chain of copies of copies is revoked from its beginning", Rules = "R-DER-05")]
    internal static void REGRESS0005()
    {
        Cap<Endpoint> first = Make.Endpoint();
        Cap<Endpoint> last = first;
        for (int turn = 0; turn < 200; turn++) last = Make.Copy(last);
        Check.Ok(Make.At(first).Revoke());
        Check.That(Ask.IsEmpty(last.Value));
    }

    [Test("Threads that come and go leave no memory behind", Rules = "R-DEL-04 R-DER-18")]
    internal static void REGRESS0006()
    {
        Cap<Untyped> memory = Make.Untyped(12);
        ulong slot = Make.Slot();
        for (int turn = 0; turn < 50; turn++)
        {
            Assert.Ok(memory.Retype<Tcb>(Make.Into(slot)));
            Assert.Ok(new Cap<Tcb>(slot).SetSpace(default, CNodeGuard.FromWord(0), 0, Test.CNode, Test.VSpace));
            Assert.Ok(Make.At(slot).Delete());
        }

        Check.That(Ask.IsWhole(memory, 12));
    }

    [Test("Two CNodes that hold each other's last capability go away", Rules = "R-DEL-07")]
    internal static void REGRESS0007()
    {
        Cap<Untyped> memory = Make.Untyped(13);
        ulong slots = Make.Slots(2);
        Assert.Ok(memory.Retype(ObjectType.CNode, 4, Make.Into(slots), 2));
        Cap<CNode> one = new(slots);
        Cap<CNode> other = new(slots + 1);
        Assert.Ok(other.Slot(1, 4).CopyFrom(Make.At(one)));
        Assert.Ok(one.Slot(1, 4).MoveFrom(Make.At(other)));
        Assert.Ok(Make.At(one).Delete());
        Check.Ok(Make.At(memory).Revoke());
        Check.That(Ask.IsWhole(memory, 13));
    }

    [Test("A slot of a CNode that is being used as CSpace may be revoked under it", Rules = "R-TCB-37 R-DEL-15")]
    internal static void REGRESS0008()
    {
        Cap<Untyped> memory = Make.Untyped(14);
        ulong slot = Make.Slot();
        Assert.Ok(memory.MakeCNode(4, Make.Into(slot)));
        Helper helper = new() { CSpace = new Cap<CNode>(slot) };
        helper.Start(&AddUp, 1);
        Check.Ok(Make.At(memory).Revoke());
        Yield.To(helper);
        Check.That(!helper.HasReturned && Ask.IsWhole(memory, 14));
    }

    [Test("Endless Recv and Suspend of each other loses nobody", Rules = "R-TCB-05 R-TCB-04")]
    internal static void REGRESS0009()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Helper.Begin(&AddUp, 3);
        for (int turn = 0; turn < 50; turn++)
        {
            Yield.To(helper);
            Check.Ok(helper.Tcb.Suspend());
            Check.Ok(helper.Tcb.Resume());
        }

        for (int turn = 0; turn < 10; turn++)
        {
            s_endpoint.Recv();
            Syscall.Reply(Ask.Words(0));
        }

        helper.Join();
        Check.Equal(3ul, s_sum);
    }

    private static void AddUp(ulong number)
    {
        for (int turn = 0; turn < 10; turn++)
        {
            IpcBuffer.Current.Words[0] = number;
            s_endpoint.Call(Ask.Words(1));
        }

        Volatile.Write(ref s_sum, s_sum + number);
    }
}
