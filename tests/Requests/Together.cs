// SPDX-License-Identifier: BSD-2-Clause

using Sel4;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

/// <summary>Children that depend on each other: a parent raises a limit, two share a device.</summary>
internal static unsafe class Together
{
    private const ulong PageAddress = 0x40_0000_0000;
    private const int MaxTurns = 200_000;

    /// <summary>
    /// Waits to be asked, and raises the limit of whoever below waits for it; then sees the child off, so that it does not die with
    /// its parent.
    /// </summary>
    public static bool GiveUntilTheChildIsGone(RpcClient client)
    {
        if (!Check.Holds(client.WaitForRequest(30_000)) || !Check.That(client.Reply.RecordCount == 1, "nobody asks")) return false;
        ref readonly RecordMessage waiting = ref client.Reply.Record[0];
        ulong child = waiting.Owner;
        var kind = (QuotaKind)waiting.Kind;
        ulong missing = waiting.Length;
        if (!Check.That(kind == QuotaKind.RamBytes && missing != 0, "the request does not say what is missing")) return false;
        if (!Check.Holds(client.GetQuota(kind, out QuotaState state, child))) return false;
        if (!Check.Holds(client.SetQuota(child, kind, state.Limit + missing))) return false;
        for (int turn = 0; client.GetQuota(kind, out _, child).IsOk; turn++)
        {
            if (!Check.That(turn < MaxTurns, "the child does not end")) return false;
            Syscall.Yield();
        }

        return true;
    }

    /// <summary>Its limit is 64 KiB; it waits for 128.</summary>
    public static bool AskForMoreThanAllowed(RpcClient client)
    {
        RpcError error = client.AllocateUntyped(17, out _);
        if (!Check.That(error.Reason == Reason.QuotaExceeded && error.Available == 64 << 10, "it was not refused")) return false;
        var patient = new GrantOptions { WaitMs = 30_000, Label = "more" };
        if (!Check.Holds(client.AllocateObject(ObjectType.Untyped, 17, out Grant grant, null, in patient))) return false;
        bool isThere = ProcessSlots.TryAcquireRun(1, out CapabilityPointer slot)
            && grant.As<Untyped>().Retype(ObjectType.SmallPage, 0, CNodeDestination.InRoot(ProcessEnvironment.CNode, slot.Value)).IsOk;
        return Check.That(isThere, "what came late is no untyped memory") && Check.Holds(client.Free(grant));
    }

    /// <summary>Both map the same page of a screen; each writes its number and waits for the other's.</summary>
    public static bool Share(RpcClient client, ushort own, ushort other)
    {
        var shared = new GrantOptions { IsShared = true };
        RpcError error = client.AllocateObject(ObjectType.SmallPage, 0, out Grant screen, new PhysicalAddress(0xb8000), in shared);
        if (!Check.Holds(error)) return false;
        if (!Check.That(new AddressSpace(client).Map(screen.As<Frame>(), PageAddress).IsOk, "it cannot be mapped")) return false;
        ushort* cells = (ushort*)PageAddress;
        for (int turn = 0; ; turn++)
        {
            cells[own] = (ushort)(0x1f00 | own);
            if (cells[other] == (0x1f00 | other)) break;
            if (!Check.That(turn < MaxTurns, "the other one does not write")) return false;
            Syscall.Yield();
        }

        // Alone it is not to be had as long as the other one may have it.
        error = client.AllocateFrameAt(new PhysicalAddress(0xb8000), out Grant alone);
        bool isAsItShould = error.Reason == Reason.AddressBusy || (error.IsOk && alone.Cookie == screen.Cookie);
        if (error.IsOk) client.Free(alone);
        return Check.That(isAsItShould, "what is shared was given to one alone") && Check.Holds(client.Free(screen));
    }
}
