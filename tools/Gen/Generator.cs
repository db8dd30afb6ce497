// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sel4.Tools.Gen.Api;
using Sel4.Tools.Gen.Description;
using Sel4.Tools.Gen.Layout;
using Sel4.Tools.Gen.Rpc;

namespace Sel4.Tools.Gen;

/// <summary>
/// Writes every generated, checked-in file of the tree from its description. The same input gives the same bytes.
/// </summary>
public static class Generator
{
    private const string CapabilityPath = "libsel4/abi/layout/capability.bf";
    private const string SharedPath = "libsel4/abi/layout/shared.bf";
    private const string ApiPath = "libsel4/abi/objects.api";
    private const string StubFolder = "libsel4/Generated";
    private const string AbiFolder = "libsel4/abi/Generated";

    /// <summary>Brings the generated files up to date.</summary>
    /// <param name="repoRoot">The top folder of the tree.</param>
    /// <param name="checkOnly">Whether to leave the files as they are and only compare.</param>
    /// <returns>The files, relative to the tree, that were or would be written; empty when all are up to date.</returns>
    /// <exception cref="SpecError">A description cannot be understood.</exception>
    /// <exception cref="RpcGeneratorException">A .proto file cannot be read.</exception>
    public static IReadOnlyList<string> Run(string repoRoot, bool checkOnly) =>
    [
        .. RunInterface(repoRoot, checkOnly),
        .. RpcGenerator.Run(repoRoot, checkOnly),
        .. DescriptionGenerator.Run(repoRoot, checkOnly),
    ];

    /// <summary>The part of <see cref="Run"/> that needs no other program: everything made from <c>libsel4/abi</c>.</summary>
    internal static IReadOnlyList<string> RunInterface(string repoRoot, bool checkOnly)
    {
        List<string> changed = [];
        foreach ((string path, string text) in Outputs(repoRoot))
        {
            string full = Path.Combine(repoRoot, path);
            if (File.Exists(full) && File.ReadAllText(full) == text)
            {
                continue;
            }

            changed.Add(path);
            if (!checkOnly)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
            }
        }

        return changed;
    }

    private static IEnumerable<(string Path, string Text)> Outputs(string repoRoot) =>
        LayoutOutputs(repoRoot).Concat(ApiOutputs(repoRoot));

    private static IEnumerable<(string Path, string Text)> ApiOutputs(string repoRoot)
    {
        ApiFile file = ApiParser.Parse(SpecLine.ReadAll(repoRoot, ApiPath));
        foreach (ConstantClass constants in file.ConstantClasses)
        {
            yield return ($"{AbiFolder}/{constants.Name}.g.cs", EnumEmitter.EmitConstants(constants, ApiPath));
        }

        foreach (EnumType type in file.Enums.Concat(EnumEmitter.Derived(file)))
        {
            yield return ($"{AbiFolder}/{type.Name}.g.cs", EnumEmitter.Emit(type, ApiPath));
            if (NamesEmitter.IsNamed(type))
            {
                yield return ($"{AbiFolder}/{type.Name}Names.g.cs", NamesEmitter.Emit(type, ApiPath));
            }
        }

        yield return ($"{AbiFolder}/ObjectSize.g.cs", EnumEmitter.EmitSizes(file, ApiPath));
        yield return ($"{AbiFolder}/InvocationShape.g.cs", EnumEmitter.EmitShapes(file, ApiPath));
        yield return ($"{AbiFolder}/InvocationNames.g.cs", NamesEmitter.EmitInvocations(file, ApiPath));
        yield return ("docs/reference/abi.md", ReferencePageEmitter.Emit(file, ApiPath));
        foreach (ObjectInterface type in file.Objects.Where(type => type.NonMcsMethods.Any()))
        {
            yield return ($"{StubFolder}/{type.Name}Invocation.g.cs", InvocationEmitter.EmitStubs(type, ApiPath));
            if (InvocationEmitter.HasExtensions(type))
            {
                yield return ($"{StubFolder}/{type.Name}Methods.g.cs", InvocationEmitter.EmitExtensions(type, ApiPath));
            }
        }
    }

    private static IEnumerable<(string Path, string Text)> LayoutOutputs(string repoRoot)
    {
        BitfieldFile capabilities = BitfieldParser.Parse(SpecLine.ReadAll(repoRoot, CapabilityPath));
        yield return ("kernel/core/Generated/Capability.g.cs", CapabilityEmitter.Emit(capabilities, CapabilityPath));

        BitfieldFile shared = BitfieldParser.Parse(SpecLine.ReadAll(repoRoot, SharedPath));
        foreach (WordLayout word in shared.Words)
        {
            yield return ($"{AbiFolder}/{word.Name}.g.cs", WordEmitter.EmitWord(word, SharedPath));
        }

        foreach (FlagsLayout flags in shared.Flags)
        {
            yield return ($"{AbiFolder}/{flags.Name}.g.cs", WordEmitter.EmitFlags(flags, SharedPath));
        }
    }
}
