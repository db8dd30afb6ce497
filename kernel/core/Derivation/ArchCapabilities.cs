// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Tells the capabilities that the architecture judges from those that the core judges.</summary>
public static class ArchCapabilities
{
    /// <summary>
    /// True for frames, paging structures, ASID control and pools, I/O ports and their control: exactly the types with an
    /// odd tag (ABI §11.2). IRQControl is none of them; only its invocation goes to the architecture.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsArch(CapabilityTag tag) => ((int)tag & 1) != 0;
}
