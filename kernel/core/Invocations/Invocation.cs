// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>One invocation of a kernel object as its decode method sees it: who, on which slot, with what message.</summary>
/// <remarks>
/// Filled field by field by the dispatcher (<c>Syscalls/InvocationDispatch.cs</c>) and passed by <c>in</c>. Extra capability
/// slots that were not sent have address zero; a sent CPtr that resolves to an empty slot has the address of that slot
/// (R-SYS-08).
/// </remarks>
public unsafe struct Invocation
{
    public Ref<Tcb> Caller;

    /// <summary>The slot whose capability is invoked.</summary>
    public Ref<CapabilitySlot> Slot;

    /// <summary>The invoked capability as read from the slot.</summary>
    public ulong CapabilityWord0;
    public ulong CapabilityWord1;

    /// <summary>The CPtr the caller used, for diagnostics.</summary>
    public ulong CapabilityPointer;

    public ulong Label;

    /// <summary>Number of message words, already cut to what the caller can pass (R-SYS-14, R-SYS-15).</summary>
    public int Length;

    /// <summary>Number of extra capabilities sent, 0…3.</summary>
    public int ExtraCount;

    /// <summary>Kernel address of the caller's IPC buffer; zero when it has none.</summary>
    public ulong Buffer;

    /// <summary>The first four message words, from the caller's registers.</summary>
    public ulong Word0;
    public ulong Word1;
    public ulong Word2;
    public ulong Word3;

    public Ref<CapabilitySlot> Extra0;
    public Ref<CapabilitySlot> Extra1;
    public Ref<CapabilitySlot> Extra2;

    /// <summary>True when the caller waits for an answer (Call).</summary>
    public bool IsCall;

    public readonly Capability Capability
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(CapabilityWord0, CapabilityWord1);
    }

    /// <summary>Message word <paramref name="index"/>; the caller of this method has checked it against <see cref="Length"/>.</summary>
    public readonly ulong this[int index]
    {
        // Nearly every index is a constant, for which one load is left of this.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (index == 0) return Word0;
            if (index == 1) return Word1;
            if (index == 2) return Word2;
            if (index == 3) return Word3;
            // SAFETY: Length above 4 implies a buffer, and Length is at most 120.
            return *(ulong*)(Buffer + 8 + (8 * (ulong)index));
        }
    }

    /// <summary>Extra capability slot <paramref name="index"/> (0…2); null when fewer were sent.</summary>
    public readonly Ref<CapabilitySlot> Extra(int index) => index == 0 ? Extra0 : index == 1 ? Extra1 : Extra2;
}
