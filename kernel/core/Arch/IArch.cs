// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Everything that the core asks of a processor architecture. Supplied as a type argument; calls are direct.</summary>
/// <remarks>
/// Implemented by <c>Kernel.X64.X64&lt;TMachine&gt;</c>, which is itself host-testable and reaches hardware through
/// <c>IMachine</c> alone. "Decode" members check and, when all is well, perform; on an error nothing has changed.
/// </remarks>
public interface IArch
{
    // Registers of a thread (indexes into Tcb.Registers)

    /// <summary>Index of message register 0…3.</summary>
    static abstract int MessageRegister(int number);

    /// <summary>Index of the register with the invoked CPtr on entry and the badge on return.</summary>
    static abstract int CapabilityRegister { get; }

    /// <summary>Index of the register with the MessageInfo word.</summary>
    static abstract int MessageInfoRegister { get; }

    /// <summary>Index of the address of the instruction at which the thread restarts (FaultIP).</summary>
    static abstract int FaultIpRegister { get; }

    /// <summary>Index of the address at which the thread resumes (NextIP).</summary>
    static abstract int NextIpRegister { get; }

    /// <summary>Index in Tcb.Registers of word <paramref name="userRegister"/> of Read/WriteRegisters (ABI §10.1).</summary>
    static abstract int IndexOfUserRegister(int userRegister);

    /// <summary>Number of words of Read/WriteRegisters; the first <see cref="FrameRegisterCount"/> are the frame group.</summary>
    static abstract int UserRegisterCount { get; }

    /// <summary>Number of words in the frame group of CopyRegisters.</summary>
    static abstract int FrameRegisterCount { get; }

    /// <summary>The value that is really stored when a user writes word <paramref name="userRegister"/> (ABI §10.3).</summary>
    static abstract ulong Sanitize(int userRegister, ulong value);

    /// <summary>Sets the registers of a new thread and its FPU image to the power-on state (ABI §10.4).</summary>
    static abstract void InitializeThread(ref Tcb tcb);

    /// <summary>Called before somebody other than the thread itself reads or writes its registers: brings into
    /// <c>Tcb.Registers</c> what the CPU alone knows of a thread that ran last (x86: FS and GS base with FSGSBASE).</summary>
    static abstract void CollectRegisters(ref KernelState kernel, Ref<Tcb> tcb);

    /// <summary>Called after the registers of <paramref name="tcb"/> were written by somebody; updates hardware when it runs.</summary>
    static abstract void RegistersChanged(ref KernelState kernel, Ref<Tcb> tcb);

    /// <summary>Sets the thread-local base; for the running thread at once (R-TCB-33).</summary>
    static abstract void SetTlsBase(ref KernelState kernel, Ref<Tcb> tcb, ulong value);

    /// <summary>Called after Tcb.Flags changed (FPU disabled, R-TCB-35).</summary>
    static abstract void FlagsChanged(ref KernelState kernel, Ref<Tcb> tcb);

    // Faults

    /// <summary>Number of words of the message for the pending fault of <paramref name="tcb"/> other than a capability fault.</summary>
    static abstract int FaultMessageLength(ref Tcb tcb);

    /// <summary>Word <paramref name="index"/> of that message (ABI §8.2).</summary>
    static abstract ulong FaultMessageWord(ref Tcb tcb, int index);

    /// <summary>How many words of a reply to fault <paramref name="kind"/> are written to registers (ABI §8.4): 18, 3 or 0.</summary>
    static abstract int FaultReplyLength(byte kind);

    /// <summary>Index in the order of Read/WriteRegisters that word <paramref name="index"/> of such a reply goes to.</summary>
    static abstract int FaultReplyUserRegister(byte kind, int index);

    /// <summary>True when a reply to fault <paramref name="kind"/> restarts whatever its label (capability and VM faults).</summary>
    static abstract bool FaultReplyAlwaysRestarts(byte kind);

    // Capabilities of architecture objects (frames, page tables, ASIDs, I/O ports)

    /// <summary>Whether <paramref name="candidate"/> covers the object of <paramref name="child"/>, both of the architecture.</summary>
    static abstract bool SameRegion(Capability candidate, Capability child);

