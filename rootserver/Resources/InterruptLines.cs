// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Who has which pin of the interrupt controllers (RPC:R14, RPC:R16).</summary>
/// <remarks>
/// The kernel compares vectors only: a second handler for a pin, with another vector, would turn the pin away from the first one.
/// What lies beyond the table the kernel refuses, because there is no such pin.
/// </remarks>
public sealed class InterruptLines
{
    private const uint PinField = 2;
    private const int MaxControllers = 8;
    private const int MaxPins = 256;

    private enum Use : byte
    {
        None,
        Granted,
        Kept,
    }

    private readonly Use[] _uses = new Use[MaxControllers * MaxPins];

    /// <summary>Keeps a pin for the server itself: nobody ever gets it.</summary>
    public void Keep(ulong controller, ulong pin)
    {
        if (TryIndex(controller, pin, out int index)) _uses[index] = Use.Kept;
    }

    /// <summary>Takes a pin, if nobody has it.</summary>
    public Refusal Take(ulong controller, ulong pin)
    {
        if (!TryIndex(controller, pin, out int index)) return Refusal.None;
        if (_uses[index] == Use.Kept) return Refusal.Because(Reason.AddressReserved, PinField);
        if (_uses[index] == Use.Granted) return Refusal.Because(Reason.IrqBusy, PinField);
        _uses[index] = Use.Granted;
        return Refusal.None;
    }

    /// <summary>Gives a pin back.</summary>
    public void Return(ulong controller, ulong pin)
    {
        if (TryIndex(controller, pin, out int index)) _uses[index] = Use.None;
    }

    private static bool TryIndex(ulong controller, ulong pin, out int index)
    {
        index = (int)((controller * MaxPins) + pin);
        return controller < MaxControllers && pin < MaxPins;
    }
}
