// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Model;
using Sel4.Abi;

namespace Kernel.Fuzz;

/// <summary>What a capability says, in words that kernel and model share. Addresses are physical.</summary>
public readonly record struct ModelCapView(CapabilityTypeTag Type, ulong Address)
{
    public ulong Badge { get; init; }

    public CapRights Rights { get; init; }

    /// <summary>Guard, bytes in use, first port or vector: the number that the type has.</summary>
    public ulong Number { get; init; }

    /// <summary>Size of the guard, rights of a page, last port.</summary>
    public ulong Second { get; init; }

    /// <summary>Where it is mapped; −1 for nowhere.</summary>
    public int Asid { get; init; } = -1;

    public ulong MappedAt { get; init; }

    /// <summary>A capability of the kernel.</summary>
    public static ModelCapView Of(Capability cap, ulong window)
    {
        CapabilityTypeTag type = (CapabilityTypeTag)cap.Tag;
        return cap.Tag switch
        {
            CapabilityTag.Untyped => new(type, cap.UntypedAddress - window) { Number = cap.UntypedFreeIndex << 4 },
            CapabilityTag.Endpoint => new(type, cap.EndpointAddress - window)
            {
                Badge = cap.EndpointBadge,
                Rights = RightsOf(cap.EndpointCanSend, cap.EndpointCanReceive, cap.EndpointCanGrant, cap.EndpointCanGrantReply),
            },
            CapabilityTag.Notification => new(type, cap.NotificationAddress - window)
            {
                Badge = cap.NotificationBadge,
                Rights = RightsOf(cap.NotificationCanSend, cap.NotificationCanReceive, false, false),
            },
            CapabilityTag.Reply => new(type, cap.ReplyTcbAddress - window) { Rights = RightsOf(false, false, cap.ReplyCanGrant, false) },
            CapabilityTag.CNode => new(type, cap.CNodeAddress - window) { Number = cap.CNodeGuard, Second = cap.CNodeGuardSize },
            CapabilityTag.Tcb => new(type, cap.TcbAddress - window),
            CapabilityTag.Frame => new(type, cap.FrameAddress - window)
            {
                Second = cap.FrameRights,
                Asid = cap.FrameMapKind == 0 ? -1 : (int)cap.FrameMappedAsid,
                MappedAt = cap.FrameMapKind == 0 ? 0 : cap.FrameMappedAddress,
            },
            CapabilityTag.PageTable => Table(
                type, cap.PageTableAddress - window, cap.PageTableIsMapped, cap.PageTableMappedAsid, cap.PageTableMappedAddress),
            CapabilityTag.PageDirectory => Table(
                type, cap.PageDirectoryAddress - window, cap.PageDirectoryIsMapped, cap.PageDirectoryMappedAsid,
                cap.PageDirectoryMappedAddress),
            CapabilityTag.Pdpt => Table(type, cap.PdptAddress - window, cap.PdptIsMapped, cap.PdptMappedAsid, cap.PdptMappedAddress),
            CapabilityTag.Pml4 => Table(type, cap.Pml4Address - window, cap.Pml4IsMapped, cap.Pml4MappedAsid, 0),
            CapabilityTag.AsidPool => new(type, cap.AsidPoolAddress - window) { Number = cap.AsidPoolBase },
            CapabilityTag.IrqHandler => new(type, 0) { Number = cap.IrqHandlerVector },
            CapabilityTag.IoPort => new(type, 0) { Number = cap.IoPortFirst, Second = cap.IoPortLast },
            _ => new(type, 0),
        };
    }

    /// <summary>A capability of the model.</summary>
    public static ModelCapView Of(ModelCap? cap)
    {
        if (cap is null) return new(CapabilityTypeTag.Null, 0);
        bool isMachine = cap.Target is ModelInterrupt or ModelPorts;
        ModelCapView view = new(cap.Type, isMachine ? 0 : cap.Target?.Address ?? 0)
        {
            Badge = cap.Badge, Rights = cap.Rights, Asid = cap.Mapping?.Asid ?? -1, MappedAt = cap.Mapping?.Address ?? 0,
        };
        return cap.Type switch
        {
            CapabilityTypeTag.Untyped => view with { Number = cap.Used },
            CapabilityTypeTag.CNode => view with { Number = cap.Guard, Second = (ulong)cap.GuardSize },
            CapabilityTypeTag.Frame => view with { Second = (ulong)cap.PageRights },
            CapabilityTypeTag.AsidPool => view with { Number = (ulong)((ModelAsidPool)cap.Target!).FirstAsid },
            _ => view with { Number = cap.First, Second = cap.Last },
        };
    }

    private static CapRights RightsOf(bool write, bool read, bool grant, bool grantReply) =>
        (write ? CapRights.Write : 0) | (read ? CapRights.Read : 0) | (grant ? CapRights.Grant : 0)
            | (grantReply ? CapRights.GrantReply : 0);

    private static ModelCapView Table(CapabilityTypeTag type, ulong address, bool isMapped, ulong asid, ulong mappedAt) =>
        new(type, address) { Asid = isMapped ? (int)asid : -1, MappedAt = isMapped ? mappedAt : 0 };
}
