// SPDX-License-Identifier: BSD-2-Clause
using System.Threading;
using Sel4.Abi;
using Sel4.Bench;
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Figures of a few paths, in guest instructions, from within the test driver; <c>./sel4 bench</c> has them all.</summary>
[Tests(Tags = "bench", Type = TestTypes.Benchmark)]
internal static unsafe class Benchmarks
{
    private const int Rounds = 200;
    private const int WarmUp = 20;
    private static readonly ulong[] s_samples = new ulong[Rounds];
    private static Cap<Endpoint> s_endpoint;

    [Test("A call to a server and its answer, within one address space")]
    internal static void BENCH0001()
    {
        s_endpoint = Make.Endpoint();
        Helper.Begin(&Serve);
        for (int round = -WarmUp; round < Rounds; round++)
        {
            ulong start = Clock.Now();
            s_endpoint.Call(Ask.Words(0));
            Keep(round, start);
        }

        Tell("call-reply");
    }

    [Test("A signal to nobody, and taking it")]
    internal static void BENCH0002()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 1);
        for (int round = -WarmUp; round < Rounds; round++)
        {
            ulong start = Clock.Now();
            bell.Signal();
            bell.Wait();
            Keep(round, start);
        }

        Tell("signal-wait");
    }

    [Test("A frame, asked for and given back by RPC")]
    internal static void BENCH0003()
    {
        RpcClient client = RpcClient.FromEnvironment();
        for (int round = -WarmUp; round < Rounds; round++)
        {
            ulong start = Clock.Now();
            client.AllocateFrame(out Grant frame);
            client.Free(frame);
            Keep(round, start);
        }

        Tell("rpc-frame");
    }

    [Test("A page, mapped and unmapped")]
    internal static void BENCH0004()
    {
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        page.Unmap();
        for (int round = -WarmUp; round < Rounds; round++)
        {
            ulong start = Clock.Now();
            page.Map(address, CapRights.ReadWrite, VmAttributes.WriteBack, Test.VSpace);
            page.Unmap();
            Keep(round, start);
        }

        Tell("map-unmap");
    }

    private static void Serve(ulong argument)
    {
        s_endpoint.Recv();
        while (true) s_endpoint.ReplyRecv(Ask.Words(0));
    }

    private static void Keep(int round, ulong start)
    {
        ulong passed = Clock.Now() - start;
        if (round >= 0) s_samples[round] = passed;
    }

    /// <summary>Minimum, median, and what one of a hundred exceeds.</summary>
    private static void Tell(string name)
    {
        System.Array.Sort(s_samples);
        Test.Measure(name + "-min", s_samples[0], "instructions");
        Test.Measure(name + "-median", s_samples[Rounds / 2], "instructions");
        Test.Measure(name + "-p99", s_samples[Rounds * 99 / 100], "instructions");
    }
}
