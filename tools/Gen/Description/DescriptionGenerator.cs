// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Google.Protobuf.Reflection;
using Sel4.Tools.Gen.Rpc;

namespace Sel4.Tools.Gen.Description;

/// <summary>
/// Makes two files out of system.proto: the table by which the tool reads, checks and packs a description, and the classes into
/// which the root server unpacks it.
/// </summary>
public static class DescriptionGenerator
{
    private const string Proto = "system.proto";
    private const string SchemaFile = "tools/Build/Description/Generated/SystemSchema.g.cs";
    private const string ClassFile = "rootserver/Description/Generated/SystemDescription.g.cs";

    /// <summary>Writes the generated files that are out of date, or only names them.</summary>
    public static IReadOnlyList<string> Run(string repoRoot, bool checkOnly)
    {
        FileDescriptorProto file = Protoc.Describe(repoRoot, Proto);
        DescriptionModel model = DescriptionModel.Load(file);
        var changed = new List<string>();
        foreach ((string path, string text) in new[]
        {
            (SchemaFile, SchemaTableEmitter.Emit(model, Proto)), (ClassFile, ClassEmitter.Emit(model, Proto)),
        })
        {
            string output = Path.Combine(repoRoot, path);
            if (File.Exists(output) && File.ReadAllText(output) == text) continue;
            changed.Add(path);
            if (checkOnly) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            File.WriteAllText(output, text);
        }
        return changed;
    }
}

/// <summary>What the emitters need to know of the file; messages in an order in which each follows those that it contains.</summary>
public sealed class DescriptionModel
{
    private DescriptionModel(IReadOnlyList<DescribedMessage> messages, IReadOnlyList<DescribedEnum> enums)
    {
        Messages = messages;
        Enums = enums;
    }

    public IReadOnlyList<DescribedMessage> Messages { get; }

    public IReadOnlyList<DescribedEnum> Enums { get; }

    /// <exception cref="RpcGeneratorException">The file uses a type that descriptions do not have.</exception>
    public static DescriptionModel Load(FileDescriptorProto file)
    {
        var comments = new CommentTable(file);
        DescribedMessage[] messages = [.. file.MessageType.Select((message, index) => new DescribedMessage(
            message.Name,
            comments.Of(4, index),
            [.. message.Field.Select((field, position) => Field(message, field, comments.Of(4, index, 2, position)))]))];
        DescribedEnum[] enums = [.. file.EnumType.Select((type, index) => new DescribedEnum(
            type.Name,
            comments.Of(5, index),
            [.. type.Value.Select(
                (value, position) => new DescribedValue(value.Name, value.Number, comments.Of(5, index, 2, position)))]))];
        return new DescriptionModel(Order(messages), enums);
    }

    private static DescribedField Field(DescriptorProto message, FieldDescriptorProto field, Comment comment)
    {
        DescribedKind kind = field.Type switch
        {
            FieldDescriptorProto.Types.Type.Uint32 => DescribedKind.UInt32,
            FieldDescriptorProto.Types.Type.Uint64 => DescribedKind.UInt64,
            FieldDescriptorProto.Types.Type.Bool => DescribedKind.Bool,
            FieldDescriptorProto.Types.Type.String => DescribedKind.String,
            FieldDescriptorProto.Types.Type.Enum => DescribedKind.Enum,
            FieldDescriptorProto.Types.Type.Message => DescribedKind.Message,
            _ => throw new RpcGeneratorException($"{message.Name}.{field.Name} has the type {field.Type}, which descriptions do not have"),
        };
        bool isRepeated = field.Label == FieldDescriptorProto.Types.Label.Repeated;
        if (isRepeated && kind is not (DescribedKind.String or DescribedKind.Message))
            throw new RpcGeneratorException($"{message.Name}.{field.Name} is repeated and neither text nor a message");
        return new DescribedField(field.Name, field.Number, kind, field.TypeName.Split('.')[^1], isRepeated, comment);
    }

    private static List<DescribedMessage> Order(DescribedMessage[] messages)
    {
        var ordered = new List<DescribedMessage>();
        void Add(DescribedMessage message)
        {
            if (ordered.Contains(message)) return;
            foreach (DescribedField field in message.Fields.Where(field => field.Kind == DescribedKind.Message))
                Add(messages.Single(other => other.Name == field.TypeName));
            ordered.Add(message);
        }
        foreach (DescribedMessage message in messages) Add(message);
        return ordered;
    }
}

/// <summary>How a field is written.</summary>
public enum DescribedKind { UInt32, UInt64, Bool, String, Enum, Message }

public sealed record DescribedMessage(string Name, Comment Comment, IReadOnlyList<DescribedField> Fields);

/// <param name="Name">As the .proto file has it.</param>
/// <param name="TypeName">Of a message or an enum.</param>
public sealed record DescribedField(string Name, int Number, DescribedKind Kind, string TypeName, bool IsRepeated, Comment Comment)
{
    private static readonly Dictionary<string, string> s_plurals =
        new() { ["child"] = "Children", ["policy"] = "Policies", ["memory"] = "Memory", ["ports"] = "Ports", ["msi"] = "Msi" };

    /// <summary>The C# name: plural when there can be several.</summary>
    public string PropertyName =>
        !IsRepeated ? Rpc.Names.Pascal(Name) : s_plurals.TryGetValue(Name, out string? plural) ? plural : Rpc.Names.Pascal(Name) + "s";

    /// <summary>Number and wire type in one.</summary>
    public uint Header => (uint)Number << 3 | (Kind is DescribedKind.String or DescribedKind.Message ? 2u : 0u);
}

public sealed record DescribedEnum(string Name, Comment Comment, IReadOnlyList<DescribedValue> Values);

public sealed record DescribedValue(string Name, int Number, Comment Comment);
