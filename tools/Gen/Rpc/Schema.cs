// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf.Reflection;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>What the emitters need to know of a .proto file, already in C# names.</summary>
public sealed class Schema
{
    /// <summary>How deep messages may nest, the outermost counted (RPC:R4).</summary>
    public const int MaxDepth = 4;

    private const int MaxTextBytes = 64;  // ShortText.Capacity
    private const int MessageBytesUnbounded = 0x10000;

    private readonly CodecJob _job;
    private readonly CommentTable _comments;
    private readonly Dictionary<string, string> _typeNames = [];

    private Schema(FileDescriptorProto file, CodecJob job)
    {
        _job = job;
        _comments = new CommentTable(file);
        if (file.Syntax != "proto3") throw Unsupported("the file must be proto3");
        foreach (string name in file.MessageType.Select(message => message.Name).Concat(file.EnumType.Select(e => e.Name)))
        {
            _typeNames["." + file.Package + "." + name] = job.TypeNames.GetValueOrDefault(name, name);
        }
        IEnumerable<FieldDescriptorProto> fields = file.MessageType.SelectMany(message => message.Field);
        HashSet<string> enumFieldTypes = [.. fields.Where(field => field.Type == FieldType.Enum).Select(field => field.TypeName)];
        Messages = [.. file.MessageType.Select((message, index) => Message(file, message, index))];
        Enums = [.. file.EnumType.Select((e, index) => Enum(file, e, index, enumFieldTypes))];
        CheckDepth();
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<MessageModel> Messages { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<EnumModel> Enums { get; }

    /// <exception cref="RpcGeneratorException">The file uses what the codec cannot do.</exception>
    public static Schema Load(FileDescriptorProto file, CodecJob job) => new(file, job);

    /// <summary>True when a sub-message can never exceed 127 bytes, so that its length always has one byte.</summary>
    public bool IsShort(FieldModel field) => MaxBytes(Messages.Single(message => message.Name == field.TypeName)) < 0x80;

    /// <summary>
    /// For a message with a oneof and other fields beside it: the most bytes that a member has, when that is below 128; else
    /// null.
    /// </summary>
    public int? ShortBytes(MessageModel message)
    {
        if (!message.HasOneof || message.Fields.Count(field => !field.IsMember) < 5) return null;
        int bytes = message.Members.Select(MaxBytes).Max();
        return bytes < 0x80 ? bytes : null;
    }

    private int MaxBytes(MessageModel message)
    {
        int members = message.Members.Select(MaxBytes).DefaultIfEmpty(0).Max();
        return members + message.Fields.Where(field => !field.IsMember).Sum(MaxBytes);
    }

    private int MaxBytes(FieldModel field) => field.HeaderBytes + field.Kind switch
    {
        FieldKind.UInt32 => 5,
        FieldKind.Bool => 1,
        FieldKind.Fixed64 => 8,
        FieldKind.Text => 1 + MaxTextBytes,
        FieldKind.Message when field.IsRepeated => MessageBytesUnbounded,
        FieldKind.Message => 2 + MaxBytes(Messages.Single(message => message.Name == field.TypeName)),
        _ => 10,
    };

    private MessageModel Message(FileDescriptorProto file, DescriptorProto message, int index)
    {
        if (message.NestedType.Count + message.EnumType.Count > 0) throw Unsupported($"{message.Name} declares a type inside itself");
        if (message.OneofDecl.Count > 1) throw Unsupported($"{message.Name} has two oneofs");
        IEnumerable<FieldModel> fields = message.Field
            .Select((field, position) => Field(message, field, _comments.Of(4, index, 2, position)));
        string name = _typeNames["." + file.Package + "." + message.Name];
        return new MessageModel(name, _comments.Of(4, index), [.. fields.OrderBy(field => field.Number)]);
    }

    private FieldModel Field(DescriptorProto message, FieldDescriptorProto field, Comment comment)
    {
        string place = message.Name + "." + field.Name;
        if (field.Number > 63) throw Unsupported($"{place} has a number above 63");
        bool isRepeated = field.Label == FieldDescriptorProto.Types.Label.Repeated;
        int capacity = 0;
        if (isRepeated && (field.Type != FieldType.Message || !_job.Capacities.TryGetValue(place, out capacity)))
        {
            throw Unsupported($"{place} is repeated, which needs a message type and an entry in Capacities");
        }
        FieldKind kind = field.Type switch
        {
            FieldType.Uint32 => FieldKind.UInt32,
            FieldType.Uint64 => FieldKind.UInt64,
            FieldType.Bool => FieldKind.Bool,
            FieldType.Enum => FieldKind.Enum,
            FieldType.Fixed64 => FieldKind.Fixed64,
            FieldType.String => FieldKind.Text,
            FieldType.Message => FieldKind.Message,
            _ => throw Unsupported($"{place} has the type {field.Type}"),
        };
        if (field.HasOneofIndex && kind != FieldKind.Message) throw Unsupported($"{place} is a member of a oneof and no message");
        string typeName = kind switch
        {
            FieldKind.UInt32 => "uint",
            FieldKind.UInt64 or FieldKind.Fixed64 => "ulong",
            FieldKind.Bool => "bool",
            FieldKind.Text => "ShortText",
            _ => _typeNames[field.TypeName],
        };
        string name = _job.FieldNames.GetValueOrDefault(field.Name) ?? Names.Pascal(field.Name);
        return new FieldModel(name, field.Number, kind, typeName, field.HasOneofIndex, capacity, field.Name, comment);
    }

    private EnumModel Enum(FileDescriptorProto file, EnumDescriptorProto model, int index, HashSet<string> enumFieldTypes)
    {
        string prefix = Names.UpperSnake(model.Name) + "_";
        IEnumerable<EnumValueModel> values = model.Value.Select((value, position) => new EnumValueModel(
            Names.Pascal(value.Name.StartsWith(prefix, System.StringComparison.Ordinal) ? value.Name[prefix.Length..] : value.Name),
            value.Number,
            _comments.Of(5, index, 2, position)));
        string fullName = "." + file.Package + "." + model.Name;
        return new EnumModel(_typeNames[fullName], enumFieldTypes.Contains(fullName), _comments.Of(5, index), [.. values]);
    }

    private void CheckDepth()
    {
        int Depth(MessageModel message, int soFar)
        {
            if (soFar > MaxDepth) throw Unsupported($"{message.Name} lies more than {MaxDepth} messages deep");
            return message.Fields.Where(field => field.Kind == FieldKind.Message)
                .Select(field => Depth(Messages.Single(other => other.Name == field.TypeName), soFar + 1))
                .DefaultIfEmpty(soFar).Max();
        }
        foreach (MessageModel message in Messages) Depth(message, 1);
    }

    private RpcGeneratorException Unsupported(string what) => new($"{_job.Proto}: {what}, which this codec does not do");
}

/// <summary>How a field is read and written.</summary>
public enum FieldKind { UInt32, UInt64, Bool, Enum, Fixed64, Text, Message }

/// <summary>A message: a struct of the generated code.</summary>
public sealed record MessageModel(string Name, Comment Comment, IReadOnlyList<FieldModel> Fields)
{
    /// <summary>The members of the oneof.</summary>
    public IEnumerable<FieldModel> Members => Fields.Where(candidate => candidate.IsMember);

    public bool HasOneof => Members.Any();

    public string CaseType => Name + "Case";
}

/// <summary>A field, or a member of the oneof.</summary>
/// <param name="Capacity">0 for a field that is not repeated.</param>
/// <param name="WireName">As the .proto file has it.</param>
public sealed record FieldModel(
    string Name, int Number, FieldKind Kind, string TypeName, bool IsMember, int Capacity, string WireName, Comment Comment)
{
    public bool IsRepeated => Capacity > 0;

    /// <summary>A message that is there or not, beside the oneof.</summary>
    public bool IsOptionalMessage => Kind == FieldKind.Message && !IsRepeated && !IsMember;

    /// <summary>Number and wire type in one.</summary>
    public uint Header => (uint)Number << 3 | Kind switch
    {
        FieldKind.Fixed64 => 1u,
        FieldKind.Text or FieldKind.Message => 2u,
        _ => 0u,
    };

    public int HeaderBytes => Header < 0x80 ? 1 : 2;
}

/// <param name="IsFieldType">True when a field has this type; its values are then kept in the full 64 bits of the wire.</param>
public sealed record EnumModel(string Name, bool IsFieldType, Comment Comment, IReadOnlyList<EnumValueModel> Values);

/// <summary>One value of an enum.</summary>
public sealed record EnumValueModel(string Name, int Number, Comment Comment);
