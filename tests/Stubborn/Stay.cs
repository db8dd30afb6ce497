// SPDX-License-Identifier: BSD-2-Clause

using Sel4;
using Sel4.Abi;
using Sel4.Rpc;

/// <summary>Ways not to end, some of which make reclaiming hard: RT:K2, R-DEL-06, R-DEL-07.</summary>
internal static class Stay
{
    private const int Depth = 6;
    private const int Radix = 4;

    private static Cap<Endpoint> s_endpoint;
    private static Cap<Notification> s_notification;

    /// <summary>Brings the process into the state in which it is to be found.</summary>
    internal static Sel4Error Prepare(string way, RpcClient client)
    {
        SlotPath own = Own(ChildSlot.CNode);
        switch (way)
        {
            case "receive":
                return Ask(client, ObjectType.Endpoint, 0, out s_endpoint);
            case "wait":
                return Ask(client, ObjectType.Notification, 0, out s_notification);
            case "nest":
                return Nest(client);
            case "cycle":
                return Cycle(client);
            case "forget-cnode":
                return own.Delete();
            case "forget-thread":
                return Own(ChildSlot.Tcb).Delete();
            case "forget-service":
                return Own(ChildSlot.Service).Delete();
            case "other-cspace":
                return MoveOut(client);
            case "suspend":
                return ProcessEnvironment.Tcb.Suspend();
            default:
                return default;
        }
    }

    /// <summary>What it does for ever.</summary>
    internal static void Linger(string way)
    {
        switch (way)
        {
            case "receive":
                s_endpoint.Recv();
                break;
            case "wait":
                s_notification.Wait();
                break;
            case "yield":
                Syscall.Yield();
                break;
            default:
                break;
        }
    }

    private static SlotPath Own(ulong slot) => SlotPath.Of(ProcessEnvironment.CNode, new CapabilityPointer(slot));

    private static Sel4Error Ask<T>(RpcClient client, ObjectType type, int sizeBits, out Cap<T> made)
        where T : struct, ICapabilityType
    {
        RpcError error = client.AllocateObject(type, sizeBits, out Grant grant);
        made = grant.As<T>();
        return error.IsOk ? default : new Sel4Error(ErrorCode.NotEnoughMemory);
    }

    /// <summary>CNodes in CNodes, of which only the outermost has a capability outside.</summary>
    private static Sel4Error Nest(RpcClient client)
    {
        Sel4Error error = Ask(client, ObjectType.CNode, Radix, out Cap<CNode> outer);
        for (int level = 1; level < Depth && error.IsOk; level++)
        {
            error = Ask(client, ObjectType.CNode, Radix, out Cap<CNode> next);
            if (error.IsOk) error = new SlotPath(next, 1, Radix).MoveFrom(Own(outer.Pointer.Value));
            outer = next;
        }

        return error;
    }

    /// <summary>Two CNodes, each of which holds the last capability to the other.</summary>
    private static Sel4Error Cycle(RpcClient client)
    {
        Sel4Error error = Ask(client, ObjectType.CNode, Radix, out Cap<CNode> one);
        if (!error.IsOk) return error;
        error = Ask(client, ObjectType.CNode, Radix, out Cap<CNode> other);
        if (error.IsOk) error = new SlotPath(one, 0, Radix).CopyFrom(Own(other.Pointer.Value));
        if (error.IsOk) error = new SlotPath(one, 1, Radix).CopyFrom(Own(one.Pointer.Value));
        if (error.IsOk) error = new SlotPath(other, 0, Radix).MoveFrom(Own(one.Pointer.Value));
        return error.IsOk ? Own(other.Pointer.Value).Delete() : error;
    }

    /// <summary>Replaces its own CSpace by an empty one that cannot reach the old.</summary>
    private static Sel4Error MoveOut(RpcClient client)
    {
        Sel4Error error = Ask(client, ObjectType.CNode, Radix, out Cap<CNode> other);
        if (!error.IsOk) return error;
        CNodeGuard guard = new(0, AbiConstants.WordBits - Radix);
        return ProcessEnvironment.Tcb.SetSpace(
            new CapabilityPointer(ChildSlot.FaultHandler), guard, 0, other, ProcessEnvironment.VSpace);
    }
}
