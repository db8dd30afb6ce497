// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>The words for each reason: why, and what would work.</summary>
internal static class RpcErrorText
{
    internal static string Why(in RpcError error) => error.HasText ? $"{error.Text}." : Because(in error);

    private static string Because(in RpcError error) => error.Reason switch
    {
        Reason.None => $"the server says error {error.Number} and no more.",
        Reason.Malformed => error.Argument == 0
            ? "the request does not make sense."
            : $"{error.FieldAtFault} makes no sense here.",
        Reason.Unsupported => "the server does not do this.",
        Reason.QuotaExceeded => $"the quota of {NameOf(error.QuotaKind)} is used up.",
        Reason.OutOfMemory => "there is not enough free memory.",
        Reason.Fragmented => "there is enough free memory, but no block of this size.",
        Reason.NoSuchRegion => "there is neither memory nor a device at this address.",
        Reason.AddressBusy => "the place is taken.",
        Reason.AddressReserved => "the place belongs to the kernel or to the root server.",
        Reason.Misaligned => "the address is not a multiple of the object's size.",
        Reason.NotTransferable => "capabilities of this type cannot be sent.",
        Reason.NotOwner => "the grant belongs to somebody else.",
        Reason.UnknownCookie => "there has never been such a grant.",
        Reason.AlreadyFreed => "the grant was given back before.",
        Reason.IrqBusy => "the interrupt or its vector is taken.",
        Reason.OutOfRange => $"{error.FieldAtFault} is out of range.",
        Reason.PortsBusy => "a port of the range is taken.",
        Reason.NotPermitted => "the system description (system.textproto) does not list it for this program.",
        Reason.LeaseExpired => "the grant's lease has ended.",
        Reason.RateLimited => "too many requests in a short time.",
        Reason.BookkeepingExhausted => "the server can keep track of no further grant.",
        Reason.NoRight => "this program has no right to ask that.",
        Reason.DestinationOccupied => "the slot to place it in is occupied.",
        Reason.WaitTimedOut => "the wait ended before it could be granted.",
        _ => $"reason {(uint)error.Reason}, which this program does not know.",
    };

    internal static string WhatWouldWork(in RpcError error) => error.Reason switch
    {
        Reason.OutOfRange => $"It takes {error.RangeMin} to {error.RangeMax}.",
        Reason.QuotaExceeded => $"{error.Available} are left: free something, or raise the quota in the system description.",
        Reason.OutOfMemory => $"{error.Available} bytes are left in all: ask for less, or free something.",
        Reason.Fragmented => $"The largest block has {error.Available} bytes: ask for several smaller ones.",
        Reason.Misaligned => "Ask for an address that is one.",
        Reason.NotTransferable => "Ask for untyped memory of 4 KiB and retype it yourself.",
        Reason.NotPermitted => "Add it to this program's entry there.",
        Reason.AddressBusy or Reason.PortsBusy or Reason.IrqBusy => "Whoever holds it must give it back first.",
        Reason.NoSuchRegion => "A query can list what there is.",
        Reason.DestinationOccupied => "Name an empty slot.",
        Reason.RateLimited or Reason.WaitTimedOut or Reason.BookkeepingExhausted => "Try again later, or free something.",
        Reason.AddressReserved or Reason.Unsupported or Reason.NotOwner or Reason.NoRight => "It will not be granted.",
        Reason.UnknownCookie or Reason.AlreadyFreed or Reason.LeaseExpired => "Nothing is left to give back.",
        _ => "Compare the request with rpc.proto.",
    };

    private static string NameOf(QuotaKind kind) => kind switch
    {
        QuotaKind.RamBytes => "RAM bytes",
        QuotaKind.DeviceBytes => "device bytes",
        QuotaKind.Grants => "grants",
        QuotaKind.Slots => "capability slots",
        QuotaKind.Irqs => "interrupts",
        QuotaKind.IoPorts => "I/O ports",
        QuotaKind.RequestRate => "requests per second",
        QuotaKind.ServerBytes => "bookkeeping bytes",
        _ => $"kind {(uint)kind}",
    };
}
