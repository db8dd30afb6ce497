// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>The 36 defects of the old server and client (RPC:§6), one after another: each is absent here.</summary>
public class DefectTests
{
    private const string Frame = """{"memory":{"address":"1","type":"8"}}""";
    private const string Serial = """{"ioport":{"start":1016,"end":1023}}""";
    private readonly ServerHarness _harness = new();

    [Fact]
    [Rule("RPC:D1")]
    public void D01_errors_are_told_apart()
    {
        Ask(Serial);
        string[] requests =
        [
            """{"memory":{"address":"1","type":"99"}}""", Serial.Replace("1016", "1017"), """{"memory":{"address":"4097","type":"8"}}""",
            """{"memory":{"address":"1","sizeBits":"40"}}""", """{"release":{"cookie":"9"}}""", "{}",
        ];
        Assert.Equal([1u, 9, 5, 10, 6, 3], requests.Select(request => Ask(request).Ret.ErrorCode));
    }

    [Theory]
    [Rule("RPC:D2")]
    [InlineData("7f0a00")]
    [InlineData("020001")]
    [InlineData("ffffffffffffffffffff")]
    [InlineData("030a0208")]
    public void D02_what_does_not_decode_is_answered(string bytes) =>
        Assert.NotEqual(0u, _harness.Ask(_harness.Alice, 7, Convert.FromHexString(bytes)).Ret.ErrorCode);

    [Theory]
    [Rule("RPC:D3")]
    [InlineData("00")]            // no member
    [InlineData("0352010a")]      // member 10, which nobody has
    [InlineData("020a00")]        // a reply
    public void D03_an_unknown_or_absent_member_is_answered(string bytes) =>
        Assert.Equal((3u, 2u), Code(_harness.Ask(_harness.Alice, 7, Convert.FromHexString(bytes))));

    [Fact]
    [Rule("RPC:D4")]
    public void D04_an_interrupt_without_kind_is_answered() => Assert.Equal((1u, 1u), Code(Ask("""{"irq":{}}""")));

    [Fact]
    [Rule("RPC:D5")]
    public void D05_a_cookie_passes_through_a_c_int_unharmed()
    {
        for (int i = 0; i < 500; i++)
        {
            ulong cookie = Ask(Frame).Ret.Cookie;
            Assert.Equal(cookie, unchecked((ulong)(int)cookie));
            Assert.Equal(0u, Ask(Free(cookie)).Ret.ErrorCode);
        }
    }

    [Theory]
    [Rule("RPC:D6")]
    [InlineData(0x90001230)]
    [InlineData(0xffffffff90001230)]
    [InlineData(0)]
    [InlineData(1)]
    public void D06_a_cookie_is_looked_up_and_never_followed(ulong cookie) =>
        Assert.Equal((6u, 12u), Code(Ask(Free(cookie))));

