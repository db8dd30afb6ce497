// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>The x86_64 architecture, on whatever machine <typeparamref name="M"/> is: a table of contents.</summary>
/// <remarks>Every member delegates to the file of its topic; nothing is decided here.</remarks>
public readonly struct X64<M> : IArch
    where M : struct, IMachine
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MessageRegister(int number) => UserRegisters.MessageRegister(number);

    public static int CapabilityRegister => UserContext.Rdi;

    public static int MessageInfoRegister => UserContext.Rsi;

    public static int FaultIpRegister => UserContext.FaultIp;

    public static int NextIpRegister => UserContext.Rip;

    public static int IndexOfUserRegister(int userRegister) => UserRegisters.IndexOf(userRegister);

    public static int UserRegisterCount => AbiConstants.UserRegisterCount;

    public static int FrameRegisterCount => AbiConstants.FrameRegisterCount;

    public static ulong Sanitize(int userRegister, ulong value) => UserRegisters.Sanitize(userRegister, value);

    public static void InitializeThread(ref Tcb tcb) => ThreadContext<M>.Initialize(ref tcb);

    public static void CollectRegisters(ref KernelState kernel, Ref<Tcb> tcb) => ThreadBases<M>.Collect(ref kernel, tcb);

    public static void RegistersChanged(ref KernelState kernel, Ref<Tcb> tcb) => ThreadContext<M>.RegistersChanged(ref kernel, tcb);

    public static void SetTlsBase(ref KernelState kernel, Ref<Tcb> tcb, ulong value) => ThreadBases<M>.SetTlsBase(ref kernel, tcb, value);

    public static void FlagsChanged(ref KernelState kernel, Ref<Tcb> tcb) => Fpu<M>.FlagsChanged(ref kernel, tcb);

    public static int FaultMessageLength(ref Tcb tcb) => FaultMessages.Length(ref tcb);

    public static ulong FaultMessageWord(ref Tcb tcb, int index) => FaultMessages.Word(ref tcb, index);

    public static int FaultReplyLength(byte kind) => FaultMessages.ReplyLength(kind);

    public static int FaultReplyUserRegister(byte kind, int index) => FaultMessages.ReplyUserRegister(kind, index);

    public static bool FaultReplyAlwaysRestarts(byte kind) => FaultMessages.AlwaysRestarts(kind);

    public static bool SameRegion(Capability candidate, Capability child) => ArchCapabilityRelations.SameRegion(candidate, child);

    public static bool SameObject(Capability first, Capability second) => ArchCapabilityRelations.SameObject(first, second);

    public static SyscallError Derive(Capability source, out Capability derived) => ArchDerivation.Derive(source, out derived);

    public static Capability MaskRights(Capability source, CapRights rights) => ArchDerivation.MaskRights(source, rights);

    public static void Finalize(ref KernelState kernel, Capability capability, bool isFinal) =>
        ArchFinalization<M>.Finalize(ref kernel, capability, isFinal);

    public static int ObjectSizeBits(Capability capability) => ArchObjects.SizeBits(capability);

    public static ulong ObjectAddress(Capability capability) => ArchObjects.Address(capability);

    public static Capability CreateObject(ulong kernelAddress, ObjectType type, bool isDevice) =>
        ArchObjects.Create(kernelAddress, type, isDevice);

    public static bool IsFrameType(ObjectType type) => ArchObjects.IsFrameType(type);

    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call) => ArchInvocations<M>.Invoke(ref kernel, ref call);

    public static bool IsValidVSpaceRoot(Capability capability) => Asids<M>.IsValidRoot(capability);

    public static SyscallError CheckIpcBuffer(Capability frame, ulong address) => IpcBuffers.Check(frame, address);

    public static ulong LookupIpcBuffer(ref Tcb tcb, bool forReceive) => IpcBuffers.Lookup(ref tcb, forReceive);

    public static bool TryReadUserWord(ref KernelState kernel, ref Tcb tcb, ulong address, out ulong value) =>
        UserMemory<M>.TryReadWord(ref kernel, ref tcb, address, out value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb) => ThreadContext<M>.SwitchTo(ref kernel, tcb);

    public static void SwitchToIdle(ref KernelState kernel) => ThreadContext<M>.SwitchToIdle(ref kernel);

    public static void ThreadDestroyed(ref KernelState kernel, Ref<Tcb> tcb) => ThreadContext<M>.Forget(ref kernel, tcb);

    public static bool IsInterruptPending(ref KernelState kernel) => M.IsInterruptPending;

    public static void AckInterrupt(ref KernelState kernel, int irq) => IrqLines<M>.Acknowledge(ref kernel, irq);

    public static void ReleaseInterrupt(ref KernelState kernel, int irq) => IrqLines<M>.Release(ref kernel, irq);

    public static void ClearMemory(ulong kernelAddress, ulong bytes) => M.ClearMemory(kernelAddress, bytes);

    public static void WriteConsole(byte character) => M.WriteConsole(character);

    public static void Halt() => M.Halt();
}
