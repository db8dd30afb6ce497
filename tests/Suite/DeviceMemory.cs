// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Device memory for tests of the kernel, asked for by RPC because tests own none.</summary>
internal static class DeviceMemory
{
    private static RpcClient? s_client;
    private static Grant s_grant;

    internal static Cap<Untyped> Ask(ulong address, int sizeBits)
    {
        s_client ??= RpcClient.FromEnvironment();
        RpcError error = s_client.AllocateUntyped(sizeBits, out s_grant, new PhysicalAddress(address));
        Assert.That(error.IsOk);
        return s_grant.As<Untyped>();
    }

    internal static void GiveBack() => s_grant.Dispose();
}
