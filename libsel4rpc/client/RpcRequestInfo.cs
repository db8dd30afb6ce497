// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What was asked, remembered so that an error can say it.</summary>
internal readonly struct RpcRequestInfo
{
    private readonly RpcMessageCase _member;
    private readonly bool _isReturn;
    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;

    private RpcRequestInfo(RpcMessageCase member, bool isReturn, ulong first, ulong second, ulong third)
    {
        _member = member;
        _isReturn = isReturn;
        _first = first;
        _second = second;
        _third = third;
    }

    /// <summary>Takes down what a message asks for.</summary>
    public static RpcRequestInfo Of(in RpcMessage message) => message.Case switch
    {
        RpcMessageCase.Memory => OfMemory(in message.Memory),
        RpcMessageCase.Irq => message.Irq.Case switch
        {
            IrqAllocMessageCase.Msi => new(message.Case, false, 1, message.Irq.Msi.PciDev, message.Irq.Msi.Vector),
            IrqAllocMessageCase.IoApic => new(message.Case, false, 2, message.Irq.IoApic.Pin, message.Irq.IoApic.Vector),
            _ => new(message.Case, false, 3, message.Irq.Simple.Irq, message.Irq.Simple.Irq),
        },
        RpcMessageCase.IoPort => new(message.Case, false, message.IoPort.Start, message.IoPort.End, 0),
        RpcMessageCase.Release => new(message.Case, true, message.Release.Cookie, message.Release.Flags, 0),
        RpcMessageCase.Query => new(message.Case, false, message.Query.What, message.Query.Cookie, 0),
        RpcMessageCase.Range => new(message.Case, false, message.Range.Count, message.Range.SizeBits, message.Range.Type),
        RpcMessageCase.Quota => new(message.Case, false, message.Quota.Op, message.Quota.Kind, message.Quota.Amount),
        RpcMessageCase.Lease => new(message.Case, false, message.Lease.Cookie, message.Lease.DurationMs, 0),
        _ => new(message.Case, false, 0, 0, 0),
    };

    private static RpcRequestInfo OfMemory(in MemoryAllocMessage memory) =>
        new(RpcMessageCase.Memory, memory.Action != MemoryAction.Allocate, memory.Address, memory.SizeBits, memory.Type);

    /// <summary>What was asked, as the object of "asked for".</summary>
    public string Describe() => _member switch
    {
        RpcMessageCase.Memory when _isReturn => $"the return of grant 0x{_first:x}",
        RpcMessageCase.Memory => DescribeMemory(),
        RpcMessageCase.Irq => _first switch
        {
            1 => $"the message-signalled interrupt of PCI device {_second} with vector {_third}",
            2 => $"the interrupt of IOAPIC pin {_second} with vector {_third}",
            _ => $"interrupt {_second}",
        },
        RpcMessageCase.IoPort => _first == _second ? $"I/O port 0x{_first:x}" : $"I/O ports 0x{_first:x} to 0x{_second:x}",
        RpcMessageCase.Release => _second == 0 ? $"the return of grant 0x{_first:x}" : "the return of all grants",
        RpcMessageCase.Query => (QueryWhat)_first switch
        {
            QueryWhat.Redeliver => $"the capability of grant 0x{_second:x} once more",
            QueryWhat.Histogram or QueryWhat.Regions or QueryWhat.Counters => "information about the system",
            _ => "information about grants",
        },
        RpcMessageCase.Range => $"{_first} times {DescribeObject()}",
        RpcMessageCase.Quota => (QuotaOperation)_first == QuotaOperation.Get ? "a limit" : $"a limit to be changed by or to {_third}",
        RpcMessageCase.Lease => _second == 0 ? $"the end of grant 0x{_first:x}" : $"a lease of {_second} ms for grant 0x{_first:x}",
        _ => "something that is no request",
    };

    /// <summary>What a field of the request means to people, by its number in rpc.proto.</summary>
    public string NameOfField(uint number) => (_member, number) switch
    {
        (RpcMessageCase.Memory, 1) or (RpcMessageCase.Release, 1) => _isReturn ? "the handle" : "the address",
        (RpcMessageCase.Memory, 2) => "the size",
        (RpcMessageCase.Memory, 3) => "the type",
        (RpcMessageCase.Memory, 4) => "the action",
        (RpcMessageCase.IoPort, 1) => "the first port",
        (RpcMessageCase.IoPort, 2) => "the last port",
        (RpcMessageCase.Irq, 5) => "the vector",
        (RpcMessageCase.Irq, _) => NameOfIrqField(number),
        (RpcMessageCase.Range, 1) => "the type",
        (RpcMessageCase.Range, 2) => "the size",
        (RpcMessageCase.Range, 3) => "the number of objects",
        (RpcMessageCase.Range, 4) => "the lowest address",
        (RpcMessageCase.Range, 5) => "the highest address",
        (RpcMessageCase.Range, 6) => "the alignment",
        (RpcMessageCase.Quota, 2) => "the owner",
        (RpcMessageCase.Quota, 3) => "the kind",
        (RpcMessageCase.Lease, 1) => "the handle",
        (RpcMessageCase.Query, 4) => "the owner",
        (RpcMessageCase.Query, 5) => "the handle",
        (_, 10) => "the slot to place it in",
        _ => $"field {number}",
    };

    private string NameOfIrqField(uint number) => (_first, number) switch
    {
        (1, 1) => "the PCI bus",
        (1, 2) => "the PCI device",
        (1, 3) => "the PCI function",
        (2, 1) => "the number of the IOAPIC",
        (2, 2) => "the pin",
        (2, 3) => "the trigger",
        (2, 4) => "the polarity",
        (3, 2) => "the number",
        _ => $"field {number}",
    };

    private string DescribeMemory() =>
        _first == AnywhereAddress ? DescribeObject() : $"{DescribeObject()} at physical 0x{_first:x}";

    private string DescribeObject() => (ObjectType)_third switch
    {
        ObjectType.Untyped => $"{DescribeBytes(_second)} of untyped memory",
        ObjectType.CNode => $"a CNode of 2^{_second} slots",
        ObjectType.SmallPage => "a frame of 4 KiB",
        ObjectType.LargePage => "a frame of 2 MiB",
        ObjectType.HugePage => "a frame of 1 GiB",
        ObjectType.Tcb => "a TCB",
        ObjectType.Endpoint => "an endpoint",
        ObjectType.Notification => "a notification",
        ObjectType.PageTable => "a page table",
        ObjectType.PageDirectory => "a page directory",
        ObjectType.Pdpt => "a PDPT",
        ObjectType.Pml4 => "a PML4",
        _ => $"an object of type {_third}",
    };

    private static string DescribeBytes(ulong sizeBits) => sizeBits switch
    {
        < 10 => $"{1 << (int)sizeBits} bytes",
        < 20 => $"{1 << (int)(sizeBits - 10)} KiB",
        < 30 => $"{1 << (int)(sizeBits - 20)} MiB",
        < 48 => $"{1 << (int)(sizeBits - 30)} GiB",
        _ => $"2^{sizeBits} bytes",
    };

    /// <summary>On the wire: no particular address (RPC:R12).</summary>
    internal const ulong AnywhereAddress = 1;
}
