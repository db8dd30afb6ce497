// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;

namespace Sel4.Tools.Build.Description;

/// <summary>Packs a description in protobuf's binary form: fields in ascending order, zeroes left out, as RPC:M1 has it.</summary>
public static class DescriptionPacker
{
    public static byte[] Pack(TextMessage message)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
            foreach (TextField field in message.Fields.OrderBy(field => field.Schema.Number)) Write(output, field);
        return bytes.ToArray();
    }

    private static void Write(CodedOutputStream output, TextField field)
    {
        int number = field.Schema.Number;
        switch (field.Value)
        {
            case ulong value when value != 0:
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteUInt64(value);
                break;
            case bool value when value:
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteBool(true);
                break;
            case string value when value.Length > 0 || field.Schema.IsRepeated:
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteString(value);
                break;
            case TextMessage inner:
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(Pack(inner)));
                break;
            default:
                break;
        }
    }
}
