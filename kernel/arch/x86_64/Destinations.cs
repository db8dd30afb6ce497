// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>The slot into which a control capability puts the one that it issues.</summary>
internal static class Destinations
{
    /// <summary>Lookup as for CNode operations, then DeleteFirst when the slot is taken (ABI §18–20, R-IRQ-02).</summary>
    internal static SyscallError Find(Capability root, ulong index, ulong depth, out Ref<CapabilitySlot> slot)
    {
        SyscallError error = CSpaceLookup.FindForOperation(root, index, depth, isSource: false, out slot);
        if (!error.IsNone) return error;
        return slot.Value.IsEmpty ? SyscallError.None : SyscallError.DeleteFirst;
    }
}
