// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.InteropServices;
using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Tests.Support;

/// <summary>A simulated machine booted by the real boot code; the test is its root task.</summary>
/// <remarks>Calls go through the registers and the IPC buffer of the root thread, and come back the same way.</remarks>
public sealed unsafe class RootTaskWorld : IDisposable
{
    public const ulong ModuleAddress = 0x20_0000;
    public const ulong LocalApic = 0xfee0_0000;
    public const ulong IoApic = 0xfec0_0000;
    public const ulong TscMegahertz = 2400;
    public const ulong IdleEntry = 0xffff_ffff_8000_1000;

    /// <summary>What changed registers are recognised by (test-writing note 1).</summary>
    public const ulong Untouched = 0x5a5a_5a5a_5a5a_5a5a;

    private readonly BootDescription* _description;

    public RootTaskWorld(ElfFile? image = null, ulong ramBytes = SimKernel.DefaultRam, Action<RootTaskWorld>? adjust = null)
    {
        Machine = new SimKernel(ramBytes);
        _description = (BootDescription*)NativeMemory.AllocZeroed((nuint)sizeof(BootDescription));
        Describe(image ?? ElfFile.OfPages(20));
        adjust?.Invoke(this);
        Failure = RootTask<SimMachine>.Start(ref Machine.State, ref Description);
    }

    public SimKernel Machine { get; }

    public SimHardware Hardware => Machine.Hardware;

    public ref KernelState State => ref Machine.State;

    public ref BootDescription Description => ref *_description;

    public ref RootTaskPlan Plan => ref Description.Plan;

    /// <summary>How boot ended.</summary>
    public BootFailure Failure { get; }

    public Ref<Tcb> Root => Plan.RootThread;

    /// <summary>Physical address of the root task's PML4.</summary>
    public ulong RootTable => Physical(Plan.VSpace);

    /// <summary>First slot of the root CNode that boot left empty; tests take slots from here.</summary>
    public ulong NextSlot { get; private set; }

    public ulong Physical(ulong kernelAddress) => kernelAddress - Machine.Memory.Window;

    public Ref<CapabilitySlot> Slot(ulong pointer) => RootCSpace<X64<SimMachine>>.SlotOf(ref Plan, pointer);

    public Capability At(ulong pointer) => Slot(pointer).Value.Capability;

    /// <summary>A word of BootInfo.</summary>
    public ulong BootInfo(int offset) => RawMemory.ReadWord(Plan.BootInfo + (ulong)offset);

    /// <summary>What the root task would see at a user address, by the tables in memory.</summary>
    public Translation? Walk(ulong address) => SimTranslate.Walk(Machine.Memory, RootTable, address);

    /// <summary>Calls a method of a capability; a preempted call is repeated, as the restarted instruction would.</summary>
    public WorldAnswer Call(ulong pointer, InvocationLabel label, ReadOnlySpan<ulong> words, params ReadOnlySpan<ulong> caps) =>
        CallLabel(pointer, (ulong)label, words, caps);

    public WorldAnswer CallLabel(ulong pointer, ulong label, ReadOnlySpan<ulong> words, params ReadOnlySpan<ulong> caps)
    {
        ref KernelState kernel = ref State;
        ref Tcb root = ref Root.Value;
        ulong buffer = Plan.IpcBuffer;
        ulong info = new MessageInfo(label, 0, caps.Length, words.Length).Word;
        for (int index = 0; index < words.Length; index++)
        {
            if (index >= 4) RawMemory.WriteWord(buffer + 8 + (8 * (ulong)index), words[index]);
        }
        for (int index = 0; index < caps.Length; index++)
            RawMemory.WriteWord(buffer + IpcBufferLayout.CapsOrBadges + (8 * (ulong)index), caps[index]);
        do
        {
            root.Registers[UserContext.Rdi] = pointer;
            root.Registers[UserContext.Rsi] = info;
            for (int index = 0; index < 4; index++)
                root.Registers[UserRegister(index)] = index < words.Length ? words[index] : Untouched;
            root.Registers[UserContext.FaultIp] = 0x40_0000;
            root.Registers[UserContext.Rip] = 0x40_0002;
            SystemCalls<X64<SimMachine>>.Handle(ref kernel, (long)SystemCall.Call);
            Hardware.IsInterruptPending = false;
        }
        while (root.Registers[UserContext.Rip] == 0x40_0000 && kernel.Current == Root);
        return Answer(MessageInfo.FromWord(root.Registers[UserContext.Rsi]));
    }

    /// <summary>Makes an object from the smallest untyped of RAM that has room for it, and returns its slot.</summary>
    public ulong Make(ObjectType type, int sizeBits = 0) => MakeFrom(FindUntyped(ObjectSize.Bits(type, sizeBits)), type, sizeBits);

    public ulong MakeFrom(ulong untyped, ObjectType type, int sizeBits = 0)
    {
        ulong slot = NewSlot();
        Call(untyped, InvocationLabel.UntypedRetype, [(ulong)type, (ulong)sizeBits, 0, 0, slot, 1], InitialSlot.CNode).MustSucceed();
        return slot;
    }

