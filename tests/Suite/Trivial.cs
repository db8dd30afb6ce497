// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>That there is a process at all, and that it can tell so.</summary>
[Tests(Tags = "trivial")]
internal static class Trivial
{
    [Test("A test that does nothing passes")]
    internal static void TRIVIAL0000()
    {
    }

    [Test("Assertions that hold pass", Rules = "TD:R1")]
    internal static void TRIVIAL0001()
    {
        Check.That(Test.Name == "TRIVIAL0001");
        Check.Equal(12ul, Test.Value(StartupPage.NameBytes) + 1);
    }
}
