// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Fuzz;
using Kernel.Model;
using Sel4.Abi;
using Sel4.Tests;
using Xunit.Sdk;

namespace Kernel.Tests.Model;

/// <summary>The kernel and the model, which share no code, agree about everything that a program can see.</summary>
public sealed class ModelTests
{
    private const long StepsOfOneRun = 6_000;

    [Theory]
    [Trait("Kind", "random")]
    [Rule("R-SYS-10", "R-SYS-12", "R-SYS-17", "R-CSP-01", "R-CNODE-14", "R-DER-13", "R-DEL-05", "R-UT-01", "R-UT-13", "R-UT-15")]
    [Rule("R-IPC-08", "R-XFER-08", "R-REPLY-12", "R-NTFN-04", "R-TCB-15", "R-TCB-16", "R-FAULT-04", "R-FAULT-12", "R-VS-06", "R-VS-08")]
    [InlineData("model", 1, FuzzPaths.On)]
    [InlineData("model", 2, FuzzPaths.Off)]
    [InlineData("model-wild", 3, FuzzPaths.On)]
    [InlineData("model-wild", 4, FuzzPaths.Off)]
    public void Kernel_and_model_agree_about_random_programs(string mode, int seed, FuzzPaths paths)
    {
        Fuzzer fuzzer = new(FuzzMode.Find(mode)!, (ulong)seed, paths);
        string? failure = fuzzer.Run(StepsOfOneRun, FuzzChecks.Sampled);
        if (failure is not null) throw new XunitException(failure);
    }

    /// <summary>The table of ABI-22.3, on a CNode of 16 slots behind a guard of 4 bits.</summary>
    [Theory]
    [Rule("R-CSP-02", "R-CSP-03", "R-CSP-05", "R-CSP-06", "R-CSP-09")]
    [InlineData(0x5a, 8, ErrorCode.None, new ulong[0])]
    [InlineData(0xff5a, 8, ErrorCode.None, new ulong[0])]
    [InlineData(0x6a, 8, ErrorCode.FailedLookup, new ulong[] { 1, 4, 8, 5, 4 })]
    [InlineData(0x5, 4, ErrorCode.FailedLookup, new ulong[] { 1, 3, 4, 8 })]
    [InlineData(0x5, 3, ErrorCode.FailedLookup, new ulong[] { 1, 4, 3, 5, 4 })]
    [InlineData(0x5a1, 12, ErrorCode.FailedLookup, new ulong[] { 1, 3, 4, 0 })]
    [InlineData(0x5a, 0, ErrorCode.RangeError, new ulong[] { 1, 64 })]
    [InlineData(0x5a, 65, ErrorCode.RangeError, new ulong[] { 1, 64 })]
    public void The_model_finds_slots_as_the_table_says(ulong index, ulong depth, ErrorCode code, ulong[] words)
    {
        ModelNode node = new(0x1000, 4);
        ModelCap root = new(CapabilityTypeTag.CNode, node) { Guard = 5, GuardSize = 4 };
        if (code == ErrorCode.None)
        {
            Assert.Same(node.Slots[10], ModelLookup.FindForOperation(root, index, depth, wasSource: true));
            return;
        }

        ModelRefusal refusal = Assert.Throws<ModelRefusal>(() => ModelLookup.FindForOperation(root, index, depth, wasSource: true));
        Assert.Equal(code, refusal.Code);
        Assert.Equal(words, refusal.Words);
    }

    [Fact]
    [Rule("R-DER-02", "R-DER-03", "R-DER-04", "R-DER-12")]
    public void The_model_keeps_families_as_the_rules_say()
    {
        ModelSlot original = new(0), copy = new(32), second = new(64), badged = new(96), inner = new(128);
        ModelCap cap = new(CapabilityTypeTag.Endpoint, new ModelEndpoint(0x100)) { Rights = CapRights.All };
        ModelFamily.PutRoot(original, cap, isOriginal: true);
        ModelFamily.PutCopy(original, copy, cap);
        ModelFamily.PutCopy(copy, second, cap);
        ModelFamily.PutCopy(copy, badged, cap with { Badge = 7 });
        ModelFamily.PutCopy(badged, inner, cap with { Badge = 7 });
        Assert.Equal([copy, second, badged], original.Children);
        Assert.Equal([inner], badged.Children);
        ModelFamily.Remove(badged);
        Assert.Same(original, inner.Parent);
    }
}
