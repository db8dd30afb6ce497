// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Qemu;

/// <summary>What a line on the serial port says to the tool.</summary>
public enum SerialLineKind
{
    /// <summary>Output of whichever child is running, or anything else.</summary>
    Text,

    /// <summary>Written by the kernel or the root server for people: never part of a child's output.</summary>
    Log,

    /// <summary>A child begins.</summary>
    Start,

    /// <summary>A child has ended, by itself or not, and its resources are back.</summary>
    Stop,

    /// <summary>The root task has done all that its selection asked for.</summary>
    End,

    /// <summary>The kernel stopped the machine.</summary>
    Panic,
}

/// <summary>The text protocol between a root task and this tool. Everything about it is in this class.</summary>
/// <remarks>
/// A record is one whole line; keys and values contain neither blanks nor equal signs, unknown keys are ignored:
/// <code>
/// [sel4rpc] start name=hello
/// [sel4rpc] stop name=hello outcome=exited status=0 reclaimed=yes
/// [sel4rpc] end status=0
/// </code>
/// <c>outcome</c> is exited, faulted, killed, timedout or refused (it could not be started). <c>reclaimed</c> is yes when the root server's
/// totals after the child are those before it. <c>end</c> has status 0 when the root task itself found nothing wrong; the machine
/// is switched off after it. All else that begins with [sel4rpc], [rootserver] or [kernel] is log. A line that begins with
/// KERNEL PANIC: means that no more will come.
/// </remarks>
public sealed record EndRecord(SerialLineKind Kind, string Line, IReadOnlyDictionary<string, string> Fields)
{
    private const string Prefix = "[sel4rpc] ";
    private const string PanicPrefix = "KERNEL PANIC:";
    private static readonly string[] s_logPrefixes = ["[sel4rpc]", "[rootserver]", "[kernel]"];
    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>A field's value, or the empty string.</summary>
    public string this[string key] => Fields.GetValueOrDefault(key, "");

    /// <summary>Reads one line, without its line end.</summary>
    public static EndRecord Parse(string line)
    {
        if (line.StartsWith(PanicPrefix, StringComparison.Ordinal)) return new EndRecord(SerialLineKind.Panic, line, s_none);
        if (line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            string[] words = line[Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            SerialLineKind kind = words.FirstOrDefault() switch
            {
                "start" => SerialLineKind.Start,
                "stop" => SerialLineKind.Stop,
                "end" => SerialLineKind.End,
                _ => SerialLineKind.Log,
            };
            return new EndRecord(kind, line, kind == SerialLineKind.Log ? s_none : FieldsOf(words.Skip(1)));
        }
        bool isLog = s_logPrefixes.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal));
        return new EndRecord(isLog ? SerialLineKind.Log : SerialLineKind.Text, line, s_none);
    }

    private static Dictionary<string, string> FieldsOf(IEnumerable<string> words)
    {
        var fields = new Dictionary<string, string>();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=');
            if (equals > 0) fields[word[..equals]] = word[(equals + 1)..];
        }
        return fields;
    }
}
