// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Sel4.Tests.Rpc;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;
using Sel4.Tools.Gen.Description;
using Packed = Sel4.Rpc.Google.Description;
using Unpacked = Sel4.RootServer;

namespace Sel4.Tests.Tools;

/// <summary>System descriptions: how the text is read, what is refused and in which words, and that nothing is lost on the way.</summary>
public sealed class DescriptionTests
{
    private const string Whole = """
        # a comment
        child {
          name: "driver" program: "ports"
          argument: ["one", 'two "quoted"\n']  environment: "A=" "B"
          priority: 0x10, max_priority: 200; stack_bytes: 8192
          cnode_bits: 10 quota < ram_kib: 4 irqs: 0 >
          device { name: "uart" }
          restart: { when: ON_FAULT max_restarts: 5 }
          on_fault: SUSPEND on_demand: true
        }
        child { name: "helper" program: "hello" parent: "driver" after: "driver" hardware: CLOSED }
        device {
          name: "uart" ports { first: 0x2f8 last: 0x2ff } irq { pin: 3 } irq { ioapic: 1 pin: 4 }
          memory { start: 0xfee00000 bytes: 4096 } msi { bus: 1 device: 31 function: 7 }
        }
        """;

    private static readonly DescriptionNames s_names = new(
        ["hello", "ports"], (name, settings) => name == "quota" && settings.All(s => s.Contains('=')) ? null : $"no policy '{name}'");

    [Fact]
    [Rule("RT:9")]
    public void Everything_written_arrives_in_the_root_server()
    {
        byte[] bytes = Read(Whole).ToBytes();
        var system = Unpacked.DescriptionReader.Read(bytes, out string problem);
        Assert.Equal("", problem);
        Unpacked.ChildDescription child = system!.Children[0];
        Assert.Equal(["one", "two \"quoted\"\n"], child.Arguments);
        Assert.Equal(["A=B"], child.Environments);
        Assert.Equal((16u, 200u, 8192ul, 10u), (child.Priority, child.MaxPriority, child.StackBytes, child.CnodeBits));
        Assert.Equal((4ul, 0ul, 1024ul), (child.Quota.RamKib, child.Quota.Irqs, child.Quota.Grants));
        Assert.Equal("uart", child.Devices[0].Name);
        Assert.Equal((Unpacked.RestartWhen.OnFault, 5u), (child.Restart.When, child.Restart.MaxRestarts));
        Assert.Equal((Unpacked.FaultAction.Suspend, true), (child.OnFault, child.OnDemand));
        Unpacked.ChildDescription second = system.Children[1];
        Assert.Equal(("driver", "driver", Unpacked.HardwareMode.Closed), (second.Parent, second.After, second.Hardware));
        Unpacked.DeviceDescription device = system.Devices[0];
        Assert.Equal((0x2f8u, 0x2ffu), (device.Ports[0].First, device.Ports[0].Last));
        Assert.Equal((1u, 4u), (device.Irqs[1].Ioapic, device.Irqs[1].Pin));
        Assert.Equal((0xfee00000ul, 4096ul), (device.Memory[0].Start, device.Memory[0].Bytes));
        Assert.Equal((1u, 31u, 7u), (device.Msi[0].Bus, device.Msi[0].Device, device.Msi[0].Function));
    }

    [Fact]
    [Rule("RPC:M1")]
    public void The_packed_form_is_byte_for_byte_what_protobuf_writes()
    {
        byte[] bytes = Read(Whole).ToBytes();
        Packed.SystemDescription google = Packed.SystemDescription.Parser.ParseFrom(bytes);
        Assert.Equal(Convert.ToHexString(google.ToByteArray()), Convert.ToHexString(bytes));
        Assert.Equal("two \"quoted\"\n", google.Child[0].Argument[1]);
    }

    [Fact]
    public void Printed_and_read_again_a_description_is_the_same()
    {
        SystemDescription first = Read(Whole);
        Assert.Equal(first.ToBytes(), Read(first.ToString()).ToBytes());
    }

    [Fact]
    public void Defaults_are_those_that_the_schema_promises_in_words()
    {
        TextMessage root = Read("child { name: \"hello\" }").Root;
        TextMessage child = root.Message("child")!;
        Assert.Equal("hello", child.Text("program"));
        foreach (TextMessage message in (TextMessage[])[child, child.Message("quota")!, child.Message("restart")!])
        {
            foreach (TextField field in message.Fields.Where(field => field.Value is ulong))
            {
                if (field.Schema.Name == "max_priority") continue; // the child's priority, as its sentence says
                Assert.Matches($@"(^|\D){field.Value}( \(.*\))? when left out", field.Schema.Summary);
            }
        }
    }

