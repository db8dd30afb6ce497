// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Interrupt grants: the handler's original capability stays here, a copy is sent (RPC:R10, RPC:K10).</summary>
/// <remarks>Words of the record: 0 the slot of the original, 1 controller and pin, or that it is a message.</remarks>
internal sealed class InterruptGrants(OwnCSpace space)
{
    private readonly OwnCSpace _space = space;

    private const ulong Message = ulong.MaxValue;
    private const int ControllerShift = 32;

    /// <summary>Who has which pin.</summary>
    public InterruptLines Lines { get; } = new();

    /// <summary>Number of handlers that are out.</summary>
    public int Count { get; private set; }

    public Refusal Allocate(in IrqRequest request, ref GrantRecord grant)
    {
        bool isMessage = request.Kind == IrqAllocMessageCase.Msi;
        Refusal refusal = isMessage ? Refusal.None : Lines.Take(request.IoApic, request.Pin);
        if (!refusal.IsNone) return refusal;
        refusal = Issue(in request, isMessage, ref grant);
        if (!refusal.IsNone && !isMessage) Lines.Return(request.IoApic, request.Pin);
        return refusal;
    }

    private Refusal Issue(in IrqRequest request, bool isMessage, ref GrantRecord grant)
    {
        if (!_space.Slots.TryAllocate(out uint slot)) return Refusal.Because(Reason.BookkeepingExhausted);
        SlotPath path = InitialThread.Slot(slot);
        Sel4Error error = isMessage
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
        grant.ProviderWord1 = isMessage ? Message : (request.IoApic << ControllerShift) | request.Pin;
        return Refusal.None;
    }

    /// <summary>Removes all copies, then the original: the line is masked and the vector free again (RPC:K9).</summary>
    public void Release(ref GrantRecord grant)
    {
        uint slot = (uint)grant.ProviderWord0;
        ulong line = grant.ProviderWord1;
        if (line != Message) Lines.Return(line >> ControllerShift, line & ((1ul << ControllerShift) - 1));
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
