// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.TestDriver.Bootstrap;

/// <summary>Ends the driver on purpose, to see that the host can tell. Switched off; a host test asks for it. TD:§9.8.</summary>
[Tests(Tags = "crash", Type = TestTypes.Bootstrap)]
internal static unsafe class Crash
{
    private static ulong s_word;

    [Test("The driver itself reads a null reference", Enabled = false)]
    internal static void CRASH0001() => s_word = *(ulong*)(s_word + 24);

    [Test("A bootstrap test must hold and does not", Enabled = false)]
    internal static void CRASH0002() => Assert.Equal(1ul, s_word + 2);
}
