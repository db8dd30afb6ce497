// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;

namespace Sel4.Policies.Catalog;

/// <summary>A range of physical addresses that belongs to a memory node.</summary>
internal readonly struct NodeRange(ulong node, ulong first, ulong last)
{
    public readonly ulong Node = node;
    public readonly ulong First = first;

    /// <summary>Inclusive.</summary>
    public readonly ulong Last = last;
}

/// <summary>The settings of one use of a policy: checked, with defaults filled in.</summary>
internal sealed class PolicySettings
{
    private readonly PolicyEntry _entry;
    private readonly ulong[] _values;
    private readonly bool[] _isGiven;

    private PolicySettings(PolicyEntry entry)
    {
        _entry = entry;
        _values = new ulong[entry.Parameters.Length];
        _isGiven = new bool[entry.Parameters.Length];
        for (int index = 0; index < _values.Length; index++) _values[index] = entry.Parameters[index].Default;
    }

    /// <summary>The policy that they are for.</summary>
    public string Policy => _entry.Name;

    public List<NodeRange> Ranges { get; } = [];

    /// <summary>The value of a setting that the policy has.</summary>
    public ulong this[string name] => _values[_entry.IndexOf(name)];

    /// <summary>Finds the policy and reads its settings, each KEY=VALUE.</summary>
    /// <returns>Null when a sentence in <paramref name="problem"/> says what is wrong and what would do.</returns>
    public static PolicySettings? Read(string name, IReadOnlyList<string> settings, out string problem)
    {
        PolicyEntry[] all = PolicyTable.All();
        PolicyEntry? entry = null;
        string[] names = new string[all.Length];
        for (int index = 0; index < all.Length; index++)
        {
            names[index] = all[index].Name;
            if (names[index] == name) entry = all[index];
        }

        if (entry is null)
        {
            problem = $"there is no policy '{name}'{Suggestion.For(name, names)}; there are: {string.Join(", ", names)}";
            return null;
        }

        PolicySettings read = new(entry);
        problem = "";
        for (int index = 0; index < settings.Count && problem.Length == 0; index++) problem = read.Set(settings[index]);
        if (problem.Length == 0) problem = read.Missing();
        if (problem.Length == 0) problem = PolicyTable.CheckTogether(read);
        return problem.Length == 0 ? read : null;
    }

    private string Set(string setting)
    {
        int equals = setting.IndexOf('=');
        if (equals <= 0) return $"policy '{Policy}': '{setting}' is not KEY=VALUE";
        string name = setting.Substring(0, equals);
        string value = setting.Substring(equals + 1);
        int index = _entry.IndexOf(name);
        if (index < 0) return Unknown(name);
        PolicyParameter parameter = _entry.Parameters[index];
        if (_isGiven[index] && parameter.Kind != ParameterKind.NodeRange) return $"policy '{Policy}': '{name}' is given twice";
        _isGiven[index] = true;
        if (parameter.Kind == ParameterKind.NodeRange)
        {
            if (!SettingValue.TryReadRange(value, out NodeRange range)) return Wrong(parameter, value);
            Ranges.Add(range);
            return "";
        }

        if (!SettingValue.TryRead(parameter, value, out _values[index])) return Wrong(parameter, value);
        if (_values[index] >= parameter.Min && _values[index] <= parameter.Max) return "";
        string most = parameter.Max == ulong.MaxValue ? "" : $", the most {parameter.Max}";
        return $"policy '{Policy}': '{name}={value}' is out of range; the least is {parameter.Min}{most}";
    }

    private string Missing()
    {
        for (int index = 0; index < _values.Length; index++)
        {
            PolicyParameter parameter = _entry.Parameters[index];
            if (parameter.IsRequired && !_isGiven[index])
                return $"policy '{Policy}' needs {parameter.Name}={parameter.Form}, {parameter.Summary}";
        }

        return "";
    }

    private string Unknown(string name)
    {
        if (_entry.Parameters.Length == 0) return $"policy '{Policy}' has no settings, so '{name}' is none";
        string[] names = new string[_entry.Parameters.Length];
        for (int index = 0; index < names.Length; index++) names[index] = _entry.Parameters[index].Name;
        return $"policy '{Policy}' has no setting '{name}'{Suggestion.For(name, names)}; it has: {string.Join(", ", names)}";
    }

    private string Wrong(PolicyParameter parameter, string value)
    {
        string hint = parameter.Kind switch
        {
            ParameterKind.Number => "a whole number, decimal or with 0x",
            ParameterKind.Bytes => "bytes: a number, or one with KiB, MiB or GiB, as in 64MiB",
            ParameterKind.Time => "a time in ms or s, as in 250ms",
            ParameterKind.NodeRange => "NODE@FIRST-LAST, as in 0@0x100000000-0x1ffffffff",
            _ => "one of " + string.Join(", ", parameter.Words),
        };
        return $"policy '{Policy}': '{parameter.Name}={value}': write {hint}";
    }
}
