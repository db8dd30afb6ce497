// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Serves resource requests: puts the RPC server in front of memory, interrupts and ports.</summary>
public sealed class ResourceServer : IResourceProvider
{
    // Records of 2^12 grants at most; together with the blocks about 1.3 MiB of the heap, all of it taken at start.
    private const int GrantIndexBits = 12;
    private const int MaxGrants = 1 << GrantIndexBits;

    // Batches have up to 257 blocks each, and are charged for them.
    private const int MaxBlocks = 2 * MaxGrants;
    private const int MaxSessions = 256;
    private const int ReleasesAtATime = 16;

    // Field numbers in rpc.proto, to name the one at fault.
    private const uint AddressField = 1;
    private const uint FirstPortField = 1;
    private const uint RangeStartField = 4;

    private const ulong PolicyTick = 50;

    private readonly RpcServer _rpc;
    private readonly GrantTable _grants;
    private readonly GrantableRegions _regions;
    private readonly MemoryGrants _memory;
    private readonly BatchGrants _batches;
    private readonly InterruptGrants _interrupts;
    private readonly PortGrants _ports;
    private readonly ChildSession[] _sessions = new ChildSession[MaxSessions];
    private readonly Session _nobody = new(0, null);
    private ServerClock? _clock;
    private ulong _nextTick;
    private int _sessionCount;

    public ResourceServer(OwnCSpace space, UntypedAllocator memory)
    {
        _regions = new GrantableRegions(ProcessEnvironment.BootInfo);
        var pool = new BlockPool(MaxBlocks);
        var source = new BlockSource(memory);
        Policies = new ResourcePolicies(memory, space.Slots, _regions);
        _memory = new MemoryGrants(space, memory, source, pool, Policies);
        _batches = new BatchGrants(space, memory, source, pool);
        _interrupts = new InterruptGrants(space);
        _ports = new PortGrants(space);
        _grants = new GrantTable(GrantIndexBits, MaxGrants);
        _rpc = new RpcServer(this, _grants, new RpcServerOptions
        {
            ConfigurationHash = KernelConfiguration.Hash, Survey = new MemorySurvey(memory, _regions),
            ReplyKeeper = new SavedReplies(space), QuotaObserver = new QuotaEvents(),
        });
        Policies.Attach(_rpc);
        _nobody.Close();
    }

    /// <summary>Who judges requests besides quotas and hardware lists.</summary>
    public ResourcePolicies Policies { get; }

    /// <summary>The magic word that children are told to use (RPC:T10).</summary>
    public const ulong Magic = Framing.DefaultMagic;

    /// <summary>The protocol behind it: audit ring, statistics, clock.</summary>
    public RpcServer Rpc => _rpc;

    /// <summary>A session that is refused everything: for messages whose badge belongs to no living child.</summary>
    public Session Nobody => _nobody;

    /// <summary>All grants, to be looked at.</summary>
    public GrantTable Grants => _grants;

    public int GrantCount => _grants.LiveCount;

    public int InterruptCount => _interrupts.Count;

    public int PortRangeCount => _ports.Count;

    /// <summary>Keeps a pin that the server itself uses (RPC:R14).</summary>
    public void KeepLine(ulong controller, ulong pin) => _interrupts.Lines.Keep(controller, pin);

    /// <summary>When <see cref="Tick"/> has something to do next, in milliseconds; never when nothing has a time.</summary>
    public ulong NextDeadline => Policies.HasPolicies && _nextTick < _rpc.NextDeadlineMs ? _nextTick : _rpc.NextDeadlineMs;

    /// <summary>Gives requests a time: leases, waiting and limits a second become possible.</summary>
    public void UseClock(ServerClock clock)
    {
        _clock = clock;
        if (clock.Line is { } line) KeepLine(0, (ulong)line);
        _rpc.UseClock();
    }

    /// <summary>Ends what is over by now. Answers use the message registers.</summary>
    public void Tick(ulong now)
    {
        _rpc.Tick(now);
        if (!Policies.HasPolicies || now < _nextTick) return;
        _nextTick = now + PolicyTick;
        Policies.Tick(now);
        _rpc.Retry();
    }

    /// <summary>Begins a life of a child: its limits are those of the description, and nothing is used (RPC:Q3).</summary>
    /// <remarks>Its CSpace is made later: see <see cref="SetSpace"/>, which has to come before it is told its features.</remarks>
    public void Open(ChildSession session, ulong ownerId, QuotaDescription limits)
    {
        session.Reopen(ownerId, Feature.None);
        session.IsOverQuota = false;
        QuotaLimits.Apply(session.Quotas, limits);
        for (int index = 0; index < _sessionCount; index++)
            if (_sessions[index] == session) return;
        if (_sessionCount < MaxSessions) _sessions[_sessionCount++] = session;
    }

    /// <summary>Says where capabilities can be placed for a child, and which features it has now.</summary>
    public void SetSpace(Session session, in ChildSpace space)
    {
        session.Space = space;
        session.Features = _rpc.OfferedTo(session);
    }

