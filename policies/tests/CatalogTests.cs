// SPDX-License-Identifier: BSD-2-Clause

using System.Reflection;
using Sel4.Allocators.Policies;
using Sel4.Policies;

namespace Sel4.Tests.Policies;

public sealed class CatalogTests
{
    private static readonly Dictionary<string, string[]> s_needed = new()
    {
        ["colouring"] = ["set=3"],
        ["fail-nth"] = ["n=1"],
        ["lease"] = ["time=1s"],
        ["numa"] = ["range=0@0-0xffff"],
        ["rate-limit"] = ["per-second=10"],
    };

    public static TheoryData<string> Names => [.. PolicyCatalog.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    [Rule("AL:X1")]
    public void Every_name_makes_the_policy_of_that_name(string name)
    {
        string[] settings = s_needed.GetValueOrDefault(name, []);
        Policy? policy = PolicyCatalog.Create(name, settings, default, out string problem);
        Assert.Equal("", problem);
        Assert.Equal(name, policy!.Name);
        Assert.Null(PolicyCatalog.Check(name, settings));
        MethodInfo rank = policy.GetType().GetMethod(nameof(Policy.Rank))!;
        Assert.Equal(rank.DeclaringType != typeof(Policy), policy.RanksPieces);
    }

    [Fact]
    public void There_are_the_fifteen_of_the_specification_and_every_class_is_in_the_list()
    {
        Assert.Equal(15, PolicyCatalog.Names().Length);
        Assert.Equal(PolicyCatalog.Names().Order(StringComparer.Ordinal), PolicyCatalog.Names());
        Type[] made = [.. PolicyCatalog.Names().Select(
            name => PolicyCatalog.Create(name, s_needed.GetValueOrDefault(name, []), default, out _)!.GetType())];
        Type[] written = [.. typeof(PolicyCatalog).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Policy)))];
        Assert.Equal(written.Select(type => type.Name).Order(), made.Select(type => type.Name).Order());
    }

    [Theory]
    [InlineData("qouta", "", "there is no policy 'qouta' (did you mean 'quota'?); there are: ask-parent, audit, ")]
    [InlineData("zzz", "", "there is no policy 'zzz'; there are: ask-parent, ")]
    [InlineData("", "", "there is no policy ''; there are: ")]
    [InlineData("quota", "ram", "policy 'quota': 'ram' is not KEY=VALUE")]
    [InlineData("quota", "=1", "policy 'quota': '=1' is not KEY=VALUE")]
    [InlineData("quota", "rma=1", "policy 'quota' has no setting 'rma' (did you mean 'ram'?); it has: ram, device, grants, ")]
    [InlineData("buddy", "x=1", "policy 'buddy' has no settings, so 'x' is none")]
    [InlineData("quota", "ram=64Q", "policy 'quota': 'ram=64Q': write bytes: a number, or one with KiB, MiB or GiB, as in 64MiB")]
    [InlineData("quota", "ram=-1", "policy 'quota': 'ram=-1': write bytes")]
    [InlineData("quota", "ram=", "policy 'quota': 'ram=': write bytes")]
    [InlineData("quota", "ram=99999999999GiB", "policy 'quota': 'ram=99999999999GiB': write bytes")]
    [InlineData("quota", "irqs=18446744073709551616", "policy 'quota': 'irqs=18446744073709551616': write a whole number")]
    [InlineData("quota", "irqs=0x", "policy 'quota': 'irqs=0x': write a whole number")]
    [InlineData("quota", "ram=1;ram=2", "policy 'quota': 'ram' is given twice")]
    [InlineData("fail-nth", "", "policy 'fail-nth' needs n=NUMBER, which one, counted from 1")]
    [InlineData("fail-nth", "n=0", "policy 'fail-nth': 'n=0' is out of range; the least is 1")]
    [InlineData("audit", "entries=65537", "policy 'audit': 'entries=65537' is out of range; the least is 1, the most 65536")]
    [InlineData("fit", "how=good", "policy 'fit': 'how=good': write one of first, best, worst")]
    [InlineData("lease", "time=5", "policy 'lease': 'time=5': write a time in ms or s, as in 250ms")]
    [InlineData("numa", "range=0@5-4", "policy 'numa': 'range=0@5-4': write NODE@FIRST-LAST")]
    [InlineData("numa", "range=256@0-1", "policy 'numa': 'range=256@0-1': write NODE@FIRST-LAST")]
    [InlineData("numa", "home=1", "policy 'numa' needs range=NODE@FIRST-LAST")]
    [InlineData("colouring", "set=1;count=3", "policy 'colouring': count=3 is not a power of two")]
    [InlineData("colouring", "set=0x10;count=4", "policy 'colouring': set names colours from 4 on, which count=4 does not have")]
    [Rule("AL:G1")]
    public void What_is_wrong_is_said_exactly_with_what_would_do(string name, string settings, string beginning)
    {
        string[] parts = settings.Length == 0 ? [] : settings.Split(';');
        Assert.Null(PolicyCatalog.Create(name, parts, default, out string problem));
        Assert.StartsWith(beginning, problem);
        Assert.Equal(problem, PolicyCatalog.Check(name, parts));
    }

    [Fact]
    public void Numbers_sizes_and_times_are_read_as_people_write_them()
    {
        Assert.Null(PolicyCatalog.Check("quota", ["ram=64MiB", "device=1GiB", "irqs=0x10", "ports=0"]));
        Assert.Null(PolicyCatalog.Check("lease", ["time=250ms"]));
        Assert.Null(PolicyCatalog.Check("numa", ["home=1", "range=0@0-0xffffffff", "range=1@0x100000000-0x1ffffffff"]));
    }
}
