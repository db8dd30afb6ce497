// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>The life of one test in a process of its own: made, served, taken back, and the books compared. TD:§3, TD:§10.</summary>
internal sealed class TestLife(OwnResources own, TestChild child, DriverClock clock, ResourceServer server, Books books, Reporter reporter)
{
    private const int EndpointCount = 3;
    private readonly OwnResources _own = own;
    private readonly TestChild _child = child;
    private readonly DriverClock _clock = clock;
    private readonly ResourceServer _server = server;
    private readonly Books _books = books;
    private readonly TestLoader _loader = new(own, clock);
    private readonly ChildInspector _inspector = new(own.Scratch);
    private readonly TestSession _session = new(
        new CapabilityPointer(own.Endpoint), clock, server, reporter, new ChildInspector(own.Scratch));

    /// <summary>Runs a test to its end and takes everything back.</summary>
    /// <param name="file">The program that holds it.</param>
    public void Run(TestInfo test, ReadOnlySpan<byte> file, TestResult result, ulong seed, ulong limitNanoseconds)
    {
        Totals before = _books.Take();
        _server.Open(_child.Session, _child.OwnerId, TestChild.Limits);
        string? problem = _loader.Load(_child, file, test, seed, _server);
        if (problem == null)
        {
            TestLoader.Name(_child, test);
            _session.Run(_child, result, seed, limitNanoseconds);
            if (_session.TraceBytes > 0)
                _inspector.DescribeTrace(_child, _session.TraceOffset, _session.TraceBytes, result.Details);
            FindHoldings(test, result);
        }
        else
        {
            result.End(TestVerdict.Refused);
            LogText.Keep($"its process could not be made: {problem}{_loader.KernelError}");
            result.Details.Add("text", LogText.Line);
        }

        if (!TakeBack()) Leak(result, "the memory for its own use cannot be used in full again");
        Totals after = _books.Take();
        if (after.DifferenceFrom(in before) is { } difference) Leak(result, difference);
    }

    /// <summary>What the test holds of the driver at its end is a leak of the test's, though all of it comes back (TD:L1).</summary>
    private void FindHoldings(TestInfo test, TestResult result)
    {
        int grants = _child.Session.GrantCount;
        int interrupts = _server.InterruptCount;
        int ports = _server.PortRangeCount;
        int memory = grants - interrupts - ports;
        // A heap that has grown is not given back by anybody; such tests say so.
        bool hasHeap = TestInfo.HasWord(test.Requirements, "heap");
        if (memory > 0 && !hasHeap) Leak(result, memory, "memory grants");
        if (interrupts > 0) Leak(result, interrupts, "interrupts");
        if (ports > 0) Leak(result, ports, "port ranges");
        if (result.SlotsHeld > (ulong)grants && !hasHeap) Leak(result, (int)result.SlotsHeld - grants, "slots");
        if (_clock.Timeouts.Count > 0) Leak(result, _clock.Timeouts.Count, "time-outs");
    }

    private static void Leak(TestResult result, int count, string what)
    {
        LogText.Keep($"{count} {what}");
        result.Details.Add("leak", LogText.Line);
        result.Worsen(TestVerdict.Leak);
    }

    private static void Leak(TestResult result, string what)
    {
        result.Details.Add("leak", what);
        result.Worsen(TestVerdict.Leak);
    }

    /// <summary>In the order of RT:§7. True when all of the memory for tests can be had in one piece again (TD:L2).</summary>
    private bool TakeBack()
    {
        if (_child.Tcb != 0) new Cap<Tcb>(_child.Tcb).Suspend();
        _clock.Clear();
        for (uint index = 0; _child.Endpoints != 0 && index < EndpointCount; index++)
            CNodeInvocation.CancelBadgedSends(OwnCSpace.Root, _child.Endpoints + index, AbiConstants.WordBits);
        while (!_server.ReleaseSome(_child.Session))
        {
        }

        bool isWhole = IsMemoryWhole();
        _child.Arena.Release();
        for (uint index = 0; _child.Endpoints != 0 && index < EndpointCount; index++)
        {
            OwnCSpace.Revoke(_child.Endpoints + index);
            OwnCSpace.Delete(_child.Endpoints + index);
            _own.Space.Slots.Free(_child.Endpoints + index);
        }

        _child.Forget();
        return isWhole;
    }

    private bool IsMemoryWhole()
    {
        OwnCSpace.Revoke(_child.Memory.Slot);
        bool isWhole = OwnCSpace.Retype(_child.Memory.Slot, ObjectType.Untyped, TestChild.MemoryBits, _child.Spare, 1).IsOk;
        OwnCSpace.Delete(_child.Spare);
        return isWhole;
    }
}
