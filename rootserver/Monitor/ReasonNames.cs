// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>One word for each reason of a refusal and each kind of request, for logs.</summary>
public static class ReasonNames
{
    public static string Of(Reason reason) => reason switch
    {
        Reason.None => "ok",
        Reason.Malformed => "malformed",
        Reason.Unsupported => "unsupported",
        Reason.QuotaExceeded => "quota-exceeded",
        Reason.OutOfMemory => "out-of-memory",
        Reason.Fragmented => "fragmented",
        Reason.NoSuchRegion => "no-such-region",
        Reason.AddressBusy => "address-busy",
        Reason.AddressReserved => "address-reserved",
        Reason.Misaligned => "misaligned",
        Reason.NotTransferable => "not-transferable",
        Reason.NotOwner => "not-owner",
        Reason.UnknownCookie => "unknown-cookie",
        Reason.AlreadyFreed => "already-freed",
        Reason.LeaseExpired => "lease-expired",
        Reason.WaitTimedOut => "wait-timed-out",
        Reason.OutOfRange => "out-of-range",
        Reason.IrqBusy => "irq-busy",
        Reason.PortsBusy => "ports-busy",
        Reason.NotPermitted => "not-permitted",
        Reason.RateLimited => "rate-limited",
        Reason.BookkeepingExhausted => "bookkeeping-exhausted",
        Reason.NoRight => "no-right",
        Reason.DestinationOccupied => "destination-occupied",
        _ => "refused",
    };

    public static string Of(RpcMessageCase request) => request switch
    {
        RpcMessageCase.Memory => "memory",
        RpcMessageCase.Irq => "irq",
        RpcMessageCase.IoPort => "ioport",
        RpcMessageCase.Release => "release",
        RpcMessageCase.Query => "query",
        RpcMessageCase.Range => "range",
        RpcMessageCase.Quota => "quota",
        RpcMessageCase.Lease => "lease",
        _ => "none",
    };
}
