// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The slots that one chain of splits needs, taken before the first kernel call (AL:B5).</summary>
/// <remarks>Adjacent pairs where the slot bitmap has them, so that one Retype makes both halves; single slots otherwise.</remarks>
internal sealed class SplitReserve
{
    private readonly uint[] _lower = new uint[AbiConstants.MaxUntypedBits];
    private readonly uint[] _upper = new uint[AbiConstants.MaxUntypedBits];
    private int _levels;

    public uint Lower(int level) => _lower[level];

    public uint Upper(int level) => _upper[level];

    /// <summary>Takes two slots for each level; false with nothing taken when there are not enough.</summary>
    public bool TryFill(ISlotSource slots, int levels)
    {
        if (slots.FreeCount < 2 * levels) return false;
        for (int level = 0; level < levels; level++)
        {
            if (slots.TryAllocateRun(2, out _lower[level]))
            {
                _upper[level] = _lower[level] + 1;
                continue;
            }

            // FreeCount was checked: two single slots are always left.
            slots.TryAllocate(out _lower[level]);
            slots.TryAllocate(out _upper[level]);
        }

        _levels = levels;
        return true;
    }

    /// <summary>Gives back the slots from level <paramref name="fromLevel"/> on.</summary>
    public void Return(ISlotSource slots, int fromLevel)
    {
        for (int level = fromLevel; level < _levels; level++)
        {
            slots.Free(_lower[level]);
            slots.Free(_upper[level]);
        }
    }
}
