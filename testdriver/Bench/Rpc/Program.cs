// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4;
using Sel4.Abi;
using Sel4.Bench;
using Sel4.Rpc;

/// <summary>Measures requests to the root server, from the client's call to the decoded reply.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        RpcClient client = RpcClient.FromEnvironment();
        Series.Calibrate();
        return Memory(client) && Free(client) && Ports(client) && Irq(client) ? 0 : 1;
    }

    private static bool Memory(RpcClient client)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            RpcError error = client.AllocateFrame(out Grant frame);
            Series.Add(start, Clock.Now());
            if (!Holds(error) || !Holds(client.Free(frame))) return false;
        }

        Series.Print("rpc-memory");
        return true;
    }

    private static bool Free(RpcClient client)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            if (!Holds(client.AllocateFrame(out Grant frame))) return false;
            ulong start = Clock.Now();
            RpcError error = client.Free(frame);
            Series.Add(start, Clock.Now());
            if (!Holds(error)) return false;
        }

        Series.Print("rpc-free");
        return true;
    }

    private static bool Ports(RpcClient client)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            RpcError error = client.AllocateIoPorts(0x40, 0x43, out Grant ports);
            Series.Add(start, Clock.Now());
            if (!Holds(error) || !Holds(client.Free(ports))) return false;
        }

        Series.Print("rpc-port");
        return true;
    }

    private static bool Irq(RpcClient client)
    {
        Series.Begin();
        while (Series.IsRunning)
        {
            ulong start = Clock.Now();
            RpcError error = client.AllocateIrq(new IoApicIrq(12, 12), out Grant irq);
            Series.Add(start, Clock.Now());
            if (!Holds(error) || !Holds(client.Free(irq))) return false;
        }

        Series.Print("rpc-irq");
        return true;
    }

    private static bool Holds(RpcError error)
    {
        if (!error.IsOk) Console.WriteLine(error.Describe());
        return error.IsOk;
    }
}
