// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Carries a message from Google's classes into ours, written by hand so that it checks the generated names.</summary>
internal static class MessageMapping
{
    public static void Fill(ref RpcMessage target, G.RpcMessage source)
    {
        target.Clear();
        Member(ref target, source);
        if (source.Hello is { } hello)
        {
            target.SelectHello();
            target.Hello.Version = hello.Version;
            target.Hello.Features = hello.Features;
        }
        if (source.Info is { } info) Info(ref target, info);
        target.RequestId = source.RequestId;
        if (source.Hints is { } hints) Hints(ref target, hints);
        if (source.Detail is { } detail) Detail(ref target, detail);
        foreach (G.RecordMessage record in source.Record) Record(ref target.Record[target.AddRecord()], record);
        target.NextCursor = source.NextCursor;
        foreach (G.QuotaStateMessage state in source.QuotaState)
        {
            ref QuotaStateMessage entry = ref target.QuotaState[target.AddQuotaState()];
            (entry.Kind, entry.Limit, entry.Used, entry.Peak) = (state.Kind, state.Limit, state.Used, state.Peak);
        }
    }

    private static void Member(ref RpcMessage target, G.RpcMessage source)
    {
        switch (source.MsgCase)
        {
            case G.RpcMessage.MsgOneofCase.Ret:
                target.SelectRet();
                Ret(ref target.Ret, source.Ret);
                break;
            case G.RpcMessage.MsgOneofCase.Memory:
                target.SelectMemory();
                target.Memory.Address = source.Memory.Address;
                target.Memory.SizeBits = source.Memory.SizeBits;
                target.Memory.Type = source.Memory.Type;
                target.Memory.Action = (MemoryAction)(ulong)(long)source.Memory.Action;  // negative numbers travel sign-extended
                break;
            case G.RpcMessage.MsgOneofCase.Irq:
                target.SelectIrq();
                Irq(ref target.Irq, source.Irq);
                break;
            case G.RpcMessage.MsgOneofCase.Ioport:
                target.SelectIoPort();
                (target.IoPort.Start, target.IoPort.End) = (source.Ioport.Start, source.Ioport.End);
                break;
            default:
                VersionTwoMember(ref target, source);
                break;
        }
    }

    private static void VersionTwoMember(ref RpcMessage target, G.RpcMessage source)
    {
        switch (source.MsgCase)
        {
            case G.RpcMessage.MsgOneofCase.Release:
                target.SelectRelease();
                (target.Release.Cookie, target.Release.Flags) = (source.Release.Cookie, source.Release.Flags);
                break;
            case G.RpcMessage.MsgOneofCase.Query:
                target.SelectQuery();
                (target.Query.What, target.Query.Cursor, target.Query.Max) = (source.Query.What, source.Query.Cursor, source.Query.Max);
                (target.Query.Owner, target.Query.Cookie) = (source.Query.Owner, source.Query.Cookie);
                break;
            case G.RpcMessage.MsgOneofCase.Range:
                target.SelectRange();
                (target.Range.Type, target.Range.SizeBits) = (source.Range.Type, source.Range.SizeBits);
                target.Range.Count = source.Range.Count;
                (target.Range.MinAddr, target.Range.MaxAddr) = (source.Range.MinAddr, source.Range.MaxAddr);
                (target.Range.AlignBits, target.Range.Flags) = (source.Range.AlignBits, source.Range.Flags);
                break;
            case G.RpcMessage.MsgOneofCase.Quota:
                target.SelectQuota();
                (target.Quota.Op, target.Quota.Subject) = (source.Quota.Op, source.Quota.Subject);
                (target.Quota.Kind, target.Quota.Amount) = (source.Quota.Kind, source.Quota.Amount);
                break;
            case G.RpcMessage.MsgOneofCase.Lease:
                target.SelectLease();
                (target.Lease.Cookie, target.Lease.DurationMs) = (source.Lease.Cookie, source.Lease.DurationMs);
                break;
        }
    }

