// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Derivation;

/// <summary>Random CNode and Untyped invocations, sensible and not, with interruptions; the invariants hold after each.</summary>
/// <remarks>20 seeds of 1,000 steps. A failure names its seed and step; the same seed gives the same steps.</remarks>
public sealed class CapabilityOperationsPropertyTests
{
    private const int Steps = 1000;
    private const int Window = 24;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [Trait("Kind", "random")]
    [Rule("R-DER-01", "R-DER-09", "R-DER-13", "R-UT-13", "R-UT-16", "R-UT-22", "R-UT-27", "R-DEL-16")]
    [MemberData(nameof(Seeds))]
    public void No_sequence_of_operations_breaks_an_invariant(int seed)
    {
        using CapabilityWorld world = new();
        Run run = new(world, seed);
        for (int step = 0; step < Steps; step++)
        {
            string what = "nothing";
            try
            {
                what = run.Step();
                world.CheckInvariants();
                if (step % 100 == 99) world.CheckFreeMemory();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}: {what}", exception);
            }
        }
        Assert.True(run.Successes > Steps / 5, $"seed {seed}: only {run.Successes} of {Steps} invocations succeeded");
        world.Machine.IsInterruptPending = null;
        Expect.None(world.Revoke(CapabilityWorld.Untyped));
        Expect.None(world.Revoke(CapabilityWorld.DeviceUntyped));
        world.CheckInvariants();
        world.Make(ObjectType.Untyped, CapabilityWorld.UntypedBits, 200);
    }

    private sealed class Run(CapabilityWorld world, int seed)
    {
        private readonly CapabilityWorld _world = world;
        private readonly Random _random = new(seed);

        public int Successes { get; private set; }

        public string Step()
        {
            bool isInterrupted = _random.Next(4) == 0;
            _world.Machine.IsInterruptPending = () => isInterrupted;
            _world.Kernel.WorkUnits = isInterrupted ? PreemptionLimits.UnitsBetweenPolls - 1 - (ulong)_random.Next(5) : 0;
            InvocationLabel label = Label();
            SyscallError error = label == InvocationLabel.UntypedRetype ? Retype() : OnCNode(label);
            if (error.IsNone) Successes++;
            return $"{label} gave {error.Code}";
        }

        private InvocationLabel Label()
        {
            int dice = _random.Next(20);
            return dice switch
            {
                < 7 => InvocationLabel.UntypedRetype,
                < 10 => InvocationLabel.CNodeCopy,
                < 12 => InvocationLabel.CNodeMint,
                < 14 => InvocationLabel.CNodeMove,
                < 15 => InvocationLabel.CNodeMutate,
                < 16 => InvocationLabel.CNodeRotate,
                < 18 => InvocationLabel.CNodeDelete,
                < 19 => InvocationLabel.CNodeRevoke,
                _ => InvocationLabel.CNodeCancelBadgedSends,
            };
        }

        private SyscallError Retype()
        {
            Ref<CapabilitySlot> untyped = Find(CapabilityTag.Untyped);
            ObjectType type = (ObjectType)_random.Next((int)ObjectType.Count + 1);
            ulong sizeBits = type == ObjectType.CNode ? (ulong)_random.Next(0, 5) : (ulong)_random.Next(3, 16);
            (Ref<CapabilitySlot> root, ulong index, ulong depth) = Destination();
            // The window starts at a slot of the CNode, which depth 0 or a path to its capability names.
            ulong count = _random.Next(8) == 0 ? (ulong)_random.Next(300) : (ulong)_random.Next(1, 4);
            return _world.InvokeOnce(untyped, InvocationLabel.UntypedRetype, [(ulong)type, sizeBits, 0, 0, index, count], root);
        }

        private SyscallError OnCNode(InvocationLabel label)
        {
            (Ref<CapabilitySlot> invoked, ulong index, ulong depth) = Destination();
            (Ref<CapabilitySlot> root, ulong source, ulong sourceDepth) = Place(wantsFull: true);
            (Ref<CapabilitySlot> secondRoot, ulong second, ulong secondDepth) = Place(wantsFull: true);
            ulong data = Data();
            // Deleting the untypeds or the root would end the run, so methods that delete go for other slots.
            bool removes = label is InvocationLabel.CNodeDelete or InvocationLabel.CNodeRevoke;
            if (removes) (invoked, index, depth) = Place(wantsFull: true);
            if (label == InvocationLabel.CNodeRotate)
            {
                return _world.InvokeOnce(invoked, label,
                    [index, depth, data, second, secondDepth, Data(), source, sourceDepth], secondRoot, root);
            }
            return label is InvocationLabel.CNodeMutate
                ? _world.InvokeOnce(invoked, label, [index, depth, source, sourceDepth, data], root)
                : _world.InvokeOnce(invoked, label, [index, depth, source, sourceDepth, (ulong)_random.Next(16), data], root);
        }

        private ulong Data() => _random.Next(3) switch
        {
            0 => 0,
            1 => (ulong)_random.Next(1, 4),
            _ => new CNodeGuard((ulong)_random.Next(16), _random.Next(64)).Word,
        };

        private (Ref<CapabilitySlot> Root, ulong Index, ulong Depth) Destination() => Place(wantsFull: _random.Next(6) == 0);

        /// <summary>A slot as the methods name it: in the root CNode's window, or in some other CNode.</summary>
        private (Ref<CapabilitySlot> Root, ulong Index, ulong Depth) Place(bool wantsFull)
        {
            (Ref<CapabilitySlot>, ulong, ulong) place = default;
            for (int attempt = 0; attempt < 6; attempt++)
            {
                place = AnyPlace(out Ref<CapabilitySlot> slot);
                if (slot.Value.IsEmpty != wantsFull) break;
            }
            return place;
        }

        private (Ref<CapabilitySlot>, ulong, ulong) AnyPlace(out Ref<CapabilitySlot> slot)
        {
            Ref<CapabilitySlot> root = Find(CapabilityTag.CNode);
            Capability cnode = root.Value.Capability;
            if (_random.Next(2) == 0 || cnode.CNodeAddress == _world.Base)
            {
                int number = CapabilityWorld.FirstFree + _random.Next(Window);
                slot = _world.Slot(number);
                return (_world.Slot(CapabilityWorld.CNode), (ulong)number, 64);
            }
            ulong index = (ulong)_random.Next(1 << (int)cnode.CNodeRadix);
            slot = Slots.At(cnode.CNodeAddress, index);
            return (root, (cnode.CNodeGuard << (int)cnode.CNodeRadix) | index, cnode.CNodeRadix + cnode.CNodeGuardSize);
        }

        /// <summary>A random capability of a type, wherever it lies.</summary>
        private Ref<CapabilitySlot> Find(CapabilityTag tag)
        {
            List<Ref<CapabilitySlot>> found = [];
            foreach (int number in (int[])[CapabilityWorld.Untyped, CapabilityWorld.DeviceUntyped, CapabilityWorld.CNode])
            {
                for (Ref<CapabilitySlot> slot = _world.Slot(number); !slot.IsNull; slot = slot.Value.Next)
                {
                    if (slot.Value.Tag == tag) found.Add(slot);
                }
            }
            return found[_random.Next(found.Count)];
        }
    }
}
