// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Asks the root server for resources at the moment when they are needed.</summary>
/// <remarks>
/// Every method is one request and one reply, allocates nothing, and returns how it ended as a value. A client belongs to the
/// thread that uses it, because it uses that thread's IPC buffer (RPC:R34). It never sends what a server of version 1 would
/// leave without a reply (RPC:N3).
/// </remarks>
public sealed class RpcClient
{
    /// <summary>The protocol version that this client speaks.</summary>
    public const uint Version = 2;

    /// <summary>The features that this client has use for.</summary>
    public const Feature WantedFeatures = Feature.Release | Feature.Query | Feature.Range | Feature.Quota | Feature.Lease | Feature.Hints
        | Feature.Detail | Feature.DirectPlacement | Feature.SharedGrants | Feature.Waiting;

    private const int VersionBits = 8;

    /// <summary>Old servers pass a cookie through a C int: with one of these bits it came back damaged (RPC:D5, RPC:N3).</summary>
    private const ulong DamagedCookieBits = ~0x7ffffffful;

    private readonly RpcChannel _channel;
    private readonly ISlotPool _slots;
    private RpcMessage _message;
    private RpcMessage _reply;
    private bool _isNegotiated;

    /// <summary>Makes a client of a service.</summary>
    /// <param name="slots">Where capabilities arrive.</param>
    public RpcClient(Cap<Endpoint> service, ulong magic, ISlotPool slots)
    {
        _channel = new RpcChannel(service, magic, slots.Root);
        _slots = slots;
    }

    /// <summary>The request that is sent, for those that have no method of their own; see <see cref="Send"/>.</summary>
    public ref RpcMessage Message => ref _message;

    /// <summary>The last reply.</summary>
    public ref readonly RpcMessage Reply => ref _reply;

    /// <summary>How requests travel, for what maps pages on the way.</summary>
    internal RpcChannel Channel => _channel;

    /// <summary>What both sides can do; nothing before <see cref="Negotiate"/> or with a server of version 1.</summary>
    public Feature Features { get; private set; }

    /// <summary>True once it is known that the server speaks version 1 only.</summary>
    public bool IsOldServer { get; private set; }

    /// <summary>The number under which the server knows this program; 0 when it has not said.</summary>
    public ulong OwnerId { get; private set; }

    /// <summary>How many grants could not be given back, because an old server had damaged their handle.</summary>
    public int LeakedGrants { get; private set; }

    /// <summary>A client with the endpoint, the magic word, the features and the slots that this program was started with.</summary>
    public static RpcClient FromEnvironment()
    {
        var client = new RpcClient(ProcessEnvironment.RpcEndpoint, ProcessEnvironment.RpcMagic, new ProcessSlots());
        ulong told = ProcessEnvironment.RpcFeatures;
        if ((told & ((1 << VersionBits) - 1)) >= Version) client.Use((Feature)(told >> VersionBits));
        return client;
    }

    /// <summary>Asks the server what it can do, in the one way that is safe with an old one (RPC:N1).</summary>
    /// <remarks>What <see cref="Message"/> says stays as it is.</remarks>
    public RpcError Negotiate()
    {
        _reply.Clear();
        _reply.SelectMemory();
        _reply.SelectHello();
        _reply.Hello.Version = Version;
        _reply.Hello.Features = (ulong)WantedFeatures;
        RpcFault fault = _channel.Exchange(in _reply, ref _reply, CapabilityPointer.Null, out _);
        if (fault != RpcFault.None) return Failed(fault);
        if (_reply.HasInfo)
        {
            // 0 is a server that does not say.
            ulong theirs = _reply.Info.ConfigHash;
            if (theirs != 0 && theirs != KernelConfiguration.Hash) return Failed(RpcFault.OtherConfiguration);
            OwnerId = _reply.Info.Owner;
            Use((Feature)_reply.Info.Features);
        }
        else
        {
            IsOldServer = _isNegotiated = true;
        }
        return default;
    }

    /// <summary>Asks for untyped memory.</summary>
    /// <param name="sizeBits">log2 bytes, 4 to 47.</param>
    /// <param name="at">Exactly this address; otherwise anywhere.</param>
    public RpcError AllocateUntyped(int sizeBits, out Grant grant, PhysicalAddress? at = null) =>
        AllocateObject(ObjectType.Untyped, sizeBits, out grant, at);

