// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Refuses what would exceed a limit: the owner's own, or the one set here when that is lower.</summary>
/// <remarks>A request counts its amount, one grant, and a slot for each object. The largest number is no limit.</remarks>
public sealed class QuotaPolicy(ulong ram, ulong device, ulong grants, ulong slots, ulong irqs, ulong ports) : Policy("quota")
{
    private readonly ulong[] _limits = LimitsOf(ram, device, grants, slots, irqs, ports);

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool)
    {
        ulong objects = request.Count < 1 ? 1 : (ulong)request.Count;
        if (Exceeds(request.Kind, request.Amount, in owner, out ulong left))
            return Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, TextOf(request.Kind), left);
        if (Exceeds(ResourceKind.Grants, 1, in owner, out left))
            return Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, "the limit of grants is reached", left);
        return Exceeds(ResourceKind.Slots, objects, in owner, out left)
            ? Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, "the limit of slots would be exceeded", left)
            : Verdict.Next;
    }

    private bool Exceeds(ResourceKind kind, ulong amount, in OwnerView owner, out ulong left)
    {
        ulong limit = owner.Limit(kind);
        if (_limits[(int)kind] < limit) limit = _limits[(int)kind];
        ulong used = owner.Used(kind);
        left = limit > used ? limit - used : 0;
        // In this order, because used + amount can overflow.
        return amount > left;
    }

    private static ulong[] LimitsOf(ulong ram, ulong device, ulong grants, ulong slots, ulong irqs, ulong ports)
    {
        ulong[] limits = new ulong[(int)ResourceKind.Count];
        for (int kind = 0; kind < limits.Length; kind++) limits[kind] = ulong.MaxValue;
        limits[(int)ResourceKind.Ram] = ram;
        limits[(int)ResourceKind.Device] = device;
        limits[(int)ResourceKind.Grants] = grants;
        limits[(int)ResourceKind.Slots] = slots;
        limits[(int)ResourceKind.Irqs] = irqs;
        limits[(int)ResourceKind.IoPorts] = ports;
        return limits;
    }

    private static string TextOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Ram => "the limit of RAM would be exceeded",
        ResourceKind.Device => "the limit of device memory would be exceeded",
        ResourceKind.Irqs => "the limit of interrupts would be exceeded",
        ResourceKind.IoPorts => "the limit of I/O ports would be exceeded",
        _ => "the limit would be exceeded",
    };
}
