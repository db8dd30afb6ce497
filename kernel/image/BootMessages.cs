// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Pc99;

namespace Kernel.Image;

/// <summary>What the kernel says while it boots; nothing with <c>loglevel=0</c>.</summary>
internal static class BootMessages
{
    public static void Machine(ref BootDescription description, bool isClockMeasured)
    {
        TextOutput.Write("\n[kernel] sel4rpc kernel for x86_64: TSC ");
        TextOutput.WriteDecimal(description.TscMegahertz);
        TextOutput.Write(isClockMeasured ? " MHz" : " MHz (a guess: the PIT does not run)");
        TextOutput.Write(LocalApic.IsX2Apic ? ", x2APIC, " : ", xAPIC, ");
        TextOutput.WriteDecimal((ulong)IoApic.Count);
        TextOutput.Write(IoApic.Count == 1 ? " IOAPIC, " : " IOAPICs, ");
        TextOutput.Write(Processor.UsesXsave ? "XSAVE" : "FXSAVE");
        TextOutput.Write(Kernel.Pc99.Pc99.HasFsGsBase ? ", FSGSBASE" : "");
        TextOutput.Write(KernelPageTables.HasHugePages ? "\n" : ", no 1 GiB pages\n");
        for (int index = 0; index < description.Ram.Count; index++)
        {
            TextOutput.Write("[kernel] memory: ");
            Region(description.Ram.StartOf(index), description.Ram.EndOf(index));
            TextOutput.Write(", ");
            TextOutput.WriteDecimal((description.Ram.EndOf(index) - description.Ram.StartOf(index)) >> 10);
            TextOutput.Write(" KiB\n");
        }
        TextOutput.Write("[kernel] image: ");
        Region(description.Reserved.StartOf(0), description.Reserved.EndOf(0));
        TextOutput.Write(", root task's file: ");
        Region(description.Module.Start, description.Module.End);
        TextOutput.Write("\n");
    }

    public static void RootTask(ref BootDescription description)
    {
        ref RootTaskPlan plan = ref description.Plan;
        TextOutput.Write("[kernel] untyped capabilities: ");
        TextOutput.WriteDecimal(plan.UntypedCount);
        if (plan.DroppedUntypeds != 0)
        {
            TextOutput.Write(", and no entry in BootInfo for ");
            TextOutput.WriteDecimal(plan.DroppedUntypeds);
            TextOutput.Write(" more");
        }
        TextOutput.Write("\n[kernel] starting root task: image ");
        Region(plan.Image.Start, plan.Image.End);
        TextOutput.Write(", entry ");
        TextOutput.WriteHex(plan.Image.Entry);
        TextOutput.Write("\n");
    }

    private static void Region(ulong start, ulong end)
    {
        TextOutput.WriteHex(start);
        TextOutput.Write("...");
        TextOutput.WriteHex(end);
    }
}
