// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Gen;

namespace Sel4.Tests.Abi;

/// <summary>The generator: its files are up to date, and its complaints name the place.</summary>
public sealed class GeneratorTests
{
    [Fact]
    public void Checked_in_files_are_what_the_descriptions_say()
    {
        Assert.Empty(Generator.Run(RepositoryRoot.Find(), checkOnly: true));
    }

    [Fact]
    public void A_changed_description_is_noticed_and_written_once()
    {
        using TemporaryTree tree = new();
        Assert.Empty(Generator.RunInterface(tree.Path, checkOnly: true));

        tree.Replace("libsel4/abi/objects.api", "MaxPriority int 255", "MaxPriority int 254");

        string[] expected = ["libsel4/abi/Generated/AbiConstants.g.cs", "docs/reference/abi.md"];
        Assert.Equal(expected, Generator.RunInterface(tree.Path, checkOnly: true));
        Assert.Equal(expected, Generator.RunInterface(tree.Path, checkOnly: false));
        Assert.Empty(Generator.RunInterface(tree.Path, checkOnly: true));
    }

    [Theory]
    [InlineData("error InvalidArgument 0 \"the type is", "error Nonsense 0 \"the type is", "ErrorCode has no value Nonsense")]
    [InlineData("method Retype 1 1", "method Retype 2 1", "2 is used twice")]
    [InlineData("method Retype 1 1", "method Retype one 1", "must be a number, not 'one'")]
    [InlineData("value Rip 0 \"Next instruction.\"", "value Rip 0 \"Next instruction.", "not closed")]
    [InlineData("enum UserRegister int", "enumeration UserRegister int", "'enumeration' is not known")]
    [InlineData("call Yield -7 -11", "call Call -7 -11", "Call is declared twice")]
    [InlineData("constant MaxPriority int 255", "constant MaxPriority byte 255", "must be int or ulong")]
    [InlineData("type Tcb 1 1 11", "type Tcb 1 1 eleven", "'eleven' is no size")]
    public void A_wrong_line_of_the_interface_is_refused_with_its_place(string from, string to, string problem)
    {
        using TemporaryTree tree = new();
        int line = tree.Replace("libsel4/abi/objects.api", from, to);

        SpecError error = Assert.ThrowsAny<SpecError>(() => Generator.RunInterface(tree.Path, checkOnly: true));

        Assert.True(error.Line >= line, $"{error.Message} should name line {line} or the one that clashes with it");
        Assert.StartsWith($"libsel4/abi/objects.api:{error.Line}: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("Badge         1[63:0]", "Badge         1[64:0]", "no range inside two 64-bit words")]
    [InlineData("CanSend       0[48]    \"The Write", "CanSend       0[47]    \"The Write", "has the name or bits of Address")]
    [InlineData("capability Endpoint 4", "capability Endpoint 2", "already used by Untyped")]
    [InlineData("Radix         0[5:0] ", "Radix         0[60:58] ", "lies over the tag")]
    [InlineData("Address       0[58:16] align 5", "Address       0[58:16] align 4", "cannot hold a 48-bit address")]
    public void A_wrong_field_is_refused_with_its_place(string from, string to, string problem)
    {
        using TemporaryTree tree = new();
        int line = tree.Replace("libsel4/abi/layout/capability.bf", from, to);

        SpecError error = Assert.ThrowsAny<SpecError>(() => Generator.RunInterface(tree.Path, checkOnly: true));

        Assert.Equal(line, error.Line);
        Assert.StartsWith($"libsel4/abi/layout/capability.bf:{line}: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    /// <summary>A copy of the descriptions and of what is made from them, which a test may change.</summary>
    private sealed class TemporaryTree : IDisposable
    {
        internal TemporaryTree()
        {
            Path = Directory.CreateTempSubdirectory("sel4-gen-").FullName;
            string root = RepositoryRoot.Find();
            foreach (string pattern in (string[])["*.api", "*.bf", "*.g.cs"])
            {
                CopyMatching(root, "libsel4", pattern);
                CopyMatching(root, "kernel/core/Generated", pattern);
            }

            CopyFile(root, "docs/reference/abi.md");
        }

        internal string Path { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);

        /// <summary>Replaces the first occurrence and returns its line.</summary>
        internal int Replace(string file, string from, string to)
        {
            string full = System.IO.Path.Combine(Path, file);
            string text = File.ReadAllText(full);
            int position = text.IndexOf(from, StringComparison.Ordinal);
            Assert.True(position >= 0, $"{file} does not contain: {from}");
            File.WriteAllText(full, text[..position] + to + text[(position + from.Length)..]);
            return text[..position].Count(character => character == '\n') + 1;
        }

        private void CopyMatching(string root, string top, string pattern)
        {
            string folder = System.IO.Path.Combine(root, top);
            foreach (string file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            {
                CopyFile(root, System.IO.Path.GetRelativePath(root, file));
            }
        }

        private void CopyFile(string root, string file)
        {
            string source = System.IO.Path.Combine(root, file);
            string target = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }
}
