// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Gen;
using Sel4.Tools.Gen.Api;

namespace Sel4.Tests.Abi;

/// <summary>The column of builds with scheduling contexts, from which nothing is generated yet.</summary>
public sealed class McsColumnTests
{
    private static readonly ApiFile s_file =
        ApiParser.Parse(SpecLine.ReadAll(RepositoryRoot.Find(), "libsel4/abi/objects.api"));

    [Fact]
    [Rule("ABI-9", "ABI-26")]
    public void Labels_are_numbered_without_gaps_in_both_builds()
    {
        IEnumerable<Method> methods = s_file.Objects.SelectMany(type => type.Methods);
        Assert.Equal(Enumerable.Range(1, 52).Select(label => (long?)label), Labels(methods.Select(method => method.Label)));
        Assert.Equal(Enumerable.Range(1, 58).Select(label => (long?)label), Labels(methods.Select(method => method.McsLabel)));
    }

    [Theory]
    [InlineData("X86Page", "Map", 39, 45)]
    [InlineData("IrqControl", "GetMsi", 52, 58)]
    [InlineData("Tcb", "SetTimeoutEndpoint", null, 9)]
    [InlineData("CNode", "SaveCaller", 25, null)]
    [InlineData("SchedControl", "ConfigureFlags", null, 33)]
    [InlineData("SchedContext", "YieldTo", null, 38)]
    [Rule("ABI-9")]
    public void Worked_examples_agree(string type, string method, int? label, int? mcsLabel)
    {
        Method found = s_file.Objects.Single(entry => entry.Name == type).Methods.Single(entry => entry.Name == method);
        Assert.Equal(((long?)label, (long?)mcsLabel), (found.Label, found.McsLabel));
    }

    [Fact]
    [Rule("ABI-10.2")]
    public void Methods_that_differ_between_the_builds_are_declared_once_for_each()
    {
        ObjectInterface tcb = s_file.Objects.Single(entry => entry.Name == "Tcb");
        Method mcs = tcb.Methods.Single(method => method.Name == "Configure" && method.McsLabel == 5);
        Method other = tcb.Methods.Single(method => method.Name == "Configure" && method.Label == 5);
        Assert.Equal(3, mcs.Words.Count);
        Assert.Equal(4, other.Words.Count);
        Assert.Null(mcs.Label);
        Assert.Null(other.McsLabel);
    }

    [Fact]
    [Rule("ABI-3.1", "ABI-11.1")]
    public void System_calls_and_types_are_numbered_without_gaps()
    {
        Assert.Equal(Enumerable.Range(1, 33).Select(number => (long?)-number),
            Labels(s_file.Calls.Select(call => call.McsNumber)).Reverse());
        Assert.Equal(Enumerable.Range(1, 30).Select(number => (long?)-number),
            Labels(s_file.Calls.Select(call => call.Number)).Reverse());
        Assert.Equal(Enumerable.Range(0, 14).Select(number => (long?)number), Labels(s_file.Kinds.Select(kind => kind.McsNumber)));
    }

    private static IEnumerable<long?> Labels(IEnumerable<long?> labels) => labels.Where(label => label != null).Order();
}
