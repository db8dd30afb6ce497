// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Api;

/// <summary>Writes tables from numbers to names, for traces and messages.</summary>
internal static class NamesEmitter
{
    /// <summary>Enumerations whose values appear in traces and messages.</summary>
    private static readonly string[] s_named =
        ["ErrorCode", "LookupFailureKind", "FaultLabel", "CapabilityTypeTag", "UserRegister", "ObjectType", "SystemCall"];

    internal static bool IsNamed(EnumType type) => s_named.Contains(type.Name);

    internal static string Emit(EnumType type, string source) =>
        Emit(type.Name + "Names", type.Name, source,
            type.Values.Where(value => value.Name != "Count").Select(value => (value.Name, value.Name)));

    internal static string EmitInvocations(ApiFile file, string source) =>
        Emit("InvocationNames", "InvocationLabel", source,
            file.Objects
                .SelectMany(type => type.NonMcsMethods.Select(method => (method.LabelName, $"{type.Name}_{method.Name}", method.Label)))
                .OrderBy(entry => entry.Label)
                .Select(entry => (entry.LabelName, entry.Item2)));

    private static string Emit(string className, string enumName, string source, IEnumerable<(string Value, string Text)> entries)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi", "System");
        code.Line();
        code.Summary($"Names of the values of {enumName} as UTF-8 text.");
        code.Open($"public static class {className}");
        code.Summary("The name; a question mark for a number that has none.");
        code.Open($"public static ReadOnlySpan<byte> Of({enumName} value) => value switch");
        foreach ((string value, string text) in entries)
        {
            code.Line($"{enumName}.{value} => \"{text}\"u8,");
        }

        code.Line("_ => \"?\"u8,");
        code.Close(";");
        code.Close();
        return code.ToString();
    }
}
