// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.Fuzz;

/// <summary>What is in the image beside the program: code of the victims, parameters, memory of the watcher; and the heap's end.</summary>
internal static unsafe class VictimImage
{
    private const int ParameterNameWords = 2;

    /// <summary>The number that the tool wrote into the image; the same gives the same run.</summary>
    public static ulong Seed => ((ulong*)Parameters())[ParameterNameWords];

    /// <summary>How many system calls to make.</summary>
    public static ulong Calls => ((ulong*)Parameters())[ParameterNameWords + 1];

    /// <summary>Offset of an action's code from the start of the victims' page; action 0 is the system call.</summary>
    public static ulong Action(int number) => ((ulong*)Actions())[number];

    /// <summary>Address of the page with the victims' code.</summary>
    [RuntimeImport("*", "fuzz_victim_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Page();

    [RuntimeImport("*", "fuzz_victim_action_count")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int ActionCount();

    [RuntimeImport("*", "fuzz_watcher_buffer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong WatcherBuffer();

    [RuntimeImport("*", "fuzz_watcher_stack_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong WatcherStackEnd();

    [RuntimeImport("*", "fuzz_victim_actions")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Actions();

    [RuntimeImport("*", "fuzz_parameters_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Parameters();

    [RuntimeExport("runtime_heap_extend")]
    private static void* Extend(nuint minimumBytes, nuint* grantedBytes) => null;
}
