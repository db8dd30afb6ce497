// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Sim;

/// <summary>The smallest boot: idle thread, initial thread, root CNode, address space, untyped memory. No image, no BootInfo.</summary>
/// <remarks>What the real boot code makes is tested with that code; here are just the objects that tests of the kernel need.</remarks>
internal static class SimBoot
{
    /// <summary>Physical addresses of the objects of boot.</summary>
    public const ulong RootCNode = 0x20_0000;
    private const ulong InitialTcb = 0x24_0000;
    private const ulong IdleTcb = 0x24_1000;
    private const ulong InitialPml4 = 0x25_0000;
    private const ulong AsidPool = 0x25_1000;
    private const ulong BufferFrame = 0x25_2000;
    private const ulong WorkMemory = 0x100_0000;
    private const ulong SpareMemory = 0x200_0000;
    public const ulong DeviceMemory = 0x300_0000;

    private const int WorkBits = 24;
    public const int SpareBits = 22;
    private const ulong ReadWrite = 3;
    private const ulong BufferAddress = 0x10_0000;

    public static void Run(SimKernel kernel, ulong logLevel)
    {
        ref KernelState state = ref kernel.State;
        state.LogLevel = logLevel;
        state.AsidPools[0] = kernel.Window(AsidPool);
        state.Idle = new(kernel.Window(IdleTcb));
        X64<SimMachine>.InitializeThread(ref state.Idle.Value);
        state.Idle.Value.State = ThreadState.Idle;
        CreateCapabilities(kernel);
        Ref<Tcb> tcb = CreateThread(kernel);
        Scheduler<X64<SimMachine>>.Start(ref state, tcb);
    }

    private static void CreateCapabilities(SimKernel kernel)
    {
        ulong pml4 = kernel.Window(InitialPml4);
        ulong pool = kernel.Window(AsidPool);
        Put(kernel, InitialSlot.Tcb, Capability.NewTcb(kernel.Window(InitialTcb)));
        Put(kernel, InitialSlot.CNode, Capability.NewCNode(kernel.Window(RootCNode), SimSystem.RootRadix, 64 - SimSystem.RootRadix, 0));
        Put(kernel, InitialSlot.VSpace, Capability.NewPml4(pml4, true, AbiConstants.InitialAsid));
        Put(kernel, InitialSlot.IrqControl, Capability.NewIrqControl());
        Put(kernel, InitialSlot.AsidControl, Capability.NewAsidControl());
        Put(kernel, InitialSlot.AsidPool, Capability.NewAsidPool(pool, 0));
        Put(kernel, InitialSlot.IoPortControl, Capability.NewIoPortControl());
        Put(kernel, InitialSlot.IpcBufferFrame, Capability.NewFrame(kernel.Window(BufferFrame), 0, ReadWrite, false, 0, 0, 0));
        Put(kernel, InitialSlot.Domain, Capability.NewDomain());
        Put(kernel, SimSystem.WorkUntyped, Capability.NewUntyped(kernel.Window(WorkMemory), WorkBits, false, 0));
        for (ulong i = 0; i < SimSystem.SpareUntypeds; i++)
        {
            ulong address = kernel.Window(SpareMemory + (i << SpareBits));
            Put(kernel, SimSystem.FirstSpareUntyped + i, Capability.NewUntyped(address, SpareBits, false, 0));
        }

        Put(kernel, SimSystem.DeviceUntyped, Capability.NewUntyped(kernel.Window(DeviceMemory), SpareBits, true, 0));

        // What ASIDPool_Assign would do for the first address space.
        kernel.Memory.WriteWord(AsidPool + (8 * AbiConstants.InitialAsid), pml4);
        for (ulong i = 256; i < 512; i++)
            kernel.Memory.WriteWord(InitialPml4 + (8 * i), kernel.Memory.ReadWord(SimHardware.KernelRoot + (8 * i)));
    }

    private static Ref<Tcb> CreateThread(SimKernel kernel)
    {
        ref KernelState state = ref kernel.State;
        Ref<Tcb> tcb = new(kernel.Window(InitialTcb));
        Threads<X64<SimMachine>>.Initialize(ref state, tcb);
        Replies<X64<SimMachine>>.EnsureMaster(tcb);
        Give(kernel, tcb, TcbSlot.CSpaceRoot, InitialSlot.CNode);
        Give(kernel, tcb, TcbSlot.VSpaceRoot, InitialSlot.VSpace);
        Give(kernel, tcb, TcbSlot.IpcBuffer, InitialSlot.IpcBufferFrame);
        tcb.Value.IpcBufferAddress = BufferAddress;
        tcb.Value.Priority = SimSystem.RootPriority;
        tcb.Value.MaximumControlledPriority = SimSystem.RootPriority;
        tcb.Value.Registers[UserContext.Rip] = 0x40_0000;
        tcb.Value.State = ThreadState.Running;
        return tcb;
    }

    private static void Give(SimKernel kernel, Ref<Tcb> tcb, TcbSlot slot, ulong pointer)
    {
        Ref<CapabilitySlot> source = Slots.At(kernel.Window(RootCNode), pointer);
        MappingDatabase<X64<SimMachine>>.Insert(ref kernel.State, source.Value.Capability, source, Slots.Of(tcb, slot));
    }

    private static void Put(SimKernel kernel, ulong pointer, Capability capability) =>
        MappingDatabase<X64<SimMachine>>.InsertRoot(Slots.At(kernel.Window(RootCNode), pointer), capability);
}
