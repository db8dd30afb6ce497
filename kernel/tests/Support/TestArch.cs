// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;
using System.Runtime.InteropServices;

namespace Kernel.Tests.Support;

/// <summary>What the tests of capabilities see of the machine, and what they make it do.</summary>
public sealed class TestMachine
{
    [ThreadStatic]
    private static TestMachine? s_current;

    /// <summary>The machine of the test that runs on this thread.</summary>
    public static TestMachine Current
    {
        get => s_current ?? throw new InvalidOperationException("no test machine: create a CapabilityWorld first");
        set => s_current = value;
    }

    /// <summary>Decides whether an interrupt waits; null: never.</summary>
    public Func<bool>? IsInterruptPending { get; set; }

    /// <summary>How often the kernel looked for an interrupt.</summary>
    public int Polls { get; private set; }

    /// <summary>Bytes zeroed since the last look.</summary>
    public ulong BytesSincePoll { get; private set; }

    /// <summary>The most bytes ever zeroed between two looks.</summary>
    public ulong LongestClear { get; private set; }

    /// <summary>Every block zeroed, in order: address and bytes.</summary>
    public List<(ulong Address, ulong Bytes)> Clears { get; } = [];

    /// <summary>Architecture capabilities deleted: the capability, and whether it was the last.</summary>
    public List<(CapabilityTag Tag, ulong Address, bool IsFinal)> Finalized { get; } = [];

    /// <summary>Interrupt lines masked by the deletion of handlers.</summary>
    public List<int> ReleasedInterrupts { get; } = [];

    internal bool Poll()
    {
        Polls++;
        BytesSincePoll = 0;
        return IsInterruptPending?.Invoke() ?? false;
    }

    internal unsafe void Clear(ulong address, ulong bytes)
    {
        Clears.Add((address, bytes));
        BytesSincePoll += bytes;
        LongestClear = Math.Max(LongestClear, BytesSincePoll);
        NativeMemory.Clear((void*)address, (nuint)bytes);
    }
}

/// <summary>An architecture with the objects of x86_64 and no behaviour: enough to move capabilities about.</summary>
public struct TestArch : IArch
{
    public static int MessageRegister(int number) => number;
    public static int CapabilityRegister => 4;
    public static int MessageInfoRegister => 5;
    public static int FaultIpRegister => 6;
    public static int NextIpRegister => 7;
    public static int IndexOfUserRegister(int userRegister) => userRegister;
    public static int UserRegisterCount => 20;
    public static int FrameRegisterCount => 18;
    public static ulong Sanitize(int userRegister, ulong value) => value;

    public static void InitializeThread(ref Tcb tcb)
    {
    }

    public static void RegistersChanged(ref KernelState kernel, Ref<Tcb> tcb)
    {
    }

    public static void SetTlsBase(ref KernelState kernel, Ref<Tcb> tcb, ulong value)
    {
    }

    public static void FlagsChanged(ref KernelState kernel, Ref<Tcb> tcb)
    {
    }

    public static void CollectRegisters(ref KernelState kernel, Ref<Tcb> tcb)
    {
    }

    public static bool TryReadUserWord(ref KernelState kernel, ref Tcb tcb, ulong address, out ulong value)
    {
        value = 0;
        return false;
    }

    public static int FaultMessageLength(ref Tcb tcb) => 0;
    public static ulong FaultMessageWord(ref Tcb tcb, int index) => 0;
    public static int FaultReplyLength(byte kind) => 0;
    public static int FaultReplyUserRegister(byte kind, int index) => index;
    public static bool FaultReplyAlwaysRestarts(byte kind) => true;

    /// <summary>Port control covers all ports; otherwise a capability covers just its own object.</summary>
    public static bool SameRegion(Capability candidate, Capability child)
    {
        if (candidate.Tag == CapabilityTag.IoPortControl)
        {
            return child.Tag is CapabilityTag.IoPort or CapabilityTag.IoPortControl;
        }
        return SameObject(candidate, child);
    }

    public static bool SameObject(Capability first, Capability second)
    {
        if (first.Tag != second.Tag) return false;
        return first.Tag == CapabilityTag.IoPort
            ? first.IoPortFirst == second.IoPortFirst && first.IoPortLast == second.IoPortLast
            : ObjectAddress(first) == ObjectAddress(second);
    }

