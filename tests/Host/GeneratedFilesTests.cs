// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Gen;

namespace Sel4.Tests;

/// <summary>Checked-in generated files are what their descriptions say today.</summary>
public sealed class GeneratedFilesTests
{
    [Fact]
    public void Every_generated_file_is_up_to_date()
    {
        IReadOnlyList<string> stale = Generator.Run(RepositoryLayout.Find().Root, checkOnly: true);
        Assert.True(stale.Count == 0, "run ./sel4 gen; out of date: " + string.Join(", ", stale));
    }
}