    private static void Ret(ref ReturnMessage target, G.ReturnMessage source)
    {
        (target.ErrorCode, target.Cookie, target.Detail, target.Paddr) = (source.ErrorCode, source.Cookie, source.Detail, source.Paddr);
        (target.SizeBits, target.LeaseMs, target.Granted, target.Caps) = (source.SizeBits, source.LeaseMs, source.Granted, source.Caps);
    }

    private static void Irq(ref IrqAllocMessage target, G.IrqAllocMessage source)
    {
        switch (source.TypeCase)
        {
            case G.IrqAllocMessage.TypeOneofCase.Msi:
                target.SelectMsi();
                (target.Msi.PciBus, target.Msi.PciDev, target.Msi.PciFunc) = (source.Msi.PciBus, source.Msi.PciDev, source.Msi.PciFunc);
                (target.Msi.Handle, target.Msi.Vector) = (source.Msi.Handle, source.Msi.Vector);
                break;
            case G.IrqAllocMessage.TypeOneofCase.Ioapic:
                target.SelectIoApic();
                (target.IoApic.IoApic, target.IoApic.Pin) = (source.Ioapic.Ioapic, source.Ioapic.Pin);
                target.IoApic.Level = source.Ioapic.Level;
                (target.IoApic.Polarity, target.IoApic.Vector) = (source.Ioapic.Polarity, source.Ioapic.Vector);
                break;
            case G.IrqAllocMessage.TypeOneofCase.Simple:
                target.SelectSimple();
                (target.Simple.SetTrigger, target.Simple.Irq) = (source.Simple.SetTrigger, source.Simple.Irq);
                target.Simple.Trigger = source.Simple.Trigger;
                break;
        }
    }

    private static void Info(ref RpcMessage target, G.InfoMessage source)
    {
        target.SelectInfo();
        (target.Info.Version, target.Info.Features, target.Info.WordBits) = (source.Version, source.Features, source.WordBits);
        (target.Info.MaxBytes, target.Info.Owner, target.Info.ConfigHash) = (source.MaxBytes, source.Owner, source.ConfigHash);
        target.Info.Name.Set(Encoding.UTF8.GetBytes(source.Name));
    }

    private static void Hints(ref RpcMessage target, G.HintsMessage source)
    {
        target.SelectHints();
        ref HintsMessage hints = ref target.Hints;
        (hints.Policy, hints.Flags, hints.MinAddr, hints.MaxAddr) = (source.Policy, source.Flags, source.MinAddr, source.MaxAddr);
        (hints.Lifetime, hints.Priority, hints.Colour, hints.LeaseMs) = (source.Lifetime, source.Priority, source.Colour, source.LeaseMs);
        hints.Label.Set(Encoding.UTF8.GetBytes(source.Label));
        (hints.DestSlot, hints.WaitMs) = (source.DestSlot, source.WaitMs);
    }

    private static void Detail(ref RpcMessage target, G.DetailMessage source)
    {
        target.SelectDetail();
        ref DetailMessage detail = ref target.Detail;
        (detail.KernelError, detail.Argument) = (source.KernelError, source.Argument);
        (detail.RangeMin, detail.RangeMax) = (source.RangeMin, source.RangeMax);
        (detail.Available, detail.QuotaKind) = (source.Available, source.QuotaKind);
        detail.Text.Set(Encoding.UTF8.GetBytes(source.Text));
    }

    private static void Record(ref RecordMessage target, G.RecordMessage source)
    {
        (target.Cookie, target.Kind, target.Start, target.Length) = (source.Cookie, source.Kind, source.Start, source.Length);
        (target.Type, target.Owner, target.Flags, target.LeaseMs) = (source.Type, source.Owner, source.Flags, source.LeaseMs);
        target.Label.Set(Encoding.UTF8.GetBytes(source.Label));
    }
}
