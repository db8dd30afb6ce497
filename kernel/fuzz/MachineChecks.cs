// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;

namespace Kernel.Fuzz;

/// <summary>Whether the machine is set up for the thread that user mode returns to, and no thread has what it must not have.</summary>
internal static class MachineChecks
{
    private const ulong UserCode = 0x2b;
    private const ulong UserStack = 0x33;
    private const ulong InterruptFlag = 0x200;

    /// <summary>IOPL: what decides about I/O instructions.</summary>
    private const ulong PrivilegedFlags = 0x3000;
    private const int AsidsInPool = 512;

    /// <summary>Throws when CR3, FPU, bases or registers are not what they should be; cheap enough for every step.</summary>
    public static void Check(SimSystem sim)
    {
        ref KernelState state = ref sim.State;
        SimHardware hardware = sim.Kernel.Hardware;
        bool isFpuOwnerAlive = state.FpuOwner.IsNull;
        bool isBaseOwnerAlive = state.BaseOwner.IsNull;
        for (Ref<Tcb> tcb = state.AllThreads; !tcb.IsNull; tcb = tcb.Value.AllNext)
        {
            CheckRegisters(ref tcb.Value);
            isFpuOwnerAlive |= tcb == state.FpuOwner;
            isBaseOwnerAlive |= tcb == state.BaseOwner;
        }

        Expect(isFpuOwnerAlive && isBaseOwnerAlive, "FPU and thread bases belong to a thread that there is");
        Expect(hardware.CurrentContext == state.Current.Address + Tcb.RegistersOffset, "trap entry saves registers in the current thread");
        Expect(hardware.IsFpuTrapSet == (state.IsFpuTrapSet != 0), "the kernel knows whether the FPU traps");
        Expect(hardware.PageTableRoot == state.ActiveRoot, "the kernel knows what is in CR3");
        if (state.Current == state.Idle)
        {
            Expect(IsAlive(sim, hardware.PageTableRoot), "CR3 holds an address space that there is");
            return;
        }

        Expect(hardware.IsFpuTrapSet || state.FpuOwner == state.Current, "the FPU is open to its owner only");
        Expect(state.BaseOwner == state.Current, "the thread bases are the current thread's");
        Expect(hardware.PageTableRoot == RootOf(sim, state.Current), "CR3 holds the current thread's address space");
    }

    private static void CheckRegisters(ref Tcb tcb)
    {
        bool isUser = tcb.Registers[UserContext.Cs] == UserCode && tcb.Registers[UserContext.Ss] == UserStack;
        Expect(isUser, "a thread has the segments of user mode");
        ulong flags = tcb.Registers[UserContext.Rflags];
        Expect((flags & InterruptFlag) != 0 && (flags & PrivilegedFlags) == 0, "a thread can be interrupted and has no right to I/O");
        bool isGood = IsCanonical(tcb.Registers[UserContext.FsBase]) && IsCanonical(tcb.Registers[UserContext.GsBase]);
        Expect(isGood, "thread bases are canonical, as the instruction that loads them demands");
    }

    /// <summary>The physical address that CR3 has to hold for a thread.</summary>
    private static ulong RootOf(SimSystem sim, Ref<Tcb> tcb)
    {
        Capability root = Slots.Of(tcb, TcbSlot.VSpaceRoot).Value.Capability;
        bool isUsable = root.Tag == CapabilityTag.Pml4 && root.Pml4IsMapped && Find(sim, root.Pml4MappedAsid) == root.Pml4Address;
        return isUsable ? root.Pml4Address - sim.Kernel.Memory.Window : SimHardware.KernelRoot;
    }

    private static ulong Find(SimSystem sim, ulong asid)
    {
        ulong pool = sim.State.AsidPools[(int)(asid / AsidsInPool)];
        return pool == 0 ? 0 : new Ref<ulong>(pool + (8 * (asid % AsidsInPool))).Value;
    }

    private static bool IsAlive(SimSystem sim, ulong physicalRoot)
    {
        if (physicalRoot == SimHardware.KernelRoot) return true;
        for (int pool = 0; pool < AsidPoolTable.Count; pool++)
        {
            ulong address = sim.State.AsidPools[pool];
            for (ulong i = 0; address != 0 && i < AsidsInPool; i++)
                if (new Ref<ulong>(address + (8 * i)).Value == sim.Kernel.Window(physicalRoot)) return true;
        }

        return false;
    }

    private static bool IsCanonical(ulong address) => (ulong)((long)(address << 16) >> 16) == address;

    private static void Expect(bool condition, string sentence)
    {
        if (!condition) throw new FuzzException($"not so: {sentence}");
    }
}
