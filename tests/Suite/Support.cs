// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Small questions and messages that tests of all areas have use for.</summary>
internal static class Ask
{
    /// <summary>Whether a slot of the test's CNode holds a capability of a type.</summary>
    internal static bool Holds(ulong slot, CapabilityTypeTag tag) => new Cap<Frame>(slot).Identify() == tag;

    internal static bool IsEmpty(ulong slot) => Holds(slot, CapabilityTypeTag.Null);

    /// <summary>The header of a message of so many words.</summary>
    internal static MessageInfo Words(int length, ulong label = 0, int caps = 0) => new(label, 0, caps, length);

    /// <summary>Whether something can be made in all of an untyped's memory.</summary>
    internal static bool IsWhole(Cap<Untyped> untyped, int sizeBits)
    {
        ulong slot = Make.Slot();
        bool isWhole = untyped.Split(sizeBits, Make.Into(slot)).IsOk;
        Make.At(slot).Delete();
        return isWhole;
    }
}