    [Theory]
    [Rule("RT:9")]
    [InlineData("child { nam: \"hello\" }", "1:9: ChildDescription has no field 'nam'; did you mean 'name'?")]
    [InlineData("child { xyzzy: 1 name: \"hello\" }", "1:9: ChildDescription has no field 'xyzzy'; it has name, program")]
    [InlineData("child { name: \"hello\" xyzzy { a { b: [1, 2] } } }", "1:23: ChildDescription has no field 'xyzzy'")]
    [InlineData("child { name: \"hello\" name: \"hello\" }", "1:23: name is set already at f:1:9")]
    [InlineData("child { name: 5 }", "1:15: name takes text between quotation marks, not '5'")]
    [InlineData("child { name: \"hello\" priority: -1 }", "1:34: priority takes a number")]
    [InlineData("child { name: \"hello\" priority: 010 }", "1:33: priority takes a number")]
    [InlineData("child { name: \"hello\" priority: 4294967296 }", "1:33: priority takes a number from 0 to 4294967295")]
    [InlineData("child { name: \"hello\" priority: [1, 2] }", "1:33: priority has one value, not a list")]
    [InlineData("child { name: \"hello\" on_demand: yes }", "1:34: on_demand takes true or false, not 'yes'")]
    [InlineData("child { name: \"hello\" on_fault: KIL }", "1:33: on_fault takes one of KILL, SUSPEND, not 'KIL'; did you mean KILL?")]
    [InlineData("child { name: \"hello\" quota: 5 }", "1:30: quota takes fields between '{' and '}', not '5'")]
    [InlineData("child { name: \"hello\" priority { } }", "1:32: priority takes a number")]
    [InlineData("child { name: \"hello\"", "1:22: the '{' of f:1:1 is not closed")]
    [InlineData("child { name: \"hello }", "1:15: this text has no closing \" on its line")]
    [InlineData("child { name \"hello\" }", "1:14: the text \"hello\" follows name without ':' between them")]
    [InlineData("child { name: }", "1:15: '}' stands where the value of name belongs")]
    [InlineData("child { name: \"a\\q\" }", "1:17: '\\q' is no escape")]
    [InlineData("child { % }", "1:9: '%' means nothing here")]
    [InlineData("child { name: \"hello\" argument: [\"a\" \"b\" c] }", "where ',' or ']' belongs")]
    [InlineData("} child { name: \"hello\" }", "1:1: '}' stands where the name of a field of SystemDescription belongs")]
    public void Text_that_is_no_description_is_refused_with_its_place(string text, string complaint) => Refused(text, complaint);

    [Theory]
    [Rule("RT:9")]
    [InlineData("", "there is no child")]
    [InlineData("child { program: \"hello\" }", "this child has no name")]
    [InlineData("child { name: \"a b\" program: \"hello\" }", "'a b' is no name")]
    [InlineData("child { name: \"hello\" } child { name: \"hello\" }", "1:33: there is a child 'hello' already, at f:1:9")]
    [InlineData("child { name: \"helo\" }", "there is no program 'helo'; did you mean 'hello'?")]
    [InlineData("child { name: \"hello\" priority: 254 }", "priority is 254; it can be 1 to 253")]
    [InlineData("child { name: \"hello\" max_priority: 99 }", "max_priority is 99; it can be 100 to 253")]
    [InlineData("child { name: \"hello\" cnode_bits: 18 }", "cnode_bits is 18; it can be 8 to 17")]
    [InlineData("child { name: \"hello\" repeat: 0 }", "repeat is 0")]
    [InlineData("child { name: \"hello\" stack_bytes: 5000 }", "stack_bytes is a multiple of 4096")]
    [InlineData("child { name: \"hello\" environment: \"A\" }", "environment is written NAME=VALUE")]
    [InlineData("child { name: \"hello\" device { name: \"x\" } }", "there is no device 'x'; there is no device at all")]
    [InlineData(
        "device { name: \"x\" irq { pin: 1 } } child { name: \"hello\" hardware: OPEN device { name: \"x\" } }",
        "hardware is MANIFEST")]
    [InlineData("child { name: \"hello\" after: \"hello\" }", "'hello' cannot be its own after")]
    [InlineData("child { name: \"hello\" parent: \"nobody\" }", "there is no child 'nobody'")]
    [InlineData(
        "child { name: \"hello\" parent: \"ports\" } child { name: \"ports\" parent: \"hello\" }",
        "hello → ports → hello is a circle")]
    [InlineData("child { name: \"hello\" repeat: 2 restart { when: ALWAYS } }", "a child either repeats or restarts")]
    [InlineData("child { name: \"hello\" restart { max_restarts: 0 } }", "max_restarts is 0")]
    [InlineData("child { name: \"hello\" policy { name: \"x\" } }", "no policy 'x'")]
    [InlineData("policy { name: \"quota\" setting: \"ram\" } child { name: \"hello\" }", "1:10: no policy 'quota'")]
    [InlineData("device { name: \"x\" } child { name: \"hello\" }", "device 'x' has nothing: give it memory, ports, irq or msi")]
    [InlineData("device { name: \"x\" ports { first: 2 last: 1 } } child { name: \"hello\" }", "the last port lies before the first")]
    [InlineData("device { name: \"x\" ports { first: 2 last: 65536 } } child { name: \"hello\" }", "last is 65536; it can be 0 to 65535")]
    [InlineData("device { name: \"x\" memory { start: 0x1001 bytes: 4096 } } child { name: \"hello\" }", "0x1001 begins at 0x1000")]
    [InlineData("device { name: \"x\" memory { start: 0x1000 bytes: 1 } } child { name: \"hello\" }", "bytes is a multiple of 4096")]
    [InlineData(
        "device { name: \"x\" memory { start: 0xfffffffffffff000 bytes: 4096 } } child { name: \"hello\" }",
        "beyond physical addresses")]
    [InlineData("device { name: \"x\" irq { pin: 240 } } child { name: \"hello\" }", "pin is 240; it can be 0 to 239")]
    [InlineData("device { name: \"x\" msi { device: 32 } } child { name: \"hello\" }", "device is 32; it can be 0 to 31")]
    public void What_cannot_work_is_refused_before_anything_boots(string text, string complaint) => Refused(text, complaint);

