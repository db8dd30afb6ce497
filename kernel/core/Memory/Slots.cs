// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Addresses of the slots inside kernel objects.</summary>
public static class Slots
{
    /// <summary>Bytes of one slot.</summary>
    public const ulong Bytes = 1ul << AbiConstants.SlotSizeBits;

    /// <summary>Slot <paramref name="index"/> of an array of slots; the caller has checked the index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ref<CapabilitySlot> At(ulong firstSlotAddress, ulong index) =>
        new(firstSlotAddress + (index << AbiConstants.SlotSizeBits));

    /// <summary>A slot that a thread holds itself; they lie at the start of the TCB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ref<CapabilitySlot> Of(Ref<Tcb> thread, TcbSlot slot) => At(thread.Address, (ulong)slot);
}
