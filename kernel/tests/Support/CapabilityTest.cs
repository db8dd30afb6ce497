// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.Tests.Support;

/// <summary>A test with a fresh <see cref="CapabilityWorld"/>, whose invariants are checked once more at the end.</summary>
public abstract class CapabilityTest : IDisposable
{
    protected CapabilityWorld World { get; } = new();

    public void Dispose()
    {
        World.CheckInvariants();
        World.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a call and expects that it is refused in the way given, with no slot changed.</summary>
    protected void Refused(SyscallError expected, Func<SyscallError> call)
    {
        ulong[] before = World.Snapshot();
        Expect.Equal(expected, call());
        Assert.Equal(before, World.Snapshot());
        World.CheckInvariants();
    }

    /// <summary>The answer to a lookup that failed in the destination or the source.</summary>
    protected static SyscallError Lookup(LookupFailure failure, bool wasSource) => SyscallError.FailedLookup(failure, wasSource);

    protected static SyscallError Missing(ulong bitsLeft, bool wasSource) =>
        SyscallError.FailedLookup(LookupFailure.MissingCapability(bitsLeft), wasSource);

    /// <summary>The types of the capabilities in slots of the root CNode.</summary>
    protected CapabilityTag[] Tags(params ReadOnlySpan<int> slots)
    {
        CapabilityTag[] tags = new CapabilityTag[slots.Length];
        for (int i = 0; i < slots.Length; i++) tags[i] = World.At(slots[i]).Tag;
        return tags;
    }

    protected void AssertEmpty(params ReadOnlySpan<int> slots)
    {
        foreach (int slot in slots) Assert.True(World.Slot(slot).Value.IsEmpty, $"slot {slot} holds a {World.At(slot).Tag}");
    }

    /// <summary>Stores a capability that no method here can make, as a child of another.</summary>
    protected void Plant(int parent, int slot, Capability capability) =>
        MappingDatabase<TestArch>.InsertChild(World.Slot(parent), World.Slot(slot), capability);

    protected static ulong Guard(ulong guard, int size) => new CNodeGuard(guard, size).Word;
}
