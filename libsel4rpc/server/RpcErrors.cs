// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>The table of RPC:§9: which seL4 error number goes with which reason. There is no other place for it.</summary>
public static class RpcErrors
{
    /// <summary>The error number that a legacy client sees for a reason.</summary>
    /// <remarks>A stream that is too short is the one exception: reason Malformed with TruncatedMessage (RPC:R3).</remarks>
    public static ErrorCode CodeOf(Reason reason) => reason switch
    {
        Reason.None => ErrorCode.None,
        Reason.Malformed => ErrorCode.InvalidArgument,
        Reason.NotOwner or Reason.NoRight => ErrorCode.InvalidCapability,
        Reason.Unsupported or Reason.AddressReserved or Reason.NotTransferable or Reason.NotPermitted => ErrorCode.IllegalOperation,
        Reason.OutOfRange => ErrorCode.RangeError,
        Reason.Misaligned => ErrorCode.AlignmentError,
        Reason.NoSuchRegion or Reason.UnknownCookie or Reason.AlreadyFreed or Reason.LeaseExpired => ErrorCode.FailedLookup,
        Reason.DestinationOccupied => ErrorCode.DeleteFirst,
        Reason.AddressBusy or Reason.IrqBusy or Reason.PortsBusy => ErrorCode.RevokeFirst,
        // Quota, memory, bookkeeping, rate and time: all of them say "not now".
        _ => ErrorCode.NotEnoughMemory,
    };
}
