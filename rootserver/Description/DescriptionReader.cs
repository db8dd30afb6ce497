// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Unpacks the system description that the archive carries.</summary>
/// <remarks>
/// The tool has checked it and filled in what was left out (<c>tools/Build/Description</c>). What is checked here is that the
/// bytes are whole, and what the server's own memory depends on.
/// </remarks>
public static class DescriptionReader
{
    /// <summary>The archive's file.</summary>
    public const string FileName = "system";

    /// <summary>Most children that a description may have; their records are made at start.</summary>
    public const int MaxChildren = 64;

    /// <summary>The description; null with a sentence when the bytes are not one.</summary>
    public static unsafe SystemDescription? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        SystemDescription system = new();
        WireStatus status;
        fixed (byte* first = bytes)
        {
            MessageReader reader = new(first, bytes.Length);
            system.Merge(ref reader);
            status = reader.Status;
        }

        problem = status != WireStatus.Ok ? "the system description is damaged"
            : system.Children.Count == 0 ? "the system description has no child"
            : system.Children.Count > MaxChildren ? "the system description has more than 64 children"
            : "";
        return problem.Length == 0 ? system : null;
    }
}
