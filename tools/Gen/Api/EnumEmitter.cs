// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sel4.Tools.Gen.Api;

/// <summary>Writes constants, enumerations, object sizes and argument counts.</summary>
internal static class EnumEmitter
{
    internal static string EmitConstants(ConstantClass constants, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi");
        code.Line();
        code.Summary(constants.Summary);
        code.Open($"public static class {constants.Name}");
        foreach (Constant constant in constants.Constants)
        {
            string value = constant.Value > 0xFFFF
                ? "0x" + constant.Value.ToString("X", CultureInfo.InvariantCulture)
                : constant.Value.ToString(CultureInfo.InvariantCulture);
            code.Summary(constant.Summary);
            code.Line($"public const {constant.TypeName} {constant.Name} = {value};");
        }

        code.Close();
        return code.ToString();
    }

    internal static string Emit(EnumType type, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi");
        code.Line();
        code.Summary(type.Summary);
        code.Open($"public enum {type.Name} : {type.TypeName}");
        foreach (EnumValue value in type.Values)
        {
            string condition = value.Condition.Length == 0 ? "" : $" Exists: {value.Condition}.";
            code.Summary(value.Summary + condition);
            code.Line($"{value.Name} = {value.Number.ToString(CultureInfo.InvariantCulture)},");
        }

        code.Close();
        return code.ToString();
    }

    /// <summary>The enumerations that other declarations of the file amount to.</summary>
    internal static IEnumerable<EnumType> Derived(ApiFile file)
    {
        List<EnumValue> kinds = [.. file.Kinds
            .Where(kind => kind.Number != null)
            .Select(kind => new EnumValue(kind.Name, kind.Number!.Value, kind.Summary))];
        kinds.Add(new EnumValue("Count", kinds.Max(kind => kind.Number) + 1, "The first number that means nothing."));
        yield return new EnumType("ObjectType", "ulong", "What Retype can make. ABI-11.1.", kinds);

        yield return new EnumType("SystemCall", "long", "The number of a system call, in RDX. ABI-3.1, ABI-25.",
            [.. file.Calls.Where(call => call.Number != null).Select(ToValue)]);

        List<EnumValue> labels = [new EnumValue("Invalid", 0, "Means nothing to any object.")];
        labels.AddRange(file.NonMcsMethods.Select(method => new EnumValue(method.LabelName, method.Label!.Value, method.Summary)));
        labels.Add(new EnumValue("Count", labels.Max(label => label.Number) + 1, "The first label that means nothing."));
        yield return new EnumType("InvocationLabel", "ulong",
            "The label of an invocation: object and method. ABI-9.", labels);
    }

    private static EnumValue ToValue(SystemCallEntry call) =>
        new(call.Name, call.Number!.Value, call.Summary, call.Condition == "always" ? "" : call.Condition);

    internal static string EmitSizes(ApiFile file, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi");
        code.Line();
        code.Summary("Sizes of kernel objects. ABI-11.1.");
        code.Open("public static class ObjectSize");
        code.Summary("log2 bytes of an object; sizeBits is Retype's argument, and counts only for types with a size of their own.");
        code.Open("public static int Bits(ObjectType type, int sizeBits) => type switch");
        foreach (ObjectKind kind in file.Kinds.Where(kind => kind.Number != null))
        {
            string size = !kind.HasUserSize ? $"{kind.SizeBits}" : kind.SizeBits == 0 ? "sizeBits" : $"sizeBits + {kind.SizeBits}";
            code.Line($"ObjectType.{kind.Name} => {size},");
        }

        code.Line("_ => 0,");
        code.Close(";");
        code.Line();
        code.Summary("Whether the type takes its size from Retype's argument.");
        string types = string.Join(" or ", file.Kinds
            .Where(kind => kind.Number != null && kind.HasUserSize)
            .Select(kind => $"ObjectType.{kind.Name}"));
        code.Line($"public static bool IsChosenByUser(ObjectType type) => type is {types};");
        code.Close();
        return code.ToString();
    }

    /// <summary>Counts of words and capabilities by label, for the kernel's first check.</summary>
    internal static string EmitShapes(ApiFile file, string source)
    {
        List<Method> methods = [.. file.NonMcsMethods];
        CodeWriter code = CodeWriter.ForFile(source, "Sel4.Abi", "System");
        code.Line();
        code.Summary("How many words and capabilities the message of an invocation must have at least.");
        code.Open("public static class InvocationShape");
        EmitTable(code, "Words", "Message words", methods, method => method.Words.Count);
        code.Line();
        EmitTable(code, "Capabilities", "Extra capabilities", methods, method => method.Capabilities.Count);
        code.Close();
        return code.ToString();
    }

    private static void EmitTable(
        CodeWriter code, string name, string what, List<Method> methods, System.Func<Method, int> count)
    {
        IEnumerable<int> values = methods.Select(count).Prepend(0);
        code.Line($"private static ReadOnlySpan<byte> {name}ByLabel =>");
        code.Line($"    [{string.Join(", ", values)}];");
        code.Line();
        code.Summary($"{what} that the method needs; 0 for a label that means nothing.");
        code.Line($"public static int {name}(InvocationLabel label) =>");
        code.Line($"    label < InvocationLabel.Count ? {name}ByLabel[(int)label] : 0;");
    }
}