    /// <summary>A slot that nothing has been put in.</summary>
    public ulong NewSlot()
    {
        if (NextSlot == 0) NextSlot = BootInfo(BootInfoLayout.Empty);
        return NextSlot++;
    }

    public ulong Copy(ulong source, CapRights rights = CapRights.All)
    {
        ulong slot = NewSlot();
        CopyTo(slot, source, rights).MustSucceed();
        return slot;
    }

    public WorldAnswer CopyTo(ulong slot, ulong source, CapRights rights = CapRights.All) =>
        Call(InitialSlot.CNode, InvocationLabel.CNodeCopy, [slot, 64, source, 64, (ulong)rights], InitialSlot.CNode);

    public void Delete(ulong slot) => Call(InitialSlot.CNode, InvocationLabel.CNodeDelete, [slot, 64]).MustSucceed();

    public void Revoke(ulong slot) => Call(InitialSlot.CNode, InvocationLabel.CNodeRevoke, [slot, 64]).MustSucceed();

    /// <summary>Slot of an untyped with at least 2^bits bytes: the smallest that is large enough.</summary>
    public ulong FindUntyped(int bits, bool isDevice = false)
    {
        ulong found = 0;
        for (ulong slot = BootInfo(BootInfoLayout.Untyped); slot < BootInfo(BootInfoLayout.Untyped + 8); slot++)
        {
            Capability untyped = At(slot);
            if (untyped.UntypedIsDevice != isDevice || (int)untyped.UntypedSizeBits < bits) continue;
            ulong used = untyped.UntypedFreeIndex << 4;
            bool isFresh = used == 1ul << (int)untyped.UntypedSizeBits && !MappingDatabase<X64<SimMachine>>.HasChildren(Slot(slot));
            ulong room = isFresh ? used : (1ul << (int)untyped.UntypedSizeBits) - used;
            if (room >> bits == 0) continue;
            if (found == 0 || untyped.UntypedSizeBits < At(found).UntypedSizeBits) found = slot;
        }
        Assert.NotEqual(0ul, found);
        return found;
    }

    public void Dispose()
    {
        NativeMemory.Free(_description);
        Machine.Dispose();
    }

    private void Describe(ElfFile image)
    {
        byte[] file = image.Build();
        file.CopyTo(Machine.Memory.Slice(ModuleAddress, file.Length));
        ref BootDescription description = ref Description;
        description.PhysicalTop = 1ul << 39;
        BootMemory.AddRecord(ref description, 0x10_0000, Machine.Memory.Bytes - 0x10_0000, 1);
        description.Reserved.Add(SimHardware.KernelStart, SimHardware.KernelEnd);
        description.Reserved.Add(LocalApic, LocalApic + 0x1000);
        description.Reserved.Add(IoApic, IoApic + 0x1000);
        description.Module.Start = ModuleAddress;
        description.Module.End = ModuleAddress + (ulong)file.Length;
        description.Rsdp = Machine.Window(0xe_0000);
        "RSD PTR "u8.CopyTo(Machine.Memory.Slice(0xe_0000, 36));
        description.MemoryMap = Machine.Window(0x9_0000);
        description.TscMegahertz = TscMegahertz;
        description.IdleEntry = IdleEntry;
        description.IdleCodeSelector = 8;
        description.IdleStackSelector = 16;
    }

    private WorldAnswer Answer(MessageInfo info)
    {
        ulong[] words = new ulong[info.Length];
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = index < 4
                ? Root.Value.Registers[UserRegister(index)]
                : RawMemory.ReadWord(Plan.IpcBuffer + 8 + (8 * (ulong)index));
        }
        return new((ErrorCode)info.Label, words);
    }

    private static int UserRegister(int messageRegister) => X64<SimMachine>.MessageRegister(messageRegister);
}

/// <summary>What the kernel answered: error code and message words.</summary>
public readonly record struct WorldAnswer(ErrorCode Error, ulong[] Words)
{
    public void MustSucceed() => MustBe(ErrorCode.None);

    /// <summary>The error, with exactly these details (ABI §6.1).</summary>
    public void MustBe(ErrorCode error, params ulong[] details)
    {
        Assert.Equal(error, Error);
        Assert.Equal(details, Words);
    }

    /// <summary>FailedLookup of a target: MissingCapability with that bitsLeft.</summary>
    public void MustMiss(ulong bitsLeft) =>
        MustBe(ErrorCode.FailedLookup, 0, (ulong)LookupFailureKind.MissingCapability, bitsLeft);

    public void MustLackRoot() => MustBe(ErrorCode.FailedLookup, 0, (ulong)LookupFailureKind.InvalidRoot);

    /// <summary>Success with one result word.</summary>
    public ulong Value()
    {
        Assert.Equal(ErrorCode.None, Error);
        return Assert.Single(Words);
    }
}
