// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What was asked once, and how it ended (RPC:R19).</summary>
public struct AuditRecord
{
    /// <summary>Counts all requests from 1.</summary>
    public ulong Serial;

    /// <summary>When it was answered, in milliseconds of the server's clock; 0 without one.</summary>
    public ulong TimeMs;

    /// <summary>Who asked.</summary>
    public ulong Owner;

    /// <summary>The first number of the request: address, port, interrupt, cookie, or what a query asks for.</summary>
    public ulong Argument;

    /// <summary>The second one: size, last port, amount.</summary>
    public ulong Argument2;

    /// <summary>The grant that came of it; 0 for none.</summary>
    public uint Cookie;

    /// <summary>The member of the request; None for bytes that were none.</summary>
    public RpcMessageCase Member;

    /// <summary>The error number.</summary>
    public ErrorCode Code;

    /// <summary>The reason.</summary>
    public Reason Reason;
}

/// <summary>The last requests: a ring that is written while serving, so that nothing is printed then (RPC:D31).</summary>
public sealed class AuditRing
{
    private readonly AuditRecord[] _records;

    /// <summary>Makes a ring of 2^<paramref name="sizeBits"/> records.</summary>
    public AuditRing(int sizeBits) => _records = new AuditRecord[1 << sizeBits];

    /// <summary>Serial number of the youngest record; 0 for none.</summary>
    public ulong Last { get; private set; }

    /// <summary>Serial number of the oldest record that is still there.</summary>
    public ulong First => Last < (ulong)_records.Length ? 1 : Last - (ulong)_records.Length + 1;

    /// <summary>How many were overwritten before <see cref="MarkRead"/> had them marked as read.</summary>
    public ulong Lost { get; private set; }

    /// <summary>The youngest one that somebody has read.</summary>
    public ulong Read { get; private set; }

    /// <summary>One record, between <see cref="First"/> and <see cref="Last"/>.</summary>
    public ref readonly AuditRecord this[ulong serial] => ref _records[(int)(serial & ((ulong)_records.Length - 1))];

    /// <summary>Says that everything up to this one was printed or handed on.</summary>
    public void MarkRead(ulong serial)
    {
        if (serial > Read) Read = serial;
    }

    /// <summary>The place of the next record, which is to be filled wholly.</summary>
    internal ref AuditRecord Next()
    {
        if (Last - Read >= (ulong)_records.Length)
        {
            Lost++;
            Read++;
        }
        Last++;
        ref AuditRecord record = ref _records[(int)(Last & ((ulong)_records.Length - 1))];
        record.Serial = Last;
        return ref record;
    }

    /// <summary>Takes down a request.</summary>
    internal static void Describe(in RpcMessage request, ref AuditRecord record)
    {
        switch (request.Case)
        {
            case RpcMessageCase.Memory:
                Set(ref record, request.Memory.Address, request.Memory.SizeBits);
                break;
            case RpcMessageCase.Irq:
                DescribeIrq(in request.Irq, ref record);
                break;
            case RpcMessageCase.IoPort:
                Set(ref record, request.IoPort.Start, request.IoPort.End);
                break;
            case RpcMessageCase.Release:
                Set(ref record, request.Release.Cookie, request.Release.Flags);
                break;
            case RpcMessageCase.Query:
                Set(ref record, request.Query.What, request.Query.Cookie);
                break;
            case RpcMessageCase.Range:
                Set(ref record, request.Range.Count, request.Range.SizeBits);
                break;
            case RpcMessageCase.Quota:
                Set(ref record, request.Quota.Subject, request.Quota.Amount);
                break;
            case RpcMessageCase.Lease:
                Set(ref record, request.Lease.Cookie, request.Lease.DurationMs);
                break;
            default:
                Set(ref record, 0, 0);
                break;
        }
    }

    private static void DescribeIrq(in IrqAllocMessage irq, ref AuditRecord record)
    {
        if (irq.Case == IrqAllocMessageCase.Simple) Set(ref record, irq.Simple.Irq, 0);
        else if (irq.Case == IrqAllocMessageCase.IoApic) Set(ref record, irq.IoApic.Vector, irq.IoApic.Pin);
        else Set(ref record, irq.Msi.Vector, irq.Msi.PciBus << 8 | irq.Msi.PciDev << 3 | irq.Msi.PciFunc);
    }

    private static void Set(ref AuditRecord record, ulong first, ulong second)
    {
        record.Argument = first;
        record.Argument2 = second;
    }
}
