// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Testing;

/// <summary>Small kernels, each with one thing that a kernel must not have, to show that the gates see it.</summary>
internal static class GateScratch
{
    internal const string Nothing = """
        internal static class Scratch
        {
            [System.Runtime.RuntimeExport("scratch")]
            internal static ulong Run(ulong value) => (value << 3) | 1;
        }
        """;

    internal const string Allocation = """
        internal sealed class Thing { internal ulong Value; }
        internal static class Scratch
        {
            [System.Runtime.RuntimeExport("scratch")]
            internal static object Run(ulong value) => new Thing { Value = value };
        }
        """;

    internal const string Throw = """
        internal static class Scratch
        {
            [System.Runtime.RuntimeExport("scratch")]
            internal static void Run(System.Exception error) => throw error;
        }
        """;

    internal const string LazyStatic = """
        internal static class Scratch
        {
            private static ulong s_start = Read();

            [System.Runtime.RuntimeImport("*", "scratch_read")]
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)]
            private static extern ulong Read();

            [System.Runtime.RuntimeExport("scratch")]
            internal static ulong Run() => s_start++;
        }
        """;

    internal const string StructCopy = """
        public struct Big { public ulong First, Second, Third, Fourth; }
        internal static unsafe class Scratch
        {
            [System.Runtime.RuntimeExport("scratch")]
            internal static void Run(Big* target, Big* source) => *target = *source;
        }
        """;
}
