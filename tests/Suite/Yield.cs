// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Lets other threads get to where they wait.</summary>
internal static class Yield
{
    /// <summary>Lets a helper run until it blocks: the test goes below it for a moment.</summary>
    internal static void To(Helper helper)
    {
        byte below = (byte)(helper.Priority - 1);
        Assert.Ok(Test.Tcb.SetPriority(below, Test.Tcb));
        Assert.Ok(Test.Tcb.SetPriority(Test.Priority, Test.Tcb));
    }
}
