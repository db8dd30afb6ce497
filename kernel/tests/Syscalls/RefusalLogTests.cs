// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Sel4.Abi;

namespace Kernel.Tests.Syscalls;

/// <summary>The sentence that a refused invocation leaves on the console.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private readonly SimSystem _sim = new(logLevel: 2);

    private SimThread Root => _sim.Root;

    public void Dispose() => _sim.Dispose();

    private void AssertSaid(params string[] parts)
    {
        Assert.StartsWith("refused: ", _sim.Console);
        Assert.EndsWith("\n", _sim.Console);
        Assert.Equal(1, _sim.Console.Count(character => character == '\n'));
        foreach (string part in parts) Assert.Contains(part, _sim.Console);
    }

    [Fact]
    public void It_names_method_object_and_allowed_range()
    {
        ulong tcb = _sim.NewObject(ObjectType.Tcb);
        Root.Invoke(tcb, InvocationLabel.TcbSetPriority, [300], [InitialSlot.Tcb]);
        AssertSaid("SetPriority", "of the Tcb capability 0x", "with 1 words and 1 capabilities", "RangeError, allowed is 0 to 255");
    }

    [Fact]
    public void It_says_what_the_wrong_capability_was()
    {
        Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetPriority, [3], [InitialSlot.CNode]);
        AssertSaid("InvalidCapability, capability 1 was CNode");
    }

    [Fact]
    public void It_says_what_the_wrong_argument_was()
    {
        Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [7]);
        AssertSaid("InvalidArgument, argument 0 was 0x7");
    }

    [Fact]
    public void It_explains_a_failed_lookup()
    {
        Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [1ul << 40, 64]);
        AssertSaid("FailedLookup, the destination: GuardMismatch with 64 bits left and 54 found, guard 0x0");
    }

    [Fact]
    public void It_tells_of_a_send_to_an_empty_slot()
    {
        Root.Send(1000, 9);
        AssertSaid("asked a send of the Null capability 0x3e8");
    }

    [Fact]
    public void It_tells_how_much_memory_is_left()
    {
        ulong untyped = _sim.NewObject(ObjectType.Untyped, 12);
        Root.Invoke(untyped, InvocationLabel.UntypedRetype, [(ulong)ObjectType.LargePage, 0, 0, 0, 900, 1], [InitialSlot.CNode]);
        AssertSaid("Untyped_Retype", "NotEnoughMemory, bytes left: 4096");
    }

    [Fact]
    public void It_keeps_quiet_about_what_succeeds()
    {
        Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetMcPriority, [3], [InitialSlot.Tcb]);
        Assert.Equal("", _sim.Console);
    }
}
