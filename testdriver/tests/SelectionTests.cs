// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tests.Driver;

/// <summary>Which tests a run is about, and in which order they run.</summary>
public sealed class SelectionTests
{
    private static TestInfo Test(string name, string tags = "", int type = TestTypes.Process, bool enabled = true) =>
        new() { Name = name, Tags = tags, Type = type, IsEnabled = enabled };

    private static readonly TestInfo[] s_tests =
    [
        .. Enumerable.Range(0, 1000).Select(number => Test($"IPC{number:0000}", number % 2 == 0 ? "ipc even" : "ipc")),
        Test("CNODE0001", "cnode"), Test("BOOT0000", "bootstrap", TestTypes.Bootstrap),
    ];

    private static Selection Read(params string[] lines)
    {
        Selection? selection = Selection.Parse(string.Join('\n', [Selection.Header, .. lines]) + "\n", out string problem);
        Assert.True(selection is not null, problem);
        return selection;
    }

    private static string[] Plan_(params string[] lines) => [.. Plan.Make(s_tests, Read(lines)).Select(test => test.Name)];

    [Fact]
    [Rule("TD:T3")]
    public void Types_run_by_number_and_tests_by_name()
    {
        string[] names = Plan_();
        Assert.Equal("BOOT0000", names[0]);
        Assert.Equal("CNODE0001", names[1]);
        Assert.Equal(names.Skip(1).Order(StringComparer.Ordinal), names.Skip(1));
    }

    [Fact]
    [Rule("TD:F1", "TD:F2")]
    public void Includes_add_up_and_excludes_win()
    {
        Assert.Equal(["CNODE0001", "IPC0007"], Plan_("include CNODE", "include 0007$"));
        Assert.Equal(["IPC0007"], Plan_("include CNODE", "include 0007$", "exclude ^C"));
        Assert.Empty(Plan_("include CNODE", "exclude CNODE"));
    }

    [Fact]
    [Rule("TD:F2", "TD:F4")]
    public void Tags_select_by_expressions()
    {
        Assert.Equal(500, Plan_("tag even").Length);
        Assert.Equal(500, Plan_("tag ipc&!even").Length);
        Assert.Equal(502, Plan_("tag even,cnode,bootstrap").Length);
        Assert.Equal(["CNODE0001"], Plan_("include @cnode"));
        Assert.Equal(2, Plan_("exclude @ipc").Length);
        Assert.Empty(Plan_("tag even", "tag cnode"));
    }

    [Theory]
    [Rule("TD:F4")]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shards_are_disjoint_and_together_the_whole(int count)
    {
        string[][] shards = [.. Enumerable.Range(1, count).Select(index => Plan_($"shard {index}/{count}"))];
        Assert.Equal(Plan_().Order(), shards.SelectMany(shard => shard).Order());
        Assert.All(shards, shard => Assert.InRange(shard.Length, 1002 / count / 2, (1002 / count * 2) + 1));
    }

    [Fact]
    [Rule("TD:F4", "TD:H3")]
    public void Shards_of_a_shard_are_disjoint_and_together_that_shard()
    {
        string[] whole = Plan_("shard 2/3");
        string[] parts = [.. Plan_("shard 2/3", "shard 1/2"), .. Plan_("shard 2/3", "shard 2/2")];
        Assert.Equal(whole.Order(), parts.Order());
    }

    [Fact]
    [Rule("TD:F4")]
    public void A_new_test_moves_no_other_to_another_shard()
    {
        Selection selection = Read("shard 1/4");
        string[] before = [.. Plan.Make(s_tests, selection).Select(test => test.Name)];
        string[] after = [.. Plan.Make([.. s_tests, Test("AAA0000"), Test("IPC05005")], selection).Select(test => test.Name)];
        Assert.Empty(before.Except(after));
    }

    [Fact]
    [Rule("TD:F4", "TD:T6")]
    public void The_same_seed_shuffles_in_the_same_way_and_keeps_types_together()
    {
        string[] first = Plan_("shuffle 5");
        Assert.Equal(first, Plan_("shuffle 5"));
        Assert.NotEqual(first, Plan_("shuffle 6"));
        Assert.Equal(Plan_().Order(), first.Order());
        Assert.Equal("BOOT0000", first[0]);
    }

    [Fact]
    [Rule("TD:F4")]
    public void Named_tests_only_and_those_that_are_done_not_again()
    {
        Assert.Equal(["IPC0003", "IPC0004"], Plan_("only IPC0003", "only IPC0004"));
        Assert.Equal(["IPC0004"], Plan_("only IPC0003", "only IPC0004", "done IPC0003"));
    }

    [Theory]
    [Rule("TD:F3")]
    [InlineData("include (", "line 2")]
    [InlineData("exclude a{9,1}", "at 2")]
    [InlineData("tag a&", "tags")]
    [InlineData("shard 0/3", "shard")]
    [InlineData("shard 4/3", "shard")]
    [InlineData("nonsense 1", "nonsense")]
    [InlineData("repeat x", "repeat")]
    public void A_line_that_makes_no_sense_is_refused_with_its_place(string line, string place)
    {
        Assert.Null(Selection.Parse($"{Selection.Header}\n{line}\n", out string problem));
        Assert.Contains(place, problem);
    }

    [Fact]
    public void A_text_without_its_first_line_is_no_selection() => Assert.Null(Selection.Parse("repeat 2\n", out _));

    [Fact]
    public void A_test_has_the_same_seed_wherever_it_stands_in_the_order()
    {
        Assert.Equal(Plan.SeedOf(s_tests[3], 9), Plan.SeedOf(Test(s_tests[3].Name), 9));
        Assert.NotEqual(Plan.SeedOf(s_tests[3], 9), Plan.SeedOf(s_tests[4], 9));
        Assert.NotEqual(Plan.SeedOf(s_tests[3], 9), Plan.SeedOf(s_tests[3], 10));
    }
}