    [Theory]
    [Rule("RPC:D7")]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(-1)]
    public void D07_an_action_that_does_not_exist_frees_nothing(int action)
    {
        ulong cookie = Ask(Frame).Ret.Cookie;
        Assert.Equal((1u, 1u), Code(Ask(Free(cookie).Replace("\"action\":1", $"\"action\":{action}"))));
        Assert.Equal(1, _harness.Alice.GrantCount);
    }

    [Fact]
    [Rule("RPC:D8")]
    public void D08_nobody_frees_what_belongs_to_another()
    {
        ulong cookie = Ask(Frame).Ret.Cookie;
        Assert.Equal((2u, 11u), Code(_harness.Ask(_harness.Bob, Free(cookie))));
        Assert.Equal((2u, 11u), Code(_harness.Ask(_harness.Child, Free(cookie))));  // from below neither
        Assert.Equal(1, _harness.Alice.GrantCount);
    }

    [Fact]
    [Rule("RPC:D9", "RPC:R20")]
    public void D09_everything_of_a_dead_client_comes_back()
    {
        var before = (_harness.Totals, _harness.QuotaTotals);
        foreach (string request in (string[])[Frame, Serial, """{"irq":{"simple":{"irq":"4"}}}""", """{"range":{"type":"8","count":9}}"""])
            Ask(request);
        while (_harness.Server.Reclaim(_harness.Alice, 1) != 0)
        {
        }
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
    }

    [Theory]
    [Rule("RPC:D10", "RPC:R10")]
    [InlineData(Serial)]
    [InlineData("""{"irq":{"simple":{"irq":"4"}}}""")]
    public void D10_interrupts_and_ports_have_cookies_and_the_server_keeps_the_original(string request)
    {
        ulong cookie = Ask(request).Ret.Cookie;
        CapabilityPointer original = _harness.Attached;
        Ask($$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"}}""");
        Assert.Equal(original, _harness.Attached);
        Assert.Equal(0u, Ask($$$"""{"release":{"cookie":"{{{cookie}}}"}}""").Ret.ErrorCode);
        Assert.False(_harness.Provider.Exists(original));
        Assert.Equal(0u, Ask(request).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D11", "RPC:R8")]
    public void D11_what_is_freed_is_revoked_before_anybody_gets_it_again()
    {
        G.RpcMessage first = Ask("""{"memory":{"address":"4194304","type":"8"}}""");
        CapabilityPointer capability = _harness.Attached;
        Ask(Free(first.Ret.Cookie));
        Assert.False(_harness.Provider.Exists(capability));
        Assert.Equal(4194304ul, _harness.Ask(_harness.Bob, """{"memory":{"address":"4194304","type":"8"}}""").Ret.Paddr);
        Assert.NotEqual(capability, _harness.Attached);
    }

    [Fact]
    [Rule("RPC:D12")]
    public void D12_a_capability_that_did_not_arrive_is_not_lost()
    {
        ulong cookie = Ask(Frame).Ret.Cookie;  // and whoever asked has no receive slot
        Assert.Equal(cookie, Assert.Single(Ask("""{"query":{"what":1}}""").Record).Cookie);
        Assert.Equal(cookie, Ask($$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"}}""").Ret.Cookie);
        Assert.False(_harness.Attached.IsNull);
        Assert.Equal(0u, Ask(Free(cookie)).Ret.ErrorCode);
    }

    [Theory]
    [Rule("RPC:D13", "RPC:K2")]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(11)]
    public void D13_what_cannot_be_sent_is_refused_before_it_is_made_or_placed(int type)
    {
        string request = """{"memory":{"address":"1","type":"N"}}""".Replace("N", type.ToString());
        var before = _harness.Totals;
        Assert.Equal((3u, 10u), Code(Ask(request)));
        Assert.Equal(before, _harness.Totals);
        Assert.Equal(0u, Ask(request[..^1] + ""","hints":{"flags":4,"destSlot":"70"}}""").Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D14", "RPC:R22")]
    public void D14_the_largest_replies_fit()
    {
        string label = new('z', 31);
        for (int i = 0; i < 20; i++)
            Ask($$$"""{"memory":{"address":"1","type":"8"},"hints":{"label":"{{{label}}}","leaseMs":"9000000000000000000"}}""");
        string everything = """{"query":{"what":1},"requestId":"18446744073709551615","hello":{"version":2,"features":"1023"}}""";
        G.RpcMessage reply = Ask(everything);
        Assert.True(reply.Record.Count > 5 && reply.NextCursor != 0);
        Assert.InRange(reply.CalculateSize(), 1, Framing.MaxBytes - 2);
        Assert.Equal(8, Ask("""{"quota":{"op":1},"requestId":"18446744073709551615","hello":{"version":2}}""").QuotaState.Count);
    }

    [Fact]
    [Rule("RPC:D15")]
    public void D15_a_port_above_16_bits_is_no_other_port()
    {
        Assert.Equal((4u, 15u), Code(Ask("""{"ioport":{"start":66552,"end":66559}}""")));
        Assert.Equal(0u, Ask("""{"ioport":{"start":65535,"end":65535}}""").Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D16")]
    public void D16_an_interrupt_of_33_bits_is_no_other_interrupt() =>
        Assert.Equal((4u, 15u), Code(Ask("""{"irq":{"simple":{"irq":"4294967300"}}}""")));

    [Fact]
    [Rule("RPC:D17")]
    public void D17_what_a_platform_has_not_is_refused()
    {
        _harness.Provider.Injected = Refusal.Because(Reason.Unsupported);
        Assert.Equal((3u, 2u), Code(Ask(Serial)));
    }

    [Theory]
    [Rule("RPC:D18")]
    [InlineData("4097", 8)]
    [InlineData("4096", 9)]
    [InlineData("8", 0)]
    public void D18_a_misaligned_address_is_an_error(string address, int type) =>
        Assert.Equal((5u, 9u), Code(Ask($$$"""{"memory":{"address":"{{{address}}}","sizeBits":"12","type":"{{{type}}}"}}""")));

    [Theory]
    [Rule("RPC:D19")]
    [InlineData("0", 0)]
    [InlineData("3", 0)]
    [InlineData("48", 0)]
    [InlineData("18446744073709551615", 0)]
    [InlineData("43", 4)]
    public void D19_a_size_out_of_range_is_an_error(string sizeBits, int type) =>
        Assert.Equal((4u, 15u), Code(Ask($$$"""{"memory":{"address":"1","sizeBits":"{{{sizeBits}}}","type":"{{{type}}}"}}""")));

    [Theory]
    [Rule("RPC:D20")]
    [InlineData("12")]
    [InlineData("18446744073709551615")]
    public void D20_an_unknown_type_is_an_error(string type) =>
        Assert.Equal((1u, 1u), Code(Ask($$$"""{"memory":{"address":"1","type":"{{{type}}}"}}""")));

    [Theory]
    [Rule("RPC:D21")]
    [InlineData("""{"irq":{"msi":{"vector":"4"}}}""")]
    [InlineData("""{"irq":{"ioapic":{"pin":"4","vector":"4"}}}""")]
    public void D21_a_provider_without_that_kind_of_interrupt_refuses(string request)
    {
        _harness.Provider.Injected = Refusal.Because(Reason.Unsupported);
        Assert.Equal((3u, 2u), Code(Ask(request)));
    }

    [Fact]
    [Rule("RPC:D22", "RPC:K8", "RPC:R2")]
    public void D22_a_fault_message_with_the_magic_word_in_it_is_no_request()
    {
        byte[] bytes = Convert.FromHexString("0812060801100c1808");
        foreach (ulong label in (ulong[])[1, 3, 5, (ulong)FaultLabel.VmFault, ulong.MaxValue >> 12])
        {
            ulong[] words = ServerHarness.Registers();
            words[0] = Framing.DefaultMagic;
            bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1)));
            Assert.Equal((1u, 1u), Code(_harness.Serve(_harness.Alice, new MessageInfo(label, 0, 0, 4), words)));
        }
        Assert.Equal(0, _harness.Alice.GrantCount);
    }

    [Fact]
    [Rule("RPC:D23", "RPC:T7")]
    public void D23_the_longest_message_stays_within_the_message_registers()
    {
        var words = new ulong[Framing.MaxWords + 1];
        words[Framing.MaxWords] = 0x1122334455667788;
        Assert.Equal(WireStatus.Ok, Framing.PlaceRequest(new byte[952], 7, words.AsSpan(0, Framing.MaxWords), out int count));
        Assert.Equal((120, 0x1122334455667788ul), (count, words[Framing.MaxWords]));
        Assert.Equal(WireStatus.BufferTooSmall, Framing.PlaceRequest(new byte[953], 7, words.AsSpan(0, Framing.MaxWords), out _));
    }

    [Fact]
    [Rule("RPC:D24", "RPC:T8")]
    public void D24_nothing_of_earlier_messages_is_behind_a_reply()
    {
        // The harness fills the registers with junk before, and looks at the bytes behind every reply.
        for (ulong id = 1; id != 0; id <<= 7) Ask($$$"""{"memory":{"address":"1","type":"99"},"requestId":"{{{id}}}"}""");
    }

    [Fact]
    [Rule("RPC:D25", "RPC:T9")]
    public void D25_words_beyond_the_length_do_not_exist()
    {
        ulong[] words = ServerHarness.Registers();
        words[0] = 7;
        Convert.FromHexString("0812060801100c1808").CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1)));
        Assert.Equal((7u, 1u), Code(_harness.Serve(_harness.Alice, new MessageInfo(0, 0, 0, 2), words)));
    }

    [Fact]
    [Rule("RPC:D26", "RPC:R30")]
    public void D26_the_kernels_answer_for_a_missing_server_is_no_success()
    {
        using var kernel = new ChildKernel((MessageInfo info, ulong[] words, out bool hasCapability) =>
        {
            (hasCapability, words[0]) = (false, 0);
            return new MessageInfo((ulong)ErrorCode.InvalidCapability, 0, 0, 1);
        });
        var client = new RpcClient(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, ChildKernel.Window(4)));
        Assert.Equal(RpcFault.KernelAnswered, client.AllocateFrame(out Grant grant).Fault);
        Assert.False(grant.IsHeld);
    }

    [Fact]
    [Rule("RPC:D27", "RPC:R15")]
    public void D27_a_device_is_granted_again_to_who_has_it_and_to_others_when_all_agree()
    {
        const string screen = """{"memory":{"address":"655360","type":"8"}}""";
        Assert.Equal(Ask(screen).Ret.Cookie, Ask(screen).Ret.Cookie);
        Assert.Equal((9u, 7u), Code(_harness.Ask(_harness.Bob, screen)));
        Ask("""{"release":{"flags":2}}""");
        string shared = screen[..^1] + ""","hints":{"flags":1}}""";
        Assert.Equal(0u, Ask(shared).Ret.ErrorCode + _harness.Ask(_harness.Bob, shared).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D28", "RPC:S7")]
    public void D28_anywhere_is_ram_which_the_kernel_clears()
    {
        for (int i = 0; i < 100; i++) Assert.InRange(Ask(Frame).Ret.Paddr, ResourceWorld.RamStart, ResourceWorld.RamEnd);
        Assert.Equal(0ul, _harness.Alice.Quotas.Used(QuotaKind.DeviceBytes));
    }

    [Fact]
    [Rule("RPC:D29")]
    public void D29_address_0_is_a_place_and_a_typed_address_says_whether_there_is_one()
    {
        Assert.Equal((6u, 6u), Code(Ask("""{"memory":{"type":"8"}}""")));
        System.Reflection.MethodInfo typed = typeof(RpcClient).GetMethod(nameof(RpcClient.AllocateUntyped))!;
        Assert.Equal(typeof(PhysicalAddress?), typed.GetParameters()[2].ParameterType);
    }

    [Fact]
    [Rule("RPC:D30", "RPC:R31")]
    public void D30_the_receive_path_is_gone_after_the_call()
    {
        var service = new OurService(_harness);
        var client = new RpcClient(ChildKernel.Endpoint, 7, new SlotPool(ChildKernel.Root, ChildKernel.Window(4)));
        Assert.True(client.AllocateFrame(out _).IsOk);
        Assert.Equal((0ul, 0ul, 0ul), ChildKernel.ReceivePath(IpcBuffer.Current));
        service.Kernel.Dispose();
    }

    [Fact]
    [Rule("RPC:D31", "RPC:R5")]
    public void D31_the_server_calls_nothing_that_prints_or_waits()
    {
        using var file = new PEReader(File.OpenRead(typeof(RpcServer).Assembly.Location));
        MetadataReader reader = file.GetMetadataReader();
        string[] types = [.. reader.TypeReferences.Select(handle => reader.GetString(reader.GetTypeReference(handle).Name))];
        Assert.Contains("MessageInfo", types);
        string[] forbidden = ["Console", "Syscall", "SyscallPrimitive", "Thread", "Monitor", "Task", "Stopwatch", "File", "IpcBuffer"];
        Assert.Empty(types.Intersect(forbidden));
    }

    [Fact]
    [Rule("RPC:D32", "RPC:Q3", "RPC:Q4")]
    public void D32_one_client_cannot_take_everything()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.Grants, 50);
        for (int i = 0; i < 2000; i++) Ask("""{"memory":{"address":"1","type":"2"}}""");
        Assert.Equal(50, _harness.Alice.GrantCount);
        Assert.Equal(0u, _harness.Ask(_harness.Bob, Frame).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D33", "RPC:M5")]
    public void D33_server_version_features_and_grants_can_be_asked_for()
    {
        G.InfoMessage info = Ask("""{"memory":{},"hello":{"version":2,"features":"1023"}}""").Info;
        Assert.Equal((2u, 1023ul, 64u, 952u, "test"), (info.Version, info.Features, info.WordBits, info.MaxBytes, info.Name));
        Assert.Equal(KernelConfiguration.Hash, info.ConfigHash);
        for (int what = 1; what <= 7; what++)
            if (what is not (3 or 4)) Assert.Equal(0u, Ask($$$"""{"query":{"what":{{{what}}}}}""").Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D34", "RPC:K5")]
    public void D34_who_could_not_be_answered_finds_its_grant_in_the_list()
    {
        Ask(Frame);  // the answer went nowhere: sent by Send, or without the right to one
        ulong cookie = Assert.Single(Ask("""{"query":{"what":1}}""").Record).Cookie;
        Assert.Equal(0u, Ask($$$"""{"release":{"cookie":"{{{cookie}}}"}}""").Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:D35")]
    public void D35_what_the_readme_shows_exists()
    {
        string text = File.ReadAllText(Path.Combine(GoldenVector.Root(), "libsel4rpc", "README.md"));
        Type[] types =
            [typeof(RpcClient), typeof(RpcGrantCalls), typeof(RpcQueryCalls), typeof(RpcServer), typeof(GrantTable), typeof(Grant)];
        HashSet<string> known = [.. types.SelectMany(type => type.GetMembers()).Select(member => member.Name)];
        foreach (Match match in Regex.Matches(text, @"(?:rpc|server|frame|`)\.?([A-Z][A-Za-z]+)\("))
            Assert.True(known.Contains(match.Groups[1].Value), $"README.md shows {match.Groups[1].Value}, which does not exist");
    }

    [Fact]
    [Rule("RPC:D36", "RPC:R9")]
    public void D36_a_request_that_fails_at_its_last_step_leaves_nothing()
    {
        _harness.Provider.Toggle(_harness.Alice, 70);
        var before = (_harness.Totals, _harness.QuotaTotals);
        foreach (string request in (string[])[Frame, Serial, """{"irq":{"simple":{"irq":"4"}}}""", """{"range":{"type":"8","count":9}}"""])
            Assert.Equal((8u, 22u), Code(Ask(request[..^1] + ""","hints":{"flags":4,"destSlot":"70"}}""")));
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
    }

    private static (uint, uint) Code(G.RpcMessage reply) => (reply.Ret.ErrorCode, reply.Ret.Detail);

    private static string Free(ulong cookie) => $$$"""{"memory":{"address":"{{{cookie}}}","type":"8","action":1}}""";

    private G.RpcMessage Ask(string request) => _harness.Ask(_harness.Alice, request);
}
