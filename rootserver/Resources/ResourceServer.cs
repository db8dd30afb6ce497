// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Serves resource requests: puts the RPC server in front of memory, interrupts and ports.</summary>
public sealed class ResourceServer : IResourceProvider
{
    // Records of 2^12 grants at most; together with the blocks about 1 MiB of the heap, all of it taken at start.
    private const int GrantIndexBits = 12;
    private const int MaxGrants = 1 << GrantIndexBits;
    private const int ReleasesAtATime = 16;

    // Field numbers in rpc.proto, to name the one at fault.
    private const uint AddressField = 1;
    private const uint FirstPortField = 1;

    private readonly RpcServer _rpc;
    private readonly GrantTable _grants;
    private readonly MemoryGrants _memory;
    private readonly InterruptGrants _interrupts;
    private readonly PortGrants _ports;
    private readonly Session _nobody = new(0, null);

    public ResourceServer(OwnCSpace space, UntypedAllocator memory)
    {
        _grants = new GrantTable(GrantIndexBits, MaxGrants);
        _rpc = new RpcServer(this, _grants, new RpcServerOptions());
        _memory = new MemoryGrants(space, memory, MaxGrants);
        _interrupts = new InterruptGrants(space);
        _ports = new PortGrants(space);
        _nobody.Close();
    }

    /// <summary>The magic word that children are told to use (RPC:T10).</summary>
    public const ulong Magic = Framing.DefaultMagic;

    /// <summary>A session that is refused everything: for messages whose badge belongs to no living child.</summary>
    public Session Nobody => _nobody;

    public int GrantCount => _grants.LiveCount;

    public int InterruptCount => _interrupts.Count;

    public int PortRangeCount => _ports.Count;

    /// <summary>Turns the request in the message registers into its one reply; the header to answer with.</summary>
    public MessageInfo Serve(Session session, MessageInfo info)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        RpcReply reply = _rpc.Serve(session, info, buffer.Words);
        if (!reply.Attached.IsNull) buffer.SetCapability(0, reply.Attached);
        return reply.Info;
    }

    /// <summary>Takes some of what an owner holds back (RPC:R20). True when it holds nothing any more.</summary>
    public bool ReleaseSome(Session session) => _rpc.Reclaim(session, ReleasesAtATime) == 0;

    /// <inheritdoc/>
    public Refusal AllocateMemory(Session owner, in MemoryRequest request, ref GrantRecord grant)
    {
        bool isAllowed = !request.HasAddress || HardwareOf(owner).AllowsMemory(request.Address, 1ul << request.ObjectBits);
        return isAllowed ? _memory.Allocate(in request, ref grant) : Refusal.Because(Reason.NotPermitted, AddressField);
    }

    /// <inheritdoc/>
    public Refusal AllocateIrq(Session owner, in IrqRequest request, ref GrantRecord grant)
    {
        HardwareManifest hardware = HardwareOf(owner);
        bool isAllowed = request.Kind == IrqAllocMessageCase.Msi
            ? hardware.AllowsMessages(request.Bus, request.Device, request.Function)
            : hardware.AllowsLine(request.IoApic, request.Pin);
        return isAllowed ? _interrupts.Allocate(in request, ref grant) : Refusal.Because(Reason.NotPermitted);
    }

    /// <inheritdoc/>
    public Refusal AllocateIoPorts(Session owner, in IoPortRequest request, ref GrantRecord grant) =>
        // What nobody may have is refused as such, whether or not the description names it.
        HardwarePolicy.IsReserved(request.First, request.Last) || HardwareOf(owner).AllowsPorts(request.First, request.Last)
            ? _ports.Allocate(in request, ref grant)
            : Refusal.Because(Reason.NotPermitted, FirstPortField);

    /// <inheritdoc/>
    public void Release(ref GrantRecord grant, ReleaseFlag flags)
    {
        switch (grant.Kind)
        {
            case GrantKind.Irq:
                _interrupts.Release(ref grant);
                break;
            case GrantKind.IoPorts:
                _ports.Release(ref grant);
                break;
            default:
                _memory.Release(ref grant);
                break;
        }
    }

    /// <summary>Requests that reach a provider come from children: the session of nobody is closed.</summary>
    private static HardwareManifest HardwareOf(Session owner) => ((ChildSession)owner).Hardware;

    /// <inheritdoc/>
    public Session? FindOwner(ulong ownerId) => null;
}
