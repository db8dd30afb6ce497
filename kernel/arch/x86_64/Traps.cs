// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>What CPU vectors mean: faults, device interrupts, the tick, system calls of other systems (ABI §8.2, §19).</summary>
/// <remarks>
/// Called by the entry points of the image and by host tests alike. The registers of the interrupted thread are in its TCB,
/// with FaultIp = Rip. Afterwards <c>kernel.Current</c> is the thread that user mode returns to.
/// </remarks>
public static class Traps<M>
    where M : struct, IMachine
{
    public const ulong FpuVector = 7;
    public const ulong PageFaultVector = 14;
    public const ulong FirstUserVector = AbiConstants.IrqVectorBase;
    public const ulong LastUserVector = AbiConstants.IrqVectorBase + AbiConstants.MaxIrqVector;
    public const ulong TimerVector = 157;

    /// <summary>The first vector that user programs may raise themselves with <c>int N</c>; 3 is the other one.</summary>
    public const ulong FirstSoftwareVector = 158;
    public const ulong SpuriousVector = 255;

    private const ulong FetchError = 1 << 4;
    private const ulong SyscallNumberMask = 0xff_ffff;
    private const int VectorShift = 24;

    /// <summary>Bytes of an <c>int N</c> instruction.</summary>
    private const ulong InterruptInstructionBytes = 2;

    /// <summary>A CPU exception (vectors 0–31) in user mode.</summary>
    public static void Exception(ref KernelState kernel, ulong vector, ulong errorCode, ulong faultAddress)
    {
        if (vector == PageFaultVector)
        {
            Faults<X64<M>>.VmFault(ref kernel, faultAddress, errorCode, (errorCode & FetchError) != 0);
            return;
        }
        if (vector == FpuVector && Fpu<M>.Use(ref kernel)) return;
        Faults<X64<M>>.UserException(ref kernel, vector, errorCode);
    }

    /// <summary>An interrupt (vectors 32–255), or <c>int N</c> of a user program.</summary>
    public static void Interrupt(ref KernelState kernel, ulong vector)
    {
        if (vector >= FirstUserVector && vector <= LastUserVector) DeviceInterrupt(ref kernel, (int)(vector - FirstUserVector));
        else if (vector == TimerVector) TimerInterrupt(ref kernel);
        else if (vector >= FirstSoftwareVector && vector < SpuriousVector) SoftwareInterrupt(ref kernel, vector);
    }

    /// <summary>The number reported for <c>int N</c>: vector in bits 24–31, low 24 bits of EAX, sign-extended (ABI §8.2).</summary>
    public static ulong SyscallNumber(ulong vector, ulong accumulator) =>
        (ulong)(int)(uint)((vector << VectorShift) | (accumulator & SyscallNumberMask));

    /// <summary>The pin is held before anybody hears of the interrupt, so that a driver's Ack opens it again (R-IRQ-08).</summary>
    private static void DeviceInterrupt(ref KernelState kernel, int irq)
    {
        IrqLines<M>.Hold(ref kernel, irq);
        M.EndOfInterrupt();
        Interrupts<X64<M>>.Deliver(ref kernel, irq);
    }

    private static void TimerInterrupt(ref KernelState kernel)
    {
        M.EndOfInterrupt();
        Interrupts<X64<M>>.Tick(ref kernel);
    }

    private static void SoftwareInterrupt(ref KernelState kernel, ulong vector)
    {
        ref Tcb tcb = ref kernel.Current.Value;
        tcb.Registers[UserContext.FaultIp] = tcb.Registers[UserContext.Rip] - InterruptInstructionBytes;
        Faults<X64<M>>.UnknownSyscall(ref kernel, SyscallNumber(vector, tcb.Registers[UserContext.Rax]));
    }
}
