// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.IO;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Makes the target's codecs out of the .proto files.</summary>
public static class RpcGenerator
{
    private static readonly CodecJob[] s_jobs =
    [
        new("rpc.proto", "libsel4rpc/wire/Generated/RpcMessages.g.cs", "Sel4.Rpc.Wire")
        {
            TypeNames =
            {
                ["IrqAllocMessagex86_MSI"] = "IrqMsiMessage",
                ["IrqAllocMessagex86_IOAPIC"] = "IrqIoApicMessage",
                ["IrqAllocMessageSimple"] = "IrqSimpleMessage",
                ["IOPortMessage"] = "IoPortMessage",
                ["Action"] = "MemoryAction",
            },
            FieldNames = { ["ioapic"] = "IoApic", ["ioport"] = "IoPort" },
            // A page of a listing has at most this many entries. Clients ask for no more, so that nothing is dropped.
            Capacities = { ["RpcMessage.record"] = 16, ["RpcMessage.quota_state"] = 16 },
        },
    ];

    /// <summary>Writes the generated files that are out of date, or only names them.</summary>
    /// <param name="repoRoot">The top folder of the repository.</param>
    /// <param name="checkOnly">Change nothing.</param>
    /// <returns>The files that were, or would be, written, relative to the top folder; empty when all are up to date.</returns>
    /// <exception cref="RpcGeneratorException">protoc is missing, or it or the codec cannot do the file.</exception>
    public static IReadOnlyList<string> Run(string repoRoot, bool checkOnly)
    {
        var changed = new List<string>();
        foreach (CodecJob job in s_jobs)
        {
            string output = Path.Combine(repoRoot, job.Output);
            string text = Generate(repoRoot, job);
            if (File.Exists(output) && File.ReadAllText(output) == text) continue;
            changed.Add(job.Output);
            if (checkOnly) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            File.WriteAllText(output, text);
        }
        return changed;
    }

    /// <summary>The text of one job's generated file.</summary>
    public static string Generate(string repoRoot, CodecJob job)
    {
        Schema schema = Schema.Load(Protoc.Describe(repoRoot, job.Proto), job);
        return CodecEmitter.Emit(schema, job);
    }
}

/// <summary>One .proto file and the codec made from it.</summary>
/// <param name="Proto">The description, relative to the top folder.</param>
/// <param name="Output">The generated file, relative to the top folder.</param>
/// <param name="Namespace">Where the generated types live.</param>
public sealed record CodecJob(string Proto, string Output, string Namespace)
{
    /// <summary>C# names of messages and enums whose own names are not in our style.</summary>
    public Dictionary<string, string> TypeNames { get; } = [];

    /// <summary>C# names of fields whose words cannot be told from their spelling.</summary>
    public Dictionary<string, string> FieldNames { get; } = [];

    /// <summary>How many entries of each repeated field a message has room for, by "Message.field".</summary>
    public Dictionary<string, int> Capacities { get; } = [];
}

/// <summary>The codec could not be generated; the message says why and what to do.</summary>
public sealed class RpcGeneratorException(string message) : Exception(message);
