// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;

namespace Sel4.Tools.Gen.Api;

/// <summary>Writes the programs' side of invocations: stubs that fill the message, and methods of typed capabilities.</summary>
internal static class InvocationEmitter
{
    /// <summary>Stubs on plain capability pointers, one for each method with a message of fixed length.</summary>
    internal static string EmitStubs(ObjectInterface type, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4", "Sel4.Abi");
        code.Line();
        code.Summary($"{type.Summary} Invocations on plain pointers.");
        code.Open($"public static class {type.Name}Invocation");
        bool isFirst = true;
        foreach (Method method in type.NonMcsMethods.Where(method => method.HasFixedShape))
        {
            Separate(code, ref isFirst);
            EmitStub(code, method);
        }

        code.Close();
        return code.ToString();
    }

    /// <summary>Whether <see cref="EmitExtensions"/> has anything to write.</summary>
    internal static bool HasExtensions(ObjectInterface type) => Extensions(type).Any();

    /// <summary>Methods of typed capabilities.</summary>
    internal static string EmitExtensions(ObjectInterface type, string source)
    {
        CodeWriter code = CodeWriter.ForFile(source, "Sel4", "Sel4.Abi");
        code.Line();
        code.Summary($"{type.Summary} Methods of the typed capability.");
        code.Open($"public static class {type.Name}Methods");
        code.Open(type.Family.Length == 0
            ? $"extension(Cap<{type.Marker}> capability)"
            : $"extension<T>(Cap<T> capability) where T : struct, {type.Family}");
        bool isFirst = true;
        foreach (Method method in Extensions(type))
        {
            Separate(code, ref isFirst);
            Document(code, method);
            string parameters = Parameters(method, capability => $"Cap<{capability.Marker}>");
            List<string> arguments = ["capability.Pointer"];
            arguments.AddRange(method.Words.Select(word => Names.Parameter(word.Name)));
            arguments.AddRange(method.Capabilities.Select(capability => Names.Parameter(capability.Name) + ".Pointer"));
            arguments.AddRange(method.Results.Select(result => "out " + Names.Parameter(result.Name)));
            code.Line($"public Sel4Error {method.Name}({parameters}) =>");
            code.Line($"    {type.Name}Invocation.{method.Name}({string.Join(", ", arguments)});");
        }

        code.Close();
        code.Close();
        return code.ToString();
    }

    private static IEnumerable<Method> Extensions(ObjectInterface type) =>
        type.NonMcsMethods.Where(method => method.HasFixedShape && !method.HasSlotAddress);

    private static void EmitStub(CodeWriter code, Method method)
    {
        Document(code, method);
        string parameters = Parameters(method, _ => "CapabilityPointer");
        string separator = parameters.Length == 0 ? "" : ", ";
        code.Open($"public static Sel4Error {method.Name}(CapabilityPointer capability{separator}{parameters})");
        code.Line("IpcBuffer buffer = IpcBuffer.Current;");
        for (int i = 0; i < method.Words.Count; i++)
        {
            code.Line($"buffer[{i}] = {ToWord(method.Words[i])};");
        }

        for (int i = 0; i < method.Capabilities.Count; i++)
        {
            code.Line($"buffer.SetCapability({i}, {Names.Parameter(method.Capabilities[i].Name)});");
        }

        string info = $"new MessageInfo((ulong)InvocationLabel.{method.LabelName}, 0, {method.Capabilities.Count}, {method.Words.Count})";
        if (method.Results.Count == 0)
        {
            code.Line($"return Syscall.Invoke(capability, {info}, buffer);");
        }
        else
        {
            code.Line($"Sel4Error error = Syscall.Invoke(capability, {info}, buffer);");
            for (int i = 0; i < method.Results.Count; i++)
            {
                WordArgument result = method.Results[i];
                code.Line($"{Names.Parameter(result.Name)} = {FromWord(result, $"buffer[{i}]")};");
            }

            code.Line("return error;");
        }

        code.Close();
    }

    private static string Parameters(Method method, System.Func<CapabilityArgument, string> capabilityType)
    {
        IEnumerable<string> words = method.Words.Select(word => $"{word.TypeName} {Names.Parameter(word.Name)}");
        IEnumerable<string> capabilities = method.Capabilities
            .Select(capability => $"{capabilityType(capability)} {Names.Parameter(capability.Name)}");
        IEnumerable<string> results = method.Results.Select(result => $"out {result.TypeName} {Names.Parameter(result.Name)}");
        return string.Join(", ", words.Concat(capabilities).Concat(results));
    }

    private static void Document(CodeWriter code, Method method)
    {
        string errors = string.Join("; ", method.Errors.Select(error => $"{ErrorText(error)}: {error.Condition}"));
        code.Summary(method.Summary);
        string list = errors.Length == 0 ? "none" : CodeWriter.Escape(errors);
        code.Line($"/// <remarks>Label {method.Label}. Errors in order of check: {list}.</remarks>");
        foreach (WordArgument word in method.Words)
        {
            code.Line($"/// <param name=\"{Names.Parameter(word.Name)}\">{CodeWriter.Escape(word.Summary)}</param>");
        }

        foreach (CapabilityArgument capability in method.Capabilities)
        {
            code.Line($"/// <param name=\"{Names.Parameter(capability.Name)}\">{CodeWriter.Escape(capability.Summary)}</param>");
        }

        foreach (WordArgument result in method.Results)
        {
            string summary = CodeWriter.Escape(result.Summary) + " Means nothing after an error.";
            code.Line($"/// <param name=\"{Names.Parameter(result.Name)}\">{summary}</param>");
        }
    }

    internal static string ErrorText(MethodError error) =>
        error.Details.Count == 0 ? error.Code : $"{error.Code}({string.Join(", ", error.Details)})";

    private static string ToWord(WordArgument word) => word.TypeName switch
    {
        "ulong" => Names.Parameter(word.Name),
        "CapabilityPointer" => Names.Parameter(word.Name) + ".Value",
        "CNodeGuard" => Names.Parameter(word.Name) + ".Word",
        _ => $"(ulong){Names.Parameter(word.Name)}",
    };

    private static string FromWord(WordArgument word, string value) =>
        word.TypeName == "ulong" ? value : $"({word.TypeName}){value}";

    private static void Separate(CodeWriter code, ref bool isFirst)
    {
        if (!isFirst)
        {
            code.Line();
        }

        isFirst = false;
    }
}
