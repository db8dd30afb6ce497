// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;

namespace Kernel.Tests;

/// <summary>A test with a simulated system of its own.</summary>
public abstract class KernelTest : IDisposable
{
    /// <summary>A value that no test sends: registers that keep it were not written.</summary>
    protected const ulong Untouched = 0xdead_0000_beef_0000;

    /// <summary>A CPtr outside the root CNode's guard: it resolves to nothing.</summary>
    protected const ulong Unresolvable = 1ul << 40;

    /// <summary>A CPtr that resolves to an empty slot.</summary>
    protected const ulong EmptySlot = 1000;

    protected SimSystem Sim { get; } = new();

    protected SimThread Root => Sim.Root;

    public void Dispose()
    {
        Sim.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Fills the registers that messages travel in, so that those left alone can be told.</summary>
    protected static void Mark(SimThread thread)
    {
        thread.Register(UserContext.Rdi) = Untouched;
        thread.Register(UserContext.Rsi) = Untouched;
        for (int i = 0; i < 4; i++) thread.SetWord(i, Untouched + (ulong)i);
    }

    /// <summary>Asserts that RSI and MR0…MR3 are as <see cref="Mark"/> left them.</summary>
    protected static void AssertOnlyBadgeWritten(SimThread thread, ulong info = Untouched)
    {
        Assert.Equal(info, thread.Register(UserContext.Rsi));
        for (int i = 0; i < 4; i++) Assert.Equal(Untouched + (ulong)i, thread.Word(i));
    }

    protected static void AssertRefused(SimAnswer answer, ErrorCode error, params ulong[] details)
    {
        Assert.Equal(error, answer.Error);
        Assert.Equal(details, answer.Words);
        Assert.Equal(0ul, answer.Badge);
        Assert.Equal(0, answer.Info.ExtraCaps);
    }

    protected static void AssertDone(SimAnswer answer, params ulong[] results)
    {
        Assert.Equal(ErrorCode.None, answer.Error);
        Assert.Equal(results, answer.Words);
        Assert.Equal(0ul, answer.Badge);
    }

    /// <summary>Asserts that a capability fault arrived with this content (ABI §8.2).</summary>
    protected static void AssertCapFault(SimAnswer message, ulong ip, ulong pointer, ulong inReceive, params ulong[] failure)
    {
        Assert.Equal((ulong)FaultLabel.CapFault, message.Label);
        Assert.Equal([ip, pointer, inReceive, .. failure], message.Words);
    }

    protected SimAnswer CopyCap(ulong source, ulong target, CapRights rights = CapRights.All) => Root.Invoke(
        InitialSlot.CNode, InvocationLabel.CNodeCopy, [target, 64, source, 64, (ulong)rights], [InitialSlot.CNode]);

    protected SimAnswer DeleteCap(ulong slot) => Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [slot, 64]);

    protected SimAnswer RevokeCap(ulong slot) => Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeRevoke, [slot, 64]);

    /// <summary>Resumes threads so that they run in this order when their priorities are equal, and lets them run.</summary>
    protected void StartInOrder(params SimThread[] threads)
    {
        // The last one resumed runs first (R-SCHED-12).
        for (int i = threads.Length - 1; i >= 0; i--) SimSystem.Must(Root.Invoke(threads[i].Capability, InvocationLabel.TcbResume));
        Sim.Park();
    }

    protected void Suspend(SimThread thread) =>
        Sim.AsRoot(root => AssertDone(root.Invoke(thread.Capability, InvocationLabel.TcbSuspend)));

    protected void Resume(SimThread thread) =>
        Sim.AsRoot(root => AssertDone(root.Invoke(thread.Capability, InvocationLabel.TcbResume)));
}
