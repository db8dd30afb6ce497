// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Freed blocks that wait before they are used again (AL:G3). They count as free, and are so at the first shortage.</summary>
internal sealed class RestingBlocks(UntypedTree tree, int delay)
{
    private readonly UntypedTree _tree = tree;
    private readonly uint[] _ring = new uint[delay];
    private int _first;
    private int _count;

    /// <summary>Lets a block rest; the one that has rested longest is free now.</summary>
    public void Release(uint index)
    {
        if (_ring.Length == 0)
        {
            _tree.Release(index);
            return;
        }

        if (_count == _ring.Length) ReleaseOldest();
        _tree.Books.Move(ref _tree.Pool[index], NodeState.Resting);
        _ring[(_first + _count++) % _ring.Length] = index;
    }

    /// <summary>Makes all of them free; false when there were none.</summary>
    public bool ReleaseAll()
    {
        bool any = _count != 0;
        while (_count != 0) ReleaseOldest();
        return any;
    }

    private void ReleaseOldest()
    {
        uint index = _ring[_first];
        _first = (_first + 1) % _ring.Length;
        _count--;
        _tree.Release(index);
    }
}
