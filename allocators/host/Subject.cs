// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators.Bench;

/// <summary>An allocator under measurement: a store over fresh memory of a kernel model.</summary>
internal sealed class Subject
{
    private const uint FirstSlot = 1000;

    private Subject(ModelKernel kernel, IUntypedStore store, UntypedAllocator tree, SlotAllocator slots, IPieceChooser? chooser)
    {
        Kernel = kernel;
        Store = store;
        Tree = tree;
        Slots = slots;
        Chooser = chooser;
    }

    public ModelKernel Kernel { get; }

    public IUntypedStore Store { get; }

    /// <summary>The tree at the bottom.</summary>
    public UntypedAllocator Tree { get; }

    public SlotAllocator Slots { get; }

    public IPieceChooser? Chooser { get; }

    /// <summary>What is compared.</summary>
    public static (string Name, Func<int, Subject> Make)[] All =>
    [
        ("tree, merged on demand", bits => Make(bits, (tree, _, _) => tree)),
        ("slabs on the tree", bits => Make(bits, (tree, kernel, slots) => new SlabStore(tree, kernel, slots, 512))),
        ("tree, merged eagerly", bits => Make(bits, (tree, _, _) => new EagerStore(tree))),
        ("the same, a call for each half", bits => Make(bits, (tree, _, _) => new EagerStore(tree), isTwoCalls: true)),
    ];

    /// <summary>The default allocator, with a say in where things go.</summary>
    public static Subject WithChooser(int bits, IPieceChooser chooser) => Make(bits, (tree, _, _) => tree, chooser: chooser);

    private static Subject Make(
        int bits, Func<UntypedAllocator, IUntypedOperations, SlotAllocator, IUntypedStore> store, bool isTwoCalls = false,
        IPieceChooser? chooser = null)
    {
        ModelKernel kernel = new();
        SlotAllocator slots = new(FirstSlot, FirstSlot + SlotAllocator.MaxSlots);
        IUntypedOperations operations = isTwoCalls ? new TwoCallKernel(kernel) : kernel;
        UntypedAllocator tree = new(operations, slots, 1 << 17, 4);
        kernel.AddBootUntyped(1, 1ul << 32, bits);
        tree.Adopt(1, 1ul << 32, bits, MemoryKind.Ram);
        return new Subject(kernel, store(tree, operations, slots), tree, slots, chooser);
    }

    /// <summary>Merges whatever can be merged after each block that comes back.</summary>
    private sealed class EagerStore(UntypedAllocator tree) : IUntypedStore
    {
        public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block) =>
            tree.Take(in request, chooser, out block);

        public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block) =>
            tree.TakeAt(physicalAddress, sizeBits, out block);

        public AllocationError Put(UntypedBlock block)
        {
            AllocationError error = tree.Put(block);
            tree.MergeAll();
            return error;
        }

        public bool IsGranted(UntypedBlock block) => tree.IsGranted(block);

        public int LargestFree(MemoryKind kind) => tree.LargestFree(kind);

        public UntypedTotals Totals(MemoryKind kind) => tree.Totals(kind);

        public void Walk(IPieceVisitor visitor) => tree.Walk(visitor);
    }

    /// <summary>Splits with two calls.</summary>
    private sealed class TwoCallKernel(ModelKernel kernel) : IUntypedOperations
    {
        public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count)
        {
            for (uint index = 0; index < count; index++)
            {
                ErrorCode error = kernel.Split(untypedSlot, sizeBits, firstSlot + index, 1);
                if (error != ErrorCode.None) return error;
            }

            return ErrorCode.None;
        }

        public ErrorCode Revoke(uint slot) => kernel.Revoke(slot);
    }
}
