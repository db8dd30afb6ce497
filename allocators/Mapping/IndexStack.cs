// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>The numbers from 0 up that are not in use, last in, first out.</summary>
internal sealed class IndexStack
{
    private readonly uint[] _numbers;

    public IndexStack(int capacity)
    {
        _numbers = new uint[capacity];
        for (int index = capacity - 1; index >= 0; index--) Push((uint)index);
    }

    public int Count { get; private set; }

    public uint Pop() => _numbers[--Count];

    public void Push(uint number) => _numbers[Count++] = number;
}
