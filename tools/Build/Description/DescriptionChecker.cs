// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Build.Description;

/// <summary>What a description may refer to outside itself.</summary>
/// <param name="Programs">Programs that children can run.</param>
/// <param name="CheckPolicy">Judges a policy's name and settings: null when they are sound, else a sentence.</param>
public sealed record DescriptionNames(IReadOnlyList<string> Programs, Func<string, IReadOnlyList<string>, string?> CheckPolicy);

/// <summary>Judges what a description says, after its spelling: names that exist, numbers in range, ranges that do not overlap.</summary>
public sealed class DescriptionChecker
{
    private const int MaxNameLength = 31;
    private const ulong MaxPriority = 253; // the root server keeps 254 and 255 for itself
    private const ulong MaxStack = 1ul << 20; // it lies below the program
    private const int MaxEnvironmentBytes = 32768; // RT:C7
    private const int StringOverhead = 9; // its zero byte and its pointer
    private const ulong MostMilliseconds = 86_400_000; // a day
    private readonly TextMessage _system;
    private readonly DescriptionNames _names;
    private readonly List<DescriptionProblem> _problems;

    private DescriptionChecker(TextMessage system, DescriptionNames names, List<DescriptionProblem> problems)
    {
        _system = system;
        _names = names;
        _problems = problems;
    }

    /// <summary>Checks a description whose defaults are filled in, and adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Check(TextMessage system, DescriptionNames names, List<DescriptionProblem> problems)
    {
        DescriptionChecker checker = new(system, names, problems);
        checker.Names("child");
        checker.Names("device");
        foreach (TextMessage device in system.Messages("device")) new DeviceChecker(device, problems).Check();
        foreach (TextMessage child in system.Messages("child")) checker.Child(child);
        checker.Circles("parent");
        checker.Circles("after");
        checker.Policies(system);
        if (!system.Has("child") && problems.Count == 0)
            checker.Note(system.Position, "there is no child: a system has at least one 'child { name: \"…\" }'");
    }

    private void Names(string kind)
    {
        var seen = new Dictionary<string, TextPosition>();
        foreach (TextMessage item in _system.Messages(kind))
        {
            string name = item.Text("name");
            TextPosition place = item.PositionOf("name");
            if (name.Length == 0) Note(item.Position, $"this {kind} has no name");
            else if (name.Length > MaxNameLength || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
                Note(place, $"'{name}' is no name: 1 to {MaxNameLength} letters, digits, '-', '_' or '.'");
            else if (!seen.TryAdd(name, place)) Note(place, $"there is a {kind} '{name}' already, at {seen[name]}");
        }
    }

    private void Child(TextMessage child)
    {
        string program = child.Text("program");
        if (program.Length > 0 && !_names.Programs.Contains(program))
            Unknown(child.PositionOf("program"), "program", program, _names.Programs);
        InRange(child, "priority", 1, MaxPriority);
        if (child.Number("priority") <= MaxPriority)
            InRange(child, "max_priority", child.Number("priority"), MaxPriority);
        InRange(child, "cnode_bits", 8, 17);
        InRange(child, "repeat", 1, 1_000_000);
        InRange(child, "time_limit_ms", 0, MostMilliseconds);
        InRange(child, "stack_bytes", 4096, MaxStack);
        if (child.Number("stack_bytes") % 4096 != 0) Note(child.PositionOf("stack_bytes"), "stack_bytes is a multiple of 4096");
        Texts(child);
        string[] devices = [.. _system.Messages("device").Select(device => device.Text("name"))];
        foreach (TextMessage use in child.Messages("device"))
            if (!devices.Contains(use.Text("name"))) Unknown(use.PositionOf("name"), "device", use.Text("name"), devices);
        ulong hardware = child.Number("hardware");
        if (hardware != 0 && child.Has("device"))
            Note(child.PositionOf("hardware"), "with `device` entries hardware is MANIFEST: leave the field out, or the entries");
        foreach (string reference in (string[])["after", "parent"])
            if (child.Has(reference)) Reference(child, reference);
        Restart(child);
        Policies(child);
    }

    private void Texts(TextMessage child)
    {
        TextField[] texts = [.. child.All("argument"), .. child.All("environment")];
        int bytes = texts.Sum(field => Encoding.UTF8.GetByteCount((string)field.Value) + StringOverhead);
        if (bytes > MaxEnvironmentBytes)
            Note(child.Position, $"arguments and environment take {bytes} bytes; there is room for {MaxEnvironmentBytes}");
        foreach (TextField variable in child.All("environment"))
            if (((string)variable.Value).IndexOf('=') < 1) Note(variable.Position, "environment is written NAME=VALUE");
        foreach (TextField text in texts)
            if (((string)text.Value).Contains('\0')) Note(text.Position, "a zero byte would end the text early");
    }

    private void Reference(TextMessage child, string field)
    {
        string other = child.Text(field);
        string[] names = [.. _system.Messages("child").Select(candidate => candidate.Text("name"))];
        if (other == child.Text("name")) Note(child.PositionOf(field), $"'{other}' cannot be its own {field}");
        else if (!names.Contains(other)) Unknown(child.PositionOf(field), "child", other, names);
    }

    private void Circles(string field)
    {
        Dictionary<string, TextMessage> children = [];
        foreach (TextMessage child in _system.Messages("child")) children.TryAdd(child.Text("name"), child);
        foreach (TextMessage child in children.Values)
        {
            var path = new List<string>();
            for (TextMessage? at = child; at != null; at = children.GetValueOrDefault(at.Text(field)))
            {
                if (path.Count > 0 && at == child && path.Count > 1)
                    Note(child.PositionOf(field), $"{string.Join(" → ", path)} → {child.Text("name")} is a circle");
                if (path.Contains(at.Text("name"))) break;
                path.Add(at.Text("name"));
            }
        }
    }

    private void Restart(TextMessage child)
    {
        TextMessage rule = child.Message("restart")!;
        InRange(rule, "max_restarts", 1, 1_000_000);
        InRange(rule, "within_ms", 0, MostMilliseconds);
        InRange(rule, "back_off_ms", 0, MostMilliseconds);
        if (rule.Number("when") != 0 && child.Number("repeat") > 1)
            Note(rule.Position, "a child either repeats or restarts: leave one of 'repeat' and 'restart' out");
    }

    private void Policies(TextMessage owner)
    {
        foreach (TextMessage policy in owner.Messages("policy"))
        {
            string? problem = _names.CheckPolicy(policy.Text("name"), [.. policy.All("setting").Select(setting => (string)setting.Value)]);
            if (problem != null) Note(policy.PositionOf("name"), problem);
        }
    }

    private void InRange(TextMessage message, string field, ulong first, ulong last)
    {
        ulong value = message.Number(field);
        if (value < first || value > last) Note(message.PositionOf(field), $"{field} is {value}; it can be {first} to {last}");
    }

    private void Unknown(TextPosition position, string kind, string name, IReadOnlyList<string> known)
    {
        string? near = Suggestion.Nearest(name, known);
        string help = near != null ? $"did you mean '{near}'?"
            : known.Count == 0 ? $"there is no {kind} at all"
            : "there is " + string.Join(", ", known);
        Note(position, $"there is no {kind} '{name}'; {help}");
    }

    private void Note(TextPosition position, string sentence) => _problems.Add(new DescriptionProblem(position, sentence));
}