    /// <summary>Asks for a frame of 4 KiB, cleared, anywhere.</summary>
    public RpcError AllocateFrame(out Grant grant) => AllocateObject(ObjectType.SmallPage, 0, out grant);

    /// <summary>Asks for the frame of 4 KiB at a physical address, such as that of a device.</summary>
    public RpcError AllocateFrameAt(PhysicalAddress address, out Grant grant) =>
        AllocateObject(ObjectType.SmallPage, 0, out grant, address);

    /// <summary>Asks for an object of any type whose capability can be sent.</summary>
    /// <param name="sizeBits">log2 bytes of untyped memory, log2 slots of a CNode; ignored for other types.</param>
    /// <param name="at">Exactly this address; otherwise anywhere.</param>
    public RpcError AllocateObject(ObjectType type, int sizeBits, out Grant grant, PhysicalAddress? at = null)
    {
        PrepareMemory(type, sizeBits, at);
        return Receive(new GrantTerms(GrantKind.Memory, type, sizeBits), out grant);
    }

    /// <summary>Asks for the handler of an IOAPIC pin.</summary>
    public RpcError AllocateIrq(in IoApicIrq irq, out Grant grant)
    {
        PrepareIrq(in irq);
        return Receive(new GrantTerms(GrantKind.Irq, default, 0), out grant);
    }

    /// <summary>Asks for the handler of a message-signalled interrupt.</summary>
    public RpcError AllocateIrq(in MsiIrq irq, out Grant grant)
    {
        _message.Clear();
        _message.SelectIrq();
        _message.Irq.SelectMsi();
        _message.Irq.Msi.PciBus = irq.Device.Bus;
        _message.Irq.Msi.PciDev = irq.Device.Device;
        _message.Irq.Msi.PciFunc = irq.Device.Function;
        _message.Irq.Msi.Handle = irq.Handle;
        _message.Irq.Msi.Vector = (ulong)irq.Vector;
        return Receive(new GrantTerms(GrantKind.Irq, default, 0), out grant);
    }

    /// <summary>Asks for the handler of an interrupt by its plain number; trigger and polarity are then the usual ones.</summary>
    public RpcError AllocateIrq(int number, out Grant grant)
    {
        _message.Clear();
        _message.SelectIrq();
        _message.Irq.SelectSimple();
        _message.Irq.Simple.Irq = (ulong)number;
        return Receive(new GrantTerms(GrantKind.Irq, default, 0), out grant);
    }

    /// <summary>Asks for a range of I/O ports, both ends included.</summary>
    public RpcError AllocateIoPorts(ushort first, ushort last, out Grant grant)
    {
        PrepareIoPorts(first, last);
        return Receive(new GrantTerms(GrantKind.IoPorts, default, 0), out grant);
    }

    /// <summary>Gives a grant back: deletes the capability here, then lets the server revoke whatever is left of it.</summary>
    /// <remarks>What was given back before, through any copy, is left alone and counts as success.</remarks>
    public RpcError Free(Grant grant)
    {
        if (!IsHeld(grant)) return default;
        if (grant.IsSpread) return FreeSpread(in grant);
        DeleteSlot(grant.Capability);
        if (grant.Cookie == 0) return default;  // an old server's interrupt or ports: deleting them was all
        return Return(grant.Cookie, new GrantTerms(grant.Kind, grant.Type, grant.SizeBits));
    }

    /// <summary>Gives back everything that the server has on record for this program. Slots stay as they are.</summary>
    public RpcError ReleaseAll()
    {
        _message.Clear();
        _message.SelectRelease();
        _message.Release.Flags = (uint)ReleaseFlag.AllMine;
        return SendIf(Feature.Release);
    }

    /// <summary>Asks for a page of this program's grants: <see cref="Reply"/> then has up to 16 records, youngest first.</summary>
    /// <param name="cursor">0, and then the <c>NextCursor</c> of the page before until that is 0.</param>
    public RpcError List(ulong cursor)
    {
        _message.Clear();
        _message.SelectQuery();
        _message.Query.What = (uint)QueryWhat.List;
        _message.Query.Cursor = cursor;
        _message.Query.Max = RpcMessage.RecordCapacity;
        return SendIf(Feature.Query);
    }

    /// <summary>Sends <see cref="Message"/> as it is. No capability can arrive.</summary>
    public RpcError Send()
    {
        RpcFault fault = _channel.Exchange(in _message, ref _reply, CapabilityPointer.Null, out _);
        if (fault != RpcFault.None) return Failed(fault);
        return _reply.Ret.ErrorCode == 0 ? default : Refused();
    }

