// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.TestDriver.Bootstrap;

/// <summary>What the driver finds before any process exists, and what only a root task can try.</summary>
[Tests(Tags = "bootstrap", Type = TestTypes.Bootstrap)]
internal static class Boot
{
    [Test("BootInfo makes sense", Rules = "BOOT-6 RT:B1")]
    internal static void BOOT0000()
    {
        Check.That(BootInfoCheck.FindDefect(ProcessEnvironment.BootInfo) == null);
        Check.That(ProcessEnvironment.BootInfo.UntypedCount > 0);
    }

    [Test("The initial capabilities have their types", Rules = "BOOT-5.1 ABI-11.2")]
    internal static void BOOT0001()
    {
        Check.Equal((ulong)CapabilityTypeTag.Tcb, (ulong)InitialThread.Tcb.Identify());
        Check.Equal((ulong)CapabilityTypeTag.CNode, (ulong)InitialThread.CNode.Identify());
        Check.Equal((ulong)CapabilityTypeTag.Pml4, (ulong)InitialThread.VSpace.Identify());
        Check.Equal((ulong)CapabilityTypeTag.IrqControl, (ulong)InitialThread.IrqControl.Identify());
        Check.Equal((ulong)CapabilityTypeTag.AsidControl, (ulong)InitialThread.AsidControl.Identify());
        Check.Equal((ulong)CapabilityTypeTag.AsidPool, (ulong)InitialThread.AsidPool.Identify());
        Check.Equal((ulong)CapabilityTypeTag.IoPortControl, (ulong)InitialThread.IoPortControl.Identify());
        Check.Equal((ulong)CapabilityTypeTag.Domain, (ulong)InitialThread.Domain.Identify());
    }
}
