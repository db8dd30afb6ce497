// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>memory</c>: ALLOCATE and FREE.</summary>
internal static class MemoryService
{
    // Field numbers of MemoryAllocMessage and, for the flags, HintsMessage, for saying which one is at fault.
    private const uint AddressField = 1;
    private const uint SizeField = 2;
    private const uint TypeField = 3;
    private const uint ActionField = 4;
    private const uint HintFlagsField = 2;

    internal static Refusal Serve(RpcServer server, Session session) => server.Request.Memory.Action switch
    {
        MemoryAction.Allocate => Allocate(server, session),
        MemoryAction.Free => Free(server, session),
        _ => Refusal.Because(Reason.Malformed, ActionField),  // RPC:D7
    };

    private static Refusal Allocate(RpcServer server, Session session)
    {
        Refusal refusal = Check(server, out MemoryRequest request);
        if (!refusal.IsNone) return refusal;
        if (request.HasAddress) return AllocateAt(server, session, in request);
        if (server.Wishes.IsShared) return Refusal.Because(Reason.Unsupported, HintFlagsField);  // RAM belongs to one owner
        refusal = Make(server, session, in request, isDevice: false);
        bool mayBeDevice = server.Wishes.IsDeviceOk && ObjectRules.IsForDevices(request.Type)
            && refusal.Reason is Reason.OutOfMemory or Reason.Fragmented or Reason.QuotaExceeded;
        if (!mayBeDevice) return refusal;
        request.Source = MemorySource.Device;
        return Make(server, session, in request, isDevice: true);
    }

    private static Refusal AllocateAt(RpcServer server, Session session, in MemoryRequest request)
    {
        ulong length = 1ul << request.ObjectBits;
        int same = server.Grants.FindPlaced(session, GrantKind.Memory, request.Address, length);
        if (same != GrantTable.None && server.Grants[same].Type == request.Type) return Granting.Repeat(server, session, same);
        bool isDevice = server.Provider.IsDevice(request.Address);
        if (isDevice && !ObjectRules.IsForDevices(request.Type)) return Refusal.Because(Reason.Malformed, TypeField);  // RPC:R13
        if (!server.Wishes.IsShared) return Make(server, session, in request, isDevice);
        if (!isDevice) return Refusal.Because(Reason.Unsupported, HintFlagsField);
        int other = server.Grants.FindShared(GrantKind.Memory, request.Address, length);
        return other != GrantTable.None && server.Grants[other].Type == request.Type
            ? Granting.Join(server, session, other)
            : Make(server, session, in request, isDevice);
    }

    private static Refusal Make(RpcServer server, Session session, in MemoryRequest request, bool isDevice)
    {
        ulong length = 1ul << request.ObjectBits;
        Refusal refusal = Granting.Begin(server, session, GrantKind.Memory, QuotaCharge.OfMemory(length, isDevice), out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Type = request.Type;
        grant.ObjectBits = request.ObjectBits;
        grant.Length = length;
        grant.IsPlaced = request.HasAddress;
        grant.IsShared = server.Wishes.IsShared;
        refusal = server.Provider.AllocateMemory(session, in request, ref grant);
        // What was checked against one quota must not be charged to the other.
        Require.That(!refusal.IsNone || grant.IsDevice == isDevice);
        return Granting.Finish(server, session, index, refusal);
    }

    private static Refusal Free(RpcServer server, Session session)
    {
        ref MemoryAllocMessage message = ref server.Request.Memory;
        Refusal refusal = server.Find(session, message.Address, AddressField, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        if (grant.Kind != GrantKind.Memory) return Refusal.Because(Reason.Malformed, AddressField);
        refusal = ObjectRules.CheckSize(message.Type, message.SizeBits, TypeField, SizeField, out int objectBits);
        if (!refusal.IsNone) return refusal;
        if (objectBits != grant.ObjectBits) return Refusal.Because(Reason.Malformed, SizeField);  // RPC:R7
        Granting.Return(server, index, ReleaseFlag.None);
        server.Reply.SelectRet();
        return Refusal.None;
    }

    private static Refusal Check(RpcServer server, out MemoryRequest request)
    {
        Unsafe.SkipInit(out request);  // looked at only after success
        ref MemoryAllocMessage message = ref server.Request.Memory;
        Refusal refusal = ObjectRules.CheckSize(message.Type, message.SizeBits, TypeField, SizeField, out int objectBits);
        if (!refusal.IsNone) return refusal;
        var type = (ObjectType)message.Type;
        ref GrantWishes wishes = ref server.Wishes;
        if (wishes.Destination == 0 && !ObjectRules.IsTransferable(type)) return Refusal.Because(Reason.NotTransferable, TypeField);
        ulong address = message.Address;
        if (address != MemoryRequest.Anywhere)
        {
            refusal = CheckAddress(address, objectBits, in wishes);
            if (!refusal.IsNone) return refusal;
        }
        request = new MemoryRequest(type, ObjectRules.SizeBitsOf(type, message.SizeBits), objectBits, address)
        {
            WindowFirst = wishes.WindowFirst, WindowLast = wishes.WindowLast, Destination = wishes.Destination,
        };
        if (server.Request.HasHints) AddHints(in server.Request.Hints, ref request);
        return Refusal.None;
    }

    private static Refusal CheckAddress(ulong address, int objectBits, in GrantWishes wishes)
    {
        ulong length = 1ul << objectBits;
        if ((address & (length - 1)) != 0) return Refusal.Because(Reason.Misaligned, AddressField);
        // So that no provider ever sees an end that wraps around.
        if (address >> ObjectRules.PhysicalAddressBits != 0) return Refusal.Because(Reason.NoSuchRegion, AddressField);
        bool isInWindow = address >= wishes.WindowFirst && address + (length - 1) <= wishes.WindowLast;
        return isInWindow ? Refusal.None : Refusal.Because(Reason.Malformed, AddressField);
    }

    /// <summary>What the server only passes on.</summary>
    internal static void AddHints(in HintsMessage hints, ref MemoryRequest request)
    {
        request.Policy = hints.Policy;
        request.Colour = hints.Colour;
        request.Lifetime = (Lifetime)hints.Lifetime;
    }
}
