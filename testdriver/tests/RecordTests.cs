// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Testing;
using Sel4.Tools.Suite;

namespace Sel4.Tests.Driver;

/// <summary>Records between driver and host, on a line that others write on as well.</summary>
public sealed class RecordTests
{
    private const ulong Nonce = 0x1234_5678_9abc_def0;
    private readonly List<SuiteRecord> _records = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _bad = [];
    private readonly RecordReader _reader = new(Nonce);

    public RecordTests()
    {
        _reader.Record += _records.Add;
        _reader.Text += _texts.Add;
        _reader.Bad += _bad.Add;
    }

    internal static List<string> Lines(RecordText record, uint sequence, ulong nonce = Nonce)
    {
        record.End();
        var lines = new List<string>();
        byte[] bytes = record.Bytes.ToArray();
        int parts = (bytes.Length + RecordFrame.PartBytes - 1) / RecordFrame.PartBytes;
        byte[] line = new byte[RecordFrame.MaxLineBytes];
        for (int part = 0; part < parts; part++)
        {
            byte[] piece = bytes.Skip(part * RecordFrame.PartBytes).Take(RecordFrame.PartBytes).ToArray();
            int length = RecordFrame.Write(line, nonce, sequence, (uint)part, (uint)parts, piece);
            lines.Add(Encoding.ASCII.GetString(line, 0, length - 1));
        }
        return lines;
    }

    private static RecordText Make(string kind, params (string Key, string Value)[] fields)
    {
        var record = new RecordText(16 * 1024);
        record.Begin(kind);
        foreach ((string key, string value) in fields) record.Add(key, value);
        return record;
    }

    [Fact]
    [Rule("TD:X5")]
    public void The_checksum_is_that_of_ethernet() =>
        Assert.Equal(0xCBF43926u, ~Crc32.Add(Crc32.Seed, "123456789"u8));

    [Fact]
    [Rule("TD:X5")]
    public void A_record_arrives_as_it_was_sent_whatever_is_in_it()
    {
        string text = "two\nlines, a \\ backslash, \u0001, ü, 𝄞, ]]>, @sel4test 0 0/1 0 AAAA";
        foreach (string line in Lines(Make("result", ("name", "IPC0001"), ("text", text)), 0)) _reader.Add(line);
        Assert.Equal("result", _records.Single().Kind);
        Assert.Equal("IPC0001", _records[0]["name"]);
        Assert.Equal(text, _records[0]["text"]);
        Assert.Empty(_bad);
    }

    [Fact]
    [Rule("TD:X5")]
    public void A_long_record_travels_in_parts_between_which_others_may_print()
    {
        string text = new('x', 5000);
        List<string> lines = Lines(Make("log", ("text", text)), 0);
        Assert.True(lines.Count > 5);
        foreach (string line in lines)
        {
            _reader.Add("[kernel] something");
            _reader.Add("half a line" + line);
        }
        Assert.Equal(text, _records.Single()["text"]);
        Assert.Equal(lines.Count, _texts.Count(line => line == "half a line"));
    }

    [Fact]
    [Rule("TD:X5")]
    public void A_record_with_another_nonce_is_no_record()
    {
        foreach (string line in Lines(Make("result", ("verdict", "passed")), 0, nonce: 7)) _reader.Add(line);
        Assert.Empty(_records);
        Assert.Contains("checksum", _bad.Single());
    }

    [Fact]
    [Rule("TD:X5")]
    public void A_damaged_line_is_told_and_so_is_a_record_that_is_missing()
    {
        string first = Lines(Make("start", ("name", "A")), 0)[0];
        _reader.Add(first[..20] + "#" + first[21..]);
        foreach (string line in Lines(Make("result", ("name", "A")), 1)) _reader.Add(line);
        Assert.Equal("result", _records.Single().Kind);
        Assert.Equal(2, _bad.Count);
        Assert.Contains("missing before number 1", _bad[1]);
    }

    [Fact]
    public void A_record_that_does_not_fit_says_that_it_was_cut()
    {
        var record = new RecordText(200);
        record.Begin("result");
        for (int index = 0; index < 50; index++) record.Add("text", "a line of some length");
        record.End();
        Assert.True(record.Bytes.Length <= 200);
        Assert.EndsWith("cut yes\n", Encoding.UTF8.GetString(record.Bytes));
    }

    [Theory]
    [Trait("Kind", "random")]
    [Rule("TD:X5")]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_a_line_holds_it_is_either_a_good_record_or_none(int seed)
    {
        var random = new Random(seed);
        string good = Lines(Make("result", ("name", "A"), ("verdict", "failed")), 0)[0];
        for (int round = 0; round < 5000; round++)
        {
            char[] line = good.ToCharArray();
            for (int change = random.Next(1, 4); change > 0; change--) line[random.Next(line.Length)] = (char)random.Next(32, 127);
            if (new string(line) != good) _reader.Add(new string(line));
        }
        Assert.All(_records, record => Assert.Equal("failed", record["verdict"]));
    }
}
