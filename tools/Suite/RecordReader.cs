// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sel4.Testing;

namespace Sel4.Tools.Suite;

/// <summary>Finds the driver's records among everything that a serial line carries. TD:X5.</summary>
/// <param name="nonce">What this run's records are checked with.</param>
public sealed partial class RecordReader(ulong nonce)
{
    private readonly List<byte> _bytes = [];
    private uint _sequence;
    private uint _nextPart;

    [GeneratedRegex(
        "^(?<seq>[0-9a-f]{1,8}) (?<part>[0-9a-f]{1,4})/(?<parts>[0-9a-f]{1,4}) (?<crc>[0-9a-f]{1,8}) (?<text>[A-Za-z0-9+/]*={0,2})$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LinePattern();

    /// <summary>A whole record.</summary>
    public event Action<SuiteRecord>? Record;

    /// <summary>What somebody else printed.</summary>
    public event Action<string>? Text;

    /// <summary>A line that looks like a record and is none, or a record that is missing: with the reason.</summary>
    public event Action<string>? Bad;

    /// <summary>Takes one line, without its line end.</summary>
    public void Add(string line)
    {
        int at = line.IndexOf(RecordFrame.Marker, StringComparison.Ordinal);
        if (at < 0)
        {
            if (line.Length > 0) Text?.Invoke(line);
            return;
        }
        if (at > 0) Text?.Invoke(line[..at]);
        Match match = LinePattern().Match(line[(at + RecordFrame.Marker.Length)..]);
        if (!match.Success)
        {
            Bad?.Invoke("a line begins like a record and is none");
            return;
        }
        uint Number(string group) => uint.Parse(match.Groups[group].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        AddPart(Number("seq"), Number("part"), Number("parts"), Number("crc"), match.Groups["text"].Value);
    }

    private void AddPart(uint sequence, uint part, uint parts, uint checksum, string text)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            Bad?.Invoke("a record is no base64");
            return;
        }
        if (checksum != RecordFrame.ChecksumOf(nonce, sequence, part, parts, bytes))
        {
            Bad?.Invoke("a record has a wrong checksum: it is damaged, or was not made by the driver");
            return;
        }
        if (sequence != _sequence || part != _nextPart)
        {
            Bad?.Invoke($"a record is missing before number {sequence}");
            _bytes.Clear();
            _sequence = sequence;
            if (part != 0) _sequence++;
            if (part != 0) return;
        }
        _bytes.AddRange(bytes);
        _nextPart = part + 1;
        if (_nextPart < parts) return;
        string whole = Encoding.UTF8.GetString([.. _bytes]);
        _bytes.Clear();
        _nextPart = 0;
        _sequence++;
        Record?.Invoke(SuiteRecord.Parse(whole));
    }
}