    [Fact]
    public void All_problems_are_shown_at_once_in_the_order_of_the_text()
    {
        SystemDescription.Read("f", "child {\n name: \"helo\"\n nam: 1\n}\ndevice { name: \"d\" }", s_names, out var problems);
        Assert.Equal([2, 3, 5], problems.Select(problem => problem.Position.Line));
    }

    [Fact]
    public void Systems_that_run_together_run_one_after_the_other()
    {
        RepositoryLayout layout = new(GoldenVector.Root());
        DescriptionSource source = new(layout, new ImageGraph(layout));
        SystemDescription system = source.OfPrograms(["ports", "hello"], new DescriptionChanges { Repeat = 3, Arguments = ["x"] });
        Assert.Equal(["ports", "hello"], system.Children);
        Assert.Equal("ports", system.Root.Messages("child").Last().Text("after"));
        Assert.Equal(6, system.Started.Count());
        Assert.All(system.Root.Messages("child"), child => Assert.Equal("x", child.Text("argument")));
    }

    [Theory]
    [InlineData("child {}", null)]
    [InlineData("child { name: \"other\" } child {}", "there is no program 'other'")]
    [InlineData("child { name: \"hello\" }", "this description runs 'hello', and not 'mine'")]
    [InlineData("", "this description runs nobody")]
    public void A_copied_folder_describes_its_own_program(string text, string? problem)
    {
        RepositoryLayout layout = new(Directory.CreateTempSubdirectory("copied").FullName);
        foreach (string name in (string[])["hello", "mine"])
        {
            Directory.CreateDirectory(Path.Combine(layout.Root, "samples", name));
            File.WriteAllText(Path.Combine(layout.Root, "samples", name, "Program.cs"), "");
        }

        File.WriteAllText(Path.Combine(layout.Root, "samples", "mine", DescriptionSource.FileName), text);
        DescriptionSource source = new(layout, new ImageGraph(layout));
        if (problem is null) Assert.Equal(["mine"], source.OfPrograms(["mine"]).Children);
        else Assert.Contains(problem, Assert.Throws<BuildException>(() => source.OfPrograms(["mine"])).Message);
        Directory.Delete(layout.Root, recursive: true);
    }

    [Fact]
    public void Every_sample_has_a_sound_description()
    {
        RepositoryLayout layout = new(GoldenVector.Root());
        ImageGraph graph = new(layout);
        DescriptionSource source = new(layout, graph);
        Assert.All(graph.Samples, sample => Assert.True(File.Exists(source.PathOf(sample)), source.PathOf(sample)));
        Assert.Equal(graph.Samples, source.OfPrograms(graph.Samples).Programs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A")]
    [InlineData("0A05")]
    [InlineData("0B")]
    [InlineData("2001")]
    public void Bytes_that_are_no_description_are_refused_with_a_sentence(string hex)
    {
        Assert.Null(Unpacked.DescriptionReader.Read(Convert.FromHexString(hex), out string problem));
        Assert.StartsWith("the system description", problem);
    }

    [Fact]
    public void No_damage_to_the_bytes_is_more_than_a_refusal()
    {
        byte[] bytes = Read(Whole).ToBytes();
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit >> 3] ^= (byte)(1 << (bit & 7));
            var read = Unpacked.DescriptionReader.Read(damaged, out string problem);
            Assert.Equal(read == null, problem.Length > 0);
        }
    }

    [Fact]
    public void Generated_files_are_up_to_date() => Assert.Empty(DescriptionGenerator.Run(GoldenVector.Root(), checkOnly: true));

    private static SystemDescription Read(string text)
    {
        SystemDescription? system = SystemDescription.Read("f", text, s_names, out IReadOnlyList<DescriptionProblem> problems);
        Assert.Empty(problems);
        return system!;
    }

    private static void Refused(string text, string complaint)
    {
        Assert.Null(SystemDescription.Read("f", text, s_names, out IReadOnlyList<DescriptionProblem> problems));
        Assert.Contains(problems, problem => problem.ToString().Contains(complaint, StringComparison.Ordinal));
    }
}