    /// <summary>Sends bytes as they are instead of a message.</summary>
    public RpcError SendBytes(ReadOnlySpan<byte> stream)
    {
        _message.Clear();  // what an error is to say: nothing is known of what was asked
        RpcFault fault = _channel.Exchange(stream, ref _reply);
        if (fault != RpcFault.None) return Failed(fault);
        return _reply.Ret.ErrorCode == 0 ? default : Refused();
    }

    internal bool IsHeld(in Grant grant) => _slots.IsHeld(grant.Capability, grant.Stamp);

    internal void PrepareMemory(ObjectType type, int sizeBits, PhysicalAddress? at)
    {
        _message.Clear();
        _message.SelectMemory();
        _message.Memory.Type = (ulong)type;
        _message.Memory.SizeBits = (ulong)sizeBits;
        _message.Memory.Address = at is { } address ? address.Value : RpcRequestInfo.AnywhereAddress;
    }

    internal void PrepareIrq(in IoApicIrq irq)
    {
        _message.Clear();
        _message.SelectIrq();
        _message.Irq.SelectIoApic();
        _message.Irq.IoApic.IoApic = (ulong)irq.IoApic;
        _message.Irq.IoApic.Pin = (ulong)irq.Pin;
        _message.Irq.IoApic.Level = (ulong)irq.Trigger;
        _message.Irq.IoApic.Polarity = (ulong)irq.Polarity;
        _message.Irq.IoApic.Vector = (ulong)irq.Vector;
    }

    internal void PrepareIoPorts(ushort first, ushort last)
    {
        _message.Clear();
        _message.SelectIoPort();
        _message.IoPort.Start = first;
        _message.IoPort.End = last;
    }

    internal void PrepareRange(in BatchSpec spec)
    {
        _message.Clear();
        _message.SelectRange();
        _message.Range.Type = (ulong)spec.Type;
        _message.Range.SizeBits = (ulong)spec.SizeBits;
        _message.Range.Count = (uint)spec.Count;
        _message.Range.MinAddr = spec.At is { } start ? start.Value : spec.MinAddress;
        _message.Range.MaxAddr = spec.MaxAddress;
        _message.Range.AlignBits = (uint)spec.AlignBits;
        _message.Range.Flags = (uint)spec.Flags;
    }

    /// <summary>Sends the message with options, and takes or finds the capability.</summary>
    internal RpcError Receive(in GrantTerms terms, in GrantOptions options, out Grant grant)
    {
        if (options.IsEmpty) return Receive(in terms, out grant);
        grant = default;
        RpcError error = Need(Feature.Hints);
        if (!error.IsOk && (options.IsBinding || !IsOldServer)) return error;
        if (error.IsOk) options.WriteTo(ref _message);
        if (!options.IsPlacedDirectly) return Receive(in terms, out grant);
        error = Need(Feature.DirectPlacement);
        return error.IsOk ? ReceiveInPlace(in terms, out grant) : error;
    }

    /// <summary>Takes a capability into the slot that the grant had it in.</summary>
    internal RpcError ReceiveAgain(in Grant grant)
    {
        if (!IsHeld(in grant)) return Failed(RpcFault.NoSlot);
        SlotPath.Of(_channel.Root, grant.Capability).Delete();  // whatever is left of it
        RpcFault fault = _channel.Exchange(in _message, ref _reply, grant.Capability, out bool hasCapability);
        if (fault != RpcFault.None) return Failed(fault);
        if (_reply.Ret.ErrorCode != 0) return Refused();
        return hasCapability ? default : Failed(RpcFault.CapabilityLost);
    }

    /// <summary>Success when the server has a feature, which is asked for when it is not known yet.</summary>
    internal RpcError Need(Feature feature)
    {
        if (!_isNegotiated)
        {
            RpcError error = Negotiate();
            if (!error.IsOk) return error;
        }
        if ((Features & feature) == feature) return default;
        return Failed(IsOldServer ? RpcFault.OldServer : RpcFault.NoFeature);
    }

    /// <summary>Sends the message when the server has the feature.</summary>
    internal RpcError SendIf(Feature feature)
    {
        RpcError error = Need(feature);
        return error.IsOk ? Send() : error;
    }

