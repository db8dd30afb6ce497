// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>memory</c>: ALLOCATE and FREE.</summary>
internal static class MemoryService
{
    // Field numbers of MemoryAllocMessage, for saying which one is at fault.
    private const uint AddressField = 1;
    private const uint SizeField = 2;
    private const uint TypeField = 3;
    private const uint ActionField = 4;

    /// <summary>A CNode has at least two slots, and at most as many as the largest untyped has room for.</summary>
    private const int MaxCNodeBits = AbiConstants.MaxUntypedBits - AbiConstants.SlotSizeBits;

    /// <summary>No x86-64 machine has memory above this, SDM 3A §4.1.4.</summary>
    private const int PhysicalAddressBits = 52;

    internal static Refusal Serve(RpcServer server, Session session) => server.Request.Memory.Action switch
    {
        MemoryAction.Allocate => Allocate(server, session),
        MemoryAction.Free => Free(server, session),
        _ => Refusal.Because(Reason.Malformed, ActionField),  // RPC:D7
    };

    private static Refusal Allocate(RpcServer server, Session session)
    {
        Refusal refusal = Check(in server.Request.Memory, out MemoryRequest request);
        if (!refusal.IsNone) return refusal;
        ulong length = 1ul << request.ObjectBits;
        if (request.HasAddress)
        {
            int same = server.Grants.FindPlaced(session, GrantKind.Memory, request.Address, length);
            if (same != GrantTable.None && server.Grants[same].Type == request.Type) return Granting.Repeat(server, same);
        }
        refusal = Granting.Reserve(server, GrantKind.Memory, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Type = request.Type;
        grant.ObjectBits = request.ObjectBits;
        grant.Length = length;
        grant.IsPlaced = request.HasAddress;
        return Granting.Finish(server, session, index, server.Provider.AllocateMemory(session, in request, ref grant));
    }

    private static Refusal Free(RpcServer server, Session session)
    {
        ref MemoryAllocMessage message = ref server.Request.Memory;
        Refusal refusal = server.Find(session, message.Address, AddressField, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        if (grant.Kind != GrantKind.Memory) return Refusal.Because(Reason.Malformed, AddressField);
        refusal = CheckSize(in message, out int objectBits);
        if (!refusal.IsNone) return refusal;
        if (objectBits != grant.ObjectBits) return Refusal.Because(Reason.Malformed, SizeField);  // RPC:R7
        Granting.Return(server, index, ReleaseFlag.None);
        server.Reply.SelectRet();
        return Refusal.None;
    }

    private static Refusal Check(in MemoryAllocMessage message, out MemoryRequest request)
    {
        request = default;
        Refusal refusal = CheckSize(in message, out int objectBits);
        if (!refusal.IsNone) return refusal;
        var type = (ObjectType)message.Type;
        if (!IsTransferable(type)) return Refusal.Because(Reason.NotTransferable, TypeField);
        ulong address = message.Address;
        if (address != MemoryRequest.Anywhere && (address & ((1ul << objectBits) - 1)) != 0)
        {
            return Refusal.Because(Reason.Misaligned, AddressField);
        }
        // So that no provider ever sees an end that wraps around.
        if (address >> PhysicalAddressBits != 0) return Refusal.Because(Reason.NoSuchRegion, AddressField);
        // The number of a type of fixed size is ignored and may be anything; it goes no further than here (RPC:D19).
        request = new MemoryRequest(type, ObjectSize.IsChosenByUser(type) ? (int)message.SizeBits : 0, objectBits, address);
        return Refusal.None;
    }

    /// <summary>The object's size, once type and number are known to be sound.</summary>
    private static Refusal CheckSize(in MemoryAllocMessage message, out int objectBits)
    {
        objectBits = 0;
        if (message.Type >= (ulong)ObjectType.Count) return Refusal.Because(Reason.Malformed, TypeField);  // RPC:D20
        var type = (ObjectType)message.Type;
        if (type == ObjectType.Untyped && message.SizeBits is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits)
        {
            return Refusal.OutOfRange(SizeField, AbiConstants.MinUntypedBits, AbiConstants.MaxUntypedBits);
        }
        if (type == ObjectType.CNode && message.SizeBits is < 1 or > MaxCNodeBits)
        {
            return Refusal.OutOfRange(SizeField, 1, MaxCNodeBits);
        }
        objectBits = ObjectSize.Bits(type, ObjectSize.IsChosenByUser(type) ? (int)message.SizeBits : 0);
        return Refusal.None;
    }

    /// <summary>RPC:R11: the kernel refuses to copy paging structures that are not mapped, and a new one never is.</summary>
    private static bool IsTransferable(ObjectType type) =>
        type is not (ObjectType.PageTable or ObjectType.PageDirectory or ObjectType.Pdpt or ObjectType.Pml4);
}
