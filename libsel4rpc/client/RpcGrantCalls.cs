// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Requests of version 2 that grant something: with options, several objects at once, leases, lost capabilities.</summary>
public static class RpcGrantCalls
{
    extension(RpcClient client)
    {
        /// <summary>Asks for a frame of 4 KiB with options.</summary>
        public RpcError AllocateFrame(out Grant grant, in GrantOptions options) =>
            client.AllocateObject(ObjectType.SmallPage, 0, out grant, null, in options);

        /// <summary>Asks for an object with options; with direct placement also for paging structures (RPC:§7.6).</summary>
        public RpcError AllocateObject(
            ObjectType type, int sizeBits, out Grant grant, PhysicalAddress? at, in GrantOptions options)
        {
            client.PrepareMemory(type, sizeBits, at);
            return client.Receive(new GrantTerms(GrantKind.Memory, type, sizeBits), in options, out grant);
        }

        /// <summary>Asks for a range of I/O ports with options.</summary>
        public RpcError AllocateIoPorts(ushort first, ushort last, out Grant grant, in GrantOptions options)
        {
            client.PrepareIoPorts(first, last);
            return client.Receive(new GrantTerms(GrantKind.IoPorts, default, 0), in options, out grant);
        }

        /// <summary>Asks for the handler of an IOAPIC pin with options.</summary>
        public RpcError AllocateIrq(in IoApicIrq irq, out Grant grant, in GrantOptions options)
        {
            client.PrepareIrq(in irq);
            return client.Receive(new GrantTerms(GrantKind.Irq, default, 0), in options, out grant);
        }

        /// <summary>Asks for several objects at once; they come in one CNode, see <see cref="Grant.SlotOf"/> (RPC:B1).</summary>
        /// <param name="batch">One grant: all go back together. <see cref="Grant.Count"/> says how many there are.</param>
        public RpcError AllocateBatch(in BatchSpec spec, out Grant batch, in GrantOptions options = default)
        {
            client.PrepareRange(in spec);
            var terms = new GrantTerms(GrantKind.Batch, spec.Type, spec.SizeBits);
            if ((client.Features & Feature.Range) != 0) return client.Receive(in terms, in options, out batch);
            batch = default;
            RpcError error = client.Need(Feature.Range);
            return error.IsOk ? client.Receive(in terms, in options, out batch) : error;
        }

        /// <summary>Asks for the capability of a grant once more, when it got lost or was deleted; it comes into the same slot.</summary>
        public RpcError Redeliver(Grant grant)
        {
            client.Message.Clear();
            client.Message.SelectQuery();
            client.Message.Query.What = (uint)QueryWhat.Redeliver;
            client.Message.Query.Cookie = grant.Cookie;
            RpcError error = client.Need(Feature.Query);
            return error.IsOk ? client.ReceiveAgain(in grant) : error;
        }

        /// <summary>Gives a grant of memory back and has it cleared before the answer: nothing of it is left anywhere then.</summary>
        public RpcError FreeAndClear(Grant grant)
        {
            if (!grant.IsHeld || grant.Kind is not (GrantKind.Memory or GrantKind.Batch)) return client.Free(grant);
            client.Message.Clear();
            client.Message.SelectRelease();
            client.Message.Release.Cookie = grant.Cookie;
            client.Message.Release.Flags = (uint)ReleaseFlag.ZeroNow;
            RpcError error = client.SendIf(Feature.Release);
            if (error.IsOk) client.Forget(in grant);
            return error;
        }

        /// <summary>Sets when a grant ends by itself; 0 ends it now. Its capability is gone then, and its slot empty.</summary>
        public RpcError SetLease(Grant grant, ulong milliseconds)
        {
            client.Message.Clear();
            client.Message.SelectLease();
            client.Message.Lease.Cookie = grant.Cookie;
            client.Message.Lease.DurationMs = milliseconds;
            return client.SendIf(Feature.Lease);
        }
    }
}
