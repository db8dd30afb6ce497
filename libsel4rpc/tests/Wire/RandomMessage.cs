// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Google.Protobuf.Reflection;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Makes messages of Google's classes out of random numbers, by their descriptors, so that no field is forgotten.</summary>
internal static class RandomMessage
{
    private const string Letters = "abcxyz 019-_éß€";

    /// <summary>A message with any of its fields; about half of them are absent.</summary>
    public static G.RpcMessage Make(Random random) => (G.RpcMessage)Fill(new G.RpcMessage(), random, 0);

    /// <summary>A number as messages have them: mostly small, often at an edge, sometimes any.</summary>
    public static ulong Number(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => 1,
        2 => ulong.MaxValue,
        3 => 1ul << random.Next(64),
        4 => (1ul << random.Next(1, 64)) - 1,
        5 => (ulong)random.NextInt64(),
        _ => (ulong)random.Next(300),
    };

    private static IMessage Fill(IMessage message, Random random, int depth)
    {
        int density = depth == 0 ? random.Next(1, 9) : random.Next(9);
        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (random.Next(8) >= density) continue;
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int i = random.Next(5); i > 0; i--) list.Add(Fill(Empty(field), random, depth + 1));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, random, depth));
            }
        }
        return message;
    }

    private static object Value(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.UInt32 => (uint)Number(random),
        FieldType.UInt64 or FieldType.Fixed64 => Number(random),
        FieldType.Bool => random.Next(2) == 1,
        FieldType.Enum => (G.Action)(int)Number(random),
        FieldType.String => Text(random),
        FieldType.Message => Fill(Empty(field), random, depth + 1),
        _ => throw new InvalidOperationException(field.FieldType.ToString()),
    };

    private static IMessage Empty(FieldDescriptor field) => field.MessageType.Parser.ParseFrom(ByteString.Empty);

    private static string Text(Random random)
    {
        var text = new char[random.Next(22)];  // three bytes a character at most, so that 64 bytes always do
        for (int i = 0; i < text.Length; i++) text[i] = Letters[random.Next(Letters.Length)];
        return new string(text);
    }
}
