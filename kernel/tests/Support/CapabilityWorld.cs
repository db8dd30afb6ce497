// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Support;

/// <summary>A kernel with one thread, one CNode and two untypeds in simulated memory, invoked without the system-call path.</summary>
/// <remarks>
/// The root CNode has <see cref="Radix"/> and a guard that fills the word, so slot numbers are addresses of depth 64
/// (R-CSP-17). Invocations are made by hand; a preempted one is repeated, as the system-call path would.
/// </remarks>
public sealed unsafe class CapabilityWorld : IDisposable
{
    public const int Radix = 8;
    public const int SlotCount = 1 << Radix;
    public const int TcbSlotNumber = 1;
    public const int CNode = 2;
    public const int Untyped = 3;
    public const int DeviceUntyped = 4;
    public const int FirstFree = 16;
    public const int UntypedBits = 20;
    private const ulong MemoryBytes = 1ul << 22;
    private const ulong TcbOffset = 0x4000;
    private const ulong IdleOffset = 0x5000;
    private const ulong BufferOffset = 0x6000;
    private const ulong UntypedOffset = 1ul << 21;
    private readonly byte* _memory;
    private readonly KernelState* _kernel;

    public CapabilityWorld()
    {
        Machine = new TestMachine();
        TestMachine.Current = Machine;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)MemoryBytes, (nuint)MemoryBytes);
        NativeMemory.Clear(_memory, (nuint)UntypedOffset);
        // What untyped memory held before is nobody's promise, so let it be something that is not zero.
        NativeMemory.Fill(_memory + UntypedOffset, (nuint)(MemoryBytes - UntypedOffset), 0xa5);
        _kernel = (KernelState*)NativeMemory.AlignedAlloc((nuint)sizeof(KernelState), 64);
        NativeMemory.Clear(_kernel, (nuint)sizeof(KernelState));

        Caller = new Ref<Tcb>(Base + TcbOffset);
        _kernel->Idle = new Ref<Tcb>(Base + IdleOffset);
        _kernel->Idle.Value.State = ThreadState.Idle;
        Kernel.Current = Caller;
        Threads<TestArch>.Initialize(ref Kernel, Caller);
        Caller.Value.State = ThreadState.Restart;

        RootCapability = Capability.NewCNode(Base, Radix, 64 - Radix, 0);
        MappingDatabase<TestArch>.InsertRoot(Slot(CNode), RootCapability);
        MappingDatabase<TestArch>.InsertRoot(Slot(TcbSlotNumber), Capability.NewTcb(Caller.Address));
        MappingDatabase<TestArch>.Insert(ref Kernel, RootCapability, Slot(CNode), Slots.Of(Caller, TcbSlot.CSpaceRoot));
        // As at boot: fully used and without children, so that the first Retype zeroes it (ABI §12).
        UntypedAddress = Base + UntypedOffset;
        MappingDatabase<TestArch>.InsertRoot(
            Slot(Untyped), Capability.NewUntyped(UntypedAddress, UntypedBits, false, 1ul << (UntypedBits - 4)));
        DeviceAddress = UntypedAddress + (1ul << UntypedBits);
        MappingDatabase<TestArch>.InsertRoot(
            Slot(DeviceUntyped), Capability.NewUntyped(DeviceAddress, UntypedBits, true, 0));
    }

    public TestMachine Machine { get; }

    public ref KernelState Kernel => ref *_kernel;

    public Ref<Tcb> Caller { get; }

    public Capability RootCapability { get; }

    public ulong Base => (ulong)_memory;

    public ulong UntypedAddress { get; }

    public ulong DeviceAddress { get; }

    /// <summary>How often invocations were preempted and repeated since the start.</summary>
    public int Preemptions { get; private set; }

    /// <summary>A slot of the root CNode.</summary>
    public Ref<CapabilitySlot> Slot(int number) => Slots.At(Base, (ulong)number);

    /// <summary>The capability in a slot of the root CNode.</summary>
    public Capability At(int number) => Slot(number).Value.Capability;

    /// <summary>A slot of the CNode whose capability is in a slot of the root CNode.</summary>
    public Ref<CapabilitySlot> Inside(int cnodeSlot, int number)
    {
        Assert.Equal(CapabilityTag.CNode, At(cnodeSlot).Tag);
        return Slots.At(At(cnodeSlot).CNodeAddress, (ulong)number);
    }

    /// <summary>Makes one invocation of a capability in any slot, with extra capabilities from any slots; not repeated.</summary>
    public SyscallError InvokeOnce(
        Ref<CapabilitySlot> invoked, InvocationLabel label, ReadOnlySpan<ulong> words, params ReadOnlySpan<Ref<CapabilitySlot>> extra)
    {
        Unsafe.SkipInit(out Invocation call);
        call.Caller = Caller;
        call.Slot = invoked;
        call.CapabilityWord0 = invoked.Value.Word0;
        call.CapabilityWord1 = invoked.Value.Word1;
        call.CapabilityPointer = 0;
        call.Label = (ulong)label;
        call.Length = words.Length;
        call.ExtraCount = extra.Length;
        call.Buffer = Base + BufferOffset;
        call.Word0 = words.Length > 0 ? words[0] : 0xdead;
        call.Word1 = words.Length > 1 ? words[1] : 0xdead;
        call.Word2 = words.Length > 2 ? words[2] : 0xdead;
        call.Word3 = words.Length > 3 ? words[3] : 0xdead;
        for (int i = 4; i < words.Length; i++)
        {
            *(ulong*)(call.Buffer + IpcBufferLayout.Message + (8 * (ulong)i)) = words[i];
        }
        call.Extra0 = extra.Length > 0 ? extra[0] : default;
        call.Extra1 = extra.Length > 1 ? extra[1] : default;
        call.Extra2 = extra.Length > 2 ? extra[2] : default;
        call.IsCall = true;
        return invoked.Value.Tag == CapabilityTag.Untyped
            ? UntypedInvocation<TestArch>.Invoke(ref Kernel, ref call)
            : CNodeInvocation<TestArch>.Invoke(ref Kernel, ref call);
    }

    /// <summary>Makes an invocation, repeated as long as it is preempted.</summary>
    public SyscallError Invoke(
        Ref<CapabilitySlot> invoked, InvocationLabel label, ReadOnlySpan<ulong> words, params ReadOnlySpan<Ref<CapabilitySlot>> extra)
    {
        while (true)
        {
            SyscallError error = InvokeOnce(invoked, label, words, extra);
            if (error.CodeByte != SyscallError.PreemptedCode) return error;
            Preemptions++;
        }
    }

    /// <summary>Invokes the root CNode; its own capability is also every root that the method wants.</summary>
    public SyscallError OnRoot(InvocationLabel label, params ReadOnlySpan<ulong> words) =>
        Invoke(Slot(CNode), label, words, Slot(CNode), Slot(CNode));

    public SyscallError Copy(int source, int target, CapRights rights = CapRights.All) =>
        OnRoot(InvocationLabel.CNodeCopy, (ulong)target, 64, (ulong)source, 64, (ulong)rights);

    public SyscallError Mint(int source, int target, ulong data, CapRights rights = CapRights.All) =>
        OnRoot(InvocationLabel.CNodeMint, (ulong)target, 64, (ulong)source, 64, (ulong)rights, data);

    public SyscallError Move(int source, int target) =>
        OnRoot(InvocationLabel.CNodeMove, (ulong)target, 64, (ulong)source, 64);

    public SyscallError Mutate(int source, int target, ulong data) =>
        OnRoot(InvocationLabel.CNodeMutate, (ulong)target, 64, (ulong)source, 64, data);

    public SyscallError Delete(int slot) => OnRoot(InvocationLabel.CNodeDelete, (ulong)slot, 64);

    public SyscallError Revoke(int slot) => OnRoot(InvocationLabel.CNodeRevoke, (ulong)slot, 64);

    /// <summary>Retypes into the root CNode.</summary>
    public SyscallError Retype(int untyped, ObjectType type, int sizeBits, int target, int count = 1) =>
        Invoke(Slot(untyped), InvocationLabel.UntypedRetype,
            [(ulong)type, (ulong)sizeBits, 0, 0, (ulong)target, (ulong)count], Slot(CNode));

    /// <summary>Retypes and expects that it works.</summary>
    public void Make(ObjectType type, int sizeBits, int target, int count = 1, int untyped = Untyped) =>
        Expect.None(Retype(untyped, type, sizeBits, target, count));

    /// <summary>Moves a capability of the root CNode into a CNode whose capability is also there.</summary>
    public void MoveInto(int source, int cnode, int index)
    {
        Capability target = At(cnode);
        ulong address = (target.CNodeGuard << (int)target.CNodeRadix) | (uint)index;
        Expect.None(Invoke(Slot(cnode), InvocationLabel.CNodeMove,
            [address, target.CNodeRadix + target.CNodeGuardSize, (ulong)source, 64], Slot(CNode)));
    }

    /// <summary>Lets a thread send through an endpoint, as if it ran and made the system call; it waits when nobody receives.</summary>
    public void Send(Ref<Tcb> thread, ulong endpoint, ulong badge, IpcFlags flags)
    {
        thread.Value.State = ThreadState.Running;
        EndpointIpc<TestArch>.Send(ref Kernel, thread, new Ref<Endpoint>(endpoint), badge, flags, Blocking.Yes);
    }

    /// <summary>Words of the whole root CNode and of the thread's slots, to see that a refused call changed nothing.</summary>
    public ulong[] Snapshot()
    {
        ulong[] words = new ulong[(SlotCount + TcbSlots.Count) * 4];
        for (int i = 0; i < SlotCount * 4; i++) words[i] = ((ulong*)_memory)[i];
        for (int i = 0; i < TcbSlots.Count * 4; i++) words[(SlotCount * 4) + i] = ((ulong*)Caller.Address)[i];
        return words;
    }

    /// <summary>Checks everything that must hold between two system calls.</summary>
    public void CheckInvariants() =>
        Invariants<TestArch>.Check(ref Kernel, IsReadable);

    /// <summary>Checks that free memory is zero.</summary>
    public void CheckFreeMemory() => Invariants<TestArch>.CheckFreeMemory(ref Kernel, IsReadable);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_kernel);
    }

    private bool IsReadable(ulong address) =>
        address - Base < MemoryBytes || address - (ulong)_kernel < (ulong)sizeof(KernelState);
}
