// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Second-level CNodes from untyped memory (AL:L6): the capability that mounts one is the only one there is.</summary>
public sealed class LeafCNodes(IObjectOperations kernel, CSpaceShape shape) : ILeafMaker
{
    private readonly IObjectOperations _kernel = kernel;
    private readonly CSpaceShape _shape = shape;
    private readonly UntypedBlock[] _blocks = new UntypedBlock[1 << shape.RootBits];
    private IUntypedStore? _memory;

    /// <summary>Says where memory comes from, once that exists: it needs slots itself.</summary>
    public void Attach(IUntypedStore memory) => _memory = memory;

    /// <inheritdoc/>
    public bool TryMake(uint leaf)
    {
        if (_memory is null) throw new InvalidOperationException("second-level CNodes need memory: Attach was not called");
        ObjectSizes.TryGetBits(ObjectType.CNode, _shape.LeafBits, out int bits);
        Request request = new(RequestDraft.Any(0, ResourceKind.Ram, ObjectType.CNode, bits));
        if (_memory.Take(in request, null, out UntypedBlock block) != AllocationError.None) return false;
        if (_kernel.MakeLeaf(block.Slot, _shape.LeafBits, leaf) != ErrorCode.None)
        {
            _memory.Put(block);
            return false;
        }

        _blocks[leaf] = block;
        return true;
    }

    /// <inheritdoc/>
    public void Remove(uint leaf)
    {
        _memory?.Put(_blocks[leaf]);
        _blocks[leaf] = default;
    }
}
