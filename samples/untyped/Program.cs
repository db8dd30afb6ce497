// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Rpc;

/// <summary>Asks for untyped memory, makes kernel objects of it, and runs a second thread with them.</summary>
internal static unsafe class Program
{
    private const ulong StackAddress = 0x40_0000_0000;
    private const int StackPages = 4;
    private const ulong BufferAddress = StackAddress + 0x10000;
    private const ulong Priority = 99;

    private static Cap<Endpoint> s_endpoint;

    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        RpcError error = client.AllocateUntyped(17, out Grant grant);
        if (!error.IsOk) return Fail(error.Describe());
        Console.WriteLine("Got 128 KiB of untyped memory.");

        if (!ProcessSlots.TryAcquireRun(2 + StackPages + 1, out CapabilityPointer first)) return Fail("No slots.");
        Sel4Error made = Make(grant.As<Untyped>(), first);
        if (!made.IsOk) return Fail(made.Describe());
        Console.WriteLine("Made an endpoint, a TCB and five frames of it.");

        made = StartThread(client, first);
        if (!made.IsOk) return Fail(made.Describe());
        return Talk() ? 0 : 1;
    }

    /// <summary>Endpoint, TCB, then the frames of stack and IPC buffer, in adjacent slots.</summary>
    private static Sel4Error Make(Cap<Untyped> untyped, CapabilityPointer first)
    {
        Cap<CNode> root = ProcessEnvironment.CNode;
        Sel4Error error = untyped.Retype<Tcb>(CNodeDestination.InRoot(root, first.Value + 1));
        if (error.IsOk) error = untyped.Retype<Endpoint>(CNodeDestination.InRoot(root, first.Value));
        if (error.IsOk) error = untyped.Retype<SmallPage>(CNodeDestination.InRoot(root, first.Value + 2), StackPages + 1);
        s_endpoint = new Cap<Endpoint>(first);
        return error;
    }

    private static Sel4Error StartThread(RpcClient client, CapabilityPointer first)
    {
        AddressSpace space = new(client);
        for (ulong page = 0; page < StackPages; page++)
        {
            Sel4Error error = space.Map(new Cap<Frame>(first + (2 + page)), StackAddress + (page * 4096));
            if (!error.IsOk) return error;
        }

        Cap<Frame> buffer = new(first + (2 + StackPages));
        Sel4Error mapping = space.Map(buffer, BufferAddress);
        if (!mapping.IsOk) return mapping;
        UserThreadSetup setup = default;
        setup.Tcb = new Cap<Tcb>(first + 1);
        setup.CSpaceRoot = ProcessEnvironment.CNode;
        setup.VSpaceRoot = ProcessEnvironment.VSpace;
        setup.FaultHandler = new CapabilityPointer(ChildSlot.FaultHandler);
        setup.IpcBufferFrame = buffer;
        setup.IpcBufferAddress = BufferAddress;
        setup.StackTop = StackAddress + (StackPages * 4096);
        setup.Priority = (byte)Priority;
        setup.Authority = ProcessEnvironment.Tcb;
        return UserThread.Start(in setup, &Serve, 0);
    }

    /// <summary>The second thread: adds up the words of each message and answers with the sum. It must not allocate.</summary>
    private static void Serve(ulong argument)
    {
        Received received = s_endpoint.Recv();
        while (true)
        {
            IpcBuffer buffer = IpcBuffer.Current;
            ulong sum = 0;
            for (int index = 0; index < received.Info.Length; index++) sum += buffer[index];
            buffer[0] = sum;
            received = s_endpoint.ReplyRecv(new MessageInfo(received.Info.Label + 1, 0, 0, 1));
        }
    }

    private static bool Talk()
    {
        bool isRight = true;
        foreach (int count in new int[] { 0, 3, 10, 120 })
        {
            IpcBuffer buffer = IpcBuffer.Current;
            for (int index = 0; index < count; index++) buffer[index] = (ulong)(index + 1);
            MessageInfo answer = s_endpoint.Call(new MessageInfo((ulong)count, 0, 0, count));
            ulong sum = buffer[0];
            Console.WriteLine($"The second thread says that 1 to {count} make {sum}.");
            isRight &= sum == (ulong)(count * (count + 1) / 2) && answer.Label == (ulong)count + 1;
        }

        return isRight;
    }

    private static int Fail(string why)
    {
        Console.WriteLine(why);
        return 1;
    }
}
