// SPDX-License-Identifier: BSD-2-Clause
using System.Linq;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Writes a message's decoder: a loop over field headers that accepts any order (RPC:M2).</summary>
internal static class DecoderEmitter
{
    internal static void Emit(SourceWriter source, MessageModel message)
    {
        source.Line();
        source.Document("Reads fields up to the reader's end: what is there already is kept or replaced, as protobuf merges.");
        source.Open("public void Merge(ref MessageReader reader)");
        source.Open("while (reader.TryReadHeader(out uint header))");
        source.Open("switch (header)");
        foreach (FieldModel field in message.Fields)
        {
            source.Line($"case 0x{field.Header:x2}:  // {field.WireName} = {field.Number}");
            Case(source, message, field);
        }
        source.Line("default:");
        source.Line($"    reader.Skip(header, 0x{KnownFields(message):x});");
        source.Line("    break;");
        source.Close();
        source.Close();
        source.Close();
        foreach (FieldModel field in message.Fields.Where(field => field.IsRepeated)) MergeEntry(source, field);
    }

    private static void Case(SourceWriter source, MessageModel message, FieldModel field)
    {
        if (field.IsRepeated)
        {
            source.Line($"    Merge{field.Name}(ref reader);");
        }
        else if (field.Kind == FieldKind.Message)
        {
            string test = field.IsMember ? $"Case != {message.CaseType}.{field.Name}" : $"!Has{field.Name}";
            source.Line($"    if ({test}) Select{field.Name}();");
            source.Line($"    nuint after{field.Name} = reader.Enter();");
            source.Line($"    {field.Name}.Merge(ref reader);");
            source.Line($"    reader.Leave(after{field.Name});");
        }
        else
        {
            source.Line("    " + (field.Kind switch
            {
                FieldKind.UInt32 => $"{field.Name} = reader.ReadUInt32();",
                FieldKind.Bool => $"{field.Name} = reader.ReadBool();",
                FieldKind.Enum => $"{field.Name} = ({field.TypeName})reader.ReadVarint();",
                FieldKind.Fixed64 => $"{field.Name} = reader.ReadFixed64();",
                FieldKind.Text => $"reader.ReadText(ref {field.Name});",
                _ => $"{field.Name} = reader.ReadVarint();",
            }));
        }
        source.Line("    break;");
    }

    private static void MergeEntry(SourceWriter source, FieldModel field)
    {
        source.Line();
        source.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        source.Open($"private void Merge{field.Name}(ref MessageReader reader)");
        source.Line("nuint after = reader.Enter();");
        source.Line($"int index = Add{field.Name}();");
        source.Open("if (index >= 0)");
        source.Line($"{field.Name}[index].Merge(ref reader);");
        source.Close();
        source.Open("else");
        source.Line($"{field.Name}Dropped++;");
        source.Line($"{field.TypeName} dropped = default;  // checked like the others");
        source.Line("dropped.Merge(ref reader);");
        source.Close();
        source.Line("reader.Leave(after);");
        source.Close();
    }

    private static ulong KnownFields(MessageModel message) =>
        message.Fields.Aggregate(0ul, (known, field) => known | 1ul << field.Number);
}
