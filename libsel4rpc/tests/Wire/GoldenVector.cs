// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using GoogleRpcMessage = Sel4.Rpc.Google.RpcMessage;

namespace Sel4.Tests.Rpc;

/// <summary>One file of libsel4rpc/golden: bytes of a delimited stream, and what must come of them.</summary>
/// <param name="Kind">canonical (both ways), accepted (decodes, but we would write it otherwise) or refused.</param>
/// <param name="Status">The <c>WireStatus</c> of a refused one.</param>
public sealed record GoldenVector(string Name, string Kind, byte[] Bytes, string Fields, string Status)
{
    public static readonly IReadOnlyList<GoldenVector> All =
        [.. Directory.EnumerateFiles(Path.Combine(Root(), "libsel4rpc", "golden"), "*.txt").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The fields as Google's classes read them from the JSON in the file.</summary>
    public GoogleRpcMessage Message() => JsonParser.Default.Parse<GoogleRpcMessage>(Fields);

    public override string ToString() => Name;

    /// <summary>The top folder of the repository.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "rpc.proto"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no rpc.proto above {AppContext.BaseDirectory}");
    }

    private static GoldenVector Read(string file)
    {
        Dictionary<string, string> lines = File.ReadAllLines(file).Where(line => !line.StartsWith('#') && line.Length > 0)
            .ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim());
        return new GoldenVector(
            Path.GetFileNameWithoutExtension(file),
            lines["kind"],
            Convert.FromHexString(lines["bytes"]),
            lines.GetValueOrDefault("fields", "{}"),
            lines.GetValueOrDefault("status", "Ok"));
    }
}