    /// <summary>Serves the request in the message registers. False when its answer comes later (RPC:R17).</summary>
    /// <param name="answer">The header to answer with.</param>
    public bool TryServe(Session session, MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        if (_clock != null) _rpc.SetTime(_clock.NowMilliseconds);
        RpcReply reply = _rpc.Serve(session, info, buffer.Words);
        if (!reply.Attached.IsNull) buffer.SetCapability(0, reply.Attached);
        answer = reply.Info;
        return !reply.IsLater;
    }

    /// <summary>Takes some of what an owner holds back (RPC:R20). True when it holds nothing any more.</summary>
    public bool ReleaseSome(Session session) => _rpc.Reclaim(session, ReleasesAtATime) == 0;

    /// <inheritdoc/>
    public Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant)
    {
        bool isAllowed = !request.HasAddress || HardwareOf(owner).AllowsMemory(request.Address, 1ul << request.ObjectBits);
        if (!isAllowed) return Refusal.Because(Reason.NotPermitted, AddressField);
        ChildSession child = (ChildSession)owner;
        Refusal refusal = request.HasAddress ? Policies.Admit(child, in request, 1) : Refusal.None;
        return refusal.IsNone ? _memory.Allocate(child, in request, ref grant) : refusal;
    }

    /// <inheritdoc/>
    public Refusal AllocateBatch(Session owner, in BatchRequest request, ref GrantRecord grant)
    {
        ulong bytes = (ulong)request.Count << request.Each.ObjectBits;
        bool isAllowed = !request.Each.HasAddress || HardwareOf(owner).AllowsMemory(request.Each.Address, bytes);
        if (!isAllowed) return Refusal.Because(Reason.NotPermitted, RangeStartField);
        Refusal refusal = Policies.Admit((ChildSession)owner, in request.Each, request.Count);
        return refusal.IsNone ? _batches.Allocate(owner, in request, ref grant) : refusal;
    }

    /// <inheritdoc/>
    public Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant)
    {
        HardwareManifest hardware = HardwareOf(owner);
        bool isAllowed = request.Kind == IrqAllocMessageCase.Msi
            ? hardware.AllowsMessages(request.Bus, request.Device, request.Function)
            : hardware.AllowsLine(request.IoApic, request.Pin);
        if (!isAllowed) return Refusal.Because(Reason.NotPermitted);
        Refusal refusal = Policies.Admit((ChildSession)owner, ResourceKind.Irqs, request.Pin, 1);
        return refusal.IsNone ? _interrupts.Allocate(in request, ref grant) : refusal;
    }

    /// <inheritdoc/>
    public Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant)
    {
        // What nobody may have is refused as such, whether or not the description names it.
        bool isAllowed = HardwarePolicy.IsReserved(request.First, request.Last)
            || HardwareOf(owner).AllowsPorts(request.First, request.Last);
        if (!isAllowed) return Refusal.Because(Reason.NotPermitted, FirstPortField);
        Refusal refusal = Policies.Admit((ChildSession)owner, ResourceKind.IoPorts, request.First, request.Last - request.First + 1);
        return refusal.IsNone ? _ports.Allocate(in request, ref grant) : refusal;
    }

    /// <inheritdoc/>
    public void Granted(in GrantRecord grant) => Policies.Granted(in grant);

    /// <inheritdoc/>
    public Refusal MayShare(Session owner, in GrantRecord grant)
    {
        HardwareManifest hardware = HardwareOf(owner);
        bool isAllowed = grant.Kind == GrantKind.IoPorts
            ? hardware.AllowsPorts((uint)grant.Start, (uint)(grant.Start + grant.Length - 1))
            : hardware.AllowsMemory(grant.Start, grant.Length);
        return isAllowed ? Refusal.None : Refusal.Because(Reason.NotPermitted, AddressField);
    }

    /// <inheritdoc/>
    public Refusal Place(Session owner, CapabilityPointer capability, ulong slot) => Transfer.Copy(owner, capability, slot);

    /// <inheritdoc/>
    public void Release(ref GrantRecord grant, ReleaseFlag flags)
    {
        Policies.Released(in grant);
        bool mustClear = (flags & ReleaseFlag.ZeroNow) != 0 && !grant.IsDevice;
        if (mustClear && grant.Kind is GrantKind.Memory or GrantKind.Batch) _memory.Clear(in grant);
        switch (grant.Kind)
        {
            case GrantKind.Irq:
                _interrupts.Release(ref grant);
                break;
            case GrantKind.IoPorts:
                _ports.Release(ref grant);
                break;
            case GrantKind.Batch:
                _batches.Release(ref grant);
                break;
            default:
                _memory.Release(ref grant, Policies.MustQuarantine);
                break;
        }
    }

    /// <inheritdoc/>
    public void Left(in GrantRecord grant) => Policies.Released(in grant);

    /// <inheritdoc/>
    public bool IsDevice(ulong physicalAddress) => _regions.IsDevice(physicalAddress);

    /// <inheritdoc/>
    public Session? FindOwner(ulong ownerId)
    {
        for (int index = 0; index < _sessionCount; index++)
            if (_sessions[index].IsOpen && _sessions[index].OwnerId == ownerId) return _sessions[index];
        return null;
    }

    /// <summary>Requests that reach a provider come from children: the session of nobody is closed.</summary>
    private static HardwareManifest HardwareOf(Session owner) => ((ChildSession)owner).Hardware;
}
