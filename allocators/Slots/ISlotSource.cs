// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Where capability slots come from. A slot's number is its capability pointer in the CSpace that it belongs to.</summary>
public interface ISlotSource
{
    /// <summary>How many can still be handed out without asking anybody for memory.</summary>
    int FreeCount { get; }

    /// <summary>Takes an empty slot; false when none is left (AL:I1).</summary>
    bool TryAllocate(out uint slot);

    /// <summary>Takes adjacent slots of one CNode (AL:L11); false when there is no such run.</summary>
    bool TryAllocateRun(int length, out uint firstSlot);

    /// <summary>Gives a slot back, which has to be empty. False, with nothing changed, when it is not ours or already free.</summary>
    bool Free(uint slot);
}
