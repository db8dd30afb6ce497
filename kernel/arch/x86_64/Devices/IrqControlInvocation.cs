// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>IRQControl: Get, GetIOAPIC, GetMSI (ABI §19).</summary>
internal static class IrqControlInvocation<M>
    where M : struct, IMachine
{
    private const int GetLength = 3;
    private const int IssueLength = 7;

    // Message words that GetIOAPIC and GetMSI share …
    private const int VectorWord = 6;

    // … and those of their device.
    private const int IoApicWord = 2;
    private const int PinWord = 3;
    private const int LevelWord = 4;
    private const int PolarityWord = 5;
    private const int BusWord = 2;
    private const int DeviceWord = 3;
    private const int FunctionWord = 4;

    private const ulong MaxBus = 255;
    private const ulong MaxDevice = 31;
    private const ulong MaxFunction = 7;

    /// <summary>
    /// Here alone the label is judged last: vector and destination are common to all ways of issuing, so they come first
    /// whatever the label (ABI §7 step 5, R-IRQ-16).
    /// </summary>
    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        if ((InvocationLabel)call.Label == InvocationLabel.IrqControlGet) return RefuseGet(ref call);
        if (call.Length < IssueLength || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        ulong vector = call[VectorWord];
        if (vector > AbiConstants.MaxIrqVector) return SyscallError.Range(0, AbiConstants.MaxIrqVector);
        if (kernel.Irqs[(int)vector].Kind != IrqKind.Inactive) return SyscallError.RevokeFirst;
        SyscallError error = Destinations.Find(
            call.Extra0.Value.Capability, call.Word0, call.Word1, out Ref<CapabilitySlot> destination);
        if (!error.IsNone) return error;

        error = (InvocationLabel)call.Label switch
        {
            InvocationLabel.IrqControlGetIoApic => CheckIoApic(ref call),
            InvocationLabel.IrqControlGetMsi => CheckMsi(ref call),
            _ => SyscallError.IllegalOperation,
        };
        if (!error.IsNone) return error;

        Perform(ref kernel, ref call, (int)vector);
        MappingDatabase<X64<M>>.Insert(ref kernel, Capability.NewIrqHandler(vector), call.Slot, destination);
        return SyscallError.None;
    }

    /// <summary>Get names an interrupt of the legacy controller, which is off (R-IRQ-15).</summary>
    private static SyscallError RefuseGet(ref Invocation call) =>
        call.Length < GetLength || call.ExtraCount < 1 ? SyscallError.TruncatedMessage : SyscallError.IllegalOperation;

    private static SyscallError CheckIoApic(ref Invocation call)
    {
        ulong ioApic = call.Word2;
        ulong count = (ulong)M.IoApicCount;
        if (ioApic >= count) return SyscallError.Range(0, count - 1);
        ulong pins = (ulong)M.IoApicPins((int)ioApic);
        if (call[PinWord] >= pins) return SyscallError.Range(0, pins - 1);
        if (call[LevelWord] > 1) return SyscallError.Range(0, 1);
        return call[PolarityWord] > 1 ? SyscallError.Range(0, 1) : SyscallError.None;
    }

    private static SyscallError CheckMsi(ref Invocation call)
    {
        if (call[BusWord] > MaxBus) return SyscallError.Range(0, MaxBus);
        if (call[DeviceWord] > MaxDevice) return SyscallError.Range(0, MaxDevice);
        return call[FunctionWord] > MaxFunction ? SyscallError.Range(0, MaxFunction) : SyscallError.None;
    }

    /// <summary>A pin starts open: the first interrupt needs no Ack (R-IRQ-11). An MSI is programmed by the device's driver.</summary>
    private static void Perform(ref KernelState kernel, ref Invocation call, int vector)
    {
        ref IrqEntry entry = ref kernel.Irqs[vector];
        if ((InvocationLabel)call.Label == InvocationLabel.IrqControlGetMsi)
        {
            entry.Kind = IrqKind.Msi;
            return;
        }
        ulong ioApic = call[IoApicWord];
        ulong pin = call[PinWord];
        entry.Kind = IrqKind.IoApic;
        entry.Source = IrqLines<M>.Source(ioApic, pin);
        M.SetIoApicEntry(
            (int)ioApic,
            (int)pin,
            (byte)(vector + AbiConstants.IrqVectorBase),
            isLevel: call[LevelWord] != 0,
            isActiveLow: call[PolarityWord] != 0,
            isMasked: false);
    }
}
