// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>range</c>: several objects at once, in one CNode or in the client's own slots (RPC:§7.5).</summary>
internal static class RangeService
{
    // Field numbers of RangeMessage, for saying which one is at fault.
    private const uint TypeField = 1;
    private const uint SizeField = 2;
    private const uint CountField = 3;
    private const uint MinAddressField = 4;
    private const uint MaxAddressField = 5;
    private const uint AlignField = 6;
    private const uint FlagsField = 7;
    private const RangeFlag KnownFlags =
        RangeFlag.Contiguous | RangeFlag.DeviceOk | RangeFlag.BestEffort | RangeFlag.ExactStart;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        Refusal refusal = Check(server, session, out BatchRequest request);
        if (!refusal.IsNone) return refusal;
        if (request.Each.HasAddress) return Make(server, session, in request, server.Provider.IsDevice(request.Each.Address));
        refusal = Make(server, session, in request, isDevice: false);
        bool mayBeDevice = IsDeviceOk(server) && ObjectRules.IsForDevices(request.Each.Type)
            && refusal.Reason is Reason.OutOfMemory or Reason.Fragmented or Reason.QuotaExceeded;
        if (!mayBeDevice) return refusal;
        request.Each.Source = MemorySource.Device;
        return Make(server, session, in request, isDevice: true);
    }

    /// <summary>Grants as many as are asked for or, with best effort, as the quotas allow (RPC:B3).</summary>
    private static Refusal Make(RpcServer server, Session session, in BatchRequest request, bool isDevice)
    {
        if (isDevice && !ObjectRules.IsForDevices(request.Each.Type)) return Refusal.Because(Reason.Malformed, TypeField);
        int count = request.Count;
        while (true)
        {
            Refusal refusal = MakeSome(server, session, in request, count, isDevice);
            if (refusal.Reason != Reason.QuotaExceeded || !request.IsBestEffort || count == 1) return refusal;
            // What is left bounds the next try; the CNode's own share makes it one less now and then.
            ulong size = 1ul << request.Each.ObjectBits;
            bool countsBytes = refusal.QuotaKind is QuotaKind.RamBytes or QuotaKind.DeviceBytes;
            ulong most = countsBytes ? refusal.Available / size : (ulong)count - 1;
            count = (int)Math.Clamp(most, 1, (ulong)count - 1);
        }
    }

    private static Refusal MakeSome(RpcServer server, Session session, in BatchRequest request, int count, bool isDevice)
    {
        bool isPlaced = request.Each.Destination != 0;
        QuotaCharge charge = QuotaCharge.OfBatch(count, request.Each.ObjectBits, isDevice, isPlaced);
        Refusal refusal = Granting.Begin(server, session, GrantKind.Batch, in charge, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Type = request.Each.Type;
        grant.ObjectBits = request.Each.ObjectBits;
        var some = new BatchRequest(request.Each, count, request.IsContiguous, request.IsBestEffort);
        refusal = server.Provider.AllocateBatch(session, in some, ref grant);
        Require.That(!refusal.IsNone || (grant.Count >= 1 && grant.Count <= count && grant.IsDevice == isDevice));
        grant.Length = (ulong)grant.Count << grant.ObjectBits;
        return Granting.Finish(server, session, index, refusal);
    }

    private static Refusal Check(RpcServer server, Session session, out BatchRequest request)
    {
        request = default;
        ref RangeMessage message = ref server.Request.Range;
        var flags = (RangeFlag)message.Flags;
        // Shared is among the unknown ones: a CNode that two owners may change serves neither.
        if ((flags & ~KnownFlags) != 0) return Refusal.Because(Reason.Unsupported, FlagsField);
        if (server.Wishes.IsShared) return Refusal.Because(Reason.Unsupported);
        Refusal refusal = ObjectRules.CheckSize(message.Type, message.SizeBits, TypeField, SizeField, out int objectBits);
        if (!refusal.IsNone) return refusal;
        if (message.Count is < 1 or > BatchRequest.MaxCount) return Refusal.OutOfRange(CountField, 1, BatchRequest.MaxCount);  // RPC:B4
        if (message.AlignBits > AbiConstants.MaxUntypedBits) return Refusal.OutOfRange(AlignField, 0, AbiConstants.MaxUntypedBits);
        ref GrantWishes wishes = ref server.Wishes;
        ulong first = Math.Max(message.MinAddr, wishes.WindowFirst);
        ulong last = Math.Min(message.MaxAddr == 0 ? ulong.MaxValue : message.MaxAddr, wishes.WindowLast);
        if (first > last) return Refusal.Because(Reason.Malformed, MaxAddressField);
        int alignBits = Math.Max(objectBits, (int)message.AlignBits);
        bool isExact = (flags & RangeFlag.ExactStart) != 0;
        if (isExact)
        {
            refusal = CheckStart(message.MinAddr, (ulong)message.Count << objectBits, alignBits, last);
            if (!refusal.IsNone) return refusal;
        }
        if (wishes.Destination != 0 && !session.Space.Holds(wishes.Destination, (int)message.Count))
        {
            return GrantWishes.OutsideWindow(session.Space);
        }
        var type = (ObjectType)message.Type;
        ulong address = isExact ? message.MinAddr : MemoryRequest.Anywhere;
        var each = new MemoryRequest(type, ObjectRules.SizeBitsOf(type, message.SizeBits), objectBits, address)
        {
            AlignBits = alignBits, WindowFirst = first, WindowLast = last, Destination = wishes.Destination,
        };
        if (server.Request.HasHints) MemoryService.AddHints(in server.Request.Hints, ref each);
        bool isContiguous = isExact || (flags & RangeFlag.Contiguous) != 0;
        request = new BatchRequest(each, (int)message.Count, isContiguous, (flags & RangeFlag.BestEffort) != 0);
        return Refusal.None;
    }

    private static Refusal CheckStart(ulong start, ulong bytes, int alignBits, ulong last)
    {
        if ((start & ((1ul << alignBits) - 1)) != 0) return Refusal.Because(Reason.Misaligned, MinAddressField);
        if (start >> ObjectRules.PhysicalAddressBits != 0) return Refusal.Because(Reason.NoSuchRegion, MinAddressField);
        return start + (bytes - 1) <= last ? Refusal.None : Refusal.Because(Reason.Malformed, MaxAddressField);
    }

    private static bool IsDeviceOk(RpcServer server) =>
        server.Wishes.IsDeviceOk || ((RangeFlag)server.Request.Range.Flags & RangeFlag.DeviceOk) != 0;
}
