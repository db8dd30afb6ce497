// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Lets other threads get to where they wait.</summary>
internal static class Yield
{
    /// <summary>Lets a helper run until it blocks: the test goes below it for a moment.</summary>
    internal static void To(Helper helper) => To(helper, Test.Priority);

    /// <summary>The same for a test that has given itself another priority.</summary>
    internal static void To(Helper helper, byte ownPriority)
    {
        if (helper.Priority > ownPriority) return;
        byte below = (byte)(helper.Priority == 0 ? 0 : helper.Priority - 1);
        Assert.Ok(Test.Tcb.SetPriority(below, Test.Tcb));
        Assert.Ok(Test.Tcb.SetPriority(ownPriority, Test.Tcb));
    }

    /// <summary>Lets a helper that never blocks run for one time slice, beside it in the line.</summary>
    internal static void Beside(Helper helper)
    {
        Assert.Ok(Test.Tcb.SetPriority(helper.Priority, Test.Tcb));
        Syscall.Yield();
        Assert.Ok(Test.Tcb.SetPriority(Test.Priority, Test.Tcb));
    }
}
