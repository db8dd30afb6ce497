// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using Xunit.Sdk;

namespace Sel4.Tests.Rpc;

/// <summary>A small budget of what <c>./sel4 fuzz --mode rpc</c> does at length: nothing that clients do breaks the books.</summary>
[Rule("RPC:R1", "RPC:R5", "RPC:R6", "RPC:R9", "RPC:R20", "RPC:Q3", "RPC:D9", "RPC:D36", "RPC:M4", "RPC:T8", "RPC:D24")]
public sealed class RpcFuzzTests
{
    private const long StepsOfOneRun = 60_000;

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_clients_get_one_reply_each_and_leave_nothing_behind(ulong seed)
    {
        var fuzzer = new RpcFuzzer(seed);
        string? failure = fuzzer.Run(StepsOfOneRun);
        if (failure is not null) throw new XunitException(failure);
    }

    [Fact]
    [Trait("Kind", "random")]
    public void Random_clients_get_as_far_as_every_reason_there_is()
    {
        var fuzzer = new RpcFuzzer(4);
        Assert.Null(fuzzer.Run(4 * StepsOfOneRun));
        for (Reason reason = Reason.None; reason <= Reason.WaitTimedOut; reason++) Assert.True(fuzzer.Count(reason) > 0, reason.ToString());
        Assert.True(fuzzer.LateReplies > 0 && fuzzer.Expired > 0);
    }

    [Fact]
    public void A_step_is_the_same_after_it_was_written_and_read()
    {
        var step = new RpcStep
        {
            Kind = RpcStepKind.Message, Actor = 3, Number = ulong.MaxValue, Bytes = [1, 2, 0xff], Label = 7, ExtraCaps = 2,
            LengthChange = -3, Magic = ulong.MaxValue,
        };
        Assert.Equal(step.ToLine(), RpcStep.Parse(step.ToLine())!.ToLine());
        Assert.Empty(RpcStep.Parse("Tick 0 5 0 0 0 0 -")!.Bytes);
        Assert.Null(RpcStep.Parse(" "));
    }

    [Fact]
    public void A_game_is_the_same_each_time_it_is_played()
    {
        var first = new RpcFuzzer(9);
        var second = new RpcFuzzer(9);
        Assert.Null(first.RunGame(5));
        Assert.Null(second.RunGame(5));
        Assert.Equal((first.Replies, first.Count(Reason.None)), (second.Replies, second.Count(Reason.None)));
    }

    [Fact]
    public void What_is_lost_is_noticed()
    {
        var game = new RpcGame();
        game.Play(new RpcStep { Kind = RpcStepKind.Tick });
        game.World.Release(ref Grant(game)[0], ReleaseFlag.None);  // behind the server's back
        Assert.Throws<RpcFuzzException>(game.End);
    }

    private static Span<Sel4.Rpc.GrantRecord> Grant(RpcGame game)
    {
        byte[] request = Codec.Delimited(Convert.FromHexString("12060801100c1808"));
        game.Play(new RpcStep { Kind = RpcStepKind.Message, Bytes = request, Magic = Framing.DefaultMagic });
        Assert.Equal(0u, game.LastReply.Ret.ErrorCode);
        game.Server.Grants.Find(game.LastReply.Ret.Cookie, out int index);
        return new Span<Sel4.Rpc.GrantRecord>(ref game.Server.Grants[index]);
    }
}
