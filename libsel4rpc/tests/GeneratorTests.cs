// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Gen.Rpc;

namespace Sel4.Tests.Rpc;

/// <summary>The checked-in codec is what the generator makes of rpc.proto today.</summary>
public class GeneratorTests
{
    [Fact]
    public void The_generated_codec_is_up_to_date() =>
        Assert.Empty(RpcGenerator.Run(GoldenVector.Root(), checkOnly: true));

    [Fact]
    public void A_missing_protoc_is_named_with_the_way_to_get_it()
    {
        string empty = Directory.CreateTempSubdirectory().FullName;
        var error = Assert.Throws<RpcGeneratorException>(() => Protoc.Find(empty));
        Assert.Contains("Grpc.Tools", error.Message);
    }

    [Theory]
    [InlineData("message M { repeated uint32 a = 1; }", "M.a is repeated")]
    [InlineData("message M { sint32 a = 1; }", "M.a has the type")]
    [InlineData("message M { uint32 a = 64; }", "M.a has a number above 63")]
    [InlineData("message M { oneof o { uint32 a = 1; } }", "M.a is a member of a oneof and no message")]
    [InlineData("message M { N n = 1; } message N { O o = 1; } message O { P p = 1; } message P { Q q = 1; } message Q { }", "deep")]
    public void What_the_codec_cannot_do_is_refused(string declarations, string complaint)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        File.Copy(Path.Combine(GoldenVector.Root(), "Directory.Packages.props"), Path.Combine(folder, "Directory.Packages.props"));
        string documented = declarations.Replace("message", "\n// A.\nmessage").Replace("{ ", "{\n// A.\n");
        File.WriteAllText(Path.Combine(folder, "m.proto"), "syntax = \"proto3\"; package p;" + documented);
        var error = Assert.Throws<RpcGeneratorException>(() => RpcGenerator.Generate(folder, new CodecJob("m.proto", "M.g.cs", "M")));
        Assert.Contains(complaint, error.Message);
    }
}