    /// <summary>Whether both architecture capabilities name exactly the same object.</summary>
    static abstract bool SameObject(Capability first, Capability second);

    /// <summary>The capability that Copy makes of <paramref name="source"/> (ABI §21.1); an error when it cannot be copied.</summary>
    static abstract SyscallError Derive(Capability source, out Capability derived);

    /// <summary><paramref name="source"/> with rights masked as Copy and Map do; other types unchanged.</summary>
    static abstract Capability MaskRights(Capability source, CapRights rights);

    /// <summary>Performs the final-capability actions of ABI §21.3, and the unmapping that any deletion of a frame implies.</summary>
    static abstract void Finalize(ref KernelState kernel, Capability capability, bool isFinal);

    /// <summary>Number of address bits of an architecture object (12, 21, 30); zero for those that do not lie in memory
    /// (I/O ports, control capabilities).</summary>
    static abstract int ObjectSizeBits(Capability capability);

    /// <summary>Kernel address of an architecture object that lies in memory.</summary>
    static abstract ulong ObjectAddress(Capability capability);

    /// <summary>Makes the capability for a freshly zeroed architecture object of Retype.</summary>
    static abstract Capability CreateObject(ulong kernelAddress, ObjectType type, bool isDevice);

    /// <summary>True for types that device untypeds may make besides untypeds: the pages (R-UT-17).</summary>
    static abstract bool IsFrameType(ObjectType type);

    /// <summary>Decodes and performs an invocation of an architecture capability or of IRQControl.</summary>
    static abstract SyscallError Invoke(ref KernelState kernel, ref Invocation call);

    // Address spaces and IPC buffers

    /// <summary>True when the capability may be a VSpace root of a thread: a PML4 with an ASID (R-TCB-19).</summary>
    static abstract bool IsValidVSpaceRoot(Capability capability);

    /// <summary>Checks a frame as IPC buffer at <paramref name="address"/>: Illegal, Illegal, Align in the order of ABI §10.2.</summary>
    static abstract SyscallError CheckIpcBuffer(Capability frame, ulong address);

    /// <summary>Kernel address of a thread's IPC buffer; zero when it has none or, for a receiver, it is not writable (R-TCB-25).</summary>
    static abstract ulong LookupIpcBuffer(ref Tcb tcb, bool forReceive);

    /// <summary>Reads the word that <paramref name="tcb"/> sees at a user address; false when nothing is mapped there.</summary>
    /// <remarks>For diagnostics only: it follows the thread's VSpace in software, whatever address space is active.</remarks>
    static abstract bool TryReadUserWord(ref KernelState kernel, ref Tcb tcb, ulong address, out ulong value);

    // Running threads

    /// <summary>Makes <paramref name="tcb"/> the thread that user mode returns to: address space, bases, FPU.</summary>
    static abstract void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb);

    /// <summary>Prepares for the idle thread: the kernel's own address space.</summary>
    static abstract void SwitchToIdle(ref KernelState kernel);

    /// <summary>Called when a TCB is destroyed: forgets FPU ownership.</summary>
    static abstract void ThreadDestroyed(ref KernelState kernel, Ref<Tcb> tcb);

    // Interrupts

    /// <summary>True when an interrupt waits, so that a long operation should stop (R-SYS-16).</summary>
    static abstract bool IsInterruptPending(ref KernelState kernel);

    /// <summary>Allows interrupt <paramref name="irq"/> again after a delivery (IRQHandler_Ack).</summary>
    static abstract void AckInterrupt(ref KernelState kernel, int irq);

    /// <summary>Masks the line of a deleted handler.</summary>
    static abstract void ReleaseInterrupt(ref KernelState kernel, int irq);

    // Memory and console

    /// <summary>Clears <paramref name="bytes"/> (a multiple of 8) at a kernel address.</summary>
    static abstract void ClearMemory(ulong kernelAddress, ulong bytes);

    /// <summary>Writes one character to the console of the kernel.</summary>
    static abstract void WriteConsole(byte character);

    /// <summary>Stops the machine for good.</summary>
    static abstract void Halt();
}
