// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>One client for each thread: each uses its thread's IPC buffer, and none the other's.</summary>
[Rule("RPC:R34", "RPC:M5")]
public sealed class RpcClientThreadTests
{
    [Fact]
    public void Clients_of_several_threads_do_not_meet()
    {
        var failures = new List<string>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() => Work(number, failures)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Empty(failures);
    }

    [Fact]
    public void A_server_of_another_kernel_configuration_is_not_used()
    {
        var harness = new ServerHarness(
            new Sel4.Rpc.Fuzz.ResourceWorld(), new GrantTable(8, 1), new RpcServerOptions { ConfigurationHash = 0x1234 });
        using ChildKernel kernel = new OurService(harness).Kernel;
        var client = new RpcClient(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, ChildKernel.Window(4)));
        RpcError error = client.Negotiate();
        Assert.Equal(RpcFault.OtherConfiguration, error.Fault);
        Assert.StartsWith("The server was built for another kernel configuration", error.Describe());
        Assert.Equal(RpcFault.OtherConfiguration, client.GetQuota(QuotaKind.Grants, out _).Fault);
    }

    private static void Work(int number, List<string> failures)
    {
        var harness = new ServerHarness();
        using ChildKernel kernel = new OurService(harness).Kernel;
        var client = new RpcClient(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, ChildKernel.Window(16)));
        for (int i = 0; i < 500; i++)
        {
            RpcError error = client.AllocateUntyped(4 + number, out Grant grant);
            bool isMine = error.IsOk && harness.Alice.Quotas.Used(QuotaKind.RamBytes) == 16ul << number;
            error = client.Free(grant);
            if (isMine && error.IsOk) continue;
            lock (failures) failures.Add($"thread {number}, request {i}: {error.Describe()}");
        }
    }
}
