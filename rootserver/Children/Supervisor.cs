// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>Runs children: loads one, serves it until it ends, takes everything back, and proves it (RT:§5, RT:§7).</summary>
public sealed class Supervisor(
    OwnCSpace space, ChildLoader loader, ResourceServer server, Books books, CapabilityPointer endpoint)
{
    private const byte ChildPriority = 100;
    private const int MaxNameBytes = 15;
    private static readonly byte[] s_name = new byte[MaxNameBytes];

    private readonly OwnCSpace _space = space;
    private readonly ChildLoader _loader = loader;
    private readonly ResourceServer _server = server;
    private readonly Books _books = books;
    private readonly CapabilityPointer _endpoint = endpoint;

    /// <summary>Runs a program once in <paramref name="child"/>. True when everything it had came back.</summary>
    public bool Run(Child child, string name, string[] arguments, ReadOnlySpan<byte> file)
    {
        child.Name = name;
        child.Outcome = ChildOutcome.None;
        child.ExitStatus = 0;
        child.Session.Reopen(child.OwnerId, RpcServer.Features);
        Totals before = _books.Take();
        Log.Start(name);
        string? problem = _loader.Load(child, file, arguments, ChildPriority);
        if (problem == null)
        {
            child.State = ChildState.Running;
            Name(child);
            new Cap<Tcb>(child.Tcb).Resume();
            Serve(child);
        }
        else
        {
            Log.Line($"{name} could not be started: {problem}{_loader.KernelError}");
            child.Outcome = ChildOutcome.Refused;
        }

        Reclaim(child);
        Totals after = _books.Take();
        string? difference = after.DifferenceFrom(in before);
        if (difference != null) Log.Line($"{name} did not give everything back: {difference}");
        Log.Stop(child, difference == null);
        return difference == null;
    }

    /// <summary>Answers messages until the child has ended. Every request gets one answer (RPC:R1); an end gets none (RT:L3).</summary>
    private void Serve(Child child)
    {
        Received received = Syscall.Recv(_endpoint);
        while (true)
        {
            ulong badge = received.Badge.Value;
            BadgeClass badgeClass = ChildBadge.ClassOf(badge);
            bool isOurs = badge == child.BadgeOf(badgeClass);
            if (isOurs && badgeClass == BadgeClass.Fault)
            {
                FaultReport.Print(child, received.Info);
                child.Outcome = ChildOutcome.Faulted;
                return;
            }

            MessageInfo answer;
            if (isOurs && badgeClass == BadgeClass.Exit)
            {
                if (received.Info.Label == (ulong)ProcessMessage.Exit && received.Info.Length > 0)
                {
                    child.ExitStatus = (int)IpcBuffer.Current[0];
                    child.Outcome = ChildOutcome.Exited;
                    return;
                }

                answer = AnswerProcessMessage(received.Info);
            }
            else
            {
                // A badge that is nobody's is answered like a request of somebody without rights; nothing it says is believed.
                Session session = isOurs && badgeClass == BadgeClass.Service ? child.Session : _server.Nobody;
                answer = _server.Serve(session, received.Info);
            }

            received = Syscall.ReplyRecv(_endpoint, answer);
        }
    }

    /// <summary>Prints what a child logs; refuses what is no message for the exit endpoint.</summary>
    private static MessageInfo AnswerProcessMessage(MessageInfo message)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        ulong bytes = buffer[0];
        bool isLog = message.Label == (ulong)ProcessMessage.Log && message.Length > 0 && bytes <= (ulong)(message.Length - 1) * 8;
        if (!isLog) return new MessageInfo((ulong)ErrorCode.InvalidArgument, 0, 0, 0);
        for (int index = 0; index < (int)bytes; index++) Syscall.DebugPutChar(buffer.Bytes[8 + index]);
        return new MessageInfo(0, 0, 0, 0);
    }

    /// <summary>Takes everything back, in the order of RT:§7: stop, silence, grants, arena, own capabilities, new generation.</summary>
    private void Reclaim(Child child)
    {
        child.State = ChildState.Reclaiming;
        if (child.Tcb != 0) new Cap<Tcb>(child.Tcb).Suspend();
        for (uint index = 0; child.BadgedEndpoints != 0 && index < ChildLoader.EndpointCount; index++)
            CNodeInvocation.CancelBadgedSends(OwnCSpace.Root, child.BadgedEndpoints + index, AbiConstants.WordBits);
        _server.ReleaseAll(child.Session);
        child.Arena.Release();
        for (uint index = 0; child.BadgedEndpoints != 0 && index < ChildLoader.EndpointCount; index++)
        {
            OwnCSpace.Revoke(child.BadgedEndpoints + index);
            OwnCSpace.Delete(child.BadgedEndpoints + index);
            _space.Slots.Free(child.BadgedEndpoints + index);
        }

        child.BadgedEndpoints = 0;
        child.CNode = 0;
        child.VSpace = 0;
        child.Tcb = 0;
        child.Generation++;
        child.State = ChildState.Gone;
    }

    private static void Name(Child child)
    {
        int length = child.Name.Length < MaxNameBytes ? child.Name.Length : MaxNameBytes;
        for (int index = 0; index < length; index++) s_name[index] = (byte)child.Name[index];
        Syscall.DebugNameThread(new Cap<Tcb>(child.Tcb), new ReadOnlySpan<byte>(s_name, 0, length));
    }
}