    public static SyscallError Derive(Capability source, out Capability derived)
    {
        derived = Capability.NewNull();
        switch (source.Tag)
        {
            case CapabilityTag.IoPortControl:
                return SyscallError.None;
            case CapabilityTag.Frame:
                derived = source.WithFrameMappedAsid(0).WithFrameMappedAddress(0).WithFrameMapKind(0);
                return SyscallError.None;
            case CapabilityTag.PageTable when !source.PageTableIsMapped:
            case CapabilityTag.PageDirectory when !source.PageDirectoryIsMapped:
            case CapabilityTag.Pdpt when !source.PdptIsMapped:
            case CapabilityTag.Pml4 when !source.Pml4IsMapped:
                return SyscallError.IllegalOperation;
            default:
                derived = source;
                return SyscallError.None;
        }
    }

    public static Capability MaskRights(Capability source, CapRights rights)
    {
        if (source.Tag != CapabilityTag.Frame) return source;
        bool canRead = source.FrameRights >= 2 && (rights & CapRights.Read) != 0;
        bool canWrite = source.FrameRights == 3 && (rights & CapRights.Write) != 0;
        return source.WithFrameRights(!canRead ? 1ul : canWrite ? 3ul : 2ul);
    }

    public static void Finalize(ref KernelState kernel, Capability capability, bool isFinal) =>
        TestMachine.Current.Finalized.Add((capability.Tag, ObjectAddress(capability), isFinal));

    public static int ObjectSizeBits(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Frame => 12 + (9 * (int)capability.FrameSizeClass),
        CapabilityTag.AsidControl or CapabilityTag.IoPort or CapabilityTag.IoPortControl => 0,
        _ => 12,
    };

    public static ulong ObjectAddress(Capability capability) => capability.Tag switch
    {
        CapabilityTag.Frame => capability.FrameAddress,
        CapabilityTag.PageTable => capability.PageTableAddress,
        CapabilityTag.PageDirectory => capability.PageDirectoryAddress,
        CapabilityTag.Pdpt => capability.PdptAddress,
        CapabilityTag.Pml4 => capability.Pml4Address,
        CapabilityTag.AsidPool => capability.AsidPoolAddress,
        _ => 0,
    };

    public static Capability CreateObject(ulong kernelAddress, ObjectType type, bool isDevice) => type switch
    {
        ObjectType.SmallPage => Capability.NewFrame(kernelAddress, 0, 3, isDevice, 0, 0, 0),
        ObjectType.LargePage => Capability.NewFrame(kernelAddress, 1, 3, isDevice, 0, 0, 0),
        ObjectType.HugePage => Capability.NewFrame(kernelAddress, 2, 3, isDevice, 0, 0, 0),
        ObjectType.PageTable => Capability.NewPageTable(kernelAddress, false, 0, 0),
        ObjectType.PageDirectory => Capability.NewPageDirectory(kernelAddress, false, 0, 0),
        ObjectType.Pdpt => Capability.NewPdpt(kernelAddress, false, 0, 0),
        ObjectType.Pml4 => Capability.NewPml4(kernelAddress, false, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an architecture object"),
    };

    public static bool IsFrameType(ObjectType type) =>
        type is ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage;

    public static SyscallError Invoke(ref KernelState kernel, ref Invocation call) => SyscallError.IllegalOperation;
    public static bool IsValidVSpaceRoot(Capability capability) => capability.Tag == CapabilityTag.Pml4;
    public static SyscallError CheckIpcBuffer(Capability frame, ulong address) => SyscallError.None;
    public static ulong LookupIpcBuffer(ref Tcb tcb, bool forReceive) => 0;

    public static void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb)
    {
    }

    public static void SwitchToIdle(ref KernelState kernel)
    {
    }

    public static void ThreadDestroyed(ref KernelState kernel, Ref<Tcb> tcb)
    {
    }

    public static bool IsInterruptPending(ref KernelState kernel) => TestMachine.Current.Poll();

    public static void AckInterrupt(ref KernelState kernel, int irq)
    {
    }

    public static void ReleaseInterrupt(ref KernelState kernel, int irq) => TestMachine.Current.ReleasedInterrupts.Add(irq);

    public static void ClearMemory(ulong kernelAddress, ulong bytes) => TestMachine.Current.Clear(kernelAddress, bytes);

    public static void WriteConsole(byte character)
    {
    }

    public static void Halt() => throw new InvalidOperationException("the kernel halted the machine");
}
