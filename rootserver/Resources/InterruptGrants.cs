// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Interrupt grants: the handler's original capability stays here, a copy is sent (RPC:R10, RPC:K10).</summary>
/// <remarks>Word 0 of the record: the slot of the original.</remarks>
internal sealed class InterruptGrants(OwnCSpace space)
{
    private readonly OwnCSpace _space = space;

    /// <summary>Number of handlers that are out.</summary>
    public int Count { get; private set; }

    public Refusal Allocate(in IrqRequest request, ref GrantRecord grant)
    {
        if (!_space.Slots.TryAllocate(out uint slot)) return Refusal.Because(Reason.BookkeepingExhausted);
        SlotPath path = InitialThread.Slot(slot);
        Sel4Error error = request.Kind == IrqAllocMessageCase.Msi
            ? InitialThread.IrqControl.GetMsi(
                path, new PciAddress((byte)request.Bus, (byte)request.Device, (byte)request.Function), request.Handle, request.Vector)
            : IrqControlInvocation.GetIoApic(
                InitialThread.IrqControl.Pointer, path.Index, (ulong)path.Depth, request.IoApic, request.Pin,
                request.IsLevel ? 1ul : 0, request.IsActiveLow ? 1ul : 0, (ulong)request.Vector, OwnCSpace.Root);
        if (!error.IsOk)
        {
            _space.Slots.Free(slot);
            return ToRefusal(error);
        }

        Count++;
        grant.Capability = new CapabilityPointer(slot);
        grant.ProviderWord0 = slot;
        return Refusal.None;
    }

    /// <summary>Removes all copies, then the original: the line is masked and the vector free again (RPC:K9).</summary>
    public void Release(ref GrantRecord grant)
    {
        uint slot = (uint)grant.ProviderWord0;
        OwnCSpace.Revoke(slot);
        OwnCSpace.Delete(slot);
        _space.Slots.Free(slot);
        Count--;
    }

    private static Refusal ToRefusal(Sel4Error error) => error.Code switch
    {
        ErrorCode.RevokeFirst => Refusal.Because(Reason.IrqBusy).FromKernel(error.Code),
        ErrorCode.RangeError => Refusal.OutOfRange(0, error.Detail0, error.Detail1).FromKernel(error.Code),
        _ => Refusal.Because(Reason.Unsupported).FromKernel(error.Code),
    };
}
