// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tests.Abi;

/// <summary>Finds the top folder of the tree from where the tests run.</summary>
internal static class RepositoryRoot
{
    internal static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "libsel4", "abi", "objects.api")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the tree");
    }
}