    /// <summary>The server puts capabilities into slots that are named in the request; none arrives (RPC:P3).</summary>
    private RpcError ReceiveInPlace(in GrantTerms terms, out Grant grant)
    {
        grant = default;
        int count = _message.Case == RpcMessageCase.Range ? (int)_message.Range.Count : 1;
        if (!_slots.TryAcquireRun(count, out CapabilityPointer first, out ushort stamp)) return Failed(RpcFault.NoSlot);
        _message.Hints.DestSlot = first.Value;
        RpcFault fault = _channel.Exchange(in _message, ref _reply, CapabilityPointer.Null, out _);
        bool isGranted = fault == RpcFault.None && _reply.Ret.ErrorCode == 0;
        int placed = isGranted ? (int)_reply.Ret.Caps : 0;
        for (int i = placed; i < count; i++) _slots.Release(first + (ulong)i);
        if (isGranted)
        {
            grant = new Grant(this, first, stamp, in terms, in _reply.Ret, isSpread: terms.Kind == GrantKind.Batch);
            return default;
        }
        return fault != RpcFault.None ? Failed(fault) : Refused();
    }

    /// <summary>Ends the use of slots that the server's revocation has emptied; one count of several leaves a capability there.</summary>
    internal void Forget(in Grant grant)
    {
        int slots = grant.IsSpread ? grant.Count : 1;
        for (int i = 0; i < slots; i++) DeleteSlot(grant.Capability + (ulong)i);
    }

    /// <summary>The server's revocation empties the slots of what it has placed.</summary>
    private RpcError FreeSpread(in Grant grant)
    {
        RpcError error = Return(grant.Cookie, new GrantTerms(grant.Kind, grant.Type, grant.SizeBits));
        for (int i = 0; i < grant.Count; i++)
        {
            if (error.IsOk) _slots.Release(grant.Capability + (ulong)i);
            else DeleteSlot(grant.Capability + (ulong)i);
        }
        return error;
    }

    /// <summary>Sends the message and takes the capability that comes with the reply (RPC:R30, RPC:R31).</summary>
    internal RpcError Receive(in GrantTerms terms, out Grant grant)
    {
        grant = default;
        if (!_slots.TryAcquire(out CapabilityPointer slot, out ushort stamp)) return Failed(RpcFault.NoSlot);
        RpcFault fault = _channel.Exchange(in _message, ref _reply, slot, out bool hasCapability);
        if (fault == RpcFault.None && _reply.Ret.ErrorCode == 0 && hasCapability)
        {
            grant = new Grant(this, slot, stamp, in terms, in _reply.Ret);
            return default;
        }
        // One way back for everything else: the slot is made empty and returned.
        if (hasCapability) DeleteSlot(slot);
        else _slots.Release(slot);
        if (fault != RpcFault.None) return Failed(fault);
        if (_reply.Ret.ErrorCode != 0) return Refused();
        RpcError error = Failed(RpcFault.CapabilityLost);
        ulong cookie = _reply.Ret.Cookie;
        if (cookie != 0) Return(cookie, in terms);
        return error;
    }

    private RpcError Failed(RpcFault fault) => new(fault, RpcRequestInfo.Of(in _message));

    private RpcError Refused() => new(in _reply, RpcRequestInfo.Of(in _message));

    /// <summary>Gives a cookie back in the way that the server understands.</summary>
    private RpcError Return(ulong cookie, in GrantTerms terms)
    {
        _message.Clear();
        if ((cookie & DamagedCookieBits) != 0)
        {
            LeakedGrants++;  // sending it would make an old server free something else, or crash
            return Failed(RpcFault.HandleDamaged);
        }
        if (terms.Kind == GrantKind.Memory)
        {
            _message.SelectMemory();
            _message.Memory.Action = MemoryAction.Free;
            _message.Memory.Address = cookie;
            _message.Memory.SizeBits = (ulong)terms.SizeBits;
            _message.Memory.Type = (ulong)terms.Type;
            return Send();
        }
        _message.SelectRelease();
        _message.Release.Cookie = cookie;
        return SendIf(Feature.Release);
    }

    private void Use(Feature features)
    {
        Features = features;
        IsOldServer = false;
        _isNegotiated = true;
    }

    private void DeleteSlot(CapabilityPointer slot)
    {
        SlotPath.Of(_channel.Root, slot).Delete();
        _slots.Release(slot);
    }
}
