// SPDX-License-Identifier: BSD-2-Clause

using Sel4;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

/// <summary>What happens by itself: leases end, waits end, and a child ends while it waits.</summary>
internal static unsafe class Times
{
    private const ulong PageAddress = 0x40_0000_0000;
    private const int MaxTurns = 500_000;

    public static bool LoseALease(RpcClient client)
    {
        var short_ = new GrantOptions { LeaseMs = 50, Label = "for a moment" };
        if (!Check.Holds(client.AllocateFrame(out Grant frame, in short_))) return false;
        if (!Check.That(new AddressSpace(client).Map(frame.As<Frame>(), PageAddress).IsOk, "it cannot be mapped")) return false;
        *(ulong*)PageAddress = 7;
        if (!Check.Holds(client.SetLease(frame, 80))) return false;
        RpcError error = default;
        for (int turn = 0; error.IsOk; turn++)
        {
            if (!Check.That(turn < MaxTurns, "the lease does not end")) return false;
            error = client.Describe(frame, out _);
            if (error.IsOk) Syscall.Yield();
        }

        if (!Check.That(error.Reason == Reason.LeaseExpired, error.Describe())) return false;
        // The capability is gone: the slot can be filled again, and the page is no longer there.
        Sel4Error mapping = frame.As<Frame>().Map(PageAddress, CapRights.ReadWrite, VmAttributes.WriteBack, ProcessEnvironment.VSpace);
        if (!Check.That(!mapping.IsOk, "the capability outlived its lease")) return false;
        return Check.That(client.Free(frame).Reason == Reason.LeaseExpired, "the handle outlived its lease");
    }

    public static bool WaitInVain(RpcClient client)
    {
        var patient = new GrantOptions { WaitMs = 60 };
        RpcError error = client.AllocateObject(ObjectType.Untyped, 18, out _, null, in patient);
        if (!Check.That(error.Reason == Reason.WaitTimedOut, error.Describe())) return false;
        // Afterwards everything goes on as before.
        return Check.Holds(client.AllocateFrame(out Grant frame)) && Check.Holds(client.Free(frame));
    }

    /// <summary>Is ended while its request waits: never returns.</summary>
    public static bool WaitUntilTheEnd(RpcClient client)
    {
        var patient = new GrantOptions { WaitMs = 50_000 };
        return Check.That(!client.AllocateObject(ObjectType.Untyped, 18, out _, null, in patient).IsOk, "it was granted");
    }
}
