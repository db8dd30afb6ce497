// SPDX-License-Identifier: BSD-2-Clause

using Sel4.RootServer;
using Sel4.Tools.Build;

namespace Sel4.Tests.RootServer;

public sealed class SelectionTests
{
    [Fact]
    public void What_the_tool_writes_is_what_the_root_server_reads()
    {
        var written = new Sel4.Tools.Build.Selection(
        [
            new Sel4.Tools.Build.SelectedProgram("hello"),
            new Sel4.Tools.Build.SelectedProgram("soak", 200),
            new Sel4.Tools.Build.SelectedProgram("ports", 1, "0x70", "two"),
            new Sel4.Tools.Build.SelectedProgram("both", 3, "x"),
        ]);
        var read = Sel4.RootServer.Selection.Parse(written.ToString(), out string problem);
        Assert.Equal("", problem);
        Assert.NotNull(read);
        Assert.Equal(["hello", "soak", "ports", "both"], read.Select(program => program.Name));
        Assert.Equal([1, 200, 1, 3], read.Select(program => program.Repeat));
        Assert.Equal(["0x70", "two"], read[2].Arguments);
        Assert.Equal(["x"], read[3].Arguments);
        Assert.Empty(read[0].Arguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\n")]
    [InlineData("sel4rpc-selection 2\nhello\n")]
    [InlineData("sel4rpc-selection 1\nhello repeat=0\n")]
    [InlineData("sel4rpc-selection 1\nhello repeat=x\n")]
    [InlineData("sel4rpc-selection 1\nhello repeat=1000001\n")]
    [InlineData("sel4rpc-selection 1\nhello world\n")]
    [InlineData("sel4rpc-selection 1\nhello repeat=2 world\n")]
    public void What_is_no_selection_is_refused_with_a_sentence(string text)
    {
        Assert.Null(Sel4.RootServer.Selection.Parse(text, out string problem));
        Assert.StartsWith("the selection", problem);
    }
}
