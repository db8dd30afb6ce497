// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Google.Protobuf.Reflection;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Turns the spellings of a .proto file into ours.</summary>
public static class Names
{
    /// <summary>size_bits, sizeBits and SIZE_BITS become SizeBits.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('_').Select(Capitalise));

    /// <summary>GrantKind becomes GRANT_KIND.</summary>
    public static string UpperSnake(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }
        return text.ToString();
    }

    private static string Capitalise(string word)
    {
        string rest = word.Any(char.IsLower) ? word[1..] : word[1..].ToLowerInvariant();
        return char.ToUpperInvariant(word[0]) + rest;
    }
}

/// <summary>What the .proto file says about a declaration: the first sentence, and the rest.</summary>
public sealed record Comment(string Summary, string Remarks);

/// <summary>Finds the comment of each declaration by its path in the descriptor.</summary>
public sealed class CommentTable
{
    private readonly Dictionary<string, Comment> _comments = [];

    public CommentTable(FileDescriptorProto file)
    {
        foreach (SourceCodeInfo.Types.Location location in file.SourceCodeInfo.Location)
        {
            if (location.HasLeadingComments) _comments[string.Join('.', location.Path)] = Split(location.LeadingComments);
        }
    }

    /// <summary>The comment of the declaration at a path of field numbers and indices.</summary>
    /// <exception cref="RpcGeneratorException">It has none: every message, field and value says what it means.</exception>
    public Comment Of(params int[] path) =>
        _comments.TryGetValue(string.Join('.', path), out Comment? comment)
            ? comment
            : throw new RpcGeneratorException($"the declaration at descriptor path {string.Join('.', path)} has no comment");

    private static Comment Split(string text)
    {
        string flat = string.Join(' ', text.Split((char[])['\n', ' '], System.StringSplitOptions.RemoveEmptyEntries))
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        int end = flat.IndexOf(". ", System.StringComparison.Ordinal);
        return end < 0 ? new Comment(flat, "") : new Comment(flat[..(end + 1)], flat[(end + 2)..]);
    }
}
