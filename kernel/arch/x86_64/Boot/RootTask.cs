// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Starts the root task: the whole of boot after the machine is up (boot sheet §2.4, §4–8).</summary>
public static class RootTask<M>
    where M : struct, IMachine
{
    /// <summary>
    /// Loads the root task, makes its objects, capabilities and BootInfo, and makes its thread the current one. On success
    /// <c>kernel.Current</c> is what user mode starts with.
    /// </summary>
    /// <remarks>
    /// Requires: <paramref name="kernel"/> is zeroed; the machine runs on its own page tables with interrupts off.
    /// <see cref="RootTaskPlan.DroppedUntypeds"/> tells how many blocks of memory found no entry in BootInfo.
    /// </remarks>
    public static BootFailure Start(ref KernelState kernel, ref BootDescription description)
    {
        ref RootTaskPlan plan = ref description.Plan;
        BootFailure failure = MakePlan(ref description);
        if (failure != BootFailure.None) return failure;
        LoadImage(ref description);
        M.ClearMemory(plan.CNode, plan.ObjectBytes);

        kernel.PhysicalWindow = M.PhysicalWindow;
        kernel.ActiveRoot = M.ReadPageTableRoot();
        kernel.TscMegahertz = description.TscMegahertz;
        RootCSpace<X64<M>>.ProvideFixed(ref plan);
        RootCSpace<X64<M>>.Provide(ref plan, InitialSlot.IoPortControl, Capability.NewIoPortControl());
        RootVSpace<M>.CreateTables(ref kernel, ref plan);
        RootVSpace<M>.CreatePages(ref plan);
        BootInfoWriter.WriteHeader(ref plan);
        ExtraBootInfo.Write(ref description);
        BootUntypeds<X64<M>>.Provide(ref description, M.PhysicalWindow);
        BootInfoWriter.WriteRegion(ref plan, BootInfoLayout.Empty, plan.NextSlot, RootCSpace<X64<M>>.End);

        CreateIdle(ref kernel, ref description);
        RootThread<X64<M>>.Create(ref kernel, ref plan);
        Scheduler<X64<M>>.Start(ref kernel, plan.RootThread);
        return BootFailure.None;
    }

    /// <summary>Checks the ELF file and decides where everything goes; writes nothing but the plan.</summary>
    private static BootFailure MakePlan(ref BootDescription description)
    {
        ref RootTaskPlan plan = ref description.Plan;
        ulong file = M.PhysicalWindow + description.Module.Start;
        BootFailure failure = ElfImage.Check(file, description.Module.End - description.Module.Start, ref plan.Image);
        if (failure != BootFailure.None) return failure;
        ExtraBootInfo.Measure(ref description);
        if (plan.UserEnd > AbiConstants.UserTop) return BootFailure.ImageTooHigh;
        plan.TableCount = RootVSpace<M>.CountTables(plan.Image.Start, plan.UserEnd);
        if (!RootCSpace<X64<M>>.HasRoom(ref plan)) return BootFailure.ImageTooLarge;
        return BootPlacement.Place(ref description, M.PhysicalWindow);
    }

    private static void LoadImage(ref BootDescription description)
    {
        ref RootTaskPlan plan = ref description.Plan;
        M.ClearMemory(plan.ImageAddress, plan.Image.End - plan.Image.Start);
        ElfImage.Load(M.PhysicalWindow + description.Module.Start, plan.ImageAddress, ref plan.Image);
    }

    /// <summary>The idle thread's stack pointer is the end of its register area (see <see cref="BootDescription.IdleEntry"/>).</summary>
    private static void CreateIdle(ref KernelState kernel, ref BootDescription description)
    {
        RootThread<X64<M>>.CreateIdle(ref kernel, ref description.Plan);
        Ref<Tcb> idle = kernel.Idle;
        ref Tcb thread = ref idle.Value;
        thread.Registers[UserContext.FaultIp] = description.IdleEntry;
        thread.Registers[UserContext.Rip] = description.IdleEntry;
        thread.Registers[UserContext.Cs] = description.IdleCodeSelector;
        thread.Registers[UserContext.Rflags] = UserRegisters.InitialFlags;
        thread.Registers[UserContext.Rsp] = idle.Address + Tcb.RegistersOffset + (UserContext.Count * sizeof(ulong));
        thread.Registers[UserContext.Ss] = description.IdleStackSelector;
    }
}
